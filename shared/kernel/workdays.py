"""Working days in China: the State Council's yearly notices as a table, and a county's own days.

The library carries the notices (节假日安排) of past years and of the next one once it is out. For
years without a notice the week decides alone, and `is_published` says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar.constants import holidays, workdays

PUBLISHED = range(min(holidays).year, max(holidays).year + 1)
"""The years whose days off are known; 2004 is the first."""

SATURDAY = 5
SPAN_MAX = 1000
"""The most working days that are ever counted in one step."""


def is_published(day: date) -> bool:
    """Whether the days off of its year are known; what is counted beyond them is provisional."""
    return day.year in PUBLISHED


@dataclass(frozen=True)
class Workdays:
    """The nation's working days with those a province or county adds; days off win over both."""

    extra_days_off: frozenset[date] = frozenset()
    extra_working_days: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people work on that day."""
        if day in self.extra_days_off or day in self.extra_working_days:
            return day not in self.extra_days_off
        return day in workdays or (day.weekday() < SATURDAY and day not in holidays)

    def after(self, day: date, working_days: int) -> date:
        """The nth working day after it; before it where n is negative; itself where n is 0."""
        assert abs(working_days) <= SPAN_MAX, working_days
        step = timedelta(days=1 if working_days > 0 else -1)
        left = abs(working_days)
        while left:
            day += step
            left -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days there are from `start` on and before `end`; 0 if it is earlier."""
        return sum(self.works(day) for day in _days(start, end))

    def days_off(self, start: date, end: date) -> int:
        """How many days off there are after `start` and up to `end`."""
        one = timedelta(days=1)
        return sum(not self.works(day) for day in _days(start + one, end + one))


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range((end - start).days))
