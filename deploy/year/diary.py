"""When people work: working days, office hours, quiet weeks and busy ones."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from shared.kernel.workdays import Workdays
from shared.runtime.clock import SHANGHAI

BUSY = {1: 6, 2: 3, 3: 13, 4: 14, 5: 12, 6: 8, 7: 7, 8: 7, 9: 13, 10: 12, 11: 11, 12: 8}
"""How many matters begin in a month, by proportion: spring and autumn are full of them."""

HOLIDAY_DAYS = 6
"""So many days off in a row are a festival, and the days before it are quiet."""

MORNING, AFTERNOON = (9, 0, 150), (14, 30, 160)
"""When an office opens its doors, and for how many minutes."""


@dataclass(frozen=True)
class Diary:
    """The days from the first to the last of a told past."""

    first: date
    last: date
    workdays: Workdays = field(default_factory=Workdays)

    @property
    def end(self) -> datetime:
        """The moment after which nothing is told."""
        return datetime.combine(self.last, time(23, 59), SHANGHAI)

    def office(self, day: date, luck: Random) -> datetime:
        """A moment in office hours of that day, or of the next one on which people work."""
        if not self.workdays.works(day):
            day = self.workdays.after(day, 1)
        hour, minute, span = luck.choice((MORNING, AFTERNOON))
        opened = datetime.combine(day, time(hour, minute), SHANGHAI)
        return opened + timedelta(minutes=luck.randrange(span), seconds=luck.randrange(60))

    def later(self, at: datetime, days: int, luck: Random) -> datetime:
        """Office hours so many working days later, at least one."""
        return self.office(self.workdays.after(at.date(), max(1, days)), luck)

    def any_hour(self, day: date, luck: Random) -> datetime:
        """When residents write: from morning to evening, on any day."""
        return datetime.combine(day, time(luck.randrange(7, 22), luck.randrange(60)), SHANGHAI)

    def starts(self, count: int, luck: Random, settle_in: int) -> list[date]:
        """So many days on which matters begin, in order, after `settle_in` days for setting up."""
        begin = self.first + timedelta(days=settle_in)
        days = [begin + timedelta(days=n) for n in range(max(1, (self.last - begin).days))]
        weights = [_weight(day, self.workdays) for day in days]
        return sorted(luck.choices(days, weights, k=count))


@cache
def _weight(day: date, workdays: Workdays) -> float:
    """How likely it is that something begins on a day."""
    if not workdays.works(day):
        return 0.1 * BUSY[day.month]
    ahead = [day + timedelta(days=n) for n in range(1, 16)]
    quiet = sum(not workdays.works(one) for one in ahead) > HOLIDAY_DAYS
    return BUSY[day.month] * (0.4 if quiet else 1.0)
