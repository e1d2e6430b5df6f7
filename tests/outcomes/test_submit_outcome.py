"""Minutes are drafted from the record, issued, submitted and adopted."""

from dataclasses import replace

from services.outcomes.domain.outcome.commands import (
    AdoptOutcome,
    DraftMinutes,
    IssueMinutes,
    SubmitOutcome,
)
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.outcome.events import OutcomeSubmitted
from shared.kernel.message import Actor
from tests.outcomes.examples import (
    ADOPTED,
    AREA,
    CLOSED,
    COMMITTEE,
    CONSULTATION_ID,
    COPIED,
    DEFAULT,
    DRAFTED,
    GOVERNMENT,
    ISSUED,
    LINSHUI,
    OUTCOME_ID,
    SUBMITTED,
    TARGETS,
    TOPIC_ID,
)
from tests.spec import Spec

outcome = Spec(OUTCOME, LINSHUI)

DRAFT = DraftMinutes(
    outcome_id=OUTCOME_ID,
    area=AREA,
    topic_id=TOPIC_ID,
    consultation_id=CONSULTATION_ID,
    items=DRAFTED.items,
)
ISSUE = IssueMinutes(outcome_id=OUTCOME_ID, number=ISSUED.number)
SUBMIT = SubmitOutcome(outcome_id=OUTCOME_ID, to=(COMMITTEE, GOVERNMENT))
ADOPT = AdoptOutcome(outcome_id=OUTCOME_ID, body=GOVERNMENT, instruction=ADOPTED.instruction)

MAYOR = Actor(id="yan", role="leader", area="511623000000", unit=GOVERNMENT)
TARGETS_OFFICE = replace(MAYOR, unit=TARGETS)


def test_the_record_of_the_meeting_becomes_the_minutes() -> None:
    outcome.given().when(DRAFT).then(DRAFTED)


def test_one_meeting_has_one_draft() -> None:
    outcome.given(DRAFTED).when(DRAFT).then_nothing()


def test_minutes_are_issued_under_a_number() -> None:
    outcome.given(DRAFTED).when(ISSUE).then(ISSUED)


def test_minutes_are_issued_once() -> None:
    outcome.given(DRAFTED, ISSUED).when(ISSUE).then_refused(
        "not-now", command="IssueMinutes", outcome="Issued"
    )


def test_linshui_submits_to_committee_and_government_and_copies_the_target_office() -> None:
    outcome.given(DRAFTED, ISSUED).when(SUBMIT).then(SUBMITTED, COPIED)


def test_a_county_without_copies_sends_none() -> None:
    outcome.given(DRAFTED, ISSUED).under(DEFAULT).when(SUBMIT).then(SUBMITTED)


def test_a_body_the_charter_names_may_not_be_left_out() -> None:
    to_one = SubmitOutcome(outcome_id=OUTCOME_ID, to=(GOVERNMENT,))
    outcome.given(DRAFTED, ISSUED).when(to_one).then_refused("body-missing", to=[COMMITTEE])


def test_more_bodies_than_the_charter_names_are_welcome() -> None:
    to_three = SubmitOutcome(
        outcome_id=OUTCOME_ID, to=(COMMITTEE, "town-party-committee", GOVERNMENT)
    )
    outcome.given(DRAFTED, ISSUED).when(to_three).then(
        OutcomeSubmitted(
            outcome_id=OUTCOME_ID,
            topic_id=TOPIC_ID,
            to=(GOVERNMENT, COMMITTEE, "town-party-committee"),
        ),
        COPIED,
    )


def test_a_draft_is_not_submitted() -> None:
    outcome.given(DRAFTED).when(SUBMIT).then_refused(
        "not-now", command="SubmitOutcome", outcome="Drafted"
    )


def test_submitting_again_changes_nothing() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED, COPIED).when(SUBMIT).then_nothing()


def test_an_outcome_is_submitted_once_and_to_all() -> None:
    to_one_more = SubmitOutcome(outcome_id=OUTCOME_ID, to=(COMMITTEE, GOVERNMENT, TARGETS))
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(to_one_more).then_refused(
        "not-now", command="SubmitOutcome", outcome="Submitted"
    )


def test_a_body_that_received_the_outcome_adopts_it() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(ADOPT, MAYOR).then(ADOPTED)


def test_a_body_adopts_once() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED, ADOPTED).when(ADOPT, MAYOR).then_nothing()


def test_a_body_that_only_got_a_copy_adopts_nothing() -> None:
    by_targets = AdoptOutcome(outcome_id=OUTCOME_ID, body=TARGETS, instruction="阅。")
    outcome.given(DRAFTED, ISSUED, SUBMITTED, COPIED).when(by_targets, TARGETS_OFFICE).then_refused(
        "not-submitted", to=TARGETS
    )


def test_nobody_adopts_for_another_body() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(
        ADOPT, replace(MAYOR, unit=COMMITTEE)
    ).then_refused("not-your-body", body=GOVERNMENT, yours=COMMITTEE)


def test_nothing_is_adopted_after_the_end() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED, CLOSED).when(ADOPT, MAYOR).then_refused(
        "not-now", command="AdoptOutcome", outcome="Closed"
    )
