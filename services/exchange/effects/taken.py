"""Notes how far each agency has come, so that it goes on there where NATS has lost its consumer.

That is so after a restore: the stream is told anew from our log, with sequences of its own, and a
consumer made anew would begin with everything. Positions of the log are what they were.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from nats.aio.client import Client

from services.exchange.effects.places import message, position_of
from shared.runtime.sql import load

SQL = load(Path(__file__).with_suffix(".sql"))

# 'tongxin taken', as a number of its own among the advisory locks of the database.
LOCK = 0x746F6E67_74616B65

Told = Mapping[str, Any]


class Taken:
    """Over a pool of exchange's role. What is noted is never ahead of what was acknowledged."""

    def __init__(self, nats: Client, pool: asyncpg.Pool) -> None:
        self._nats = nats
        self._pool = pool
        self._noted: dict[UUID, tuple[str, int]] = {}

    async def make_tables(self) -> None:
        """Make what is not there yet; two replicas may do so at once."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
            await connection.execute(SQL["tables"].text)

    async def note(self, subscription_id: UUID, replay: str, told: Told) -> None:
        """Note the position of what the server says is the last that was acknowledged in a row."""
        sequence: int = told["ack_floor"]["stream_seq"]
        if not sequence or self._noted.get(subscription_id) == (replay, sequence):
            return
        found = await message(self._nats, sequence)
        if found is None or found["seq"] != sequence:
            return  # It is kept no more, and the next one may not have been taken.
        values = {"replay": replay, "position": position_of(found)}
        args = SQL["note"].args({"subscription_id": subscription_id, **values})
        await self._pool.execute(SQL["note"].text, *args)
        self._noted[subscription_id] = (replay, sequence)

    async def known(self, subscription_id: UUID, replay: str) -> int | None:
        """The position after which it goes on; None where nothing was noted since that order."""
        args = SQL["known"].args({"subscription_id": subscription_id, "replay": replay})
        position: int | None = await self._pool.fetchval(SQL["known"].text, *args)
        return position
