"""Waiting for servers that may be away: patiently when opening, never for long otherwise."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from nats.errors import Error

from shared.runtime import log
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY

RETRY_S = 0.5
ANSWER_S = 2.0
CLOSE_S = 1.5

_log = log.logger()


async def patiently[T](what: str, opening: Callable[[], Awaitable[T]]) -> T:
    """What is opened, as soon as the server is there. Raises what is no matter of time."""
    while True:
        try:
            return await opening()
        except AWAY as away:
            _log.warning("waiting", what=what, reason=repr(away))
            await pause(RETRY_S)


async def answers(asking: Awaitable[object]) -> bool:
    """Whether it does, in time; why not is told by those who depend on it."""
    try:
        async with asyncio.timeout(ANSWER_S):
            await asking
    except Exception:
        return False
    return True


async def limited(closing: Callable[[], Awaitable[None]]) -> None:
    """Close politely, unless the other side does not."""
    with suppress(*AWAY, Error):
        async with asyncio.timeout(CLOSE_S):
            await closing()
