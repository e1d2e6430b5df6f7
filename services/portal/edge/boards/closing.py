"""What the nightly check of the closed loop found in an area, and checking at once."""

from starlette.responses import Response

from services.portal.edge.boards.loop import check_now, found_last
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.lists import LOOP
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Missing


async def show_loop(visit: Visit) -> Response:
    """The matters of an area that cannot go on."""
    code = _area(visit)
    when, found = await found_last(visit.site.loop)
    return visit.page(
        "loop.html",
        code=code,
        path=visit.person.within(visit.site.areas.path(code)),
        when=when,
        found=[stuck for stuck in found if visit.site.areas.contains(code, stuck.area)],
    )


async def check_loop(visit: Visit) -> Response:
    """Look now; the next night looks again."""
    code = _area(visit)
    await check_now(visit.site.loop)
    return go_to(f"/areas/{code}/closed-loop")


def _area(visit: Visit) -> str:
    """The area of the address. Raises Missing or Forbidden."""
    code, actor = visit.path("code"), visit.person.actor
    if code != EVERYWHERE and code not in visit.site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    if actor.role not in LOOP.may:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(LOOP.may))
    return code
