"""Tells open pages that there is something new: server-sent events, without saying what.

A page knows the mark it was drawn at; as soon as the mark is another, it is told to read itself
again. So nothing is missed between the drawing of a page and its listening.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from services.portal.edge.site import Site
from services.portal.edge.who import Person, looks_after_all, who
from services.portal.projections.board import BOARD
from shared.kernel.errors import No
from shared.runtime.postgres import AWAY
from shared.runtime.view import View

QUIET_S = 15.0
PAUSE_S = 0.5
RECONNECT_MS = 3000


async def watch(site: Site, kind: str, what: object) -> str:
    """What a page listens to: a 'matter' by its id, an 'area' by its code, or an 'inbox'.

    To be asked before the page reads what it shows.
    """
    return urlencode({kind: what, "seen": await _mark(site, kind, str(what))})


def live(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """/live?area=511623000000&seen=12, or matter=<id>, inbox=<account>, operate=all."""

    async def endpoint(request: Request) -> Response:
        try:
            watched = await _watched(site, request)
        except (*AWAY, No):
            return Response(status_code=503)
        if watched is None:
            return Response(status_code=204)  # A browser that is told this asks no more.
        seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
        events = (
            site.watch.events(seen, site.stopping)
            if watched[0] == "operate"
            else _events(site, *watched, seen)
        )
        return StreamingResponse(
            events,
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return endpoint


async def _watched(site: Site, request: Request) -> tuple[str, str] | None:
    """What is listened to; None where there is no such thing, or it is not for this person."""
    asked = request.query_params
    if "matter" in asked:
        with suppress(ValueError):
            return "matter", str(UUID(asked["matter"]))
        return None
    here = await who(site, request)
    if not isinstance(here, Person) or here.current is None:
        return None
    if "operate" in asked:
        return ("operate", "") if looks_after_all(here) else None
    if "inbox" in asked:
        return "inbox", str(here.account_id)
    area = asked.get("area", "")
    return ("area", area) if area and here.may_see(area) else None


def _view(site: Site, kind: str) -> View:
    return site.views[BOARD] if kind == "area" else site.story


async def _mark(site: Site, kind: str, what: str) -> str:
    """A value that is another whenever the page would be."""
    match kind:
        case "matter":
            (row,) = await site.story.ask("how much of matter", matter_id=UUID(what))
        case "area":
            (row,) = await site.views[BOARD].ask("how much of area", prefixes=site.prefixes(what))
        case _:
            return str(await site.story.seen("notify"))
    return str(row["n"])


async def _events(site: Site, kind: str, what: str, seen: str) -> AsyncIterator[str]:
    """One event at most every PAUSE_S, and a sign of life when nothing happens."""
    view = _view(site, kind)
    yield f"retry: {RECONNECT_MS}\n\n"
    while not site.stopping.is_set():
        moved = asyncio.create_task(view.moved())
        with suppress(*AWAY, No):
            now = await _mark(site, kind, what)
            if now != seen:
                await _level(site, view)
                yield f"id: {now}\nevent: changed\ndata: {now}\n\n"
                seen = now
        await asyncio.sleep(PAUSE_S)
        if not await _in_time(site, moved):
            yield ": quiet\n\n"


async def _level(site: Site, view: View) -> None:
    """Wait, though not for ever, until the matters too show what this view has seen."""
    seen = await view.positions()
    await asyncio.gather(
        *(site.matters.wait(source, position) for source, position in seen.items())
    )


async def _in_time(site: Site, moved: asyncio.Task[None]) -> bool:
    """Whether the view moved before the quiet became too long, or the end came."""
    stopped = asyncio.create_task(site.stopping.wait())
    done, pending = await asyncio.wait(
        {moved, stopped}, timeout=QUIET_S, return_when=asyncio.FIRST_COMPLETED
    )
    for task in pending:
        task.cancel()
    return moved in done
