"""The indicators of an area and of those right below it, and what each was counted from."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from starlette.responses import Response

from services.portal.edge.boards.board import year_in, years_of
from services.portal.edge.boards.patterns import counted
from services.portal.edge.visit import PAGE, Visit
from services.portal.pages.rates import INDICATORS, Figure, Rate, rate
from services.portal.pages.sheets import OFFICES
from shared.kernel.areas import EVERYWHERE, Level, level
from shared.kernel.errors import Forbidden, Missing

NOTHING = Decimal(0)
COUNTED = ("rooms", "cases", "proposals", "opinions", "adopted", "transferred")

Row = Mapping[str, Any]


def must_read(visit: Visit, code: str) -> None:
    """Whether this person may read of this area. Raises Missing or Forbidden."""
    actor = visit.person.actor
    if code != EVERYWHERE and code not in visit.site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    if actor.role not in OFFICES:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(OFFICES))


def county_in(visit: Visit) -> str:
    """The county of the address. Raises Missing or Forbidden."""
    code = visit.path("code")
    must_read(visit, code)
    if level(code) != "county":
        raise Missing("no-such-page")
    return code


async def show_indicators(visit: Visit) -> Response:
    """Every indicator of an area, compared among the areas below it."""
    site, code = visit.site, visit.path("code")
    must_read(visit, code)
    behind = await visit.behind(site.views.named("scores"), site.views.named("pace"))
    live = await visit.watch("area", code)
    pace = await visit.view(site.views.named("pace"))
    year, areas = year_in(visit), [code, *site.areas.below(code, visit.as_of)]
    figures, counted_there, years = await asyncio.gather(
        figures_in(visit, areas, year),
        pace.ask("counts of areas", **counted(visit, areas), year=year),
        years_of(visit, code, year),
    )
    counts = {row["area"]: row for row in counted_there}
    return visit.page(
        "indicators.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        year=year,
        years=years,
        indicators=INDICATORS,
        whole=figures[code],
        below={one: figures[one] for one in areas[1:] if any(f.d or f.n for f in figures[one])},
        scale=[_scale(visit, one, counts[one]) for one in areas if one in counts],
    )


async def show_behind(visit: Visit) -> Response:
    """What one indicator of an area was counted from, case by case."""
    site, code = visit.site, visit.path("code")
    must_read(visit, code)
    known = {one.name: one for one in INDICATORS}
    indicator = known.get(visit.path("indicator"))
    if indicator is None:
        raise Missing("no-such-page")
    behind = await visit.behind(site.views.named(indicator.view))
    view = await visit.view(site.views.named(indicator.view))
    year, number = year_in(visit), visit.page_number
    rows = await view.ask(
        "behind indicator",
        indicator=indicator.name,
        prefixes=site.prefixes(code, visit.as_of),
        year=year,
        today=visit.today,
        **visit.window,
    )
    return visit.page(
        "behind.html",
        behind=behind,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        indicator=indicator,
        year=year,
        rows=rows,
        found=rows[0]["found"] if rows else 0,
        number=number,
        pages=-(-(rows[0]["found"] if rows else 0) // PAGE),
    )


async def figures_in(visit: Visit, areas: Sequence[str], year: int) -> dict[str, list[Figure]]:
    """The figures of areas that lie within the first of them, both views asked side by side."""
    views = [await visit.view(visit.site.views.named(one)) for one in ("scores", "pace")]
    asked = {**counted(visit, areas), "year": year, "today": visit.today}
    within = visit.site.prefixes(areas[0], visit.as_of)
    answers = await asyncio.gather(
        *(one.ask("indicators of areas", **asked, within=within) for one in views)
    )
    return _figures([row for answer in answers for row in answer], areas)


def _figures(rows: Iterable[Row], areas: Sequence[str]) -> dict[str, list[Figure]]:
    """The figures of each area, in the order of INDICATORS."""
    found = {(row["area"], row["indicator"]): (row["n"], row["d"]) for row in rows}
    return {
        area: [Figure(one, *found.get((area, one.name), (NOTHING, 0))) for one in INDICATORS]
        for area in areas
    }


def _scale(visit: Visit, code: str, counts: Row) -> dict[str, Any]:
    """How far a network of rooms reaches, and what was passed on or transferred."""
    covered: dict[str, Rate | None] = {
        "towns": rate(counts["towns"], _there_are(visit, code, "town")),
        "villages": rate(counts["villages"], _there_are(visit, code, "village")),
        "receipts": rate(counts["acknowledged"], counts["transferred"]),
    }
    return {"area": code, **covered, **{one: counts[one] for one in COUNTED}}


def _there_are(visit: Visit, code: str, of: Level) -> int:
    """How many areas of a level there are in one, which may be one itself."""
    return visit.site.areas.count(code, of, visit.as_of) + (level(code) == of)
