"""What topics does when it hears something."""

from services.topics.heard import LeadAdopted, MeetingHeld, OutcomeClosed
from services.topics.policies import close_the_topic, note_the_activity, raise_the_topic
from tests.spec import NOW
from tests.topics import venues
from tests.topics.examples import (
    ADOPTED,
    BEICHEN,
    CLOSE,
    OUTCOME_ID,
    PROPOSED,
    RAISE,
    SYSTEM_ITSELF,
    TOPIC_ID,
    topic,
)


def test_an_adopted_lead_becomes_one_topic() -> None:
    heard = LeadAdopted.model_validate({**ADOPTED.model_dump(), "area": BEICHEN})
    assert RAISE == raise_the_topic(heard)


def test_the_topic_keeps_who_brought_it_and_who_adopted_it() -> None:
    heard = LeadAdopted.model_validate({**ADOPTED.model_dump(), "area": BEICHEN})
    topic.given().when(raise_the_topic(heard), SYSTEM_ITSELF).then(PROPOSED)


def test_a_closed_outcome_closes_its_topic() -> None:
    assert CLOSE == close_the_topic(OutcomeClosed(topic_id=TOPIC_ID, outcome_id=OUTCOME_ID))


def test_a_venue_counts_what_is_held_in_it() -> None:
    there = MeetingHeld(consultation_id=venues.MEETING, venue_id=venues.VENUE_ID, at=NOW)
    assert venues.NOTE_ACTIVITY == note_the_activity(there)
    assert note_the_activity(MeetingHeld(consultation_id=venues.MEETING, at=NOW)) is None
