"""Handing a matter over by hand: the same command, and the same recognition, as for programs."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from services.portal.edge.agencies.known import own_agency
from services.portal.edge.gate import as_no, say
from services.portal.edge.handing.holder import holder_as
from services.portal.edge.handing.looking import handover_of
from services.portal.edge.handing.receiving import CONTACT_MAX, WORDS_MAX, hand_over, read_form
from services.portal.edge.visit import Visit, go_to
from shared.kernel.areas import EVERYWHERE, level
from shared.kernel.errors import Invalid, Missing, No

LOCAL = ("county", "town", "village")
"""Levels at which something can happen."""

ELSEWHERE = "to"
"""The button of the form that asks nothing yet, but for another place."""

KEPT = ("number", "title", "area")


async def show_form(visit: Visit) -> Response:
    """The form, for another matter."""
    area = visit.query("area")
    if area and area not in visit.site.areas:
        raise Missing("no-such-page")
    return await _form(visit, {"area": area})


async def show_completing(visit: Visit) -> Response:
    """The form for what was returned: it begins with what is kept of it."""
    row = await handover_of(visit)
    return await _form(visit, {name: row[name] for name in KEPT})


async def bring(visit: Visit) -> Response:
    """Hand it over, and show its receipt."""
    if to := visit.typed(ELSEWHERE):
        return await _form(visit, visit.filled, area=to)
    try:
        holder = holder_as(await own_agency(visit), visit.person.actor.id)
        typed = {name: visit.typed(name) for name in visit.filled}
        receipt = await hand_over(visit.site, holder, read_form(typed))
    except Exception as error:
        return await _form(visit, visit.filled, as_no(error))
    to = f"/handovers/{receipt['handover_id']}"
    return go_to(f"{to}?fresh=1&after=exchange:{receipt['position']}")


async def _form(
    visit: Visit, typed: Mapping[str, Any], no: No | None = None, area: str = ""
) -> Response:
    agency, areas = await own_agency(visit), visit.site.areas
    chosen = area or str(typed.get("area") or "") or agency["area"]
    if chosen != EVERYWHERE and chosen not in areas:
        no, chosen = no or Invalid("unknown-area", area=chosen), agency["area"]
    chosen = areas.now(chosen)
    seat = agency["area"]
    path = [one for one in areas.path(chosen) if areas.contains(seat, one)]
    titles = visit.site.pages.texts.handing.form
    return visit.page(
        "handing/bring.html",
        no.status if no else 200,
        agency=agency,
        area=chosen,
        place="".join(areas.name(one) for one in areas.path(chosen)),
        up=path[-2] if len(path) > 1 else "",
        below=areas.below(chosen),
        settled=level(chosen) in LOCAL,
        deep=level(chosen) == "village" or bool(no) or bool(typed.get("number") and not area),
        typed=defaultdict(str, typed),
        words_max=WORDS_MAX,
        contact_max=CONTACT_MAX,
        sentence=say(visit.site, no, {name: titles[name] for name in titles.names()})
        if no
        else None,
    )
