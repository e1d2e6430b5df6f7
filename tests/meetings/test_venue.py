"""Where one meets: a venue whose convenors are who they should be, where the county asks for it."""

from datetime import timedelta
from uuid import uuid5

from services.meetings.heard import VenueOffered, VenueOffersWithdrawn
from services.meetings.policies import drop_the_venue, note_the_venue
from tests.meetings.examples import (
    CONSULTATION_ID,
    CONVENOR,
    DROP_VENUE,
    NOTE_VENUE,
    OPENED,
    PLANNED,
    POSTPONED,
    READY,
    SIGN,
    SYSTEM_ITSELF,
    TALKING,
    VENUE_DROPPED,
    VENUE_ID,
    VENUE_NEEDED,
    VENUE_NOTED,
    agreed,
    consultation,
    held,
    schedule,
    scheduled,
)
from tests.spec import NOW

AT_THE_STATION = scheduled(venue_id=VENUE_ID)
strict = consultation.under(VENUE_NEEDED)


def test_without_a_fit_venue_there_is_no_date_where_the_county_asks_for_one() -> None:
    strict.given(*READY).when(schedule(), CONVENOR).then_refused("no-venue")


def test_with_one_there_is() -> None:
    strict.given(*READY, VENUE_NOTED).when(schedule(), CONVENOR).then(AT_THE_STATION)


def test_where_no_venue_is_asked_for_none_is_needed() -> None:
    consultation.given(*READY).when(schedule(), CONVENOR).then(scheduled())


def test_a_venue_that_is_not_asked_for_is_named_all_the_same() -> None:
    consultation.given(*READY, VENUE_NOTED).when(schedule(), CONVENOR).then(AT_THE_STATION)


def test_a_venue_is_noted_once_and_the_last_one_counts() -> None:
    other = NOTE_VENUE.model_copy(update={"venue_id": uuid5(VENUE_ID, "other")})
    planned = consultation.given(PLANNED, VENUE_NOTED)
    planned.when(NOTE_VENUE, SYSTEM_ITSELF).then_nothing()
    planned.when(other, SYSTEM_ITSELF).then(
        VENUE_NOTED.model_copy(update={"venue_id": other.venue_id})
    )


def test_a_venue_that_was_taken_back_does_not_count() -> None:
    strict.given(*READY, VENUE_NOTED).when(DROP_VENUE, SYSTEM_ITSELF).then(VENUE_DROPPED)
    strict.given(*READY, VENUE_NOTED, VENUE_DROPPED).when(schedule(), CONVENOR).then_refused(
        "no-venue"
    )


def test_another_venue_s_trouble_is_not_ours() -> None:
    other = DROP_VENUE.model_copy(update={"venue_id": uuid5(VENUE_ID, "other")})
    strict.given(*READY, VENUE_NOTED).when(other, SYSTEM_ITSELF).then_nothing()


def test_a_meeting_that_is_postponed_looks_for_another_venue() -> None:
    again = schedule(starts=NOW + timedelta(days=9))
    past = (*READY, VENUE_NOTED, AT_THE_STATION, VENUE_DROPPED, POSTPONED)
    strict.given(*past).when(again, CONVENOR).then_refused("no-venue")


def test_a_meeting_that_has_begun_keeps_its_place() -> None:
    begun = consultation.given(*READY, VENUE_NOTED, AT_THE_STATION, OPENED)
    begun.when(DROP_VENUE, SYSTEM_ITSELF).then_nothing()


def test_the_record_says_where_it_was() -> None:
    there = [AT_THE_STATION if fact == scheduled() else fact for fact in TALKING]
    in_the_open = held(venue_id=VENUE_ID, items=held().items[:1], commitments=())
    consultation.given(*there, agreed()).when(SIGN, CONVENOR).then(in_the_open)


def test_an_offer_is_noted_and_what_is_taken_back_is_dropped() -> None:
    offered = VenueOffered(
        venue_id=VENUE_ID, consultation_id=CONSULTATION_ID, name="观音桥协商驿站"
    )
    back = VenueOffersWithdrawn(venue_id=VENUE_ID, consultations=(CONSULTATION_ID,))
    assert NOTE_VENUE == note_the_venue(offered)
    assert [DROP_VENUE] == drop_the_venue(back)
