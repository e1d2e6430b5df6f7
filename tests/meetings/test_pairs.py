"""双联: a pair comes about when both records allow it, and ends on both sides."""

from typing import Any
from uuid import UUID

import pytest

from services.meetings.domain.member import commands as ask
from services.meetings.domain.member import events as say
from services.meetings.heard import PairAnswered, PairEnded, PairProposed
from services.meetings.policies import (
    end_the_pair_for_the_other,
    let_the_other_answer,
    note_the_answer,
)
from shared.kernel.message import Event
from tests.meetings.examples import SYSTEM_ITSELF, member
from tests.meetings.members import (
    ADMITTED,
    ANSWER,
    ANSWERED,
    DECLINED,
    END_PAIR,
    ENDED,
    GU_ID,
    MENG_ID,
    NOTE_PAIR,
    PAIR,
    PAIRED,
    PROPOSED,
    STAFF,
    UNPAIRED,
    WU_ID,
    XIE_ID,
    admitted,
    outside,
)


def with_partner(event: Any, partner_id: UUID) -> Any:
    """The same with somebody else."""
    return event.model_copy(update={"partner_id": partner_id})


def test_a_party_member_is_to_be_paired() -> None:
    member.given(ADMITTED).when(PAIR, STAFF).then(PROPOSED)


@pytest.mark.parametrize("said", [(PROPOSED,), (PROPOSED, PAIRED)], ids=["proposed", "paired"])
def test_the_same_pair_twice_is_one(said: tuple[Event, ...]) -> None:
    member.given(ADMITTED, *said).when(PAIR, STAFF).then_nothing()


def test_a_pair_is_looked_for_from_the_party_members_side() -> None:
    member.given(outside()).when(
        ask.PairMembers(member_id=MENG_ID, partner_id=GU_ID), STAFF
    ).then_refused("not-a-party-member")


def test_nobody_is_paired_with_oneself() -> None:
    member.given(ADMITTED).when(with_partner(PAIR, GU_ID), STAFF).then_refused(
        "paired-with-oneself"
    )


def test_a_party_member_has_as_many_pairs_as_the_charter_allows() -> None:
    past = (ADMITTED, PROPOSED, PAIRED, with_partner(PROPOSED, XIE_ID))
    member.given(*past).when(with_partner(PAIR, WU_ID), STAFF).then_refused(
        "pairs-full", pairs_max=2
    )


@pytest.mark.parametrize("gone", [UNPAIRED, DECLINED], ids=["ended", "declined"])
def test_a_pair_that_is_no_more_makes_room(gone: Event) -> None:
    past = (ADMITTED, PROPOSED, with_partner(PROPOSED, XIE_ID), gone)
    member.given(*past).when(with_partner(PAIR, WU_ID), STAFF).then(with_partner(PROPOSED, WU_ID))


def test_who_is_outside_the_party_can_be_paired() -> None:
    member.given(outside()).when(ANSWER, SYSTEM_ITSELF).then(ANSWERED)


def test_an_answer_is_given_once() -> None:
    member.given(outside(), ANSWERED).when(ANSWER, SYSTEM_ITSELF).then_nothing()


@pytest.mark.parametrize(
    ("past", "obstacle"),
    [
        ((admitted(MENG_ID),), "party-member"),
        ((outside(), with_partner(ANSWERED, XIE_ID)), "already-paired"),
        ((outside(), ENDED), "ended"),
    ],
    ids=["in the Party", "has a pair", "no member any more"],
)
def test_an_obstacle_is_the_answer(past: tuple[Event, ...], obstacle: str) -> None:
    said = ANSWERED.model_copy(update={"obstacle": obstacle})
    member.given(*past).when(ANSWER, SYSTEM_ITSELF).then(said)


def test_who_was_declined_may_be_paired_with_another() -> None:
    declined = with_partner(ANSWERED, XIE_ID).model_copy(update={"obstacle": "already-paired"})
    member.given(outside(), declined).when(ANSWER, SYSTEM_ITSELF).then(ANSWERED)


def test_a_yes_makes_the_pair() -> None:
    member.given(ADMITTED, PROPOSED).when(NOTE_PAIR, SYSTEM_ITSELF).then(PAIRED)


def test_a_no_is_noted() -> None:
    no = NOTE_PAIR.model_copy(update={"obstacle": "party-member"})
    member.given(ADMITTED, PROPOSED).when(no, SYSTEM_ITSELF).then(DECLINED)


@pytest.mark.parametrize(
    "past",
    [(ADMITTED, PROPOSED, PAIRED), (ADMITTED, PROPOSED, UNPAIRED), (ADMITTED, PROPOSED, ENDED)],
    ids=["paired", "given up", "no member any more"],
)
def test_an_answer_nobody_waits_for_changes_nothing(past: tuple[Event, ...]) -> None:
    member.given(*past).when(NOTE_PAIR, SYSTEM_ITSELF).then_nothing()


@pytest.mark.parametrize("said", [PROPOSED, PAIRED], ids=["proposed", "paired"])
def test_a_pair_is_ended(said: Event) -> None:
    member.given(ADMITTED, said).when(END_PAIR, STAFF).then(UNPAIRED)


def test_a_pair_ends_once() -> None:
    member.given(ADMITTED, PAIRED, UNPAIRED).when(END_PAIR, STAFF).then_nothing()


def test_the_two_records_agree_in_three_steps() -> None:
    answer = let_the_other_answer(PairProposed(**dict(PROPOSED)))
    note = note_the_answer(PairAnswered(**dict(ANSWERED)))
    assert (ANSWER, NOTE_PAIR) == (answer, note)
    member.given(outside()).when(answer, SYSTEM_ITSELF).then(ANSWERED)
    member.given(ADMITTED, PROPOSED).when(note, SYSTEM_ITSELF).then(PAIRED)


def test_the_end_reaches_the_other_side_and_does_not_come_back() -> None:
    end = end_the_pair_for_the_other(PairEnded(**dict(UNPAIRED)))
    said = say.PairEnded(member_id=MENG_ID, partner_id=GU_ID, reason="工作调整")
    member.given(outside(), ANSWERED).when(end, SYSTEM_ITSELF).then(said)
    back = end_the_pair_for_the_other(PairEnded(**dict(said)))
    member.given(ADMITTED, PAIRED, UNPAIRED).when(back, SYSTEM_ITSELF).then_nothing()
