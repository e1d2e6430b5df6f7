"""Days until something is due, as people say it (还有3个工作日, 已逾期2天)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from services.portal.pages.texts import Texts
from shared.kernel.workdays import Workdays

Colour = Literal["late", "red", "yellow", "blue", "calm", "paused"]
LEVELS: tuple[Literal["red", "yellow", "blue"], ...] = ("red", "yellow", "blue")


@dataclass(frozen=True)
class Clock:
    """A day by which something has to be done: its colour, and the same in words."""

    due: date | None
    colour: Colour
    words: str


@dataclass(frozen=True)
class Calendar:
    """The working days of a county, and at how many of them before a day it warns."""

    workdays: Workdays
    warned_before: Mapping[str, int]

    @classmethod
    def of(cls, notify: Mapping[str, Any]) -> "Calendar":
        """Out of the [notify] table of a charter; a level that is 0 is left out."""
        off, on = notify.get("extra_days_off", ()), notify.get("extra_working_days", ())
        return cls(
            Workdays(frozenset(off), frozenset(on)),
            {level: days for level, days in notify["warned_before"].items() if days},
        )

    def clock(
        self, due: date | None, today: date, texts: Texts, paused_on: date | None = None
    ) -> Clock:
        """How far off a day is: working days ahead of it, days of the calendar after it."""
        if paused_on is not None:
            return Clock(due, "paused", str(texts.paused))
        if due is None:
            return Clock(None, "calm", "")
        if due < today:
            return Clock(due, "late", str(texts.late.format(days=(today - due).days)))
        left = self.workdays.between(today, due)
        if due == today:
            return Clock(due, "red", str(texts.today))
        levels = (one for one in LEVELS if left <= self.warned_before.get(one, -1))
        words = texts.left.format(days=left) if left else texts.next
        return Clock(due, next(levels, "calm"), str(words))

    def waited(self, since: date, today: date) -> int:
        """For how many working days something waits already."""
        return self.workdays.between(since, today)
