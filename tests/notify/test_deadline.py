"""A clock runs until the unit replies, or the day has passed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.notify.domain.deadline.commands import (
    BreachDeadline,
    LiftDeadline,
    MeetDeadline,
    SetDeadline,
)
from services.notify.domain.deadline.decide import DEADLINE
from services.notify.words import Count
from shared.kernel.message import Event
from tests.notify.examples import (
    AREA,
    BREACHED,
    DEADLINE_ID,
    DEFAULT,
    EXTENDED,
    LIFTED,
    MET,
    PAUSED,
    SET,
)
from tests.spec import Spec

deadline = Spec(DEADLINE, DEFAULT)

DUE = SET.due
LAST_MINUTE = datetime(2026, 5, 31, 15, 59, tzinfo=UTC)  # 23:59 in China
MIDNIGHT = LAST_MINUTE + timedelta(minutes=1)

START = SetDeadline(**SET.model_dump(exclude={"count", "marks"}), area=AREA, since=date(2026, 3, 2))
LIFT = LiftDeadline(deadline_id=DEADLINE_ID)
BREACH = BreachDeadline(deadline_id=DEADLINE_ID, due=DUE)


def meet(at: datetime) -> MeetDeadline:
    return MeetDeadline(deadline_id=DEADLINE_ID, met_at=at)


def test_a_clock_starts_with_the_reason_for_its_day() -> None:
    deadline.given().when(START).then(SET)


@pytest.mark.parametrize("past", [(SET,), (SET, PAUSED)])
def test_the_same_clock_is_started_once(past: tuple[Event, ...]) -> None:
    deadline.given(*past).when(START).then_nothing()


@pytest.mark.parametrize(
    "past", [(SET,), (SET, MET), (SET, LIFTED), (SET, BREACHED), (SET, PAUSED)]
)
def test_another_day_starts_it_anew(past: tuple[Event, ...]) -> None:
    later = {"due": date(2026, 6, 12), "why": "clock-restarted"}
    count = Count(since=date(2026, 3, 2), days=71, of="working", days_off=31, provisional=False)
    anew = SET.model_copy(update=later | {"count": count, "marks": EXTENDED.marks})
    deadline.given(*past).when(START.model_copy(update=later)).then(anew)


def test_the_day_belongs_to_the_unit_until_midnight_in_china() -> None:
    deadline.given(SET).at(LAST_MINUTE).when(BREACH).then_refused("not-due", due=DUE)
    deadline.given(SET).at(MIDNIGHT).when(BREACH).then(BREACHED)


@pytest.mark.parametrize(
    "past", [(), (SET, MET), (SET, LIFTED), (SET, BREACHED), (SET, PAUSED), (SET, EXTENDED)]
)
def test_only_a_running_clock_is_breached(past: tuple[Event, ...]) -> None:
    deadline.given(*past).at(MIDNIGHT).when(BREACH).then_nothing()


def test_an_old_day_does_not_breach_a_new_one() -> None:
    anew = SET.model_copy(update={"due": date(2026, 8, 29)})
    deadline.given(SET, anew).at(MIDNIGHT).when(BREACH).then_nothing()


LATE = [(MIDNIGHT, 1), (MIDNIGHT + timedelta(days=9), 10)]


@pytest.mark.parametrize(("at", "late_days"), [(LAST_MINUTE, 0), *LATE])
def test_a_reply_is_late_by_days_in_china(at: datetime, late_days: int) -> None:
    met = MET.model_copy(update={"late_days": late_days})
    deadline.given(SET, BREACHED).when(meet(at)).then(met)


@pytest.mark.parametrize(("at", "late_days"), LATE)
def test_a_late_reply_is_a_breach_even_before_the_clock_looked(
    at: datetime, late_days: int
) -> None:
    met = MET.model_copy(update={"late_days": late_days})
    deadline.given(SET).when(meet(at)).then(BREACHED.model_copy(update={"rungs": ()}), met)


def test_a_reply_in_time_is_no_breach() -> None:
    deadline.given(SET).when(meet(LAST_MINUTE)).then(MET)


def test_a_reply_in_time_that_was_heard_of_late_is_in_time() -> None:
    deadline.given(SET, BREACHED).at(MIDNIGHT).when(meet(LAST_MINUTE)).then(MET)


def test_a_clock_is_met_once() -> None:
    deadline.given(SET, MET).when(meet(MIDNIGHT)).then_nothing()


@pytest.mark.parametrize("past", [(SET,), (SET, BREACHED), (SET, PAUSED)])
def test_a_unit_that_gave_it_back_has_no_clock(past: tuple[Event, ...]) -> None:
    deadline.given(*past).when(LIFT).then(LIFTED)


@pytest.mark.parametrize("past", [(), (SET, MET), (SET, LIFTED)])
def test_a_clock_that_does_not_run_needs_no_lifting(past: tuple[Event, ...]) -> None:
    deadline.given(*past).when(LIFT).then_nothing()
