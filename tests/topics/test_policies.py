"""What topics does when it hears something."""

from services.topics.heard import (
    DispatchAcknowledged,
    LeadAdopted,
    MatterCompleted,
    MatterHandedOver,
    MeetingHeld,
    OutcomeClosed,
)
from services.topics.policies import (
    acknowledge_the_transfer,
    close_the_topic,
    complete_what_was_handed_over,
    note_the_activity,
    raise_the_topic,
    take_what_was_handed_over,
)
from tests.exchange.handed import ACKNOWLEDGED as DISPATCHED
from tests.exchange.handed import COMPLETED, HANDED_OVER, RECEIVED
from tests.spec import NOW
from tests.topics import venues
from tests.topics.examples import (
    ADOPTED,
    BEICHEN,
    CLOSE,
    LEAD_ID,
    OUTCOME_ID,
    PROPOSED,
    RAISE,
    SYSTEM_ITSELF,
    TOPIC_ID,
    lead,
    topic,
)
from tests.topics.examples import HANDED_OVER as LEAD_HANDED_OVER


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


def test_what_an_agency_hands_over_becomes_a_lead_unless_another_did_before() -> None:
    heard = MatterHandedOver.model_validate({**HANDED_OVER.model_dump(), "area": BEICHEN})
    taken = take_what_was_handed_over(heard)
    assert taken
    lead.given().when(taken, SYSTEM_ITSELF).then(
        LEAD_HANDED_OVER.model_copy(
            update={
                "lead_id": HANDED_OVER.handover_id,
                "title": HANDED_OVER.title,
                "receipt": RECEIVED.receipt,
            }
        )
    )
    assert take_what_was_handed_over(heard.model_copy(update={"same_as": LEAD_ID})) is None


def test_what_an_agency_completed_completes_the_lead() -> None:
    done = complete_what_was_handed_over(MatterCompleted.model_validate(COMPLETED.model_dump()))
    assert (COMPLETED.handover_id, COMPLETED.title) == (done.lead_id, done.title)


def test_an_agency_acknowledges_for_itself_and_a_clerk_already_has() -> None:
    fact = DispatchAcknowledged.model_validate(DISPATCHED.model_dump())
    asked = acknowledge_the_transfer(fact)
    assert asked
    assert (DISPATCHED.lead_id, DISPATCHED.number) == (asked.lead_id, asked.receipt_no)
    assert acknowledge_the_transfer(fact.model_copy(update={"on_paper": True})) is None
