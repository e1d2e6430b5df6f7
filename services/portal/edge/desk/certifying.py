"""Certification of a ledger (台账签认): its digest, who stood for it when, what changed since."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import send
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.certifying import Changed, Ledger, periods, stream_of
from services.portal.pages.sheets import OFFICES
from services.portal.projections.ledger import LEDGER
from services.portal.projections.registers import REGISTERS
from shared.kernel.errors import Forbidden, Missing, No
from shared.runtime import clock

ROWS_MAX = 5000


async def show_certification(visit: Visit) -> Response:
    """The ledger of a period as it is, or was on a day, beside what was certified."""
    return await _page(visit, _area(visit))


async def certify(visit: Visit) -> Response:
    """Stand for the ledger as it is now."""
    code, period = _area(visit), visit.typed("period")
    year = _year(period)
    if not year or period not in periods(year, clock.today()):
        raise Missing("no-such-page")
    ledger = await _ledger(visit, code, period)
    if ledger.digest != visit.typed("digest"):
        return await _page(visit, code, 409, moved=True, period=period)
    known = await _known(visit, code, period)
    data = {
        "ledger_id": str(known[0]["ledger_id"] if known else stream_of(code, period)),
        "area": code,
        "period": period,
        "entries": ledger.entries,
        "reason": visit.typed("reason"),
    }
    try:
        answer = await send(visit, "outcomes", "CertifyLedger", data)
    except Exception as error:
        return await _page(visit, code, no=as_no(error), period=period)
    to = f"/areas/{code}/certification?period={period}"
    return go_to(f"{to}&after=outcomes:{answer['position']}")


async def _page(
    visit: Visit,
    code: str,
    status: int = 200,
    *,
    no: No | None = None,
    moved: bool = False,
    period: str = "",
) -> Response:
    site = visit.site
    behind = await visit.behind(site.views[REGISTERS], site.views[LEDGER])
    period = period or visit.query("period")
    year = _year(period) or visit.number("year") or visit.today.year
    open_ = periods(year, visit.today)
    period = period if period in open_ else (open_[0] if open_ else "")
    ledger = await _ledger(visit, code, period) if period else Ledger((), {})
    known = await _known(visit, code, period)
    changed = ledger.since(known[0]["entries"]) if known else []
    may = not visit.as_of and visit.person.actor.area == code
    return visit.page(
        "desk/certification.html",
        no.status if no else status,
        behind=behind,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        year=year,
        years=range(visit.today.year, visit.today.year - 5, -1),
        period=period,
        periods=open_,
        ledger=ledger,
        known=known,
        names=await site.names([one["certifier"] for one in known]),
        changed=await _named(visit, changed),
        same=bool(known) and known[0]["digest"] == ledger.digest,
        may=may and may_ask(visit, "outcomes", "CertifyLedger"),
        moved=moved,
        sentence=say(site, no, {"CertifyLedger": site.pages.texts.certifying.title})
        if no
        else None,
        reason=visit.typed("reason"),
        command_id=clock.new_id(),
        told=lambda one: _told(visit, one),
    )


async def _named(visit: Visit, changed: Sequence[Changed]) -> list[Changed]:
    """Rows that went to another year are looked up there."""
    gone = [one.entry for one in changed if one.row is None]
    view = await visit.view(visit.site.views[LEDGER])
    rows = {row["entry"]: row for row in await view.ask("entries named", entries=gone)}
    return [one if one.row else replace(one, row=rows.get(one.entry)) for one in changed]


def _told(visit: Visit, period: str) -> str:
    """'2026年', '2026年第2季度' or '2026年6月'."""
    texts = visit.site.pages.texts.certifying
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return str(texts.quarter.format(year=year, n=part[1]))
    return str((texts.month if part else texts.whole).format(year=year, n=int(part or 0)))


def _area(visit: Visit) -> str:
    code, actor = visit.path("code"), visit.person.actor
    if code not in visit.site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    if actor.role not in OFFICES:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(OFFICES))
    return code


def _year(period: str) -> int:
    year = period[:4]
    return int(year) if len(year) == 4 and year.isdecimal() and year.isascii() else 0


async def _ledger(visit: Visit, code: str, period: str) -> Ledger:
    view = await visit.view(visit.site.views[LEDGER])
    rows = await view.ask(
        "ledger of year", prefixes=visit.site.prefixes(code, visit.as_of), year=_year(period),
        state="", form="", title="", units="", most=ROWS_MAX, skipped=0,
    )  # fmt: skip
    return Ledger.of([dict(row) for row in rows], period)


async def _known(visit: Visit, code: str, period: str) -> Sequence[Any]:
    view = await visit.view(visit.site.views[REGISTERS])
    return await view.ask("certifications of ledger", area=code, period=period)
