"""Tells open pages that there is something new: server-sent events, without saying what.

A page knows the mark it was drawn at; as soon as the mark is another, it is told to read itself
again. So nothing is missed between the drawing of a page and its listening, nor while a browser
comes back after the connection was lost.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from random import randint

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from services.portal.edge.hearing import watched_by
from services.portal.edge.listeners import QUIET_S, Listeners
from services.portal.edge.marks import Watched
from services.portal.edge.site import Site
from shared.kernel.errors import No
from shared.runtime.postgres import AWAY

RECONNECT_MS, SPREAD_MS = 3000, 3000
SLOW_S = 20.0
"""A reader who takes longer to take one event is let go, and comes back when they can."""


def live(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """/live?area=511623000000&seen=12, or matter=<id>, inbox=<account>, operate=all."""
    listeners = Listeners(site)

    async def endpoint(request: Request) -> Response:
        try:
            watched = await watched_by(site, request)
        except (*AWAY, No):
            return Response(status_code=503)
        if watched is None:
            return Response(status_code=204)  # A browser that is told this asks no more.
        seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
        events = (
            site.watch.events(seen, site.stopping)
            if watched.kind == "operate"
            else _events(site, listeners, watched, seen)
        )
        return Stream(
            events,
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return endpoint


class Stream(StreamingResponse):
    """An answer without end, which is broken off for who does not take it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send as long as it is taken."""

        async def in_time(message: Message) -> None:
            async with asyncio.timeout(SLOW_S):
                await send(message)

        with suppress(TimeoutError, ClientDisconnect):
            await super().__call__(scope, receive, in_time)


async def _events(
    site: Site, listeners: Listeners, watched: Watched, seen: str
) -> AsyncIterator[str]:
    """Each change in turn, and a sign of life when nothing happens."""
    yield f"retry: {RECONNECT_MS + randint(0, SPREAD_MS)}\n\n"  # noqa: S311 - spreads, hides nothing
    with suppress(*AWAY, No):
        async with listeners.listen(watched) as heard:
            while not site.stopping.is_set():
                moved = heard.moved
                if heard.mark == seen:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(QUIET_S):
                            await moved.wait()
                            continue
                    yield ": quiet\n\n"
                    continue
                await listeners.turn()
                seen = heard.mark
                yield f"id: {seen}\nevent: changed\ndata: {seen}\n\n"
