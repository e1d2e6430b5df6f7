"""The pages of what agencies were handed: to confirm it, and to see who has not."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from starlette.responses import Response

from services.portal.edge.agencies.known import own_agency, question
from services.portal.edge.desk.turns import calendar
from services.portal.edge.gate import as_no, say
from services.portal.edge.handing.doors import PRIVATE
from services.portal.edge.handing.exchanged import STAFF
from services.portal.edge.handing.holder import holder_as
from services.portal.edge.handing.looking import (
    TEXT_MAX,
    Row,
    agency_asked,
    area_of,
    link_of,
    window_of,
)
from services.portal.edge.visit import PAGE, Visit, go_to
from services.portal.pages.clocks import Clock
from services.portal.words import day
from shared.kernel.errors import Missing, No
from shared.runtime import clock, log

STANDINGS = ("waiting", "late", "acknowledged")


async def show_own(visit: Visit) -> Response:
    """What the agency of whoever is logged in was handed, what waits for its answer first."""
    agency = await own_agency(visit)
    asked = {"agency_id": agency["agency_id"], **_asked(visit), **window_of(visit)}
    rows = await question(visit, "DispatchesOfAgency", **asked)
    return _list(visit, rows, agency=agency, to="/agency/dispatches")


async def show_here(visit: Visit) -> Response:
    """What was handed to agencies from an area; perhaps only to one of them."""
    area, agency_id = area_of(visit), agency_asked(visit)
    asked = {"area": area, "agency_id": agency_id, **_asked(visit), **window_of(visit)}
    rows = await question(visit, "DispatchesInArea", **asked)
    return _list(visit, rows, area=area, agency_id=agency_id, to=f"/areas/{area}/dispatches")


async def show_dispatch(visit: Visit) -> Response:
    """One, with the words of whoever brought it, in clear; for staff the matter it is about."""
    if visit.person.actor.role in STAFF:
        row = await _find(visit)
        visit.person.must_hold(row["area"])
        return go_to(f"/matters/{row['lead_id']}")
    return await _page(visit, await _own(visit))


async def acknowledge(visit: Visit) -> Response:
    """The agency has it, under a number of its own."""
    row, number = await _own(visit), visit.typed("number")
    data = {
        "dispatch_id": row["dispatch_id"], "agency_id": row["agency_id"], "number": number,
    }  # fmt: skip
    try:
        actor = holder_as(await own_agency(visit), visit.person.actor.id).actor
        command_id = uuid5(visit.id("dispatch_id"), f"acknowledge {number}")
        answer = await visit.site.asker.ask(
            "exchange", "AcknowledgeDispatch", data, actor, command_id, log.correlation()
        )
    except Exception as error:
        return await _page(visit, row, as_no(error))
    return go_to(f"/dispatches/{row['dispatch_id']}?after=exchange:{answer['position']}")


async def _own(visit: Visit) -> Row:
    """The one of the address, if it is with the own agency. Raises Missing."""
    agency, row = await own_agency(visit), await _find(visit)
    if row["agency_id"] != agency["agency_id"]:
        raise Missing("unknown-dispatch", dispatch_id=row["dispatch_id"])
    return row


async def _find(visit: Visit) -> Row:
    dispatch_id = str(visit.id("dispatch_id"))
    for row in await question(visit, "DispatchById", dispatch_id=dispatch_id):
        return row
    raise Missing("unknown-dispatch", dispatch_id=dispatch_id)


async def _page(visit: Visit, row: Row, no: No | None = None) -> Response:
    clear = await visit.site.vault.unseal(row[name] for name in PRIVATE)
    titles = {"number": str(visit.site.pages.texts.handing.number)}
    return visit.page(
        "handing/dispatch.html",
        no.status if no else 200,
        row={**row, **{name: clear.get(row[name]) or "" for name in PRIVATE}},
        clock=clock_of(visit, row),
        number=visit.typed("number"),
        sentence=say(visit.site, no, titles) if no else None,
    )


def clock_of(visit: Visit, row: Row) -> Clock:
    """Until when it is to be confirmed, or how often the agency was reminded."""
    texts = visit.site.pages.texts
    due = day(datetime.fromisoformat(row["due"]))
    if row["acknowledged_at"]:
        return Clock(None, "calm", "")
    if row["reminded"]:
        return Clock(None, "late", str(texts.handing.reminded.format(n=row["reminded"])))
    told = calendar(visit.site.charter(row["area"])).clock(due, clock.today(), texts.clocks)
    # The term is a few days: only the last of them is worth a warning.
    return replace(told, colour="calm") if due > clock.today() + timedelta(days=1) else told


def _asked(visit: Visit) -> dict[str, str]:
    standing = visit.query("standing")
    picked = standing if standing in STANDINGS else ""
    return {"standing": picked, "text": visit.query("text")[:TEXT_MAX]}


def _list(visit: Visit, rows: list[dict[str, Any]], to: str, **values: Any) -> Response:
    asked, agency_id = _asked(visit), values.get("agency_id")
    number = visit.page_number
    return visit.page(
        "handing/dispatches.html",
        rows=[{**row, "clock": clock_of(visit, row)} for row in rows[:PAGE]],
        asked=asked,
        standings=STANDINGS,
        to=to,
        number=number,
        pages=number + (len(rows) > PAGE),
        link=lambda n: link_of(visit, to, **asked, agency=agency_id, page=n),
        **{"agency": None, "area": "", "agency_id": None, **values},
    )
