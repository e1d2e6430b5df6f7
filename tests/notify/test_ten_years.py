"""Clocks over ten years of calendar: marks in order, each once, whoever looks and whenever."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.app import LOOK_S, app
from services.notify.domain.deadline import commands as asked
from services.notify.domain.deadline.decide import DEADLINE
from services.notify.domain.deadline.events import DeadlineBreached, DeadlineEscalated, DeadlineSet
from services.notify.rules import NotifyRules
from services.notify.words import CHINA, Mark, day
from shared.kernel.decider import Context
from shared.kernel.errors import Refused
from shared.kernel.message import Event
from shared.kernel.workdays import is_published
from tests.anything import charters
from tests.notify.examples import AREA, DEADLINE_ID, HEALTH, TOPIC_ID
from tests.spec import by

RULES = st.sampled_from(charters("notify"))
STARTS = st.dates(date(2017, 1, 1), date(2028, 12, 31))
LATE_MAX_S = 60
CLOCK = by("clock", "system")


def at_noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=CHINA)


def started(rules: NotifyRules, since: date, days: int) -> DeadlineSet:
    """A clock that begins at noon of a day and ends so many days later."""
    command = asked.SetDeadline(
        deadline_id=DEADLINE_ID, area=AREA, topic_id=TOPIC_ID, unit=HEALTH, since=since,
        due=since + timedelta(days=days), why="reply-days-of-the-charter", params={},
    )  # fmt: skip
    (said,) = DEADLINE.decide(command, DEADLINE.initial, Context(at_noon(since), CLOCK, rules))
    assert isinstance(said, DeadlineSet)
    return said


@settings(max_examples=60, deadline=None)
@given(rules=RULES, since=STARTS, days=st.integers(0, 120))
def test_marks_stand_in_order_between_the_beginning_and_the_end_on_days_people_work(
    rules: NotifyRules, since: date, days: int
) -> None:
    clock = started(rules, since, days)
    for mark in clock.marks:
        assert at_noon(since) <= mark.at
        assert since <= day(mark.at) <= clock.due
        assert rules.workdays.works(day(mark.at)) or day(mark.at) == clock.due
    assert all(one.at <= other.at for one, other in pairwise(clock.marks))
    assert len(clock.marks) == len({(mark.what, mark.at) for mark in clock.marks})


@settings(max_examples=60, deadline=None)
@given(rules=RULES, since=STARTS, days=st.integers(0, 120))
def test_what_shares_a_moment_is_all_said_within_a_minute(
    rules: NotifyRules, since: date, days: int
) -> None:
    clock = started(rules, since, days)
    moments = [mark.at for mark in clock.marks]
    most = max((moments.count(at) for at in moments), default=1)
    assert (1 + most) * LOOK_S <= LATE_MAX_S  # One look just missed it, and each says one more.


def test_every_clock_is_looked_at_as_often() -> None:
    assert {LOOK_S} == {tick.every_s for tick in app.ticks}
    assert {"breach_the_deadline", "pass_the_mark", "escalate_the_deadline"} == {
        tick.name for tick in app.ticks
    }


@settings(max_examples=60, deadline=None)
@given(rules=RULES, since=STARTS, days=st.integers(0, 60), looks=st.lists(st.integers(0, 9)))
def test_each_day_mark_and_rung_is_said_once_however_often_anybody_looks(
    rules: NotifyRules, since: date, days: int, looks: list[int]
) -> None:
    """Restarted or replicated, who looks asks about what is next, and may ask it again."""
    said: list[Event] = [started(rules, since, days)]
    for n in (*looks, *[20] * 12):
        now = at_noon(since) + timedelta(days=n + len(said))
        for _replica in range(2):
            for command in _due(said):
                context = Context(now, CLOCK, rules)
                with suppress(Refused):
                    said += DEADLINE.decide(command, DEADLINE.fold(said), context)
    assert len(said) == len({fact.model_dump_json() for fact in said})
    assert 1 >= sum(isinstance(fact, DeadlineBreached) for fact in said)


def _due(said: list[Event]) -> list[asked.DeadlineCommand]:
    """What the three looks would ask: the next mark, the day itself, the next rung."""
    clock = said[0]
    assert isinstance(clock, DeadlineSet)
    marks: tuple[Mark, ...] = next(f.marks for f in reversed(said) if hasattr(f, "marks"))
    rungs = [f.rungs for f in said if isinstance(f, DeadlineBreached | DeadlineEscalated)]
    key: dict[str, UUID] = {"deadline_id": DEADLINE_ID}
    return [
        *(asked.PassMark(**key, mark=mark) for mark in (clock.marks[:1] + marks[:1])),
        asked.BreachDeadline(**key, due=clock.due),
        *(asked.EscalateDeadline(**key, rung=one) for some in rungs for one in some[:1]),
    ]


@pytest.mark.parametrize(("year", "days_off"), [(2026, 10), (2036, 5), (2037, 6)])
def test_beyond_the_notices_a_clock_runs_by_the_week_and_says_it_is_provisional(
    year: int, days_off: int
) -> None:
    since = date(year, 9, 28)  # 国庆 2026: seven days off, and Saturday the 10th was worked.
    (rules, *_) = charters("notify")
    count = started(rules, since, 20).count
    assert count is not None
    assert (days_off, not is_published(since)) == (count.days_off, count.provisional)
