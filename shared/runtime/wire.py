"""A fact on the wire: a JSON object of all its envelope's fields, and the subject it is said on.

`data` stands last, and its bytes are those of the log, so hashes still hold where they arrive.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson

from shared.kernel import areas
from shared.kernel.envelope import Envelope

# No quote inside a JSON string is bare, so the first of these is the key and nothing else.
DATA = b',"data":'

RESTRICTED = "Restricted"
"""The type of a withheld fact."""


def subject_of(service: str, fact: Envelope) -> str:
    """ev.<service>.<province>.<city>.<county>.<town>.<village>.<category>.<Type>."""
    return f"ev.{service}.{areas.tokens(fact.area)}.{fact.category}.{fact.type}"


def to_json(fact: Envelope) -> bytes:
    """The fact as it is said: about 400 bytes beside its data."""
    head = orjson.dumps(
        {
            "position": fact.position,
            "stream": str(fact.stream),
            "category": fact.category,
            "revision": fact.revision,
            "id": str(fact.id),
            "type": fact.type,
            "version": fact.version,
            "area": fact.area,
            "charter": fact.charter,
            "actor": fact.actor,
            "at": fact.at,
            "causation": str(fact.causation),
            "correlation": str(fact.correlation),
        },
        default=str,  # asyncpg's UUID is a subclass, which orjson does not know.
        option=orjson.OPT_UTC_Z,
    )
    return b"%b%b%b}" % (head[:-1], DATA, fact.data)


def withheld(service: str, fact: Envelope) -> Envelope:
    """What others hear of a restricted fact: that one was said, when, and in which county.

    Ids follow from causes, so every id is another; it follows from the position alone.
    """
    nobody = uuid5(NAMESPACE_OID, f"{service}:{fact.position}")
    return replace(
        fact,
        stream=nobody,
        category="restricted",
        revision=1,
        id=nobody,
        type=RESTRICTED,
        version=1,
        area=areas.county(fact.area).ljust(12, "0"),
        actor="",
        causation=nobody,
        correlation=nobody,
        data=b"{}",
    )


def split(payload: bytes) -> tuple[dict[str, Any], bytes]:
    """The envelope's fields as they stand in the JSON, and the bytes of `data`."""
    head, _, data = payload.partition(DATA)
    fields: dict[str, Any] = orjson.loads(head + b"}")
    return fields, data[:-1]


def from_json(payload: bytes) -> Envelope:
    """The fact that was said; fields we do not know are left. Raises KeyError, ValueError."""
    head, data = split(payload)
    return Envelope(
        position=head["position"],
        stream=UUID(head["stream"]),
        category=head["category"],
        revision=head["revision"],
        id=UUID(head["id"]),
        type=head["type"],
        version=head["version"],
        area=head["area"],
        charter=head["charter"],
        actor=head["actor"],
        at=datetime.fromisoformat(head["at"]),
        causation=UUID(head["causation"]),
        correlation=UUID(head["correlation"]),
        data=data,
    )
