"""The table of administrative areas: which there are on a day, their names, and what is in them.

Codes are given up when an area changes. A fact stays where it took place, under the code of its
day; figures count it where that place lies now, so every question about an area is asked with the
codes `counted` there.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from shared.kernel.areas import DRILL, EVERYWHERE, Level, contains, lineage, prefix
from shared.runtime import clock, counting, divisions, log, telemetry
from shared.runtime.divisions import STILL, Division, Lives
from shared.runtime.draft import Fault

COUNTED_MAX = 10_000
DAYS_MAX = 500
SIZES_MAX = 16

_log = log.logger()


class BrokenAreas(Exception):
    """A file that contradicts itself: where and why."""


class Areas:
    """Every area there is or was. Codes outside the table are refused, however well formed.

    DRILL is known as well, but stands in no list, lies below nothing, and is not counted.
    A day is today unless another is asked for. Raises BrokenAreas.
    """

    def __init__(self, rows: Iterable[Division]) -> None:
        lives: dict[str, list[Division]] = {}
        for row in rows:
            lives.setdefault(row.code, []).append(row)
        _refuse(divisions.judge(lives))
        self._path: Path | None = None
        self._stamp = 0
        self._take(lives)

    @classmethod
    def read(cls, path: Path) -> "Areas":
        """From a CSV file, see `divisions`."""
        areas = cls(())
        areas._path = path
        areas._stamp = path.stat().st_mtime_ns
        lives, faults = divisions.read(path)
        _refuse(faults)
        areas._take(lives)
        return areas

    async def reload(self) -> None:
        """Read the file again if it changed. A broken one raises the alarm, the old one stays."""
        if fresh := await asyncio.to_thread(self._read_again):
            # At once and between two questions: what is counted in half a table would be kept.
            vars(self).update(vars(fresh))
            _log.info("table of areas was read again", areas=len(self._lives))

    def __contains__(self, code: str) -> bool:
        """Whether there is, was or will be such an area."""
        return code in self._lives

    def in_force(self, code: str, on: date | None = None) -> bool:
        """Whether there is such an area on a day."""
        return any(life.is_on(on or clock.today()) for life in self._lives.get(code, ()))

    def lives(self, code: str) -> Sequence[Division]:
        """The area under each name it had with this code, the earliest first. Raises KeyError."""
        return self._lives[code]

    def life(self, code: str, on: date | None = None) -> Division:
        """The area as it is on a day, or else as it was at its end, or will begin. KeyError."""
        lives = self._lives[code]
        if len(lives) == 1:
            return lives[0]
        day = on or clock.today()
        return next((one for one in reversed(lives) if one.since <= day), lives[0])

    def name(self, code: str, on: date | None = None) -> str:
        """The name of one area on a day, without those above it. Raises KeyError."""
        return self.life(code, on).name

    def day(self, code: str, on: date | None = None) -> date:
        """The day, or the last one of an area that is no more by then."""
        day = on or clock.today()
        if code not in self._ended or (end := self._lives[code][-1].until) > day:
            return day
        return end - timedelta(days=1)

    def now(self, code: str, on: date | None = None) -> str:
        """Where what took place here counts on a day: the last of the main successors."""
        day = on or clock.today()
        while code in self._ended and (last := self._lives[code][-1]).until <= day:
            code = last.into[0]
        return code

    def successors(self, code: str, on: date | None = None) -> list[str]:
        """The areas in force that continue one which is no more, the main one first."""
        day = on or clock.today()
        found: dict[str, None] = {}
        waiting = [code]
        while waiting:
            one = waiting.pop(0)
            if one in self._ended and (last := self._lives[one][-1]).until <= day:
                waiting = [*last.into, *waiting]
            elif one != code:
                found[one] = None
        return list(found)

    def predecessors(self, code: str, on: date | None = None) -> list[str]:
        """The areas that went into this one, at once or by way of others, by their codes."""
        day = on or clock.today()
        return [one for one in self._ended if code in self.successors(one, day)]

    def contains(self, outer: str, inner: str, on: date | None = None) -> bool:
        """Whether what took place in `inner` is the business of `outer`.

        It is where it lies in it, and where it counts there now: whoever began a matter may end it.
        """
        return contains(outer, inner) or (
            inner in self._ended and contains(outer, self.now(inner, on))
        )

    def counted(self, code: str, on: date | None = None) -> list[str]:
        """What is counted in an area on a day: LIKE patterns, no two of which fit the same code.

        '511623%' is a county and all within it; what went into it has patterns of its own, and
        around what was moved elsewhere those that stay are told one by one. Of an area that is no
        more, what was counted there on its last day.
        """
        day = self.day(code, on)
        if (code, day) not in self._counted:
            if len(self._counted) >= COUNTED_MAX:
                self._counted.clear()
            self._counted[code, day] = counting.fitting(code, self._homes(day), self._below)
        return list(self._counted[code, day])

    def summed(self, code: str, on: date | None = None) -> list[tuple[str, int]]:
        """The same for sums: what is added (1) and taken away (-1), by pattern.

        All within the area, without what was moved elsewhere, and with what went into it.
        """
        day = self.day(code, on)
        return counting.adding(code, self._homes(day))

    def path(self, code: str) -> list[str]:
        """The known areas from the province down to this one."""
        return [above for above in lineage(code) if above in self._lives]

    def codes(self, within: str) -> list[str]:
        """Every code within an area, in order; those that are no more, or are not yet, included."""
        start = prefix(within)
        return sorted(code for code in self._listed if code.startswith(start))

    def below(self, code: str, on: date | None = None) -> list[str]:
        """The areas right below on a day, by their codes; the provinces below everywhere."""
        day = self.day(code, on)
        return [one for one in self._below.get(code, ()) if self.in_force(one, day)]

    def count(self, code: str, of: Level, on: date | None = None) -> int:
        """How many areas of a level lie in one on a day, however far below."""
        day = self.day(code, on)
        if day not in self._sizes_on:
            if len(self._sizes_on) >= SIZES_MAX:
                self._sizes_on.clear()
            there = (one for one in self._listed if self.in_force(one, day))
            self._sizes_on[day] = counting.sizes(there)
        return self._sizes_on[day].get((code, of), 0)

    def _read_again(self) -> "Areas | None":
        try:
            if self._path is None or self._stamp == (stamp := self._path.stat().st_mtime_ns):
                return None
            self._stamp = stamp
            return Areas.read(self._path)
        except (BrokenAreas, OSError) as broken:
            telemetry.AREA_FAULTS.inc()
            _log.error("table of areas is broken, the old one stays", fault=str(broken))
            return None

    def _take(self, lives: Lives) -> None:
        self._listed = lives
        self._lives = {DRILL: (Division(DRILL, "平台演练"),), **lives}
        self._ended = sorted(code for code, known in lives.items() if known[-1].until != STILL)
        self._counted: dict[tuple[str, date], list[str]] = {}
        self._homes_on: dict[date, Mapping[str, str]] = {}
        self._sizes_on: dict[date, Mapping[tuple[str, Level], int]] = {}
        self._below: dict[str, list[str]] = {}
        for code in sorted(lives):
            above = [EVERYWHERE, *self.path(code)][-2]
            self._below.setdefault(above, []).append(code)

    def _homes(self, day: date) -> Mapping[str, str]:
        """Each area that is no more on a day, and where it counts; in order of code."""
        if day not in self._homes_on:
            if len(self._homes_on) >= DAYS_MAX:
                self._homes_on.clear()
            ended = (one for one in self._ended if self._lives[one][-1].until <= day)
            self._homes_on[day] = {one: self.now(one, day) for one in ended}
        return self._homes_on[day]


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise BrokenAreas("; ".join(map(str, faults)))
