"""Asks for what is due: a question put to a view every so often, and a command for each row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

import asyncpg

from shared.kernel.errors import Unavailable
from shared.kernel.message import Command
from shared.runtime import clock
from shared.runtime.handle import Asked, Handler
from shared.runtime.log import logger
from shared.runtime.past import is_told
from shared.runtime.pause import pause
from shared.runtime.projection import Projection
from shared.runtime.reactions import actor_of, ask
from shared.runtime.view import View

log = logger()

ROWS_MAX = 1000  # Of one look; what is left is due at the next.


@dataclass(frozen=True)
class Tick:
    """What is due, and what to ask about it.

    `statement` is a question of the view with the one parameter `:now` (timestamptz). `key` names
    the column that tells one thing due from another: for each value the command is asked once.
    A row that was dealt with should no longer be due.
    """

    name: str
    view: Projection
    statement: str
    react: Callable[[asyncpg.Record], Command]
    key: str
    every_s: float = 60.0


def tick(
    name: str,
    view: Projection,
    statement: str,
    react: Callable[[asyncpg.Record], Command],
    *,
    key: str,
    every_s: float = 60.0,
) -> Tick:
    """Every `every_s` seconds: the rows of `statement`, and for each the command of `react`."""
    return Tick(name, view, statement, react, key, every_s)


def asked_about(service: str, tick: Tick, row: asyncpg.Record, at: datetime | None = None) -> Asked:
    """What is asked about something due: the same for the same thing, whoever looks, and when."""
    command_id = uuid5(NAMESPACE_OID, f"{tick.name}:{row[tick.key]}")
    return Asked(tick.react(row), actor_of(service, tick.name), command_id, command_id, at=at)


class Ticker:
    """One tick of a service, for as long as this replica leads."""

    def __init__(self, service: str, tick: Tick, view: View, handler: Handler) -> None:
        self.name = f"{service} ticks {tick.name}"
        self._service = service
        self._tick = tick
        self._view = view
        self._handler = handler

    async def run(self) -> None:
        """Look, ask, and wait for the next time."""
        while True:
            try:
                await self.look()
            except Unavailable as away:
                log.warning("nothing ticks", tick=self._tick.name, reason=str(away))
            await pause(self._tick.every_s)

    async def look(self) -> None:
        """Ask once for everything that is due now; for nothing while a past is told."""
        due = await self._view.ask(self._tick.statement, now=clock.now())
        if await is_told(self._view.pool):  # Asked last: what was told before the rows were read
            log.info("a past is told, nothing ticks", tick=self._tick.name)  # would show in them.
            return
        for row in due[:ROWS_MAX]:
            await ask(self._handler, asked_about(self._service, self._tick, row))
