"""Who handles it after all, who signs, how long it may take, and whether it is solved."""

from datetime import UTC, date, datetime

import pytest

from services.outcomes import heard, policies
from services.outcomes.domain.assignment import commands as ask
from services.outcomes.domain.assignment.decide import ASSIGNMENT
from services.outcomes.domain.outcome.commands import CloseOutcome
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.outcome.notes import NoteSolution
from shared.kernel.message import Event
from tests.outcomes.examples import (
    ACCEPTED,
    ARBITRATED,
    ASSIGNMENT_ID,
    CLOSED,
    CONFIRMED,
    COSIGNED,
    DISPUTED,
    DUE_NOTED,
    EXTENSION_DECLINED,
    EXTENSION_GRANTED,
    EXTENSION_REQUESTED,
    HEALTH,
    HOUSING,
    LINSHUI,
    OPENED,
    OUTCOME_ID,
    PAUSE_NOTED,
    PLANNING,
    PROGRESS,
    REJECTED,
    REPLIED,
    RETURNED,
    SOLUTION_NOTED,
    office,
)
from tests.outcomes.test_assignment import BACK_AGAIN, REPLY
from tests.outcomes.test_close_outcome import EVERYTHING
from tests.outcomes.test_policies import hear
from tests.spec import Outcome, Spec, by

assignment = Spec(ASSIGNMENT, LINSHUI)
HANDLING = (OPENED, ACCEPTED)

ARBITRATE = ask.ArbitrateAssignment(
    assignment_id=ASSIGNMENT_ID,
    lead_unit=PLANNING,
    assist_units=(HEALTH,),
    reason=ARBITRATED.reason,
)
SIGN = ask.CoSign(assignment_id=ASSIGNMENT_ID, opinion=COSIGNED.opinion)
REQUEST = ask.RequestExtension(
    assignment_id=ASSIGNMENT_ID, until=date(2026, 6, 20), reason=EXTENSION_REQUESTED.reason
)
GRANT = ask.ApproveExtension(
    assignment_id=ASSIGNMENT_ID, agrees=True, reason=EXTENSION_GRANTED.reason
)
DECLINE = ask.ApproveExtension(
    assignment_id=ASSIGNMENT_ID, agrees=False, reason=EXTENSION_DECLINED.reason
)
CONFIRM = ask.ConfirmSolved(assignment_id=ASSIGNMENT_ID, solved=True, remark=CONFIRMED.remark)
DISPUTE = ask.ConfirmSolved(assignment_id=ASSIGNMENT_ID, solved=False, remark=DISPUTED.remark)

SIGNING = LINSHUI.model_copy(update={"cosign": True})
TWO_KEYS = LINSHUI.model_copy(
    update={"two_keys": True, "closing_needs": LINSHUI.closing_needs | {"confirmed"}}
)


def test_an_authority_decides_when_the_returns_are_used_up() -> None:
    assignment.given(OPENED, RETURNED, OPENED).when(ARBITRATE).then_refused(
        "not-disputed", returns=1, needed=2
    )
    assignment.given(*BACK_AGAIN).when(ARBITRATE).then(ARBITRATED)


def test_what_was_arbitrated_is_handled_by_its_new_unit_and_not_given_back() -> None:
    past = (*BACK_AGAIN, ARBITRATED)
    give_back = ask.ReturnAssignment(
        assignment_id=ASSIGNMENT_ID, reason="不归我局管。", counter_proposal=HOUSING
    )
    assignment.given(*past).when(give_back, office(PLANNING)).then_refused(
        "not-now", command="ReturnAssignment", assignment="Handling"
    )
    assignment.given(*past).when(REPLY, office(PLANNING)).then(
        REPLIED.model_copy(update={"unit": PLANNING})
    )


def test_where_the_county_asks_for_it_assisting_units_sign_first() -> None:
    signing = assignment.under(SIGNING)
    signing.given(*HANDLING).when(REPLY, office(HEALTH)).then_refused(
        "cosign-missing", units=[PLANNING]
    )
    signing.given(*HANDLING, COSIGNED).when(REPLY, office(HEALTH)).then(REPLIED)


def test_they_sign_anew_in_each_round() -> None:
    past = (*HANDLING, COSIGNED, REPLIED, REJECTED)
    assignment.under(SIGNING).given(*past).when(REPLY, office(HEALTH)).then_refused(
        "cosign-missing", units=[PLANNING]
    )


def test_an_assisting_unit_signs_once_and_no_other_does() -> None:
    assignment.given(*HANDLING).when(SIGN, office(PLANNING)).then(COSIGNED)
    assignment.given(*HANDLING, COSIGNED).when(SIGN, office(PLANNING)).then_nothing()
    assignment.given(*HANDLING).when(SIGN, office(HEALTH)).then_refused(
        "not-assisting", units=[PLANNING]
    )


def test_progress_names_its_evidence() -> None:
    report = ask.ReportProgress(
        assignment_id=ASSIGNMENT_ID, progress=PROGRESS.progress, evidence=(OUTCOME_ID,)
    )
    assignment.given(*HANDLING).when(report, office(PLANNING)).then(
        PROGRESS.model_copy(update={"evidence": (OUTCOME_ID,)})
    )


def test_more_time_is_asked_for_and_granted_or_not() -> None:
    asked = (*HANDLING, EXTENSION_REQUESTED)
    assignment.given(*HANDLING).when(REQUEST, office(HEALTH)).then(EXTENSION_REQUESTED)
    assignment.given(*asked).when(REQUEST, office(HEALTH)).then_nothing()
    assignment.given(*asked).when(GRANT).then(EXTENSION_GRANTED)
    assignment.given(*asked).when(DECLINE).then(EXTENSION_DECLINED)


@pytest.mark.parametrize("verdict", [EXTENSION_GRANTED, EXTENSION_DECLINED, None])
def test_nothing_is_granted_that_was_not_asked_for(verdict: object) -> None:
    past = (*HANDLING, EXTENSION_REQUESTED, verdict) if verdict else HANDLING
    assignment.given(*past).when(GRANT).then_refused("nothing-requested")


def test_only_the_lead_unit_asks_and_only_as_often_as_the_county_allows() -> None:
    assignment.given(*HANDLING).when(REQUEST, office(PLANNING)).then_refused(
        "not-your-assignment", unit=HEALTH
    )
    past = (*HANDLING, EXTENSION_REQUESTED, EXTENSION_GRANTED)
    again = REQUEST.model_copy(update={"until": date(2026, 7, 1)})
    assignment.given(*past).when(again, office(HEALTH)).then_refused(
        "no-more-extensions", extensions_max=1
    )


@pytest.mark.parametrize("until", [date(2026, 5, 28), date(2026, 6, 27)])
def test_more_time_is_later_and_not_too_late(until: date) -> None:
    request = REQUEST.model_copy(update={"until": until})
    assignment.given(*HANDLING).when(request, office(HEALTH)).then_refused(
        "due-out-of-range", earliest=date(2026, 5, 29), latest=date(2026, 6, 26)
    )


def test_nobody_asks_for_more_time_when_it_is_over() -> None:
    late = OPENED.model_copy(update={"due": date(2026, 3, 1)})
    assignment.given(late, ACCEPTED).when(REQUEST, office(HEALTH)).then_refused(
        "overdue", due=date(2026, 3, 1)
    )


def test_the_second_key_is_with_those_whom_it_concerns() -> None:
    two_keys = assignment.under(TWO_KEYS).given(*HANDLING, REPLIED)
    two_keys.when(CONFIRM, by("resident")).then(CONFIRMED)
    two_keys.when(DISPUTE, by("resident")).then(DISPUTED, REJECTED)
    assignment.given(*HANDLING, REPLIED).when(CONFIRM).then_refused("no-second-key")


@pytest.mark.parametrize("unit", [HEALTH, PLANNING])
def test_no_unit_turns_it_itself(unit: str) -> None:
    assignment.under(TWO_KEYS).given(*HANDLING, REPLIED).when(CONFIRM, office(unit)).then_refused(
        "own-work"
    )


def test_what_was_confirmed_is_not_disputed_any_more() -> None:
    confirmed = assignment.under(TWO_KEYS).given(*HANDLING, REPLIED, CONFIRMED)
    confirmed.when(CONFIRM).then_nothing()
    confirmed.when(DISPUTE).then_refused("already-confirmed", round=1)


def test_what_was_disputed_is_handled_again() -> None:
    assignment.under(TWO_KEYS).given(*HANDLING, REPLIED, DISPUTED, REJECTED).when(
        REPLY, office(HEALTH)
    ).then(REPLIED.model_copy(update={"round": 2}))


def test_its_outcome_hears_of_both() -> None:
    noted = policies.note_the_confirmation(hear(heard.SolutionConfirmed, CONFIRMED))
    assert NoteSolution(outcome_id=OUTCOME_ID, item_no=1, round=1, confirmed=True) == noted
    noted = policies.note_the_dispute(hear(heard.SolutionDisputed, DISPUTED))
    assert NoteSolution(outcome_id=OUTCOME_ID, item_no=1, round=1, confirmed=False) == noted


def test_an_outcome_with_two_keys_waits_for_the_second() -> None:
    close = CloseOutcome(outcome_id=OUTCOME_ID)
    outcome = Spec(OUTCOME, TWO_KEYS)
    outcome.given(*EVERYTHING).when(close).then_refused("not-yet", missing=["confirmed"])
    outcome.given(*EVERYTHING, SOLUTION_NOTED).when(close).then(CLOSED)
    disputed = SOLUTION_NOTED.model_copy(update={"confirmed": False})
    outcome.given(*EVERYTHING, disputed).when(close).then_refused(
        "not-yet", missing=["confirmed", "follow-up", "reply"]
    )


def noted(past: tuple[Event, ...], due: date) -> Outcome:
    return assignment.given(*past).when(ask.NoteDue(assignment_id=ASSIGNMENT_ID, due=due))


@pytest.mark.parametrize("past", [(OPENED,), HANDLING])
def test_the_day_of_the_clock_becomes_the_day_of_the_assignment(past: tuple[Event, ...]) -> None:
    noted(past, OPENED.due).then_nothing()
    noted(past, DUE_NOTED.due).then(DUE_NOTED)
    noted((*past, DUE_NOTED), DUE_NOTED.due).then_nothing()


def test_while_the_clock_stands_still_more_time_may_be_asked_for() -> None:
    pause = ask.NotePause(assignment_id=ASSIGNMENT_ID)
    late = assignment.at(datetime(2026, 6, 1, tzinfo=UTC))
    late.given(*HANDLING).when(REQUEST, office(HEALTH)).then_refused("overdue", due=OPENED.due)
    late.given(*HANDLING).when(pause).then(PAUSE_NOTED)
    late.given(*HANDLING, PAUSE_NOTED).when(pause).then_nothing()
    late.given(*HANDLING, PAUSE_NOTED).when(REQUEST, office(HEALTH)).then(EXTENSION_REQUESTED)
    noted((*HANDLING, PAUSE_NOTED), OPENED.due).then(
        DUE_NOTED.model_copy(update={"due": OPENED.due})
    )


@pytest.mark.parametrize("past", [(), (OPENED, RETURNED), (*HANDLING, REPLIED)])
def test_a_clock_may_speak_of_what_is_over(past: tuple[Event, ...]) -> None:
    noted(past, DUE_NOTED.due).then_nothing()
    assignment.given(*past).when(ask.NotePause(assignment_id=ASSIGNMENT_ID)).then_nothing()
