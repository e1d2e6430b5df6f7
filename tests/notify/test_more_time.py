"""Those who may pause a clock and let it run again; who assigned the item gives more time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.deadline.commands import (
    BreachDeadline,
    ExtendDeadline,
    MeetDeadline,
    PauseDeadline,
    ResumeDeadline,
)
from services.notify.domain.deadline.decide import DEADLINE, Paused, Running
from services.notify.domain.deadline.events import DeadlineResumed
from shared.kernel.decider import Context
from shared.kernel.message import Event
from shared.kernel.workdays import Workdays
from tests.notify.examples import (
    BREACHED,
    DEADLINE_ID,
    DEFAULT,
    EXTENDED,
    GRANTED,
    HEALTH,
    LIFTED,
    MET,
    PAUSED,
    RESUMED,
    SET,
    TOPIC_ID,
    WARNED,
)
from tests.spec import Spec, by

deadline = Spec(DEADLINE, DEFAULT)

PAUSE = PauseDeadline(deadline_id=DEADLINE_ID, **GRANTED)
RESUME = ResumeDeadline(deadline_id=DEADLINE_ID, **GRANTED)
EXTEND = ExtendDeadline(deadline_id=DEADLINE_ID, due=EXTENDED.due, reason=EXTENDED.reason)

AFTER = datetime(2026, 5, 31, 16, tzinfo=UTC)  # 1 June in China, the day is over
OVER = [(SET, MET), (SET, LIFTED)]


def at(day: date) -> datetime:
    """Noon in China."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def phase(past: tuple[Event, ...]) -> str:
    return type(DEADLINE.fold(past)).__name__


def test_a_clock_is_paused() -> None:
    deadline.given(SET).at(at(PAUSED.since)).when(PAUSE).then(PAUSED)


def test_a_paused_clock_is_paused_already() -> None:
    deadline.given(SET, PAUSED).when(PAUSE).then_nothing()


def test_the_last_day_can_still_be_paused_and_the_next_cannot() -> None:
    last = PAUSED.model_copy(update={"since": SET.due})
    deadline.given(SET).at(AFTER - timedelta(minutes=1)).when(PAUSE).then(last)
    deadline.given(SET).at(AFTER).when(PAUSE).then_refused("too-late-to-pause", due=SET.due)
    deadline.given(SET, BREACHED).when(PAUSE).then_refused("too-late-to-pause", due=SET.due)


@pytest.mark.parametrize("past", OVER)
def test_a_stopped_clock_is_not_paused(past: tuple[Event, ...]) -> None:
    deadline.given(*past).when(PAUSE).then_refused(
        "not-now", command="PauseDeadline", deadline="Stopped"
    )


def test_the_working_days_of_a_pause_are_given_back() -> None:
    deadline.given(SET, PAUSED).at(at(date(2026, 5, 7))).when(RESUME).then(RESUMED)


def test_a_clock_that_runs_is_resumed_already() -> None:
    deadline.given(SET).when(RESUME).then_nothing()
    deadline.given(SET, PAUSED, RESUMED).when(RESUME).then_nothing()


@pytest.mark.parametrize("past", [(SET, BREACHED), *OVER])
def test_a_clock_that_was_not_paused_is_not_resumed(past: tuple[Event, ...]) -> None:
    deadline.given(*past).when(RESUME).then_refused(
        "not-now", command="ResumeDeadline", deadline=phase(past)
    )


def test_a_reply_during_a_pause_is_in_time() -> None:
    meet = MeetDeadline(deadline_id=DEADLINE_ID, met_at=AFTER + timedelta(days=9))
    deadline.given(SET, PAUSED).when(meet).then(MET)


def test_who_paused_on_a_last_day_off_has_the_day_of_resuming() -> None:
    sunday = PAUSED.model_copy(update={"since": SET.due})
    state = DEADLINE.fold([SET, sunday])
    now = at(date(2026, 6, 2))
    (fact,) = DEADLINE.decide(RESUME, state, Context(now, by("he", "cppcc"), DEFAULT))
    assert isinstance(fact, DeadlineResumed)
    assert date(2026, 6, 2) == fact.due


@pytest.mark.parametrize("past", [(SET,), (SET, WARNED), (SET, PAUSED), (SET, BREACHED)])
def test_a_clock_that_is_extended_runs_to_the_other_day(past: tuple[Event, ...]) -> None:
    deadline.given(*past).when(EXTEND).then(EXTENDED)
    deadline.given(*past, EXTENDED).when(EXTEND).then_nothing()
    breach = BreachDeadline(deadline_id=DEADLINE_ID, due=EXTENDED.due)
    deadline.given(*past, EXTENDED).when(breach).then_refused("not-due", due=EXTENDED.due)


def test_a_pause_may_have_given_more_than_the_extension() -> None:
    less = EXTEND.model_copy(update={"due": RESUMED.due})
    deadline.given(SET, PAUSED, RESUMED).when(less).then_nothing()


@pytest.mark.parametrize("past", OVER)
def test_a_stopped_clock_is_not_extended(past: tuple[Event, ...]) -> None:
    deadline.given(*past).when(EXTEND).then_nothing()


@given(
    start=st.dates(date(2025, 12, 1), date(2027, 3, 1)),
    left=st.integers(0, 60),
    paused=st.integers(0, 60),
)
def test_a_pause_moves_the_day_by_exactly_its_working_days(
    start: date, left: int, paused: int
) -> None:
    china = Workdays()
    due, today = start + timedelta(days=left), start + timedelta(days=paused)
    state = Paused(Running(TOPIC_ID, HEALTH, due), start)
    (fact,) = DEADLINE.decide(RESUME, state, Context(at(today), by("he", "cppcc"), DEFAULT))
    assert isinstance(fact, DeadlineResumed)
    tomorrow = timedelta(days=1)
    had = china.between(start, due + tomorrow)
    assert today <= fact.due
    if had:
        assert had == china.between(today, fact.due + tomorrow)
        assert china.between(start, today) == fact.count.days
    else:
        assert fact.due in (today, due, china.after(due, china.between(start, today)))
