"""The public home of an area: what is going on there, what came of it, and what lies below."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from services.portal.edge.boards.patterns import counted, summed
from services.portal.edge.commons.place import around, commons, place_in
from services.portal.edge.commons.wall import ask, listed
from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Person
from services.portal.pages.sheets import OFFICES
from services.portal.pages.walls import Asked
from shared.kernel.areas import EVERYWHERE
from shared.runtime import clock

NEWEST, MEETINGS, RESULTS = 6, 5, 4
DOING = frozenset({"clerk", "convenor", "member", "unit", "party"})
"""Roles whose day begins with what awaits them."""


@dataclass(frozen=True)
class Tile:
    """An area with how many of its matters are under way, late, and solved."""

    area: str
    open: int
    late: int
    closed: int

    @property
    def look(self) -> str:
        """What the tile is coloured by; each colour is told in numbers too."""
        if self.late:
            return "late"
        return "busy" if self.open else "solved" if self.closed else "still"


async def show_home(visit: Visit) -> Response:
    """What awaits those in office, or the board of who leads; for all others the public home."""
    if isinstance(visit.who, Person):
        current = visit.who.current
        if current and current.role in DOING:
            return go_to("/awaiting")
        if current is None or current.role in OFFICES:
            return go_to(f"/areas/{visit.person.actor.area}")
        return await show(visit, current.area)
    provinces = visit.site.areas.below(EVERYWHERE)
    return await show(visit, provinces[0] if len(provinces) == 1 else EVERYWHERE)


async def show_place(visit: Visit) -> Response:
    """The home of the area that is named; of one that is no more, of the one that continues it."""
    place = place_in(visit, visit.path("code"))
    now = visit.site.areas.now(place.code)
    return go_to(f"/places/{now}") if now != place.code else await show(visit, place.code)


async def show(visit: Visit, code: str) -> Response:
    """The public home of an area."""
    place, site, view = place_in(visit, code), visit.site, commons(visit)
    below, year = site.areas.below(code), visit.today.year
    tiles = await tiles_of(visit, [code, *below])
    (this_year,) = await tiles_of(visit, [code], year)
    newest, results, meetings = await asyncio.gather(
        ask(visit, Asked(code), NEWEST),
        ask(visit, Asked(code, state="closed", by="moved"), RESULTS),
        view.ask("meetings ahead", prefixes=site.prefixes(code), since=clock.now(), most=MEETINGS),
    )
    return visit.page(
        "commons/home.html",
        **around(visit, place),
        live="",
        asked=Asked(code),
        whole=tiles[0],
        this_year=this_year.open + this_year.closed,
        year=year,
        tiles=tiles[1:],
        newest=await listed(visit, view, newest),
        results=await listed(visit, view, results),
        meetings=meetings,
        word=visit.word(site.charter(code)),
    )


async def tiles_of(visit: Visit, codes: Sequence[str], year: int = 0) -> list[Tile]:
    """How many matters of each area are under way, late, and solved; those of a year, or all."""
    view = commons(visit)
    counts, late = await asyncio.gather(
        view.ask("counts of areas", **summed(visit, codes), year=year),
        view.ask("late in areas", **counted(visit, codes), today=visit.today),
    )
    found: Mapping[str, dict[str, int]] = defaultdict(dict)
    for row in counts:
        found[row["area"]][row["state"]] = row["n"]
    for row in late:
        found[row["area"]]["late"] = row["n"]
    return [_tile(code, found[code]) for code in codes]


def _tile(code: str, counts: Mapping[str, Any]) -> Tile:
    return Tile(code, *(counts.get(name, 0) for name in ("open", "late", "closed")))
