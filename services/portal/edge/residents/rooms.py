"""The QR code on a room's door: who reads it raises a matter there, with the place filled in."""

from functools import lru_cache
from typing import Any
from uuid import UUID

import segno
from starlette.responses import Response

from services.portal.edge.site import Site
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.sheets import OFFICES
from services.portal.projections.plans import PLANS
from shared.kernel.areas import level
from shared.kernel.errors import Forbidden, Missing
from shared.runtime import clock

MOST = 60
DRAWN_MAX = 2000
LOCAL = ("county", "town", "village")


async def show_room_door(visit: Visit) -> Response:
    """What the code on a door opens: the form, at this place. A code of an area does too."""
    code = visit.path("code")
    if code in visit.site.areas and level(code) in LOCAL:
        return go_to(f"/raise?area={visit.site.areas.now(code)}&here=1")
    room = await room_of(visit.site, code)
    if not room:
        raise Missing("no-such-page")
    return go_to(f"/raise?area={visit.site.areas.now(room['area'])}&room={room['venue_id']}")


async def show_posters(visit: Visit) -> Response:
    """A page of A4 for each room of an area, to be printed and put up."""
    site, code = visit.site, visit.path("code")
    if code not in site.areas or level(code) not in LOCAL:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    if visit.person.actor.role not in OFFICES:
        role = visit.person.actor.role
        raise Forbidden("wrong-role", role=role, needed=sorted(OFFICES))
    rows = await site.views[PLANS].ask(
        "venues of areas", prefixes=site.prefixes(code), year=clock.today().year
    )
    rooms = [row for row in rows if not row["suspended_on"]]
    only = visit.query("room")
    chosen = [row for row in rooms if not only or str(row["venue_id"]) == only]
    return visit.page(
        "residents/posters.html",
        code=code,
        path=visit.person.within(site.areas.path(code)),
        rooms=rooms,
        posters=[
            {
                "name": row["name"],
                "place": site.full_name(row["area"]),
                "address": f"{visit.base}/rooms/{row['venue_id']}",
                "qr": _on_door(f"{visit.base}/rooms/{row['venue_id']}"),
            }
            for row in chosen[:MOST]
        ],
        area_poster={
            "name": site.areas.name(code),
            "place": site.full_name(code),
            "address": f"{visit.base}/rooms/{code}",
            "qr": _on_door(f"{visit.base}/rooms/{code}"),
        },
        more=max(0, len(chosen) - MOST),
    )


async def room_of(site: Site, text: str) -> dict[str, Any] | None:
    """The room of an id, unless it is closed for a while."""
    try:
        rows = await site.views[PLANS].ask("venue", venue_id=UUID(text))
    except ValueError:
        return None
    return dict(rows[0]) if rows and not rows[0]["suspended_at"] else None


def qr(address: str) -> str:
    """A QR code as SVG; it can still be read where a seventh of it is dirty (level M)."""
    return segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)


@lru_cache(DRAWN_MAX)
def _on_door(address: str) -> str:
    """The code of a door stays the same and takes milliseconds to draw; a receipt's is secret."""
    return qr(address)
