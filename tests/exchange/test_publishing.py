"""Which words of which steps are for everybody: those of the commons, and nobody's name."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import from_json

from services.exchange.domain.publication.commands import PublishFact
from services.exchange.domain.publication.notes import PUBLIC
from services.exchange.policies.publishing import PUBLISHING
from services.exchange.words import Kind
from shared.kernel.policy import AnyPolicy, hear
from tests.contract.golden import Golden
from tests.contract.test_promises import envelope, said

COMMONS = Path("services/portal/projections/commons.sql").read_text(encoding="utf-8")
SECRET = {
    "proposer", "submitter", "lead_id", "summary", "reason", "remark", "findings", "instruction",
    "body", "text", "title_of_report", "attendees", "signed_by", "items", "commitments", "urgency",
    "consents", "sections", "subject_id", "handlers", "assist_units", "followups",
}  # fmt: skip
SAID = [(policy, golden) for policy in PUBLISHING for golden in said(policy.hears)]
CASES = [
    pytest.param(policy, golden, id=f"{golden}")
    for policy, golden in SAID
    if b'"topic_id"' in golden.data
]


def told(policy: AnyPolicy, golden: Golden) -> PublishFact:
    (command,) = policy.commands(hear(policy.hears, envelope(golden)))
    assert isinstance(command, PublishFact)
    return command


@pytest.mark.parametrize(("policy", "golden"), CASES)
def test_what_is_told_is_what_was_said_under_the_same_name(
    policy: AnyPolicy, golden: Golden
) -> None:
    command = told(policy, golden)
    assert golden.event == command.kind
    assert envelope(golden).at == command.happened_at
    data = from_json(envelope(golden).data)
    assert data["topic_id"] == str(command.publication_id)
    assert SECRET.isdisjoint(command.said)


@pytest.mark.parametrize(("policy", "golden"), CASES)
def test_no_word_is_told_that_was_not_said_or_is_for_nobody_else(
    policy: AnyPolicy, golden: Golden
) -> None:
    data = from_json(envelope(golden).data)
    open_words = set(_leaves({k: v for k, v in data.items() if k not in SECRET}))
    assert set(_leaves(told(policy, golden).said)) - {None} <= open_words


def test_nothing_is_told_of_what_did_not_name_its_matter() -> None:
    old = [(policy, golden) for policy, golden in SAID if b'"topic_id"' not in golden.data]
    assert {"outcomes/MinutesIssued.v1", "outcomes/MediaReported.v1"} == {str(g) for _, g in old}
    assert [] == [c for one, g in old for c in one.commands(hear(one.hears, envelope(g)))]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in _leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    return [value]


def test_every_kind_is_told_and_every_one_of_them_is_in_the_commons() -> None:
    kinds: set[Kind] = {policy.hears.__name__ for policy in PUBLISHING}  # type: ignore[misc]
    assert PUBLIC.keys() == kinds
    (listed,) = re.findall(
        r"WHERE b\.type IN \(([^)]*)\)\s+AND coalesce\(\(b\.data", COMMONS, re.DOTALL
    )
    assert kinds <= set(re.findall(r"'(\w+)'", listed))


def test_what_members_are_told_is_for_members() -> None:
    (policy,) = (one for one in PUBLISHING if one.hears.__name__ == "FeedbackGiven")
    (golden,) = said(policy.hears)
    for to, is_told in (("people", True), ("members", False)):
        fact = hear(policy.hears, envelope(golden)).model_copy(update={"to": to})
        (command,) = policy.commands(fact)
        assert isinstance(command, PublishFact)
        assert is_told == bool(command.said["content"])
