"""On the way to its day a unit is reminded and warned: blue, yellow, red, and each once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from services.notify.domain.deadline.commands import PassMark, SetDeadline
from services.notify.domain.deadline.decide import DEADLINE
from services.notify.rules import NotifyRules
from services.notify.words import Count, because
from shared.kernel.message import Event
from tests.notify.examples import (
    AREA,
    BLUE,
    BREACHED,
    CLOCK,
    DEADLINE_ID,
    DEFAULT,
    EXTENDED,
    LIFTED,
    MET,
    PAUSED,
    REMINDED,
    REMINDER,
    RESUMED,
    SET,
    WARNED,
    mark,
)
from tests.spec import Spec

deadline = Spec(DEADLINE, DEFAULT)

PASS_BLUE = PassMark(deadline_id=DEADLINE_ID, mark=BLUE)
PASS_REMINDER = PassMark(deadline_id=DEADLINE_ID, mark=REMINDER)


def starts(due: date) -> SetDeadline:
    return SetDeadline(
        **CLOCK, area=AREA, since=date(2026, 3, 2), due=due, why=SET.why, params=SET.params
    )


def test_a_warning_is_raised_when_its_morning_comes() -> None:
    deadline.given(SET).at(BLUE.at - timedelta(seconds=1)).when(PASS_BLUE).then_refused(
        "not-due", due=BLUE.at
    )
    deadline.given(SET).at(BLUE.at).when(PASS_BLUE).then(WARNED)


def test_a_reminder_says_how_many_working_days_are_left() -> None:
    deadline.given(SET, WARNED).at(REMINDER.at).when(PASS_REMINDER).then(REMINDED)
    weekend = REMINDER.at + timedelta(days=5)
    fewer = REMINDED.model_copy(update={"days_left": 5})
    deadline.given(SET, WARNED).at(weekend).when(PASS_REMINDER).then(fewer)


@pytest.mark.parametrize(
    "past",
    [
        (),
        (SET, WARNED),
        (SET, PAUSED),
        (SET, PAUSED, RESUMED),
        (SET, EXTENDED),
        (SET, BREACHED),
        (SET, MET),
        (SET, LIFTED),
    ],
)
def test_what_was_said_or_is_no_longer_ahead_is_not_said(past: tuple[Event, ...]) -> None:
    deadline.given(*past).at(BLUE.at).when(PASS_BLUE).then_nothing()


def test_marks_come_in_the_order_of_their_moments() -> None:
    deadline.given(SET).at(REMINDER.at).when(PASS_REMINDER).then_nothing()


def test_what_is_too_late_to_be_said_is_left_out() -> None:
    clock = SET.model_copy(
        update={
            "due": date(2026, 3, 6),
            "count": Count(
                since=date(2026, 3, 2), days=4, of="working", days_off=0, provisional=False
            ),
            "marks": (mark("red", 3, 3), mark("reminder", 3, 5)),
        }
    )
    deadline.given().when(starts(date(2026, 3, 6))).then(clock)
    (red, last) = clock.marks
    late = [red.at, red.at - timedelta(seconds=1)]
    for now, marks in zip(late, [(last,), (red, last)], strict=True):
        then = clock.model_copy(update={"marks": marks})
        deadline.given().at(now).when(starts(date(2026, 3, 6))).then(then)


def test_a_county_chooses_its_marks() -> None:
    quiet = {"reminded_before": frozenset(), "warned_before": {"red": 2}}
    one = SET.model_copy(update={"marks": (mark("red", 5, 28),)})
    deadline.under(DEFAULT.model_copy(update=quiet)).given().when(starts(SET.due)).then(one)


@pytest.mark.parametrize(
    "warned", [{"blue": 3, "yellow": 5}, {"blue": 3, "red": 3}, {"yellow": -1}, {"green": 1}]
)
def test_a_county_warns_in_order(warned: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        NotifyRules.model_validate(dict(DEFAULT) | {"warned_before": warned})


def test_a_county_leaves_a_level_out_by_zero() -> None:
    warned = {"blue": 0, "yellow": 5, "red": 1}
    rules = NotifyRules.model_validate(dict(DEFAULT) | {"warned_before": warned})
    assert {"yellow": 5, "red": 1} == rules.warned_before


def test_a_day_off_of_the_county_moves_its_marks() -> None:
    local = DEFAULT.model_copy(
        update={
            "extra_days_off": frozenset({date(2026, 5, 29)}),
            "reminded_before": frozenset({1}),
            "warned_before": {},
        }
    )
    count = SET.count and SET.count.model_copy(update={"days": 60, "days_off": 30})
    moved = SET.model_copy(update={"count": count, "marks": (mark("reminder", 5, 28),)})
    deadline.under(local).given().when(starts(SET.due)).then(moved)


def test_beyond_the_published_years_a_clock_is_provisional() -> None:
    far = Spec(DEADLINE, DEFAULT.model_copy(update={"reminded_before": [], "warned_before": {}}))
    command = starts(date(2099, 1, 10)).model_copy(update={"since": date(2099, 1, 1)})
    count = Count(since=date(2099, 1, 1), days=6, of="working", days_off=3, provisional=True)
    clock = SET.model_copy(update={"due": date(2099, 1, 10), "count": count, "marks": ()})
    far.given().at(datetime(2099, 1, 1, tzinfo=UTC)).when(command).then(clock)
    told = "自2099年1月1日起6个工作日(跳过休息日3天),至2099年1月10日"
    assert f"{told};节假日安排未公布,暂按双休日计算。" == because(count, clock.due)


def test_the_reason_for_a_day_is_one_sentence() -> None:
    assert SET.count
    assert "自2026年3月2日起61个工作日(跳过休息日29天),至2026年5月31日。" == because(
        SET.count, SET.due
    )
    assert "自2026年5月31日起10个工作日(跳过休息日2天),至2026年6月12日。" == because(
        EXTENDED.count, EXTENDED.due
    )
    assert "自2026年5月31日起3个工作日(跳过休息日0天),至2026年6月3日。" == because(
        RESUMED.count, RESUMED.due
    )


def test_the_oldest_clocks_were_counted_by_nobody() -> None:
    old = b"""{"deadline_id":"01960000-0000-7000-8000-000000000004",
      "topic_id":"01960000-0000-7000-8000-000000000001","unit":"u","due":"2026-05-31",
      "why":"set-by-the-assigner","params":{}}"""
    clock = DEADLINE.events.parse("DeadlineSet", 1, old)
    deadline.given(clock).at(BLUE.at).when(PASS_BLUE).then_nothing()
