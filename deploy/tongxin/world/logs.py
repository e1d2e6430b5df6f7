"""The logs of all services, written in one commit.

So a past is told up to some step with all that follows from it, or not at all: no log ever holds an
effect without its cause, and a running service that hears a cause finds its own reaction written.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg

from deploy.tongxin.home import Trouble
from shared.kernel.envelope import Envelope
from shared.runtime.postgres import SETTINGS, keep_bytes
from shared.runtime.reactions import CHECKPOINT
from shared.runtime.sql import load
from shared.runtime.store import SQL as STORE
from shared.runtime.store import Append

SQL = load(Path(__file__).with_suffix(".sql"))
COMMIT_S = 60.0

Chunk = Mapping[str, Sequence[Append]]
"""What is to be written, by service, in order."""


class Logs:
    """The way in of whoever may write to every log: one connection writes, another reads."""

    def __init__(
        self,
        writer: asyncpg.Connection,
        reader: asyncpg.Connection,
        hearers: Mapping[str, Collection[str]],
    ) -> None:
        self.writer = writer
        self.last: dict[str, int] = {}
        """The position of the last fact of each service that is known to stand in its log."""
        self._reader = reader
        self._hearers = hearers
        self._writing: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls, dsn: str, services: Iterable[str], hearers: Mapping[str, Collection[str]]
    ) -> AsyncIterator["Logs"]:
        """`hearers` names, for a service, those whose policies hear it."""
        writer, reader = await _connect(dsn), await _connect(dsn)
        logs = cls(writer, reader, hearers)
        try:
            for service in services:
                ((logs.last[service],),) = await logs._ask(service, "last")
            yield logs
        finally:
            await logs.ended()
            await reader.close()
            await writer.close()

    async def write(self, chunk: Chunk) -> None:
        """Begin to write, once what is being written stands. Raises what that raised."""
        await self.settled()
        if any(chunk.values()):
            self._writing = asyncio.create_task(self._commit(chunk), name="past")

    async def settled(self) -> None:
        """Returns when everything stands in the logs. Raises Trouble, asyncpg.PostgresError."""
        if self._writing:
            # Who is told to stop still lets the commit that is under way end.
            await asyncio.shield(self._writing)
            self._writing = None

    async def ended(self) -> None:
        """Returns when nothing is being written, whatever became of it."""
        if self._writing:
            await asyncio.wait([self._writing])

    async def streams(self, service: str) -> set[UUID]:
        """The ids of all streams of a service."""
        return {stream for (stream,) in await self._ask(service, "streams")}

    async def claims(self, service: str) -> dict[tuple[str, str], UUID]:
        """Who holds which name."""
        rows = await self._ask(service, "claims")
        return {(scope, key): stream for scope, key, stream in rows}

    async def caused(self, service: str, streams: Iterable[UUID]) -> set[UUID]:
        """The ids of the commands that wrote to these streams."""
        return {command for (command,) in await self._ask(service, "caused", list(streams))}

    async def read(self, service: str, stream: UUID) -> list[Envelope]:
        """The facts of a stream, in order."""
        async with self._reader.transaction():
            await self._reader.execute(f'SET LOCAL search_path TO "{service}"')
            rows = await self._reader.fetch(STORE["read"].text, stream)
        return [Envelope(*row) for row in rows]

    async def _ask(self, service: str, name: str, *args: object) -> list[asyncpg.Record]:
        rows: list[asyncpg.Record] = await self._reader.fetch(_of(service, name), *args)
        return rows

    async def _commit(self, chunk: Chunk) -> None:
        last = {}
        async with self.writer.transaction():
            for service, new in chunk.items():
                if new:
                    last[service] = await self._append(service, new)
        self.last |= last

    async def _append(self, service: str, new: Sequence[Append]) -> int:
        facts = [row for one in new for row in one.rows()]
        claims = [row for one in new for row in one.claim_rows()]
        base, moved, taken = await self.writer.fetchrow(_of(service, "append"), facts, claims)
        if moved or taken:
            who = ", ".join(map(str, moved)) or ", ".join(f"{c['scope']} {c['key']}" for c in taken)
            raise Trouble(f"{service}: somebody else writes to what is being told: {who}")
        # What is written with all that follows from it need not be reacted to again.
        position: int = base + len(facts)
        for hearer in self._hearers.get(service, ()):
            await self.writer.execute(_of(hearer, "reacted"), CHECKPOINT, service, position, base)
        return position


async def _connect(dsn: str) -> asyncpg.Connection:
    settings = {**SETTINGS, "statement_timeout": f"{COMMIT_S}s", "TimeZone": "UTC"}
    connection = await asyncpg.connect(dsn, server_settings=settings)
    await keep_bytes(connection)
    return connection


def _of(service: str, name: str) -> str:
    return SQL[name].text.replace("log.", f'"{service}".')
