"""Asks for what is due: a question put to a view every so often, and a command for each row."""

import asyncio
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
from shared.runtime.view import Positions, View

log = logger()

ROWS_MAX = 1000  # Of one look; what is left is due at the next.
WHOLE_S = 3600.0  # So often all is looked at again, whatever moved: a rebuilt view may show more.


@dataclass(frozen=True)
class Tick:
    """What is due, and what to ask about it.

    `statement` is a question of the view, which takes some of these parameters:

        :now               the moment (timestamptz)
        :after_<source>    a position of a source: only what moved since is asked about
        :most              how many rows are looked at

    `key` names the column that tells one thing due from another: for each value the command is
    asked once. A row that was dealt with should no longer be due.
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


async def due_of(
    view: View, tick: Tick, now: datetime, after: Positions | None = None
) -> list[asyncpg.Record]:
    """What is due: all of it, or what moved since these positions. Raises Unavailable."""
    takes = view.projection.questions[tick.statement].params
    known: dict[str, object] = {"now": now, "most": ROWS_MAX}
    known |= {f"after_{one}": (after or {}).get(one, 0) for one in view.projection.sources}
    return await view.ask(tick.statement, **{name: known[name] for name in takes})


class Ticker:
    """One tick of a service, for as long as this replica leads."""

    def __init__(self, service: str, tick: Tick, view: View, handler: Handler) -> None:
        self.name = f"{service} ticks {tick.name}"
        self._service = service
        self._tick = tick
        self._view = view
        self._handler = handler
        self._after: Positions = {}
        self._whole_at = float("-inf")

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
        began = asyncio.get_running_loop().time()
        whole = began - self._whole_at >= WHOLE_S
        seen = await self._view.positions()  # Before the rows: what comes meanwhile is seen again.
        due = await due_of(self._view, self._tick, clock.now(), {} if whole else self._after)
        if await is_told(self._view.pool):  # Asked last: what was told before the rows were read
            log.info("a past is told, nothing ticks", tick=self._tick.name)  # would show in them.
            return
        for row in due[:ROWS_MAX]:
            await ask(self._handler, asked_about(self._service, self._tick, row))
        if len(due) < ROWS_MAX:
            self._after = seen
            self._whole_at = began if whole else self._whole_at
