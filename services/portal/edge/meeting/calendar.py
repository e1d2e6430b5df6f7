"""The meetings of an area: ahead, still without a date, and past; and the rooms they meet in."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from services.portal.edge.visit import Visit
from services.portal.pages.render import day
from services.portal.pages.sheets import OFFICES
from services.portal.projections.sittings import SITTINGS
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Missing

PAGE = 50
ROOMS = 16
WHICH = ("ahead", "undated", "past")


async def show_calendar(visit: Visit) -> Response:
    """One of the three lists, filtered by room or place."""
    site, code, actor = visit.site, visit.path("code"), visit.person.actor
    if code != EVERYWHERE and code not in site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    if actor.role not in OFFICES:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(OFFICES))

    live = await visit.watch("area", code)
    sittings = await visit.view(site.views[SITTINGS])
    prefixes = site.prefixes(code, visit.as_of)
    which = visit.query("which") if visit.query("which") in WHICH else WHICH[0]
    room, number = visit.query("room")[:80], visit.page_number
    asked = {"prefixes": prefixes, "which": which, "room": room}
    rows = await sittings.ask("of areas", **asked, most=PAGE, skipped=(number - 1) * PAGE)
    (counts,) = await sittings.ask("how many", prefixes=prefixes)
    found = rows[0]["found"] if rows else 0
    return visit.page(
        "meeting/calendar.html",
        live=live,
        as_of=visit.as_of,
        code=code,
        base=visit.base,
        path=visit.person.within(site.areas.path(code)),
        which=which,
        whiches=WHICH,
        counts=counts,
        room=room,
        days=_by_day(rows),
        rooms=await sittings.ask("rooms of areas", prefixes=prefixes, most=ROOMS),
        found=found,
        number=number,
        pages=-(-found // PAGE),
        link=lambda page: visit.carry(
            "?" + urlencode({"which": which, "room": room, "page": page})
        ),
        word=visit.word(site.charter(code)),
    )


def _by_day(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The rows under the day they take place; without one they stand under the day of planning."""

    def its_day(row: Mapping[str, Any]) -> str:
        return day(row["held_at"] or row["starts"] or row["planned_at"])

    return [(one, list(some)) for one, some in groupby(rows, its_day)]
