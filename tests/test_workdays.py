"""Working days in China: the notices of the State Council, and what a county adds."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.workdays import Workdays, is_published

CHINA = Workdays()
ODD = Workdays(
    extra_days_off=frozenset({date(2026, 7, 1), date(2026, 7, 2)}),
    extra_working_days=frozenset({date(2026, 7, 2), date(2026, 7, 4)}),
)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
calendars = st.sampled_from([CHINA, ODD])
spans = st.integers(0, 60)


@pytest.mark.parametrize(
    ("start", "working_days", "end"),
    [
        (date(2024, 2, 2), 1, date(2024, 2, 4)),  # 春节 2024: Sunday the 4th was worked
        (date(2024, 2, 9), 1, date(2024, 2, 18)),  # 除夕 was worked, and Sunday the 18th
        (date(2024, 2, 9), 2, date(2024, 2, 19)),
        (date(2025, 1, 24), 3, date(2025, 2, 5)),  # 春节 2025: 26 January for 3 February
        (date(2025, 1, 27), 4, date(2025, 2, 8)),
        (date(2025, 9, 26), 1, date(2025, 9, 28)),  # 国庆、中秋 2025: eight days
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),  # 元旦 2026: Sunday the 4th was worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # 春节 2026: nine days
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
        (date(2026, 2, 24), -1, date(2026, 2, 14)),
        (date(2026, 10, 8), -2, date(2026, 9, 29)),
    ],
)
def test_moved_working_days_count(start: date, working_days: int, end: date) -> None:
    assert end == CHINA.after(start, working_days)


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        (2017, 249), (2018, 250), (2019, 250), (2020, 249), (2021, 250),
        (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248),
    ],
)  # fmt: skip
def test_ten_years_are_those_of_the_notices(year: int, worked: int) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    known = chinese_calendar.get_workdays(first, last)
    assert worked == len(known) == CHINA.between(first, last + timedelta(days=1))
    assert known == [day for day in chinese_calendar.get_dates(first, last) if CHINA.works(day)]


def test_beyond_the_notices_the_week_decides() -> None:
    assert is_published(date(2026, 12, 31))
    assert is_published(date(2004, 1, 1))
    assert not is_published(date(2003, 12, 31))
    holiday, saturday, monday = date(2099, 10, 1), date(2099, 10, 3), date(2099, 10, 5)
    assert not is_published(holiday)
    assert [True, False, True] == [CHINA.works(day) for day in (holiday, saturday, monday)]


def test_a_county_adds_days_of_its_own_and_a_day_off_wins() -> None:
    assert [False, False, True, True] == [ODD.works(date(2026, 7, day)) for day in (1, 2, 3, 4)]
    assert date(2026, 7, 4) == ODD.after(date(2026, 6, 30), 2)


def test_days_off_are_counted_after_the_first_day_and_with_the_last() -> None:
    assert 9 == CHINA.days_off(date(2026, 2, 14), date(2026, 2, 24))
    assert 9 == CHINA.days_off(date(2026, 2, 14), date(2026, 2, 23))
    assert 8 == CHINA.days_off(date(2026, 2, 15), date(2026, 2, 23))
    assert 0 == CHINA.days_off(date(2026, 2, 15), date(2026, 2, 15))


@given(calendars, days, spans)
def test_n_working_days_later_is_a_working_day(calendar: Workdays, day: date, n: int) -> None:
    later = calendar.after(day, n)
    assert n == calendar.between(day + timedelta(days=1), later + timedelta(days=1))
    assert calendar.works(later) or (n == 0 and later == day)


@given(calendars, days, st.integers(0, 30), spans)
def test_a_later_day_gives_no_earlier_one(calendar: Workdays, day: date, gap: int, n: int) -> None:
    assert calendar.after(day, n) <= calendar.after(day + timedelta(days=gap), n)
    assert calendar.after(day, n) < calendar.after(day, n + 1)


@given(calendars, days, spans)
def test_forth_and_back_again(calendar: Workdays, day: date, n: int) -> None:
    worked = calendar.after(day, 1)
    assert worked == calendar.after(calendar.after(worked, n), -n)
