"""What I was told, and have I read it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from services.portal.edge.marks import watch
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.notices import notice
from shared.kernel.errors import Unavailable
from shared.runtime import clock, log

MOST = 100


async def show_inbox(visit: Visit) -> Response:
    """The notices for me as I act now, the newest first."""
    actor = visit.person.actor
    live = await watch(visit.site, "inbox", actor.id)
    rows: Sequence[dict[str, Any]] = ()
    away = False
    try:
        rows = await _mine(visit)
    except Unavailable:
        away = True
    teller = visit.site.teller(visit.site.charter(actor.area))
    return visit.page(
        "inbox.html",
        live=live,
        away=away,
        notices=[notice(row, visit.site.pages.texts, teller) for row in rows],
        unread=sum(row["read_at"] is None for row in rows),
    )


async def mark_read(visit: Visit) -> Response:
    """I have read this one."""
    await _read(visit, str(visit.id("notice_id")))
    return go_to("/inbox")


async def mark_all(visit: Visit) -> Response:
    """I have read all that the inbox shows."""
    unread = [row["notice_id"] for row in await _mine(visit) if row["read_at"] is None]
    await asyncio.gather(*(_read(visit, one) for one in unread))
    return go_to("/inbox")


async def _mine(visit: Visit) -> Sequence[dict[str, Any]]:
    """The rows of my inbox, at most MOST. Raises a No."""
    actor = visit.person.actor
    asked = {"reader": actor.id, "role": actor.role, "unit": actor.unit, "area": actor.area}
    answer = await visit.site.asker.question(
        "notify", "NoticesOfReader", {**asked, "most": MOST}, actor, log.correlation()
    )
    rows: list[dict[str, Any]] = answer["rows"]
    return rows


async def _read(visit: Visit, notice_id: str) -> None:
    me = visit.person.actor
    told = {"notice_id": notice_id}
    await visit.site.asker.ask("notify", "ReadNotice", told, me, clock.new_id(), log.correlation())
