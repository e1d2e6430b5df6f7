"""Tells the platform of messages that were given up, so that their agency is told."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from services.exchange.effects.hooks.book import Book
from shared.runtime import clock
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY

log = logger()

LOOK_S = 15.0
LATELY = timedelta(days=1)

Warn = Callable[[UUID, int, datetime], Awaitable[object]]
"""Told of a target, how many of its messages were given up lately, and when the last one was."""


class GivenUp:
    """Looks at the book for as long as this replica leads; each loss is told once."""

    def __init__(self, book: Book, warn: Warn) -> None:
        self._book = book
        self._warn = warn
        self._told: dict[UUID, datetime] = {}

    async def run(self) -> None:
        """Look every few seconds."""
        while True:
            try:
                await self.look()
            except AWAY as away:
                log.warning("nobody is told of what was given up", reason=repr(away))
            await pause(LOOK_S)

    async def look(self) -> None:
        """Warn of those that lost something since they were last warned of."""
        for row in await self._book.given_up(clock.now() - LATELY):
            target, last = row["subscription_id"], row["last_at"]
            if self._told.get(target) != last:
                await self._warn(target, row["given_up"], last)
                self._told[target] = last
