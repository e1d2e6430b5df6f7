"""Fills a new version of a view from the logs beside the live one, compares, and swaps.

The facts go from log to view inside PostgreSQL, page by page, so that memory stays bounded and an
interrupted rebuild goes on where it was. It is strict: a fact that cannot be taken stops it.
Readers wait while the last facts are taken and the two are compared; nobody else does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import asyncpg

from shared.kernel.errors import Refused
from shared.runtime import copies, sql
from shared.runtime.digest import Digest, digest_of
from shared.runtime.facts import Logged
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.projector import Projector

log = logger()

SQL = sql.load(Path(__file__).with_suffix(".sql"))
PAGE = 20_000
CLOSE = 5_000  # So few facts are left for the moment in which readers wait.
ROUNDS_MAX = 50
RETRY_S = 1.0


@dataclass(frozen=True)
class Progress:
    """How far a rebuild is: pages and facts taken, out of so many, in this many seconds."""

    view: str
    pages: int
    done: int
    total: int
    seconds: float
    eta_s: float


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild made: the digest of the new version, and of the one it replaces if any."""

    view: str
    facts: int
    seconds: float
    new: Digest
    live: Digest | None

    @property
    def same(self) -> bool:
        """Whether the new version holds what the live one held."""
        return self.live is not None and not self.new.differs(self.live)


Tell = Callable[[Progress], None]


def quietly(_progress: Progress) -> None:
    """Tell nobody."""


async def up_to_date(live: Projector, tell: Tell = quietly) -> None:
    """Make the view of today's file, where it is of another or not there at all."""
    while await copies.signed(live) != live.projection.fingerprint:
        try:
            await rebuild(live, tell)
        except Refused:
            await pause(RETRY_S)


async def rebuild(live: Projector, tell: Tell = quietly) -> Rebuilt:
    """Rebuild a view. Raises Poison for a fact it cannot take, Refused if it is being rebuilt."""
    async with live.pool.acquire() as connection:
        if not await connection.fetchval(SQL["begin alone"].text, live.schema):
            raise Refused("being-rebuilt", view=live.projection.name)
        try:
            rebuilt = await Rebuild(live, tell).run(connection)
        finally:
            await connection.execute(SQL["end alone"].text, live.schema)
    log.info("view rebuilt", view=rebuilt.view, facts=rebuilt.facts, same=rebuilt.same)
    return rebuilt


class Rebuild:
    """One rebuild under way."""

    def __init__(self, live: Projector, tell: Tell) -> None:
        self._live = live
        self._next = live.beside(copies.NEXT)
        self._tell = tell
        self._began = monotonic()
        self._pages = 0
        self._taken = 0

    async def run(self, connection: asyncpg.Connection) -> Rebuilt:
        """Fill, compare, swap; the connection holds the right to do so alone."""
        if await copies.signed(self._next) != self._next.projection.fingerprint:
            await copies.make(self._next)
        for _ in range(ROUNDS_MAX):
            if await self._fill() <= CLOSE:
                break
        async with connection.transaction():
            live = await self._last(connection)
            new = await digest_of(connection, self._next.schema)
            await copies.swap(connection, self._live, self._next)
            await self._live.letters.forget(connection)
        view, seconds = self._live.projection.name, monotonic() - self._began
        return Rebuilt(view, self._taken, seconds, new, live)

    async def _last(self, connection: asyncpg.Connection) -> Digest | None:
        """Hold the live view still, take what is left, and say what the live view holds."""
        if await copies.signed(self._live) is None:
            return None
        await copies.hold_still(connection, self._live)
        await self._fill()
        return await digest_of(connection, self._live.schema)

    async def _fill(self) -> int:
        """Take what the live view has seen and we have not, and say how many facts that was."""
        goals = await self._goals()
        at = await copies.positions(self._next)
        taken = self._taken
        for source, goal in goals.items():
            for after in range(at[source], goal, PAGE):
                upto = min(after + PAGE, goal)
                await self._next.apply(Logged(source, after, upto))
                self._taken += upto - after
                self._progress(left=sum(goals.values()) - sum(at.values()) - self._taken + taken)
        return self._taken - taken

    async def _goals(self) -> dict[str, int]:
        """Where the live view is in each source; without one, where the logs end."""
        seen = await copies.positions(self._live)
        async with self._live.here() as connection:
            for source in set(self._next.projection.sources) - seen.keys():
                end = SQL["end of log"].text.replace("log.", f'"{source}".')
                seen[source] = await connection.fetchval(end)
        return {source: seen[source] for source in self._next.projection.sources}

    def _progress(self, left: int) -> None:
        seconds = monotonic() - self._began
        eta = seconds / self._taken * left
        self._pages += 1
        view, done = self._live.projection.name, self._taken
        self._tell(Progress(view, self._pages, done, done + left, seconds, eta))
