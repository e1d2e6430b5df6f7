"""The board of an area: what happened in a year, and what is going on now."""

import asyncio
from typing import Any

from starlette.responses import Response

from services.portal.edge.boards.patterns import summed
from services.portal.edge.past import past_of
from services.portal.edge.visit import Visit
from services.portal.pages import figures
from services.portal.projections.board import BOARD
from services.portal.projections.handling import HANDLING
from shared.kernel.areas import EVERYWHERE, level
from shared.kernel.errors import Missing
from shared.runtime.view import View

OVERDUE_MAX = 50
LOCAL = ("county", "town", "village")


async def show_board(visit: Visit) -> Response:
    """One area and those right below it."""
    site, code = visit.site, visit.path("code")
    if code != EVERYWHERE and code not in site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(code)

    behind = await visit.behind(site.views[BOARD], site.matters)
    live = await visit.watch("area", code)
    board, matters = await asyncio.gather(visit.view(site.views[BOARD]), visit.view(site.matters))
    year = year_in(visit)
    below = site.areas.below(code, visit.as_of)
    asked = {"year": year, "types": figures.MEASURES, **summed(visit, [code, *below])}
    counts = await board.ask("of areas", **asked)
    rows = figures.rows(counts, [code, *below])
    return visit.page(
        "board.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        level=level(code),
        year=year,
        years=await years_of(visit, code, year),
        measures=figures.MEASURES,
        whole=rows[0],
        rows=[row for row in rows[1:] if not row.is_empty],
        quiet=[row.area for row in rows[1:] if row.is_empty],
        past=past_of(site.areas, code, visit.today),
        brand=site.rules(site.charter(code)).brand if level(code) in LOCAL else "",
        **await _now(visit, matters, code),
    )


async def _now(visit: Visit, matters: View, code: str) -> dict[str, Any]:
    """What is going on at this moment, or was at that, and who is late."""
    here = visit.site.prefixes(code, visit.as_of)
    going_on = await matters.ask("going on in area", prefixes=here)
    handling = await visit.view(visit.site.views[HANDLING])
    overdue = await handling.ask(
        "late or warned", prefixes=here, today=visit.today, state="late", level="", unit="", by="",
        most=OVERDUE_MAX, skipped=0,
    )  # fmt: skip
    return {
        "going_on": {row["state"]: row["n"] for row in going_on},
        "overdue": [dict(row) for row in overdue],
        "late": overdue[0]["found"] if overdue else 0,
    }


async def years_of(visit: Visit, code: str, chosen: int) -> list[int]:
    """The years in which something happened in an area, this one and the chosen one."""
    prefixes = visit.site.prefixes(code, visit.as_of)
    rows = await visit.site.views[BOARD].ask("years of area", prefixes=prefixes)
    years = {chosen, visit.today.year, *(row["year"] for row in rows)}
    return sorted((year for year in years if year <= visit.today.year), reverse=True)


def year_in(visit: Visit) -> int:
    """The year that was chosen, or else this one; whoever goes back in time leaves later ones."""
    latest = visit.today.year
    return min(visit.number("year") or latest, latest)
