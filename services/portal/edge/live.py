"""Tells open pages that there is something new: server-sent events, without saying what."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from services.portal.edge.site import Site
from services.portal.edge.who import Person, who
from shared.kernel.areas import EVERYWHERE
from shared.runtime.postgres import AWAY
from shared.runtime.view import View

QUIET_S = 15.0
PAUSE_S = 0.5
RECONNECT_MS = 3000

Mark = Callable[[], Awaitable[str]]
"""A value that changes whenever the page would."""


def live(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """/live?area=511623000000, /live?matter=<id> or /live?inbox=<area>."""

    async def endpoint(request: Request) -> Response:
        watched = await _watched(site, request)
        if watched is None:
            return Response(status_code=204)  # A browser that is told this asks no more.
        view, mark = watched
        return StreamingResponse(
            _events(site, view, mark),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return endpoint


async def _watched(site: Site, request: Request) -> tuple[View, Mark] | None:
    asked = request.query_params
    here = await who(site, request)
    if "matter" in asked:
        return site.story, _of_matter(site, UUID(asked["matter"]))
    if not isinstance(here, Person) or here.current is None:
        return None
    if "inbox" in asked:
        return site.story, _of_notices(site)
    area = asked.get("area", EVERYWHERE)
    return (site.board, _of_area(site, area)) if here.may_see(area) else None


def _of_matter(site: Site, matter_id: UUID) -> Mark:
    async def mark() -> str:
        (row,) = await site.story.ask("how much of matter", matter_id=matter_id)
        return str(row["n"])

    return mark


def _of_area(site: Site, area: str) -> Mark:
    async def mark() -> str:
        (row,) = await site.board.ask("how much of area", area=area)
        return str(row["n"])

    return mark


def _of_notices(site: Site) -> Mark:
    async def mark() -> str:
        return str(await site.story.seen("notify"))

    return mark


async def _events(site: Site, view: View, mark: Mark) -> AsyncIterator[str]:
    """One event at most every PAUSE_S, and a sign of life when nothing happens."""
    last = await mark()
    yield f"retry: {RECONNECT_MS}\nid: {last}\n\n"
    while not site.stopping.is_set():
        if not await _moved(site, view):
            yield ": quiet\n\n"
            continue
        with suppress(*AWAY):
            now = await mark()
            if now != last:
                yield f"id: {now}\nevent: changed\ndata: {now}\n\n"
                last = now
        await asyncio.sleep(PAUSE_S)


async def _moved(site: Site, view: View) -> bool:
    """Whether the view changed before the quiet became too long, or the end came."""
    waits = {
        asyncio.create_task(view.moved()),
        asyncio.create_task(site.stopping.wait()),
    }
    done, pending = await asyncio.wait(waits, timeout=QUIET_S, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    return bool(done)
