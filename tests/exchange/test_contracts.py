"""The published contracts: valid, drawn from the code, and never less than was promised."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic_core import from_json

from deploy.contracts.__main__ import (
    FOLDER,
    breaks,
    documents,
    past,
    promised,
    version_of,
)
from deploy.contracts.compatible import broken
from deploy.contracts.facts import body, named, schema_of
from services.exchange.domain.publication.notes import PUBLIC, MeetingHeld
from services.exchange.effects.hooks.messages import TEST, Message
from services.portal.edge.handing.receiving import read
from tests.contract.golden import Golden

ROOT = Path(__file__).parents[2]
ASYNCAPI = ROOT / "node_modules/@asyncapi/specs/schemas/3.0.0.json"
SCHEMAS = {name: schema_of(name, fact) for name, fact in named()}
EACH = pytest.mark.parametrize("name", SCHEMAS)

Json = dict[str, Any]
Change = Callable[[Json], object]


@pytest.mark.parametrize("name", documents(SCHEMAS, past()))
def test_a_published_document_is_what_the_code_says(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert documents(SCHEMAS, past())[name] == text, "run 'make docs'"


def test_no_promise_that_was_ever_made_is_broken() -> None:
    assert past()
    assert [] == breaks(SCHEMAS, past())


def test_the_document_is_asyncapi_3() -> None:
    told = json.loads((FOLDER / "asyncapi.json").read_bytes())
    assert ASYNCAPI.is_file(), "run 'make assets'"
    checked = Draft7Validator(json.loads(ASYNCAPI.read_bytes()))
    assert [] == [error.message for error in checked.iter_errors(told)]
    assert "operations" in told
    told["operations"]["take"]["action"] = "shout"
    assert list(checked.iter_errors(told))


@EACH
def test_a_schema_is_good_and_its_examples_fit(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    checked = Draft202012Validator(SCHEMAS[name])
    published = json.loads((FOLDER / f"examples/{name}.json").read_bytes())
    checked.validate(published["data"])
    kind, _, version = name.partition(".v")
    if kind != TEST:
        checked.validate(from_json(Golden("exchange", kind, int(version)).data))


def test_what_a_webhook_is_tried_with_is_promised_as_well() -> None:
    message = Message(uuid4(), uuid4(), TEST, "511623000000", 0, datetime.now(UTC), None)
    told = from_json(message.body())
    name = told["dataschema"].removeprefix("/contracts/schemas/").removesuffix(".json")
    assert f"tongxin.{name}" == told["type"]
    Draft202012Validator(SCHEMAS[name]).validate(told["data"])
    assert told.keys() == from_json((FOLDER / f"examples/{name}.json").read_bytes()).keys()


@EACH
def test_a_fact_without_one_of_its_words_does_not_fit(name: str) -> None:
    checked, told = Draft202012Validator(SCHEMAS[name]), body(name, SCHEMAS[name])
    for word in told:
        assert not checked.is_valid({key: told[key] for key in told if key != word})


@EACH
def test_an_old_reader_understands_a_speaker_that_says_more(name: str) -> None:
    told = body(name, SCHEMAS[name]) | {"from_a_newer_version": {"more": [1]}}
    Draft202012Validator(SCHEMAS[name]).validate(told)


def fields(said: Json, name: str = "MeetingHeld.v1") -> Json:
    told: Json = said["schemas"][name]["properties"]
    return told


def count(said: Json) -> Json:
    told: Json = said["schemas"]["EvaluationTallied.v1"]["$defs"]["Count"]
    return told


def rename(said: Json) -> None:
    fields(said)["where"] = fields(said).pop("place")


FORBIDDEN: list[tuple[str, str, Change]] = [
    ("type-removed", "MeetingHeld.v1", lambda s: s["schemas"].pop("MeetingHeld.v1")),
    ("channel-removed", "MeetingHeld", lambda s: s["channels"].pop("MeetingHeld")),
    ("channel-moved", "MeetingHeld", lambda s: s["channels"].update(MeetingHeld="open.{x}")),
    ("field-removed", "MeetingHeld.v1.place", lambda s: fields(s).pop("place")),
    ("field-removed", "MeetingHeld.v1.place", rename),
    ("type-changed", "MeetingHeld.v1.place", lambda s: fields(s)["place"].update(type="integer")),
    (
        "type-changed",
        "MeetingHeld.v1.place",
        lambda s: fields(s).update(place={"type": "array", "items": {"type": "string"}}),
    ),
    (
        "null-allowed",
        "MeetingHeld.v1.place",
        lambda s: fields(s)["place"].update(type=["string", "null"]),
    ),
    (
        "format-changed",
        "MeetingHeld.v1.happened_at",
        lambda s: fields(s)["happened_at"].update(format="date"),
    ),
    (
        "no-longer-required",
        "MeetingHeld.v1.place",
        lambda s: s["schemas"]["MeetingHeld.v1"]["required"].remove("place"),
    ),
    (
        "enum-widened",
        "FeedbackGiven.v1.to",
        lambda s: fields(s, "FeedbackGiven.v1")["to"]["enum"].append("press"),
    ),
    (
        "enum-widened",
        "FeedbackGiven.v1.to",
        lambda s: fields(s, "FeedbackGiven.v1")["to"].pop("enum"),
    ),
    (
        "minimum-lowered",
        "TopicReopened.v1.round",
        lambda s: fields(s, "TopicReopened.v1")["round"].update(minimum=0),
    ),
    (
        "field-removed",
        "EvaluationTallied.v1.counts[].ballots",
        lambda s: count(s)["properties"].pop("ballots"),
    ),
    (
        "type-changed",
        "EvaluationTallied.v1.counts[].ballots",
        lambda s: count(s)["properties"]["ballots"].update(type="string"),
    ),
]


@pytest.mark.parametrize(("rule", "where", "change"), FORBIDDEN)
def test_a_change_that_breaks_a_reader_is_caught(rule: str, where: str, change: Change) -> None:
    now = promised(SCHEMAS)
    changed = copy.deepcopy(now)
    change(changed)
    assert f"{where}: {rule}" in [str(one) for one in broken(now, changed)]


FINE: list[Change] = [
    lambda s: fields(s).update(people={"type": "integer"}),
    lambda s: s["schemas"]["MeetingHeld.v1"]["required"].append("people"),
    lambda s: s["schemas"].update({"MeetingHeld.v2": {}}),
    lambda s: s["channels"].update({"MeetingHeldV2": "public.x.MeetingHeld"}),
    lambda s: fields(s)["place"].update(title="会场", maxLength=100),
    lambda s: fields(s, "FeedbackGiven.v1")["to"].update(enum=["people"]),
    lambda s: fields(s, "FeedbackGiven.v1").update(content={"type": "string"}),
    lambda s: fields(s, "TopicReopened.v1")["round"].update(minimum=2),
    lambda s: s["schemas"]["MeetingHeld.v1"].update(deprecated=True),
]


@pytest.mark.parametrize("change", FINE)
def test_a_change_that_adds_or_narrows_breaks_nobody(change: Change) -> None:
    now = promised(SCHEMAS)
    changed = copy.deepcopy(now)
    change(changed)
    assert now != changed
    assert [] == broken(now, changed)
    assert "1.5.0" == version_of(changed, {"1.3.0": {}, "1.4.0": now})
    assert "1.4.0" == version_of(now, {"1.3.0": {}, "1.4.0": now})


def test_a_class_that_says_less_is_refused_by_name() -> None:
    class Shorter(MeetingHeld):
        """A meeting, without its place."""

        place: None = None  # type: ignore[assignment]

    changed = SCHEMAS | {"MeetingHeld.v1": schema_of("MeetingHeld.v1", Shorter)}
    assert "MeetingHeld.v1.place" in {one.where for one in breaks(changed, past())}


def test_every_kind_is_published() -> None:
    assert {f"{name}.v1" for name in PUBLIC} <= SCHEMAS.keys()


def test_what_is_handed_over_and_its_answers_fit_what_is_promised_of_them() -> None:
    told = json.loads((FOLDER / "asyncapi.json").read_bytes())
    reply = told["operations"]["handOver"]["reply"]["messages"]
    assert {"Receipt", "Problem"} == {one["$ref"].rpartition("/")[2] for one in reply}
    for channel in ("handOver", "handedOver"):
        for message in told["channels"][channel]["messages"].values():
            checked = Draft202012Validator(message["payload"])
            for example in message["examples"]:
                checked.validate(example["payload"])
    (sent,) = told["channels"]["handOver"]["messages"]["HandOver"]["examples"]
    assert sent["payload"]["number"] == read(json.dumps(sent["payload"]).encode()).number
