"""What another agency hands over is a lead like any other, under the agency's own number."""

from tests.topics.examples import (
    ACKNOWLEDGE,
    ACKNOWLEDGED,
    APPEALED,
    CLERK,
    COMPLETE,
    HANDED_OVER,
    RESUBMITTED,
    RETURN,
    SUBMITTED,
    SYSTEM_ITSELF,
    TAKE,
    TRANSFERRED,
    lead,
)


def test_it_is_a_lead_with_the_agency_and_its_number() -> None:
    lead.given().when(TAKE, SYSTEM_ITSELF).then(HANDED_OVER)
    lead.given(HANDED_OVER).when(TAKE, SYSTEM_ITSELF).then_nothing()


def test_a_lead_of_before_came_from_no_agency() -> None:
    old = SUBMITTED.model_dump_json(exclude={"agency", "agency_no"}).encode()
    assert SUBMITTED == lead.decider.events.parse("LeadSubmitted", 2, old)


def test_it_is_completed_only_when_that_was_asked_for() -> None:
    back = lead.given(HANDED_OVER, lead.given(HANDED_OVER).when(RETURN, CLERK).said[0])
    completed = RESUBMITTED.model_copy(update={"photos": (), "submitter": HANDED_OVER.submitter})
    back.when(COMPLETE, SYSTEM_ITSELF).then(completed)
    lead.given(HANDED_OVER).when(COMPLETE, SYSTEM_ITSELF).then_refused(
        "not-now", command="CompleteHandedOver", lead="Submitted"
    )


def test_an_agency_that_has_an_appeal_acknowledges_it_through_the_exchange() -> None:
    lead.given(APPEALED, TRANSFERRED).when(ACKNOWLEDGE, SYSTEM_ITSELF).then(ACKNOWLEDGED)
