"""The log of one service: read a stream, append to it, read everything after a position."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import asyncpg

from shared.kernel.envelope import Envelope
from shared.kernel.errors import Unavailable
from shared.runtime.append import Append, Appended, Conflict, Taken
from shared.runtime.chain import Batch, Broken, Chain
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY, CONNECT_S, open_pool
from shared.runtime.sql import load
from shared.runtime.writer import RETRY_S, Writer

__all__ = ["Append", "Appended", "Conflict", "Store", "Taken"]

SQL = load(Path(__file__).with_suffix(".sql"))

PATIENCE_S = 4.0
"""Whoever appends or reads is answered within this time, be it "not now"."""

WAITING_MAX = 10_000
VERIFY_BATCHES = 50


class Store:
    """The log of one service. Appends are written while `run()` is running."""

    def __init__(self, schema: str, pool: asyncpg.Pool, writer: Writer) -> None:
        self.schema = schema
        self._pool = pool
        self._writer = writer

    @classmethod
    async def open(cls, dsn: str, schema: str) -> Self:
        """The log in a schema. Raises what asyncpg raises where the server is away."""
        return cls(schema, await open_pool(dsn, schema), Writer(dsn, schema))

    async def run(self) -> None:
        """Write what is appended, for ever."""
        await self._writer.run()

    async def close(self) -> None:
        """Leave the server."""
        await self._writer.close()
        await self._pool.close()

    @property
    def woken(self) -> asyncio.Event:
        """Set when this process has appended something. Take it before you look, then wait."""
        return self._writer.woken

    async def append(self, new: Append) -> Appended:
        """Record the facts of one command; the very same facts again are recorded once.

        Raises Conflict, Taken, Unavailable, and what asyncpg raises for facts that no log can hold.
        """
        if not new.facts:
            raise ValueError("a command without facts has nothing to append")
        if len(self._writer) >= WAITING_MAX:
            raise Unavailable("away")
        try:
            async with asyncio.timeout(PATIENCE_S):
                position = await self._position(new)
        except TimeoutError as error:
            raise Unavailable("away") from error
        return Appended(new.stream, position, new.revision)

    async def append_many(self, new: Sequence[Append]) -> list[Appended | BaseException]:
        """Like `append` for each; what that would raise for one stands in its place.

        A Conflict may be with the very same facts. Raises Unavailable for all of them.
        """
        if len(self._writer) + len(new) > WAITING_MAX:
            raise Unavailable("away")
        waiting = [self._writer.put(one) for one in new]
        try:
            async with asyncio.timeout(PATIENCE_S):
                positions = await asyncio.gather(*waiting, return_exceptions=True)
        except TimeoutError as error:
            raise Unavailable("away") from error
        return [
            Appended(one.stream, position, one.revision) if isinstance(position, int) else position
            for one, position in zip(new, positions, strict=True)
        ]

    async def _position(self, new: Append) -> int:
        try:
            return await self._writer.put(new)
        except Conflict:
            # Perhaps it was ourselves, and only the answer was lost.
            found = await self._ask("recorded", new.stream, new.revision, new.facts[-1].id)
            if not found:
                raise
            position: int = found[0]["position"]
            return position

    async def read(self, stream: UUID) -> list[Envelope]:
        """The facts of a stream in the order of their revisions; none if there is no stream."""
        return [Envelope(*row) for row in await self._ask("read", stream)]

    async def read_many(self, streams: Collection[UUID]) -> dict[UUID, list[Envelope]]:
        """The facts of many streams, in one question; streams without facts are left out."""
        facts = [Envelope(*row) for row in await self._ask("read many", list(streams))]
        return {stream: list(of) for stream, of in groupby(facts, lambda fact: fact.stream)}

    async def after(self, position: int, limit: int) -> list[Envelope]:
        """What was recorded after a position, in order, at most `limit` facts."""
        return [Envelope(*row) for row in await self._ask("after", position, limit)]

    async def last(self) -> int:
        """The last position, 0 in an empty log."""
        (row,) = await self._ask("last")
        position: int = row["position"]
        return position

    async def batches(self, position: int, limit: int) -> list[Batch]:
        """The commits after a position, in order, at most `limit` of them."""
        return [Batch(*row) for row in await self._ask("batches after", position, limit)]

    async def verify(self, passed: Callable[[Chain], None] | None = None) -> Chain:
        """Compute the proof of the whole log again, a few commits at a time. Raises Broken.

        `passed` is told of the chain after each commit.
        """
        chain = Chain(self.schema)
        while True:
            # Looked for first: a fact that is there now has its commit by the next question.
            ahead = await self.after(chain.last, 1)
            batches = await self.batches(chain.last, VERIFY_BATCHES)
            if not batches:
                if ahead:
                    raise Broken(ahead[0].position, "a fact that no commit recorded")
                return chain
            start = chain.last
            facts = await self.after(start, batches[-1].last - start)
            for batch in batches:
                chain.verify(batch, facts[batch.first - start - 1 : batch.last - start])
                if passed:
                    passed(chain)

    async def _ask(self, name: str, *args: object) -> list[Any]:
        """The rows of a statement, asked again while the server is away. Raises Unavailable."""
        trouble: Exception | None = None
        try:
            # One second is left to asyncpg for ending a statement that hangs.
            async with asyncio.timeout(PATIENCE_S - CONNECT_S):
                while True:
                    try:
                        return list(
                            await self._pool.fetch(SQL[name].text, *args, timeout=PATIENCE_S)
                        )
                    except AWAY as error:
                        trouble = error
                    await pause(RETRY_S)
        except TimeoutError as error:
            raise Unavailable("away") from trouble or error
