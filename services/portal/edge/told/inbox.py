"""What I was told, and have I read it."""

from typing import Any

from starlette.responses import Response

from services.portal.edge.marks import watch
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.notices import notice
from shared.kernel.errors import No, Unavailable
from shared.runtime import clock, log

MOST = 100


async def show_inbox(visit: Visit) -> Response:
    """The notices for me as I act now, the newest first."""
    actor = visit.person.actor
    asked = {"reader": actor.id, "role": actor.role, "unit": actor.unit, "area": actor.area}
    live = await watch(visit.site, "inbox", actor.id)
    rows: list[dict[str, Any]] = []
    away = False
    try:
        answer = await visit.site.asker.question(
            "notify", "NoticesOfReader", {**asked, "most": MOST}, actor, log.correlation()
        )
        rows = answer["rows"]
    except Unavailable:
        away = True
    except No as no:
        # Operators are told nothing; an empty inbox says that as well as a refusal.
        if no.code != "wrong-role":
            raise
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
    notice_id = visit.id("notice_id")
    await visit.site.asker.ask(
        "notify",
        "ReadNotice",
        {"notice_id": str(notice_id)},
        visit.person.actor,
        clock.new_id(),
        log.correlation(),
    )
    return go_to("/inbox")
