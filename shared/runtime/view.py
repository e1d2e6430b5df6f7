"""The views of a service, open for questions, and for those who wait for a fact to show."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

import asyncpg

from shared.kernel.errors import Unavailable
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY
from shared.runtime.projection import Projection

log = logger()

CONNECTIONS_MAX = 6
STATEMENTS_MAX = 400  # More than all questions of a service, each prepared once a connection.
QUESTION_S = 4.0  # A question that takes longer is cancelled.
WALK_S = 120.0  # The first rows of a long answer may take their time, and so may who reads them.
WALK_PAGE = 200
WAIT_S = 2.0
LISTEN_AGAIN_S = 0.5
HEARTBEAT_S = 5.0

Positions = Mapping[str, int]


def schema_of(service: str, projection: Projection) -> str:
    """The PostgreSQL schema that holds a view's tables."""
    return f"{service}__{projection.name}"


class View:
    """One view: ask it, or wait until it has seen a position of a source."""

    def __init__(
        self, projection: Projection, service: str, pool: asyncpg.Pool, copy: str = ""
    ) -> None:
        self.projection = projection
        self.name = projection.name
        self.service = service
        self.schema = schema_of(service, projection) + copy
        self.pool = pool
        self._moved = asyncio.Event()
        self._heard: dict[str, int] = {}

    def beside(self, copy: str) -> "View":
        """Another copy of the same view, to be asked."""
        return View(self.projection, self.service, self.pool, copy)

    async def ask(self, question: str, **params: object) -> list[asyncpg.Record]:
        """The rows that answer a question. KeyError: no such question; TypeError: its params."""
        statement = self.projection.questions[question]
        async with self._here() as connection:
            rows: list[asyncpg.Record] = await connection.fetch(
                statement.text, *statement.args(params)
            )
            return rows

    async def walk(self, question: str, **params: object) -> AsyncIterator[list[asyncpg.Record]]:
        """The rows that answer a question, page by page, however many: one moment, little memory.

        It holds a connection until the last page; whoever asks sees to it that few do so at once.
        """
        statement = self.projection.questions[question]
        async with (
            self._here() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            args = statement.args(params)
            cursor = await connection.cursor(statement.text, *args, timeout=WALK_S)
            while rows := await cursor.fetch(WALK_PAGE, timeout=WALK_S):
                yield rows

    async def positions(self) -> dict[str, int]:
        """How far the view has seen each of its sources; 0 where it has seen nothing yet."""
        async with self._here() as connection:
            rows = await connection.fetch("SELECT source, position FROM checkpoint")
        return dict.fromkeys(self.projection.sources, 0) | dict(rows)

    async def seen(self, source: str) -> int:
        """The position up to which the view has seen this source."""
        return (await self.positions())[source]

    async def wait(self, source: str, position: int, timeout_s: float = WAIT_S) -> bool:
        """Whether the view has seen this position, now or before the time is over."""
        if self._heard.get(source, 0) >= position or await self.seen(source) >= position:
            return True
        try:
            async with asyncio.timeout(timeout_s):
                while self._heard.get(source, 0) < position:
                    await self.moved()
        except TimeoutError:
            # A notification may be lost with its connection; the checkpoint itself is not.
            return await self.seen(source) >= position
        return True

    @property
    def heard(self) -> tuple[tuple[str, int], ...]:
        """How far it was told to have come; as long as that is the same, so are its answers."""
        return tuple(sorted(self._heard.items()))

    async def moved(self) -> None:
        """Returns when the view next changes, to tell open pages."""
        await self._moved.wait()

    def move(self, source: str, position: int) -> None:
        """Note that the view has now seen this, and wake those who wait."""
        self._heard[source] = position
        self._moved.set()
        self._moved = asyncio.Event()

    async def look(self) -> None:
        """Catch up with what nobody listened to, and forget what the server itself forgot."""
        self._heard.clear()
        with suppress(Unavailable):
            for source, position in (await self.positions()).items():
                self.move(source, position)

    @asynccontextmanager
    async def _here(self) -> AsyncIterator[asyncpg.Connection]:
        async with self.pool.acquire() as connection:
            await connection.execute(f'SET search_path TO "{self.schema}"')
            try:
                yield connection
            except asyncpg.UndefinedTableError as missing:
                # Its questions were prepared when it was made, so it can only be the view itself.
                raise Unavailable("away", view=self.name) from missing


class Views:
    """All views of one service, by their projections."""

    def __init__(self, service: str, projections: Sequence[Projection], pool: asyncpg.Pool) -> None:
        self.pool = pool
        self._views = {p: View(p, service, pool) for p in projections}
        self._by_schema = {view.schema: view for view in self}
        self._by_name = {view.name: view for view in self}

    @classmethod
    async def open(cls, dsn: str, service: str, projections: Sequence[Projection]) -> "Views":
        """The views of a service; a leader fills them, see `flow`."""
        pool = await asyncpg.create_pool(
            dsn,
            min_size=0,
            max_size=CONNECTIONS_MAX,
            command_timeout=QUESTION_S,
            statement_cache_size=STATEMENTS_MAX,
            reset=_as_it_is,
            server_settings={"TimeZone": "UTC", "jit": "off"},
        )
        return cls(service, projections, pool)

    def __getitem__(self, projection: Projection) -> View:
        return self._views[projection]

    def named(self, name: str) -> View:
        """The view of that name. Raises KeyError."""
        return self._by_name[name]

    def __iter__(self) -> Iterator[View]:
        return iter(self._views.values())

    async def run(self) -> None:
        """Listen for what the leader applied, on this replica or another."""
        while True:
            try:
                await self._listen()
            except AWAY as away:
                log.warning("views do not hear of changes", reason=repr(away))
            await pause(LISTEN_AGAIN_S)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.pool.close()

    async def _listen(self) -> None:
        async with self.pool.acquire() as connection:
            try:
                for schema in self._by_schema:
                    await connection.add_listener(schema, self._hear)
                for view in self:
                    await view.look()
                while True:
                    await asyncio.sleep(HEARTBEAT_S)
                    await connection.execute("SELECT 1")
            finally:
                for schema in self._by_schema:
                    await connection.remove_listener(schema, self._hear)

    def _hear(self, _connection: object, _pid: int, schema: str, told: object) -> None:
        source, _, position = str(told).rpartition(":")
        self._by_schema[schema].move(source, int(position))


async def _as_it_is(_connection: asyncpg.Connection) -> None:
    """Whoever asks sets the path first: to put all else back would take as long as an answer."""
