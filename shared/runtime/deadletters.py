"""Facts that somebody could not take wait here, with every later fact of their streams."""

from pathlib import Path
from uuid import UUID

import asyncpg

from shared.runtime import sql, telemetry

SQL = sql.load(Path(__file__).with_suffix(".sql"))


class DeadLetters:
    """The letters of one taker, a view or a policy, of a service.

    Every method works in the caller's transaction, and with the `batch` of its connection.
    """

    def __init__(self, service: str, name: str) -> None:
        self.name = name
        self._sql = {key: s.text.replace("log.", f'"{service}".') for key, s in SQL.items()}

    async def park(self, connection: asyncpg.Connection, error: str) -> None:
        """Put aside all that is in the batch."""
        await connection.execute(self._sql["park"], self.name, error)
        await self.count(connection)

    async def park_later(self, connection: asyncpg.Connection, source: str) -> None:
        """Put aside those facts of the batch whose stream has a letter already."""
        await connection.execute(self._sql["park later"], self.name, source)

    async def leave_out(self, connection: asyncpg.Connection, source: str) -> None:
        """Take out of the batch what waits, and remember that a past went without it."""
        await connection.execute(self._sql["leave out"], self.name, source)

    async def sources(self, connection: asyncpg.Connection, stream: UUID) -> list[str]:
        """The sources from which facts of a stream wait."""
        rows = await connection.fetch(self._sql["sources"], self.name, stream)
        return [row["source"] for row in rows]

    async def take_out(self, connection: asyncpg.Connection, source: str, stream: UUID) -> int:
        """Move the letters of a stream into the batch, and say how many there were."""
        names = (self.name, source, stream)
        done: str = await connection.execute(self._sql["take out"], *names)
        return int(done.rpartition(" ")[2])

    async def forget(self, connection: asyncpg.Connection) -> None:
        """Drop all letters: a rebuilt view has taken every fact."""
        await connection.execute(self._sql["forget"], self.name)
        await self.count(connection)

    async def count(self, connection: asyncpg.Connection) -> int:
        """How many letters wait; also for the metrics."""
        letters: int = await connection.fetchval(self._sql["count"], self.name)
        telemetry.DEAD_LETTERS.labels(self.name).set(letters)
        return letters
