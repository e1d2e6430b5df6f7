"""Reading streams together: who comes while a query is under way shares the next one."""

import asyncio
from uuid import UUID

from shared.kernel.envelope import Envelope
from shared.runtime.store import Store

STREAMS_MAX = 500


class Reads:
    """Reads of single streams, sent to the store in batches, one batch at a time.

    A read never joins a query that was already sent, so it sees everything committed before it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[UUID, asyncio.Future[list[Envelope]]] = {}
        self._sending: asyncio.Task[None] | None = None

    async def read(self, stream: UUID) -> list[Envelope]:
        """The facts of a stream in order; none if there is no such stream."""
        future = self._waiting.get(stream)
        if future is None:
            future = self._waiting[stream] = asyncio.get_running_loop().create_future()
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_all(), name="reads")
        # One reader giving up must not take the facts from the others.
        return await asyncio.shield(future)

    async def _send_all(self) -> None:
        try:
            while self._waiting:
                streams = list(self._waiting)[:STREAMS_MAX]
                await self._send({stream: self._waiting.pop(stream) for stream in streams})
        finally:
            self._sending = None

    async def _send(self, asked: dict[UUID, asyncio.Future[list[Envelope]]]) -> None:
        try:
            found = await self._store.read_many(asked)
        except Exception as error:  # Whatever it is, it belongs to those who asked.
            for future in asked.values():
                future.set_exception(error)
        else:
            for stream, future in asked.items():
                future.set_result(found.get(stream, []))
