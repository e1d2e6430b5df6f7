"""The stream PUBLIC, and how a public fact looks there: CloudEvents 1.0, binary content mode.

public.<province>.<city>.<county>.<town>.<village>.<Type>    facts for everybody who may hear
agency.<agency_id>.<Type>                                    steps told to one agency alone
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import orjson

from services.exchange.domain.dispatch.events import DispatchEvent
from services.exchange.domain.handover.events import HandoverAdvanced, HandoverReceived
from services.exchange.domain.publication.notes import PUBLIC as KINDS
from shared.kernel import areas
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.registry import members
from shared.runtime import jetstream

TOLD: Mapping[str, type[Event]] = {
    event.__name__: event for event in (HandoverReceived, HandoverAdvanced, *members(DispatchEvent))
}
"""What one agency alone is told: of what it handed over, and of what it was handed."""

STREAM = "PUBLIC"
SUBJECTS = ("public.>", "agency.>")
SEQUENCE = "ce-sequence"
ID = "ce-id"

GRANTS = (
    *SUBJECTS,
    f"{jetstream.API}.STREAM.INFO.{STREAM}",
    f"{jetstream.API}.STREAM.MSG.GET.{STREAM}",
)
"""What exchange publishes to beyond what every service may."""


def stream(retention_days: int, replicas: int) -> dict[str, Any]:
    """The stream as JetStream wants it: nobody deletes from it, and what is old goes by itself."""
    return {
        "name": STREAM,
        "subjects": list(SUBJECTS),
        "storage": "file",
        "retention": "limits",
        "max_age": round(timedelta(days=retention_days).total_seconds() * 1e9),
        "deny_delete": True,
        "deny_purge": True,
        "num_replicas": replicas,
    }


def subject_of(fact: Envelope) -> str | None:
    """Where a fact of our log is told to others; None: nowhere."""
    if fact.category == "publication" and fact.type in KINDS:
        return f"public.{areas.tokens(fact.area)}.{fact.type}"
    if fact.type in TOLD:
        return f"agency.{orjson.loads(fact.data)['agency_id']}.{fact.type}"
    return None


def headers_of(fact: Envelope) -> Mapping[str, str]:
    """The attributes of CloudEvents; the body is the data as they stand in the log."""
    return {
        "ce-specversion": "1.0",
        ID: str(fact.id),
        "ce-source": f"/tongxin/{areas.county(fact.area)}",
        "ce-type": f"tongxin.{fact.type}.v{fact.version}",
        "ce-subject": str(fact.stream),
        "ce-time": orjson.loads(fact.data)["happened_at"],
        "ce-dataschema": f"/contracts/schemas/{fact.type}.v{fact.version}.json",
        "content-type": "application/json",
        SEQUENCE: str(fact.position),
        "ce-area": fact.area,
        "ce-correlationid": str(fact.correlation),
    }
