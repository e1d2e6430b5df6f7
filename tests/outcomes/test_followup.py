"""Somebody goes back and looks."""

from services.outcomes.domain.followup.commands import ConductFollowUp, ScheduleFollowUp
from services.outcomes.domain.followup.decide import FOLLOWUP
from tests.outcomes.examples import AREA, CONDUCTED, FOLLOWUP_ID, LINSHUI, SCHEDULED
from tests.spec import Spec

followup = Spec(FOLLOWUP, LINSHUI)

SCHEDULE = ScheduleFollowUp(**dict(SCHEDULED), area=AREA)
CONDUCT = ConductFollowUp(followup_id=FOLLOWUP_ID, passed=False, findings=CONDUCTED.findings)


def test_a_look_back_is_scheduled() -> None:
    followup.given().when(SCHEDULE).then(SCHEDULED)


def test_it_is_scheduled_once() -> None:
    followup.given(SCHEDULED).when(SCHEDULE).then_nothing()
    followup.given(SCHEDULED, CONDUCTED).when(SCHEDULE).then_nothing()


def test_somebody_looks_and_says_what_was_found() -> None:
    followup.given(SCHEDULED).when(CONDUCT).then(CONDUCTED)


def test_it_may_pass() -> None:
    passing = CONDUCT.model_copy(update={"passed": True})
    followup.given(SCHEDULED).when(passing).then(CONDUCTED.model_copy(update={"passed": True}))


def test_a_verdict_is_not_changed_afterwards() -> None:
    followup.given(SCHEDULED, CONDUCTED).when(CONDUCT).then_refused(
        "not-now", command="ConductFollowUp", followup="Conducted"
    )


def test_nobody_looks_at_what_was_not_scheduled() -> None:
    followup.given().when(CONDUCT).then_refused(
        "not-now", command="ConductFollowUp", followup="Nothing"
    )


def test_a_unit_does_not_look_at_its_own_work() -> None:
    assert "unit" not in ConductFollowUp.may
