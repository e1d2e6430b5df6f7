"""The facts of the contract, their schemas, and one example of each."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from services.exchange.domain.publication.notes import PUBLIC
from services.exchange.effects.hooks.messages import TEST, Trial
from services.exchange.effects.public import TOLD
from services.portal.edge.api.examples import example
from shared.kernel import areas
from shared.kernel.message import Event

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
AREA = "511623100013"
TRIED: Mapping[str, type[Event]] = {TEST: Trial}

IN_NO_LOG = ("sequence", "correlationid")
"""What only facts of a log have."""


def named() -> Iterator[tuple[str, type[Event]]]:
    """Every fact by its name with its version: 'MeetingHeld.v1'."""
    for name, fact in chain(PUBLIC.items(), TOLD.items(), TRIED.items()):
        yield f"{name}.v{fact.version}", fact


def schema_of(name: str, fact: type[Event]) -> Json:
    """The body of a fact. Who reads it leaves out what they do not know: more may come."""
    told = fact.model_json_schema(mode="serialization")
    return {
        "$schema": DIALECT,
        "$id": f"/contracts/schemas/{name}.json",
        "title": name.partition(".")[0],
        "description": f"{fact.label.removeprefix('公开:')}。{fact.__doc__}",
        **_open({key: one for key, one in told.items() if key not in ("title", "description")}),
    }


def _open(schema: Any) -> Any:
    """The same, closed nowhere."""
    if isinstance(schema, Mapping):
        kept = {key: one for key, one in schema.items() if key != "additionalProperties"}
        return {key: _open(one) for key, one in kept.items()}
    return [_open(one) for one in schema] if isinstance(schema, list) else schema


def attributes(name: str, area: str = AREA) -> Json:
    """The attributes of CloudEvents of an example, without prefix."""
    fact_id = uuid5(NAMESPACE_URL, name)
    told = {
        "specversion": "1.0",
        "id": str(fact_id),
        "source": f"/tongxin/{areas.county(area)}",
        "type": f"tongxin.{name}",
        "subject": str(uuid5(fact_id, "topic")),
        "time": "2026-06-30T09:00:00Z",
        "dataschema": f"/contracts/schemas/{name}.json",
        "sequence": "4711",
        "area": area,
        "correlationid": str(uuid5(fact_id, "correlation")),
    }
    nowhere = IN_NO_LOG if name.startswith(f"{TEST}.") else ()
    return {key: one for key, one in told.items() if key not in nowhere}


def body(name: str, schema: Json) -> Json:
    """The body of an example."""
    told: Json = example(schema, schema.get("$defs", {}))
    of = attributes(name)
    known = {"topic_id": of["subject"], "happened_at": of["time"]}
    return told | {key: value for key, value in known.items() if key in schema["properties"]}


def structured(name: str, schema: Json) -> Json:
    """A whole example, as a webhook and the HTTP API give it."""
    content = {"datacontenttype": "application/json", "data": body(name, schema)}
    return {**attributes(name), **content}
