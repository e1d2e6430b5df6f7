"""Any view as it was at the end of any past day in China: what had happened by then, no more.

A past view is the same projection, filled from the logs with the facts whose moment (`at`) lies
before the end of the day, in a schema of its own. To make one, to go on after an interruption and
to add what was recorded late are the same work: every fact that the live view has seen is looked
at once, and a checkpoint says up to where. So a past view is never stale, whoever kept it.
Facts that the live view could not take, and parked, are left out here too, and counted; once it
has taken them after all, the past is made anew.

Of each view the days last asked for are kept; the checkpoint is compared and set first on every
page of facts, so several replicas that make the same past share the work and do none of it twice.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from time import monotonic

import asyncpg

from shared.kernel.errors import Invalid, Missing, No, Unavailable
from shared.runtime import clock, copies, sql
from shared.runtime.facts import Logged
from shared.runtime.log import logger
from shared.runtime.projector import CONNECTIONS_MAX, Lifts, Overtaken, Projector, applying
from shared.runtime.view import Positions, View

log = logger()

SQL = sql.load(Path(__file__).with_suffix(".sql"))
KEPT_MAX = 8  # Days of one view.
PAGE = 20_000
PATIENCE_S = 1.5
MAKINGS_MAX = CONNECTIONS_MAX - 1  # One connection is left for those who only look.


class BeingMade(Unavailable):
    """It takes longer than anybody likes to wait; who asks again later finds it done."""

    def __init__(self, view: str, day: date, done: int, total: int) -> None:
        super().__init__("being-made", view=view, day=day, done=done, total=total)
        self.done = done
        self.total = total
        self.day = day


class AsOf:
    """The past of the views of one service.

    The records begin with the first fact of these logs, or of those of a view where none are named:
    what shows several views can be asked for a day before one of them held anything.
    """

    def __init__(self, pool: asyncpg.Pool, lifts: Lifts, logs: Collection[str] = ()) -> None:
        self._pool = pool
        self._lifts = lifts
        self._logs = logs
        self._makings: dict[str, asyncio.Task[None]] = {}
        self._few = asyncio.Semaphore(MAKINGS_MAX)

    async def view(self, live: View, day: date) -> View:
        """What a view held when a day ended; today, what it holds.

        Raises Invalid for a day to come, Missing for one before the first fact, BeingMade, and
        Poison for a fact that the view took and its past cannot take.
        """
        today = clock.today()
        if day > today:
            raise Invalid("day-to-come", day=day)
        if day == today:
            return live

        beside = f"__on_{day:%Y%m%d}"
        past = Projector(live.projection, live.service, self._pool, self._lifts, beside)
        goals, deadline = await live.positions(), monotonic() + PATIENCE_S
        while not await _reaches(past, goals):
            making = self._making(past, live, day, goals)
            await asyncio.wait({making}, timeout=max(0.0, deadline - monotonic()))
            if not making.done():
                done = sum((await copies.positions(past)).values())
                raise BeingMade(live.name, day, done, sum(goals.values()))
            making.result()
        await self._pool.execute(SQL["use"].text, past.schema)
        return live.beside(beside)

    async def left_out(self, past: View) -> int:
        """How many facts a past goes without, because the view could not take them either."""
        count: int = await self._pool.fetchval(SQL["left out"].text, past.schema)
        return count

    def close(self) -> None:
        """Leave off; what is half done is finished when somebody asks again."""
        for making in self._makings.values():
            making.cancel()

    def _making(
        self, past: Projector, live: View, day: date, goals: Positions
    ) -> asyncio.Task[None]:
        """The work under way on a past, or a new one."""
        making = self._makings.get(past.schema)
        if making is None:
            work = self._make(past, live, clock.end_of(day), goals)
            making = self._makings[past.schema] = asyncio.create_task(work, name=past.schema)
            making.add_done_callback(self._made)
        return making

    def _made(self, making: asyncio.Task[None]) -> None:
        del self._makings[making.get_name()]
        error = None if making.cancelled() else making.exception()
        if error and not isinstance(error, No):  # A no is an answer, and told as one.
            log.warning("past not made", view=making.get_name(), reason=repr(error))

    async def _make(self, past: Projector, live: View, before: datetime, goals: Positions) -> None:
        """Look at every fact that the live view has seen and this one has not."""
        async with self._few:
            if not await _holds(past):
                await _must_have_begun(past, self._logs or past.projection.sources, before)
                await _begin(past, live.schema)
            try:
                await _fill(past, before, goals)
            except asyncpg.UndefinedTableError as gone:  # So many other days were asked for.
                raise Unavailable("away", view=live.name) from gone


@asynccontextmanager
async def opened(dsn: str, lifts: Lifts, logs: Collection[str] = ()) -> AsyncIterator[AsOf]:
    """The past of a service's views, over connections of its own."""
    async with applying(dsn) as pool:
        past = AsOf(pool, lifts, logs)
        try:
            yield past
        finally:
            past.close()


async def _fill(past: Projector, before: datetime, goals: Positions) -> None:
    for source, goal in goals.items():
        while (after := await past.seen(source)) < goal:
            upto = min(after + PAGE, goal)
            with suppress(Overtaken):  # By another replica, which took this page.
                await past.apply_but_parked(Logged(source, after, upto, before=before))


async def _reaches(past: Projector, goals: Positions) -> bool:
    """Whether it is there, made of today's file, and has looked at all these facts."""
    if not await _holds(past):
        return False
    at = await copies.positions(past)
    return all(at.get(source, 0) >= goal for source, goal in goals.items())


async def _holds(past: Projector) -> bool:
    """Whether a copy is there, made of today's file, and lacks nothing that the view has taken."""
    async with past.here() as connection:
        return await _holds_here(connection, past)


async def _holds_here(connection: asyncpg.Connection, past: Projector) -> bool:
    if await copies.signed_here(connection) != past.projection.fingerprint:
        return False
    taken = SQL["taken since"].text.replace("log.", f'"{past.service}".')
    return not await connection.fetchval(taken, past.schema, past.projection.name)


async def _must_have_begun(past: Projector, sources: Collection[str], before: datetime) -> None:
    """Raises Missing where all there is came later."""
    firsts = []
    async with past.pool.acquire() as connection:
        for source in sources:
            anything, first = (
                SQL[name].text.replace("log.", f'"{source}".')
                for name in ("anything before", "first")
            )
            if await connection.fetchval(anything, before):
                return
            firsts.append(await connection.fetchval(first))
    if known := list(filter(None, firsts)):
        raise Missing("before-the-first-fact", first=clock.today(min(known)))


async def _begin(past: Projector, live: str) -> None:
    """Make an empty copy, unless another replica just did, and let go of what nobody asks for."""
    fingerprint = past.projection.fingerprint
    async with past.here() as connection:
        await connection.execute(SQL["alone"].text)
        if await _holds_here(connection, past):
            return
        await connection.execute(SQL["keep"].text, past.schema, live, fingerprint)
        await connection.execute(SQL["begin without gaps"].text, past.schema)
        for (old,) in await connection.fetch(SQL["let go"].text, live, fingerprint, KEPT_MAX):
            await copies.drop(connection, old)
        await copies.make_here(connection, past)
