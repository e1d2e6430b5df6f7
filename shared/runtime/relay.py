"""Says each fact of a log on NATS, once, in order, at the sequence that is its position.

Every publish names the sequence it expects before it, so a wrong, lost or second one is impossible,
whoever else says facts at the same time. For the same reason one acknowledgement speaks for all
publishes before it, and only the last of each round asks for one.
"""

import asyncio
from base64 import b64decode
from collections import deque
from collections.abc import Collection, Sequence

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.kernel.envelope import Envelope
from shared.runtime import jetstream, telemetry, wire
from shared.runtime.hear import Tail
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.store import Store

log = logger()

ROUND_MAX = 256
ROUNDS_MAX = 4  # In flight: at most 1,024 facts.
ACKNOWLEDGE_S = 2.5
RETRY_S = 0.5


class Diverged(Exception):
    """The stream holds another fact than the log. Somebody must decide which of them is true."""


class Relay:
    """The voice of one service.

    Of `restricted` categories, or types of facts, it says only that something was said.
    """

    def __init__(
        self,
        service: str,
        store: Store,
        tail: Tail,
        client: Client,
        restricted: Collection[str] = (),
    ) -> None:
        self._service = service
        self._store = store
        self._tail = tail
        self._client = client
        self._restricted = frozenset(restricted)

    async def run(self) -> None:
        """Say what is not said yet, and go on as the log grows. Raises Diverged."""
        while True:
            try:
                await self._say_after(await self._said())
            except (jetstream.Rejected, *jetstream.AWAY) as reason:
                # Another leader was faster, NATS was away, or the stream lost its tail: look again.
                log.warning("says again", service=self._service, reason=repr(reason))
                await pause(RETRY_S)

    async def _said(self) -> int:
        """The last position in the stream, where it holds what the log holds."""
        found = await jetstream.request(self._client, f"STREAM.INFO.{self._service}")
        last: int = found["state"]["last_seq"]
        if last and await self._said_at(last) != await self._recorded_at(last):
            raise Diverged(f"the stream of {self._service} and its log differ at {last}")
        return last

    async def _said_at(self, sequence: int) -> str:
        """The id of the fact that the stream holds at a sequence; '' where it holds no fact."""
        subject = f"STREAM.MSG.GET.{self._service}"
        found = await jetstream.request(self._client, subject, {"seq": sequence})
        try:
            head, _ = wire.split(b64decode(found["message"]["data"]))
        except ValueError:
            return ""
        fact_id: str = head["id"]
        return fact_id

    async def _recorded_at(self, position: int) -> str | None:
        """The id of the fact that the log holds at a position; None beyond its end."""
        facts = await self._store.after(position - 1, 1)
        return str(self._public(facts[0]).id) if facts else None

    def _public(self, fact: Envelope) -> Envelope:
        """What of a fact is for everybody."""
        if self._restricted.isdisjoint((fact.category, fact.type)):
            return fact
        return wire.withheld(self._service, fact)

    async def _say_after(self, position: int) -> None:
        """Say all that follows a position. Ends by raising what `run` looks again for."""
        answers: asyncio.Queue[Msg] = asyncio.Queue()
        inbox = self._client.new_inbox()
        subscription = await self._client.subscribe(inbox, cb=answers.put)
        in_flight: deque[int] = deque()
        try:
            while True:
                if self._tail.last > position:
                    facts = await self._store.after(position, ROUND_MAX)
                    position = await self._say(facts, position, inbox)
                    in_flight.append(position)
                while len(in_flight) == ROUNDS_MAX or (in_flight and position >= self._tail.last):
                    await self._acknowledged(in_flight.popleft(), answers)
                await self._tail.beyond(position)
        finally:
            await subscription.unsubscribe()

    async def _say(self, facts: Sequence[Envelope], after: int, inbox: str) -> int:
        """Publish one round, and say where it ends."""
        end = facts[-1].position
        for expected, fact in enumerate(map(self._public, facts), after):
            await self._client.publish(
                wire.subject_of(self._service, fact),
                wire.to_json(fact),
                reply=inbox if fact.position == end else "",
                headers={jetstream.EXPECTED: str(expected)},
            )
        return end

    async def _acknowledged(self, end: int, answers: asyncio.Queue[Msg]) -> None:
        """Wait until the round that ends here is stored."""
        message = await asyncio.wait_for(answers.get(), ACKNOWLEDGE_S)
        stored = jetstream.answer(message)
        if stored["seq"] != end:
            raise Diverged(f"{self._service}: fact {end} was stored at {stored['seq']}")
        telemetry.RELAY_LAG.set(self._tail.last - end)
