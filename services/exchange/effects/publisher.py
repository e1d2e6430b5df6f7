"""Tells public facts on NATS, each once and in the order of our log, whatever happens meanwhile.

Every publish names the sequence it expects before it, as the relay's do: a wrong, lost or second
one is impossible, whoever else publishes. Where to go on is said by the last message itself; where
that one has grown too old to be kept, by a checkpoint that was moved long after it was stored.
"""

import asyncio
from base64 import b64decode
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import asyncpg
from nats.aio.client import Client
from nats.aio.msg import Msg
from prometheus_client import Gauge

from services.exchange.effects.public import ID, SEQUENCE, STREAM, headers_of, subject_of
from shared.kernel.envelope import Envelope
from shared.runtime import jetstream, reactions, sql
from shared.runtime.hear import Tail
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.relay import Diverged
from shared.runtime.store import Store

SQL = sql.load(Path(reactions.__file__).with_suffix(".sql"))
CHECKPOINT = "publisher"
SERVICE = "exchange"

ROUND_MAX = 256
ROUNDS_MAX = 4  # In flight: at most 1,024 facts.
ACKNOWLEDGE_S = 2.5
RETRY_S = 0.5

LAG = Gauge("tongxin_public_lag", "Facts that were not yet told to others, where they are theirs")

log = logger()


class Place(NamedTuple):
    """How far we are: a position of our log, and the sequence of the stream that goes with it."""

    position: int
    sequence: int


class Publisher:
    """The voice that others hear."""

    def __init__(self, store: Store, tail: Tail, client: Client, pool: asyncpg.Pool) -> None:
        self._store = store
        self._tail = tail
        self._client = client
        self._pool = pool
        self._done = self._noted = 0
        self._sql = {name: one.text.replace("log.", f'"{SERVICE}".') for name, one in SQL.items()}

    async def run(self) -> None:
        """Tell what is not told yet, and go on as the log grows. Raises Diverged."""
        while True:
            try:
                await self._tell_after(await self._told())
            except (jetstream.Rejected, *jetstream.AWAY) as reason:
                # Another leader was faster, NATS was away, or the stream lost its tail: look again.
                log.warning("tells again", reason=repr(reason))
                await pause(RETRY_S)

    async def _told(self) -> Place:
        """Where the stream ends, if it holds what our log holds."""
        found = await jetstream.request(self._client, f"STREAM.INFO.{STREAM}")
        last: int = found["state"]["last_seq"]
        if not last:
            return Place(0, 0)
        if not found["state"]["messages"]:
            moved = await self._pool.fetchval(self._sql["seen"], CHECKPOINT, SERVICE)
            return Place(moved or 0, last)
        told = await self._message(last)
        position = int(told[SEQUENCE])
        recorded = await self._store.after(position - 1, 1)
        if not recorded or str(recorded[0].id) != told[ID]:
            raise Diverged(f"{STREAM} and the log differ at {position}")
        return Place(position, last)

    async def _message(self, sequence: int) -> dict[str, str]:
        """The headers of a message."""
        found = await jetstream.request(self._client, f"STREAM.MSG.GET.{STREAM}", {"seq": sequence})
        _, *lines = b64decode(found["message"]["hdrs"]).decode().strip().split("\r\n")
        return dict(line.split(": ", 1) for line in lines)

    async def _tell_after(self, place: Place) -> None:
        """Tell all that follows. Ends by raising what `run` looks again for."""
        answers: asyncio.Queue[Msg] = asyncio.Queue()
        inbox = self._client.new_inbox()
        LAG.set_function(lambda: self._tail.last - self._done)
        subscription = await self._client.subscribe(inbox, cb=answers.put)
        in_flight: deque[Place] = deque()
        try:
            while True:
                self._done = in_flight[0].position if in_flight else place.position
                if self._tail.last > place.position:
                    facts = await self._store.after(place.position, ROUND_MAX)
                    told = await self._tell(facts, place, inbox)
                    if told.sequence > place.sequence:
                        in_flight.append(told)
                    place = told
                while len(in_flight) == ROUNDS_MAX or (
                    in_flight and place.position >= self._tail.last
                ):
                    await self._acknowledged(in_flight.popleft(), answers)
                if not in_flight:
                    await self._note(place.position)  # What is nobody's is done with as well.
                await self._tail.beyond(place.position)
        finally:
            LAG.set_function(lambda: 0)  # Whoever leads next tells it from now on.
            await subscription.unsubscribe()

    async def _tell(self, facts: Sequence[Envelope], after: Place, inbox: str) -> Place:
        """Publish one round, and say where it ends."""
        aloud = [(subject, fact) for fact in facts if (subject := subject_of(fact))]
        for n, (subject, fact) in enumerate(aloud):
            await self._client.publish(
                subject,
                fact.data,
                reply=inbox if n == len(aloud) - 1 else "",
                headers={**headers_of(fact), jetstream.EXPECTED: str(after.sequence + n)},
            )
        return Place(facts[-1].position, after.sequence + len(aloud))

    async def _acknowledged(self, end: Place, answers: asyncio.Queue[Msg]) -> None:
        """Wait until the round that ends here is stored, and remember that."""
        stored = jetstream.answer(await asyncio.wait_for(answers.get(), ACKNOWLEDGE_S))
        if stored["seq"] != end.sequence:
            raise Diverged(f"{STREAM}: {end.sequence} was stored at {stored['seq']}")
        await self._note(end.position)

    async def _note(self, position: int) -> None:
        if position > self._noted:
            await self._pool.execute(self._sql["advance"], CHECKPOINT, SERVICE, position)
            self._noted = position
