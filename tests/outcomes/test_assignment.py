"""A unit accepts or returns what lies on its desk, works on it, replies, and may have to again."""

from datetime import date

import pytest

from services.outcomes.domain.assignment.commands import (
    AcceptAssignment,
    AssignmentCommand,
    OpenAssignment,
    RejectHandling,
    ReplyHandling,
    ReportProgress,
    ReturnAssignment,
)
from services.outcomes.domain.assignment.decide import ASSIGNMENT
from services.outcomes.domain.assignment.events import AssignmentOpened
from shared.kernel.message import Actor, Event
from tests.outcomes.examples import (
    ACCEPTED,
    AREA,
    ASSIGNMENT_ID,
    DEFAULT,
    HEALTH,
    HOUSING,
    LINSHUI,
    OPENED,
    PLANNING,
    PROGRESS,
    REJECTED,
    REPLIED,
    RETURNED,
    office,
)
from tests.spec import Spec

assignment = Spec(ASSIGNMENT, LINSHUI)

OPEN = OpenAssignment(**dict(OPENED), area=AREA)
ACCEPT = AcceptAssignment(assignment_id=ASSIGNMENT_ID)
RETURN = ReturnAssignment(
    assignment_id=ASSIGNMENT_ID, reason=RETURNED.reason, counter_proposal=PLANNING
)
REPORT = ReportProgress(assignment_id=ASSIGNMENT_ID, progress=PROGRESS.progress)
REPLY = ReplyHandling(assignment_id=ASSIGNMENT_ID, result_class="A", content=REPLIED.content)
REJECT = RejectHandling(assignment_id=ASSIGNMENT_ID, round=1, reason=REJECTED.reason)

OPENED_FOR_PLANNING = AssignmentOpened(
    **{**dict(OPENED), "lead_unit": PLANNING, "assist_units": ()}
)
BACK_AGAIN = (OPENED, RETURNED, OPENED_FOR_PLANNING, RETURNED, OPENED)


def test_an_assigned_item_lies_on_the_desk_of_its_unit() -> None:
    assignment.given().when(OPEN).then(OPENED)


def test_the_lead_unit_accepts_it() -> None:
    assignment.given(OPENED).when(ACCEPT, office(HEALTH)).then(ACCEPTED)


def test_the_lead_unit_returns_it_with_a_reason_and_a_proposal() -> None:
    assignment.given(OPENED).when(RETURN, office(HEALTH)).then(RETURNED)


def test_what_was_accepted_is_not_returned() -> None:
    assignment.given(OPENED, ACCEPTED).when(RETURN, office(HEALTH)).then_refused(
        "not-now", command="ReturnAssignment", assignment="Handling"
    )


def test_what_was_returned_lies_on_another_desk() -> None:
    to_planning = OpenAssignment(**dict(OPENED_FOR_PLANNING), area=AREA)
    assignment.given(OPENED, RETURNED).when(to_planning).then(OPENED_FOR_PLANNING)


def test_it_does_not_go_back_and_forth_for_ever() -> None:
    assignment.given(*BACK_AGAIN).when(RETURN, office(HEALTH)).then_refused(
        "too-many-returns", returns_max=2
    )


@pytest.mark.parametrize("unit", [HEALTH, PLANNING])
def test_lead_and_assisting_units_report_progress(unit: str) -> None:
    assignment.given(OPENED, ACCEPTED).when(REPORT, office(unit)).then(
        PROGRESS.model_copy(update={"unit": unit})
    )


@pytest.mark.parametrize(
    ("past", "command"),
    [
        ((OPENED,), ACCEPT),
        ((OPENED,), RETURN),
        ((OPENED, ACCEPTED), REPORT),
        ((OPENED, ACCEPTED), REPLY),
    ],
)
def test_other_units_have_no_say(past: tuple[Event, ...], command: AssignmentCommand) -> None:
    assignment.given(*past).when(command, office(HOUSING)).then_refused(
        "not-your-assignment", unit=HEALTH
    )


@pytest.mark.parametrize("command", [ACCEPT, RETURN])
def test_an_assisting_unit_does_not_lead(command: AssignmentCommand) -> None:
    assignment.given(OPENED).when(command, office(PLANNING)).then_refused(
        "not-your-assignment", unit=HEALTH
    )


def test_somebody_who_acts_for_no_unit_has_no_say() -> None:
    nobody = Actor(id="lin", role="unit", area="511623000000")
    assignment.given(OPENED).when(ACCEPT, nobody).then_refused("not-your-assignment", unit=HEALTH)


def test_a_reply_says_when_somebody_will_look() -> None:
    assignment.given(OPENED, ACCEPTED).when(REPLY, office(HEALTH)).then(REPLIED)


def test_a_county_that_does_not_look_back_schedules_nothing() -> None:
    assignment.given(OPENED, ACCEPTED).under(DEFAULT).when(REPLY, office(HEALTH)).then(
        REPLIED.model_copy(update={"followups": ()})
    )


def test_what_was_not_accepted_is_not_answered() -> None:
    assignment.given(OPENED).when(REPLY, office(HEALTH)).then_refused(
        "not-now", command="ReplyHandling", assignment="Offered"
    )


def test_a_failed_follow_up_sends_it_back_and_the_clock_starts_again() -> None:
    assignment.given(OPENED, ACCEPTED, REPLIED).when(REJECT).then(REJECTED)


def test_two_failed_follow_ups_of_a_round_send_it_back_once() -> None:
    so_far = (OPENED, ACCEPTED, REPLIED, REJECTED)
    second = REPLIED.model_copy(update={"round": 2})
    assignment.given(*so_far).when(REJECT).then_nothing()
    assignment.given(*so_far, second).when(REJECT).then_nothing()


def test_a_reply_that_was_not_given_is_not_sent_back() -> None:
    assignment.given(OPENED, ACCEPTED).when(REJECT).then_refused(
        "not-now", command="RejectHandling", assignment="Handling"
    )


def test_the_unit_replies_again_in_the_next_round() -> None:
    assignment.given(OPENED, ACCEPTED, REPLIED, REJECTED).when(REPLY, office(HEALTH)).then(
        REPLIED.model_copy(update={"round": 2})
    )


def test_the_second_reply_can_be_sent_back_too() -> None:
    second = REPLIED.model_copy(update={"round": 2})
    again = RejectHandling(assignment_id=ASSIGNMENT_ID, round=2, reason="还是没有医生。")
    assignment.given(OPENED, ACCEPTED, REPLIED, REJECTED, second).when(again).then(
        REJECTED.model_copy(update={"round": 2, "reason": "还是没有医生。"})
    )


def test_the_new_day_is_counted_from_the_rejection() -> None:
    assert REJECTED.due == date(2026, 5, 28)  # 60 working days after 2026-03-02
