"""The calendar of an area (跟踪日历): follow-ups, replies, meetings and ends of polls."""

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from services.portal.edge.desk.turns import calendar
from services.portal.edge.visit import Visit
from services.portal.pages.sheets import OFFICES
from services.portal.projections.waiting import WAITING
from shared.kernel.errors import Forbidden

KINDS = ("followup", "assignment", "consultation", "evaluation")
ROWS_MAX = 500
A_DAY = timedelta(days=1)


async def show_calendar(visit: Visit) -> Response:
    """A month of the own area, as a grid and as a list."""
    site, actor = visit.site, visit.person.actor
    if actor.role not in OFFICES:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(OFFICES))
    first = _month(visit.query("month")) or visit.today.replace(day=1)
    last = _next(first) - A_DAY
    kind = visit.query("kind") if visit.query("kind") in KINDS else ""
    view = await visit.view(site.views[WAITING])
    rows = await view.ask(
        "days between", prefixes=site.prefixes(actor.area, visit.as_of), first=first, last=last,
        kind=kind, unit=actor.unit if actor.role == "unit" else "", most=ROWS_MAX,
    )  # fmt: skip
    days = _by_day([_told(visit, row) for row in rows])
    workdays = calendar(site.charter(actor.area)).workdays
    return visit.page(
        "desk/calendar.html",
        behind=0,
        live=await visit.watch("area", actor.area),
        as_of=visit.as_of,
        area=actor.area,
        first=first,
        month=f"{first:%Y-%m}",
        before=f"{first - A_DAY:%Y-%m}",
        after=f"{_next(first):%Y-%m}",
        this=f"{visit.today:%Y-%m}",
        day_now=visit.today,
        weeks=_weeks(first),
        days=days,
        off={day for week in _weeks(first) for day in week if not workdays.works(day)},
        kinds=KINDS,
        kind=kind,
        found=len(rows),
        most=ROWS_MAX,
        link=lambda **other: visit.carry("/desk/calendar?" + urlencode({"kind": kind, **other})),
    )


def _told(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with its clock; what is done has none any more."""
    days = calendar(visit.site.charters.at(row["charter"]))
    texts = visit.site.pages.texts.clocks
    clock = days.clock(row["due"] if row["open"] else None, visit.today, texts, row["paused_on"])
    return {**row, "clock": clock}


def _by_day(rows: Sequence[dict[str, Any]]) -> dict[date, list[dict[str, Any]]]:
    found: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["due"], []).append(row)
    return found


def _weeks(first: date) -> list[list[date]]:
    return Weeks().monthdatescalendar(first.year, first.month)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text and "2000" <= text[:4] <= "2999" else None
    except ValueError:
        return None


def _next(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
