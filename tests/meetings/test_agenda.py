"""What is prepared beside time and place, and what a code on the wall may say."""

from services.meetings.domain.consultation import commands as ask
from services.meetings.words import AgendaItem
from shared.runtime.clock import new_id
from tests.meetings.examples import (
    AGENDA_SET,
    BEGIN_ITEM,
    CONSULTATION_ID,
    CONVENOR,
    DURING,
    INVITE,
    INVITED,
    ITEM_BEGUN,
    MEMBER_ID,
    READY,
    ROADS,
    SET_AGENDA,
    TALKING,
    THERE,
    arrived,
    consultation,
    scheduled,
)
from tests.spec import by

meeting = consultation.at(DURING)
DOOR = by("wen", "door")
MET = (*READY, AGENDA_SET, *TALKING[len(READY) :])


def here(kind: str = "member", name: str = "农业界", member: object = MEMBER_ID) -> ask.CheckInHere:
    """Somebody shows the code."""
    return ask.CheckInHere(
        consultation_id=CONSULTATION_ID,
        kind=kind,
        name=name,
        member_id=member,  # type: ignore[arg-type]
    )


def test_an_agenda_is_set() -> None:
    meeting.given(*READY).when(SET_AGENDA, CONVENOR).then(AGENDA_SET)


def test_the_same_agenda_twice_is_once() -> None:
    meeting.given(*READY, AGENDA_SET).when(SET_AGENDA, CONVENOR).then_nothing()


def test_an_agenda_may_change_until_the_meeting_begins() -> None:
    other = SET_AGENDA.model_copy(update={"items": (AgendaItem(title="表态", minutes=5),)})
    meeting.given(*READY, AGENDA_SET, scheduled()).when(other, CONVENOR).then(
        AGENDA_SET.model_copy(update={"items": other.items})
    )
    meeting.given(*TALKING).when(other, CONVENOR).then_refused(
        "not-now", command="SetAgenda", consultation="Open"
    )


def test_an_invitation_is_recorded_once() -> None:
    meeting.given(*READY).when(INVITE, CONVENOR).then(INVITED)
    meeting.given(*READY, INVITED).when(INVITE, CONVENOR).then_nothing()


def test_a_meeting_goes_from_item_to_item() -> None:
    meeting.given(*MET).when(BEGIN_ITEM, CONVENOR).then(ITEM_BEGUN)
    meeting.given(*MET, ITEM_BEGUN).when(BEGIN_ITEM, CONVENOR).then_nothing()


def test_there_are_no_more_items_than_the_agenda_has() -> None:
    meeting.given(*TALKING).when(BEGIN_ITEM, CONVENOR).then_refused("no-such-agenda-item", items=0)


def test_a_member_checks_in_by_the_code() -> None:
    meeting.given(*READY, scheduled()).when(here(), DOOR).then(
        arrived("member", "农业界", 1, MEMBER_ID)
    )


def test_who_was_counted_by_hand_is_not_counted_again() -> None:
    by_hand = arrived("member", "委员", 1, MEMBER_ID)
    meeting.given(*READY, scheduled(), by_hand).when(here(), DOOR).then_nothing()
    unit = here("unit", ROADS, None)
    meeting.given(*READY, scheduled(), *THERE).when(unit, DOOR).then_nothing()


def test_only_a_member_is_somebody_by_id() -> None:
    for odd in (here("unit", ROADS, new_id()), here("member", "农业界", None)):
        meeting.given(*TALKING).when(odd, DOOR).then_refused("one-member-at-a-time")


def test_nobody_but_the_door_says_who_showed_the_code() -> None:
    assert frozenset({"door"}) == ask.CheckInHere.may
