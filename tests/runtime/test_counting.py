"""However areas are merged, split and moved: each fact counts once at every level, on every day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fnmatch import fnmatchcase

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.kernel.areas import EVERYWHERE, level, lineage
from shared.runtime.areas import Areas
from shared.runtime.divisions import STILL, Division

PLACES = ["51", "5101", "5102", "510101", "510102", "510201"]
TOWNS = [f"{county}{town}" for county in PLACES[3:] for town in (100, 101)]
VILLAGES = [f"{town}{village}" for town in TOWNS for village in ("001", "002")]
BEGIN = date(2026, 1, 1)


class Registry:
    """Merges, splits and moves towns; every code it gives is a fresh one."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.rows = {one.ljust(12, "0"): _always(one) for one in [*PLACES, *TOWNS, *VILLAGES]}
        self.fresh = 200

    def towns(self) -> list[str]:
        """The towns that still stand."""
        return [code for code in self._standing() if level(code) == "town"]

    def change(self, day: date) -> None:
        """One change, of one town and of all its villages."""
        town = self.draw(st.sampled_from(self.towns()))
        into = self.draw(st.sampled_from(["merge", "split", "move"]))
        others = [code for code in self.towns() if code != town]
        if into == "merge" and others:
            heirs = [self.draw(st.sampled_from(others))]
        else:
            county = self.draw(st.sampled_from(PLACES[3:]))
            heirs = [
                self._open(f"{county}{self._number()}", day) for _ in range(1 + (into == "split"))
            ]
        for village in [code for code in self._standing() if code[:9] == town[:9] and code != town]:
            heir = self.draw(st.sampled_from(heirs))
            self._end(village, day, [self._open(f"{heir[:9]}{self._number()}", day)])
        self._end(town, day, heirs)

    def _standing(self) -> list[str]:
        return [code for code, row in self.rows.items() if row.until == STILL]

    def _number(self) -> int:
        self.fresh += 1
        return self.fresh

    def _open(self, digits: str, day: date) -> str:
        code = digits.ljust(12, "0")
        self.rows[code] = Division(code, code, since=day)
        return code

    def _end(self, code: str, day: date, into: Sequence[str]) -> None:
        self.rows[code] = Division(code, code, self.rows[code].since, day, tuple(into))


def _always(digits: str) -> Division:
    code = digits.ljust(12, "0")
    return Division(code, code)


@st.composite
def histories(draw: st.DrawFn) -> list[Division]:
    """Up to eight changes, one a month."""
    registry = Registry(draw)
    for n in range(draw(st.integers(1, 8))):
        registry.change(BEGIN + timedelta(days=30 * n))
    return list(registry.rows.values())


@settings(max_examples=60, deadline=None)
@given(histories(), st.integers(-1, 240))
def test_each_fact_is_counted_once_at_every_level_on_every_day(
    rows: list[Division], days: int
) -> None:
    areas, day = Areas(rows), BEGIN + timedelta(days=days)
    standing = [row.code for row in rows if areas.in_force(row.code, day)]
    counted = {code: areas.counted(code, day) for code in standing}
    for fact in [row.code for row in rows if row.since <= day]:
        fits = [code for code in standing for one in counted[code] if _fits(fact, one)]
        assert sorted(fits) == sorted(lineage(areas.now(fact, day)))
        sums = Counter(
            {
                code: sum(n for one, n in areas.summed(code, day) if _fits(fact, one))
                for code in standing
            }
        )
        assert Counter(fits) == +sums == sums
    assert ["%"] == areas.counted(EVERYWHERE, day)


@settings(max_examples=60, deadline=None)
@given(histories(), st.integers(-1, 240))
def test_what_is_below_an_area_adds_up_to_it(rows: list[Division], days: int) -> None:
    areas, day = Areas(rows), BEGIN + timedelta(days=days)
    facts = [row.code for row in rows if row.since <= day]
    for code in [row.code for row in rows if areas.in_force(row.code, day)]:
        own = [fact for fact in facts if areas.now(fact, day) == code]
        below = [
            fact
            for one in areas.below(code, day)
            for fact in _counted(areas.counted(one, day), facts)
        ]
        assert sorted(_counted(areas.counted(code, day), facts)) == sorted([*own, *below])


def _counted(patterns: Sequence[str], facts: Sequence[str]) -> list[str]:
    return [fact for one in patterns for fact in facts if _fits(fact, one)]


def _fits(code: str, pattern: str) -> bool:
    return fnmatchcase(code, pattern.replace("%", "*"))
