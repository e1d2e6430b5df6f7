"""Which member (委员) was there, spoke, and went to look: the duty file rests on it."""

from uuid import uuid5

from services.meetings.domain.consultation.events import MeetingHeld
from tests.meetings.examples import (
    CONVENOR,
    DURING,
    MEMBER_ID,
    NOTICED,
    READY,
    SIGN,
    STATE,
    STATED,
    TALKING,
    TOPIC_ID,
    agreed,
    arrived,
    check_in,
    consultation,
    scheduled,
)

meeting = consultation.at(DURING)
GROUP = "片区委员活动小组"
OTHER_ID = uuid5(TOPIC_ID, "other member")
CAME = arrived("member", GROUP, member_id=MEMBER_ID)
SPOKE = STATED.model_copy(update={"speaker": GROUP, "member_id": MEMBER_ID})
SPEAK = STATE.model_copy(update={"speaker": GROUP, "member_id": MEMBER_ID})


def test_a_member_checks_in_as_that_member() -> None:
    meeting.given(*READY, scheduled(), NOTICED).when(
        check_in("member", GROUP, member_id=MEMBER_ID), CONVENOR
    ).then(CAME)


def test_the_same_member_twice_is_once() -> None:
    meeting.given(*TALKING, CAME).when(
        check_in("member", GROUP, member_id=MEMBER_ID), CONVENOR
    ).then_nothing()


def test_members_of_one_group_are_counted_each() -> None:
    there = (*TALKING, CAME, arrived("member", GROUP, member_id=OTHER_ID), agreed())
    outcome = meeting.given(*there).when(SIGN, CONVENOR)
    assert outcome.said
    (held,) = outcome.said
    assert isinstance(held, MeetingHeld)
    assert {"masses": 12, "member": 2, "unit": 2} == held.attendees


def test_a_member_is_one_person() -> None:
    meeting.given(*TALKING).when(
        check_in("member", GROUP, 3, member_id=MEMBER_ID), CONVENOR
    ).then_refused("one-member-at-a-time")


def test_a_member_sits_with_the_members() -> None:
    meeting.given(*TALKING).when(
        check_in("expert", GROUP, member_id=MEMBER_ID), CONVENOR
    ).then_refused("one-member-at-a-time")


def test_what_a_member_says_is_recorded_as_that_members() -> None:
    meeting.given(*TALKING, CAME).when(SPEAK, CONVENOR).then(SPOKE)


def test_a_member_who_is_not_there_has_not_spoken() -> None:
    meeting.given(*TALKING).when(SPEAK, CONVENOR).then_refused("member-not-here")
