"""Applies facts to the tables of a view, each exactly once.

One transaction: the checkpoint is moved first, the facts are put into `batch`, then every handler
they concern runs once over all of them. A fact that cannot be taken is found by halving, and
parked with every later fact of its stream; all others go on.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from shared.kernel.registry import Registry
from shared.runtime import sql
from shared.runtime.deadletters import DeadLetters
from shared.runtime.facts import Facts
from shared.runtime.log import logger
from shared.runtime.postgres import keep_bytes
from shared.runtime.projection import On, Projection
from shared.runtime.view import schema_of

log = logger()

SQL = sql.load(Path(__file__).with_suffix(".sql"))
CONNECTIONS_MAX = 4

# Classes of SQLSTATE that speak of the data: a row twice, wrong data, a broken constraint, too
# large a value, and what a function raised. Any other error would come with any fact.
POISONOUS = frozenset({"21", "22", "23", "54", "P0"})

Lifts = Mapping[str, Registry[Any]]
"""The registries of a service's own events, by the name of the event."""


class Overtaken(Exception):
    """The checkpoint is not where we left it: somebody else keeps this view."""


class Poison(Exception):
    """A fact that cannot be taken, and why."""


@asynccontextmanager
async def applying(dsn: str) -> AsyncIterator[asyncpg.Pool]:
    """Connections for projectors. A view may lose its last commits: it hears them again."""

    async def prepare(connection: asyncpg.Connection) -> None:
        await keep_bytes(connection)
        await connection.execute(SQL["batch"].text)

    settings = {"synchronous_commit": "off", "TimeZone": "UTC", "jit": "off"}
    pool = await asyncpg.create_pool(
        dsn, min_size=0, max_size=CONNECTIONS_MAX, init=prepare, server_settings=settings
    )
    try:
        yield pool
    finally:
        pool.terminate()


class Projector:
    """Keeps one copy of a view: the live one, or with `copy` another beside it."""

    def __init__(
        self,
        projection: Projection,
        service: str,
        pool: asyncpg.Pool,
        lifts: Lifts,
        copy: str = "",
    ) -> None:
        self.projection = projection
        self.service = service
        self.schema = schema_of(service, projection) + copy
        self.pool = pool
        self.letters = DeadLetters(service, projection.name)
        self._turn = asyncio.Lock()
        self._lifts = lifts
        self._old = [
            (name, version)
            for name in projection.facts.keys() & lifts.keys()
            for version in range(1, lifts[name].classes[name].version)
        ]

    def beside(self, copy: str) -> "Projector":
        """The keeper of another copy of the same view."""
        return Projector(self.projection, self.service, self.pool, self._lifts, copy)

    async def seen(self, source: str) -> int:
        """How far this copy has come in the log of a source."""
        async with self.here() as connection:
            position: int = await connection.fetchval(SQL["seen"].text, source)
            return position

    async def apply(self, facts: Facts) -> None:
        """Take all of the facts or none. Raises Poison, or Overtaken."""
        async with self._turn, self._advanced(facts, facts.after, facts.last) as connection:
            await self._run(connection)

    async def take(self, facts: Facts) -> None:
        """Take the facts, and park those that cannot be taken. Raises Overtaken."""
        async with self._turn:
            await self._take(facts, facts.after, facts.last)

    async def apply_but_parked(self, facts: Facts) -> None:
        """Take those facts that are not parked, or none. Raises Poison, or Overtaken."""
        async with self._turn, self._advanced(facts, facts.after, facts.last) as connection:
            await self.letters.leave_out(connection, facts.source)
            await self._run(connection)

    async def replay(self, stream: UUID) -> int:
        """Take the parked facts of a stream after all, and say how many. Raises Poison."""
        taken = 0
        async with self.here() as connection:
            await connection.execute("LOCK TABLE checkpoint IN EXCLUSIVE MODE")
            for source in await self.letters.sources(connection, stream):
                taken += await self.letters.take_out(connection, source, stream)
                await self._run(connection)
                await connection.execute("TRUNCATE batch")
            await self.letters.count(connection)
        return taken

    async def count_letters(self) -> int:
        """How many facts are parked; also for the metrics."""
        async with self.here() as connection:
            return await self.letters.count(connection)

    @asynccontextmanager
    async def here(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction among the tables of this copy."""
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute(f'SET LOCAL search_path TO "{self.schema}"')
            yield connection

    async def _take(self, facts: Facts, after: int, upto: int) -> None:
        try:
            async with self._advanced(facts, after, upto) as connection:
                await self.letters.park_later(connection, facts.source)
                await self._run(connection)
        except Poison as poison:
            if upto == after + 1:
                await self._park(facts, after, upto, poison)
                return
            middle = (after + upto) // 2
            await self._take(facts, after, middle)
            await self._take(facts, middle, upto)

    async def _park(self, facts: Facts, after: int, upto: int, poison: Poison) -> None:
        async with self._advanced(facts, after, upto) as connection:
            await self.letters.park(connection, str(poison))
        log.error(
            "fact parked", view=self.schema, source=facts.source, position=upto, reason=str(poison)
        )

    @asynccontextmanager
    async def _advanced(
        self, facts: Facts, after: int, upto: int
    ) -> AsyncIterator[asyncpg.Connection]:
        """A transaction in which the checkpoint is moved, and the batch filled."""
        async with self.here() as connection:
            place = (upto, facts.source, after, self.projection.fingerprint)
            if not await connection.fetchrow(SQL["advance"].text, *place):
                raise Overtaken(f"{self.schema} is not at {facts.source}:{after}, or not ours")
            await facts.fill(connection, after, upto, self.projection.types)
            yield connection

    async def _run(self, connection: asyncpg.Connection) -> None:
        if self._old:
            await self._lift(connection)
        types = await connection.fetchval(SQL["types"].text)
        for handler in self.projection.handlers:
            if handler.concerns(types):
                await _run_handler(connection, handler)

    async def _lift(self, connection: asyncpg.Connection) -> None:
        """Bring the service's own old facts to today's shape."""
        names, versions = zip(*self._old, strict=True)
        old = await connection.fetch(SQL["old"].text, names, versions, self.service)
        if lifted := [self._lifted(*row) for row in old]:
            await connection.execute(SQL["lift"].text, *zip(*lifted, strict=True))

    def _lifted(
        self, position: int, name: str, version: int, data: bytes
    ) -> tuple[int, int, bytes]:
        registry = self._lifts[name]
        try:
            lifted = registry.lift(name, version, data)
        except Exception as error:
            raise Poison(f"lifting {name} from version {version}: {error!r}") from error
        return position, registry.classes[name].version, lifted


async def _run_handler(connection: asyncpg.Connection, handler: On) -> None:
    try:
        # Without parameters it is planned anew each time, for a batch of the size it has.
        await connection.execute(handler.text)
    except asyncpg.PostgresError as error:
        if (error.sqlstate or "")[:2] in POISONOUS:
            raise Poison(f"{handler.name}: {error}") from error
        raise
