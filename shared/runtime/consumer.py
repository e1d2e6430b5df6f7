"""Reads a JetStream stream in order, from any sequence on, without acknowledgements.

How far we are stands in our own checkpoint, so the consumer is ephemeral and knows nothing. It is
asked for a window of messages at a time: nobody is flooded, and a silence is a fault, since the
server says at least "still here".
"""

import asyncio
from collections import deque

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error

from shared.runtime import clock, jetstream

TAKE_MAX = 8192
ASK_MAX = 8192
ASK_BYTES_MAX = 8 * 1024 * 1024
ASK_S = 30
HEARTBEAT_S = 1
SILENCE_S = 2.5
FORGOTTEN_S = 60  # After that the server drops a consumer that nobody asks.

NANO = 1_000_000_000

STILL_HERE, REQUEST_OVER, CONFLICT = "100", "408", "409"
FULL = ("Batch Completed", "Message Size Exceeds MaxBytes")  # Many large messages: ask again.


class Gap(Exception):
    """The next message is not the next in sequence, or no message will come any more."""


class Consumer:
    """The messages of a stream after a sequence. Everything may raise what jetstream.AWAY lists."""

    def __init__(self, client: Client, stream: str, after: int) -> None:
        self.taken = after
        self._client = client
        self._stream = stream
        self._name = clock.new_id().hex
        self._inbox = client.new_inbox()
        self._next = after + 1
        self._messages: deque[Msg] = deque()
        self._promised = 0
        self._pending = 0
        self._stirred = asyncio.Event()
        self._fault: str | None = None
        self._subscription: Subscription | None = None

    async def open(self) -> None:
        """Make the consumer, and ask it for the first messages. Raises jetstream.Rejected."""
        self._subscription = await self._client.subscribe(
            self._inbox, cb=self._on, pending_msgs_limit=4 * ASK_MAX, pending_bytes_limit=0
        )
        config = {
            "name": self._name,
            "deliver_policy": "by_start_sequence",
            "opt_start_seq": self._next,
            "ack_policy": "none",
            "max_deliver": 1,
            "mem_storage": True,
            "num_replicas": 1,
            "inactive_threshold": FORGOTTEN_S * NANO,
        }
        await jetstream.request(
            self._client,
            f"CONSUMER.CREATE.{self._stream}.{self._name}",
            {"stream_name": self._stream, "config": config, "action": "create"},
        )
        await self._ask()

    @property
    def behind(self) -> int:
        """How many messages are known to follow those that were taken."""
        return self._pending + len(self._messages)

    async def take(self) -> list[Msg]:
        """The next messages, at least one. Raises Gap."""
        while not self._messages:
            if self._fault:
                raise Gap(self._fault)
            self._stirred.clear()
            await asyncio.wait_for(self._stirred.wait(), SILENCE_S)
            await self._ask()

        count = min(len(self._messages), TAKE_MAX)
        messages = [self._messages.popleft() for _ in range(count)]
        self.taken += count
        await self._ask()
        return messages

    async def close(self) -> None:
        """Want no more messages; the server forgets the consumer by itself."""
        if self._subscription:
            try:
                await self._subscription.unsubscribe()
            except Error:
                self._subscription = None

    async def _ask(self) -> None:
        if self._fault or self._promised + len(self._messages) > ASK_MAX:
            return
        self._promised += ASK_MAX
        wanted = {
            "batch": ASK_MAX,
            "max_bytes": ASK_BYTES_MAX,
            "expires": ASK_S * NANO,
            "idle_heartbeat": HEARTBEAT_S * NANO,
        }
        subject = f"{jetstream.API}.CONSUMER.MSG.NEXT.{self._stream}.{self._name}"
        await self._client.publish(subject, orjson.dumps(wanted), reply=self._inbox)

    async def _on(self, message: Msg) -> None:
        self._stirred.set()
        if not message.reply:
            self._on_status(message.headers or {})
            return
        # $JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.<…>.<time>.<pending>
        tokens = message.reply.split(".")
        sequence = int(tokens[5])
        self._promised -= 1
        if sequence == self._next:
            self._next += 1
            self._messages.append(message)
            self._pending = int(tokens[8])
        elif sequence > self._next:
            self._fault = f"{sequence} came where {self._next} was expected"

    def _on_status(self, headers: dict[str, str]) -> None:
        status, said = headers.get("Status"), headers.get("Description", "")
        if status == STILL_HERE:
            return
        if status == REQUEST_OVER or (status == CONFLICT and said in FULL):
            self._promised -= int(headers.get("Nats-Pending-Messages", 0))
            return
        self._fault = f"{status} {said}"
