"""Hearing the facts of a service in order from any position on, without missing one.

A service's own log is read in PostgreSQL. Others are heard over JetStream: an ephemeral consumer
without acknowledgements, since how far we are stands in our own checkpoint, and with requests for a
window of facts at a time, since then nobody can be flooded. What was heard while the last facts
were taken in is the next batch; there is no timer.
"""

import asyncio
from contextlib import suppress
from typing import Protocol

from nats.aio.client import Client

from shared.runtime import jetstream
from shared.runtime.consumer import Consumer, Gap
from shared.runtime.facts import Facts, Logged, Said
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.store import Store

log = logger()

BATCH_MAX = 8192
RETRY_S = 0.5
POLL_S = 0.1


class Source(Protocol):
    """Where the facts of one service come from."""

    name: str

    async def next(self, after: int) -> Facts:
        """The facts after a position, at least one; waits until there are any."""

    async def close(self) -> None:
        """Hear no more."""


class Tail:
    """The end of a log, looked up by one loop for all who wait for it to grow."""

    def __init__(self, store: Store) -> None:
        self.last = 0
        self._store = store
        self._grown = asyncio.Event()

    async def run(self) -> None:
        """Woken by an append in this process; those of other replicas are seen at the next look."""
        while True:
            woken = self._store.woken
            self._note(await self._store.last())
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await woken.wait()

    async def beyond(self, position: int) -> int:
        """The last position, once it is greater than this one."""
        while self.last <= position:
            await self._grown.wait()
        return self.last

    def _note(self, last: int) -> None:
        if last != self.last:
            self.last = last
            self._grown.set()
            self._grown = asyncio.Event()


class OwnLog:
    """A service's own facts, out of its log."""

    def __init__(self, service: str, store: Store, tail: Tail) -> None:
        self.name = service
        self._store = store
        self._tail = tail

    async def next(self, after: int) -> Facts:
        """See `Source`."""
        end = await self._tail.beyond(after)
        last = min(end, after + BATCH_MAX)
        return Logged(self.name, after, last, behind=end - last, store=self._store)

    async def close(self) -> None:
        """See `Source`."""


class Ear:
    """Another service's facts, out of its JetStream stream."""

    def __init__(self, client: Client, name: str) -> None:
        self.name = name
        self._client = client
        self._consumer: Consumer | None = None

    async def next(self, after: int) -> Facts:
        """See `Source`. Whatever goes wrong, it is heard again from this position."""
        while True:
            try:
                consumer = await self._after(after)
                messages = await consumer.take()
            except (Gap, jetstream.Rejected, *jetstream.AWAY) as reason:
                log.warning("hears again", source=self.name, after=after, reason=repr(reason))
                await self.close()
                await pause(RETRY_S)
            else:
                return Said(self.name, after, messages, consumer.behind)

    async def close(self) -> None:
        """See `Source`."""
        if consumer := self._consumer:
            self._consumer = None
            await consumer.close()

    async def _after(self, position: int) -> "Consumer":
        if self._consumer and self._consumer.taken != position:
            await self.close()
        if self._consumer is None:
            self._consumer = Consumer(self._client, self.name, position)
            await self._consumer.open()
        return self._consumer
