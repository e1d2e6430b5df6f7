"""A policy asks once, however often it hears."""

from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID, uuid5

import pytest
from pydantic import ValidationError

from shared.kernel.areas import AreaCode
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command, Heard
from shared.kernel.policy import hear, policy

FACT = UUID("00000000-0000-0000-0000-000000000001")


class LampLit(Heard):
    """Said by lamps."""

    source = "lamps"

    lamp: str
    area: AreaCode


class FetchMatches(Command):
    """Fetch matches."""

    label: ClassVar[str] = "取火柴"
    may = frozenset({"system"})

    matches_id: UUID
    count: int = 1


def fetch_more_matches(fact: LampLit) -> FetchMatches | None:
    """A lamp in the hall used up the last match."""
    return FetchMatches(matches_id=FACT) if fact.lamp == "hall" else None


def fetch_two_boxes(_fact: LampLit) -> list[FetchMatches]:
    """Two, to be safe."""
    return [FetchMatches(matches_id=FACT, count=1), FetchMatches(matches_id=FACT, count=2)]


def said(data: bytes) -> Envelope:
    """A fact as it arrives."""
    return Envelope(
        position=1, stream=FACT, category="lamp", revision=1, id=FACT, type="LampLit", version=1,
        area="511623100013", charter="511623@1", actor="lin/clerk",
        at=datetime(2026, 3, 2, tzinfo=UTC), causation=FACT, correlation=FACT, data=data,
    )  # fmt: skip


def test_a_policy_is_named_after_its_function_and_hears_its_parameter() -> None:
    fetch = policy(fetch_more_matches)

    assert ("fetch_more_matches", LampLit) == (fetch.name, fetch.hears)


def test_the_commands_id_follows_from_the_facts() -> None:
    fetch = policy(fetch_more_matches)

    assert uuid5(FACT, "fetch_more_matches") == fetch.command_id(FACT)
    assert fetch.command_id(FACT) != fetch.command_id(FACT, 1)


def test_one_reaction_none_or_several() -> None:
    hall = LampLit(lamp="hall", area="511623100013")
    attic = LampLit(lamp="attic", area="511623100013")

    assert (FetchMatches(matches_id=FACT),) == policy(fetch_more_matches).commands(hall)
    assert () == policy(fetch_more_matches).commands(attic)
    assert [1, 2] == [c.count for c in policy(fetch_two_boxes).commands(hall)]  # type: ignore[attr-defined]


def test_a_listener_ignores_what_it_does_not_know_and_may_use_the_envelopes_area() -> None:
    heard = hear(LampLit, said(b'{"lamp":"hall","watts":60}'))

    assert LampLit(lamp="hall", area="511623100013") == heard


def test_a_listener_notices_a_promise_that_is_gone() -> None:
    with pytest.raises(ValidationError):
        hear(LampLit, said(b'{"watts":60}'))
