"""What the board of leaders is drawn from: the answers of its views, gathered at once."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from services.portal.edge.boards.patterns import counted, summed
from services.portal.edge.boards.ranking import newest
from services.portal.edge.visit import Visit
from services.portal.pages.ranking import Row, Rows
from services.portal.projections.course import COURSE
from shared.kernel.areas import prefix

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Desk:
    """One unit of one county: what it was given in the year, what it answered, what is late."""

    unit: str
    area: str
    given: int
    answered: int
    days: float | None
    late: int


@dataclass(frozen=True)
class Measured:
    """Everything on the board. In `below` and `counties` something happened; by code.

    `late` is told by area, `late_with` the same by unit.
    """

    code: str
    year: int
    months: Mapping[tuple[str, int, str], int]
    conversion: Mapping[tuple[str, str, str], int]
    desks: Sequence[Desk]
    late: Mapping[str, int]
    late_with: Mapping[str, int]
    stages: Rows
    plans: Rows
    ranking: tuple[Row, Rows] | None
    counties: Sequence[str]
    below: Sequence[str]

    def sum(self, area: str, measure: str) -> int:
        """How many matters of an area came so far in the year."""
        return sum(self.months.get((area, month, measure), 0) for month in MONTHS)

    @property
    def overdue(self) -> int:
        """How many answers are late now."""
        return sum(self.late.values())


async def measured(visit: Visit, code: str, year: int) -> Measured:
    """Ask everything side by side. Raises as Visit.view does."""
    site, areas = visit.site, visit.site.areas
    view = await visit.view(site.views[COURSE])
    below = areas.below(code, visit.as_of)
    here = {"prefixes": site.prefixes(code, visit.as_of), "year": year}
    answers, plans, ranking = await asyncio.gather(
        asyncio.gather(
            view.ask("of areas by month", **summed(visit, [code, *below]), year=year),
            view.ask(
                "conversion of areas",
                **counted(visit, [code, *below]),
                within=here["prefixes"],
                year=year,
            ),
            view.ask("desks of area", **here),
            view.ask("late in area", prefixes=here["prefixes"], today=visit.today),
            view.ask("time between", **here),
            view.ask("counties with matters", **here),
        ),
        _plans(visit, here),
        newest(visit, code),
    )
    months, conversion, desks, late, stages, counties = answers
    by_month = {(row["area"], row["month"].month, row["measure"]): row["n"] for row in months}
    there = {row["area"] for row in months}
    return Measured(
        code=code,
        year=year,
        months=by_month,
        conversion={(row["area"], row["began"], row["measure"]): row["n"] for row in conversion},
        desks=_desks(visit, desks, late),
        late=_late_below(visit, below or [code], late),
        late_with=_late_with(late),
        stages=stages,
        plans=plans,
        ranking=ranking,
        counties=[row["area"] for row in counties],
        below=[one for one in below if one in there],
    )


async def _plans(visit: Visit, here: Mapping[str, Any]) -> Rows:
    view = await visit.view(visit.site.views.named("plans"))
    rows: Rows = await view.ask("plans of areas", **here)
    return rows


def _desks(visit: Visit, rows: Rows, late: Rows) -> list[Desk]:
    """By unit and county: two counties have each their own 县水务局. The slowest first."""
    county = visit.site.areas.now
    given: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        given[row["unit"], _county(county(row["area"], visit.as_of))].append(row)
    waiting: dict[tuple[str, str], int] = defaultdict(int)
    for row in late:
        waiting[row["unit"], _county(county(row["area"], visit.as_of))] += row["n"]
    desks = [
        Desk(
            unit=unit,
            area=area,
            given=sum(row["given"] for row in some),
            answered=sum(row["answered"] for row in some),
            days=_median([day for row in some for day in row["days"] or ()]),
            late=waiting[unit, area],
        )
        for (unit, area), some in given.items()
    ]
    return sorted(desks, key=lambda one: (-(one.days or 0), -one.late, one.area, one.unit))


def _county(area: str) -> str:
    return area[:6].ljust(12, "0")


def _median(days: Sequence[float]) -> float | None:
    return median(days) if days else None


def _late_with(rows: Rows) -> dict[str, int]:
    by_unit: dict[str, int] = defaultdict(int)
    for row in rows:
        by_unit[row["unit"]] += row["n"]
    return dict(by_unit)


def _late_below(visit: Visit, areas: Sequence[str], rows: Rows) -> dict[str, int]:
    """How many answers are late in each of the areas; what lies in none of them under its own."""
    by_area: dict[str, int] = defaultdict(int)
    heads = {prefix(one): one for one in areas}
    for row in rows:
        now = visit.site.areas.now(row["area"], visit.as_of)
        head = next((heads[one] for one in heads if now.startswith(one)), now)
        by_area[head] += row["n"]
    return dict(by_area)
