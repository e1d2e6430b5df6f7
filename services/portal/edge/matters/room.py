"""My room (我的议事厅): what a village or town needs in hand when it sits down together."""

from starlette.responses import Response

from services.portal.edge.visit import Visit
from services.portal.pages.sheets import OFFICES
from shared.kernel.areas import level
from shared.kernel.errors import Forbidden, Missing

MOST = 20
LEVELS = ("town", "village")


async def show_room(visit: Visit) -> Response:
    """The rooms of a village or town, what is open there, and replies to be read aloud."""
    site, code, actor = visit.site, visit.path("code"), visit.person.actor
    if code not in site.areas or level(code) not in LEVELS:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    if actor.role not in OFFICES:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(OFFICES))

    live = await visit.watch("area", code)
    plans, ledger = [await visit.view(site.views.named(name)) for name in ("plans", "ledger")]
    here = {"prefixes": site.prefixes(code, visit.as_of)}
    year = visit.today.year
    rooms = await plans.ask("venues of areas", **here, year=year)
    return visit.page(
        "room.html",
        live=live,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        year=year,
        rooms=rooms[:MOST],
        ahead=await ledger.ask("meetings ahead", **here, today=visit.today, most=MOST),
        topics=await ledger.ask("open topics", **here, most=MOST),
        replies=await ledger.ask("replies to be told", **here, most=MOST),
        word=visit.word(site.charter(code)),
    )
