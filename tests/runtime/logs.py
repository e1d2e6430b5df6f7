"""Logs for tests: a service's log in a fresh database, commands for it, and a line to cut."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4, uuid5

import asyncpg

from shared.kernel.decider import Claim
from shared.kernel.envelope import Fact
from shared.runtime.migrate import migrate, role
from shared.runtime.store import Append, Store
from tests.spec import NOW

PASSWORD = "for tests"
SERVICES = {"topics": PASSWORD, "portal": PASSWORD}


@dataclass(frozen=True)
class Log:
    """The log of `topics`, empty at first, and the ways in to it."""

    admin_dsn: str
    dsn: str
    store: Store

    async def as_admin(self, sql: str, *args: object) -> list[asyncpg.Record]:
        """Run SQL as the superuser, with the log's tables in sight."""
        return await run(self.admin_dsn, sql, *args)

    async def as_service(self, sql: str, *args: object) -> list[asyncpg.Record]:
        """Run SQL as the service may."""
        return await run(self.dsn, sql, *args)


async def run(dsn: str, sql: str, *args: object) -> list[asyncpg.Record]:
    """Run SQL over a connection of its own."""
    connection = await asyncpg.connect(dsn, server_settings={"search_path": "topics"})
    try:
        return await connection.fetch(sql, *args)
    finally:
        await connection.close()


async def until(looks_so: Callable[[], Awaitable[object]]) -> None:
    """Wait until something is so, and not longer than a test should."""
    async with asyncio.timeout(90):
        while True:
            if await looks_so():
                return
            await asyncio.sleep(0.01)


def login(admin_dsn: str, service: str, port: int | None = None) -> str:
    """The way in for a service's role, perhaps by another port."""
    parts = urlsplit(admin_dsn)
    place = f"{role(service)}:for%20tests@{parts.hostname}:{port or parts.port}"
    return urlunsplit(parts._replace(netloc=place))


@asynccontextmanager
async def writing(dsn: str) -> AsyncIterator[Store]:
    """The log of `topics`, opened, with its writer running."""
    store = await Store.open(dsn, "topics")
    writer = asyncio.create_task(store.run())
    try:
        yield store
    finally:
        writer.cancel()
        with suppress(asyncio.CancelledError):
            await writer
        await store.close()


@asynccontextmanager
async def fresh_log(admin_dsn: str) -> AsyncIterator[Log]:
    """The log of `topics` in an empty database."""
    await migrate(admin_dsn, SERVICES)
    dsn = login(admin_dsn, "topics")
    async with writing(dsn) as store:
        yield Log(admin_dsn, dsn, store)


def asked(
    *types: str,
    stream: UUID | None = None,
    expected: int = 0,
    claims: Sequence[Claim] = (),
    data: bytes = '{"title": "修路"}'.encode(),
) -> Append:
    """A command that says these facts (one, unless told otherwise), in a new stream or a given."""
    command = uuid4()
    said = types or ("TopicProposed",)
    return Append(
        stream=stream or uuid4(),
        category="topic",
        area="511623100013",
        charter="511623@1",
        actor="lin/convenor",
        expected=expected,
        causation=command,
        correlation=command,
        at=NOW,
        facts=[Fact(uuid5(command, str(n)), name, 1, data) for n, name in enumerate(said)],
        claims=claims,
    )


class Line:
    """A line to PostgreSQL that a test can silence and cut."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        self._there = (parts.hostname, parts.port)
        self._ends: set[asyncio.StreamWriter] = set()
        self._silent = False
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> int:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        await self.cut()

    def silence(self) -> None:
        """What is said arrives; what is answered does not."""
        self._silent = True

    async def cut(self) -> None:
        """End every connection; the next one is heard again."""
        self._silent = False
        for end in list(self._ends):
            end.transport.abort()
        await asyncio.sleep(0)

    async def _carry(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        far, say = await asyncio.open_connection(*self._there)
        self._ends |= {answer, say}
        await asyncio.gather(
            self._pass(near, say, answers=False), self._pass(far, answer, answers=True)
        )
        self._ends -= {answer, say}

    async def _pass(
        self, come: asyncio.StreamReader, go: asyncio.StreamWriter, *, answers: bool
    ) -> None:
        with suppress(OSError):
            while heard := await come.read(65536):
                if not (answers and self._silent):
                    go.write(heard)
                    await go.drain()
        go.close()
