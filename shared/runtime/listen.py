"""Takes requests from NATS: FastStream subscribers in a queue group, so that replicas share them.

A FastStream subscriber handles one message at a time. So each one only hands its message to a task
of our own, at most `in_flight` at once, and that task replies; commits then meet in one batch.
"""

import asyncio
from collections.abc import Awaitable, Callable

import pydantic_core
from faststream import AckPolicy
from faststream.nats import NatsBroker, NatsMessage
from faststream.nats.subscriber.usecases.basic import LogicSubscriber
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error

from shared.kernel.errors import Refused
from shared.runtime import log, problems, telemetry
from shared.runtime.answers import Answers

DRAIN_S = 2.0

Answer = Callable[[Msg], Awaitable[bytes]]

_log = log.logger()


class Listener:
    """The ears of one replica."""

    def __init__(self, broker: NatsBroker, service: str, answers: Answers, in_flight: int) -> None:
        self._broker = broker
        self._answers = answers
        self._free = asyncio.Semaphore(in_flight)
        self._tasks: set[asyncio.Task[None]] = set()
        telemetry.IN_FLIGHT.set_function(lambda: len(self._tasks))
        self._subscribers = [
            self._subscribe(f"ask.{service}.*", service, self._asked),
            self._subscribe(f"question.{service}.*", service, self._questioned),
        ]

    async def start(self) -> None:
        """Begin to listen; the broker must be connected."""
        await self._broker.start()

    async def drain(self) -> None:
        """Take no more requests, and answer those that were taken; at most DRAIN_S seconds."""
        try:
            async with asyncio.timeout(DRAIN_S):
                for subscriber in self._subscribers:
                    await self._leave(subscriber)
                while self._tasks:
                    await asyncio.wait(self._tasks)
                await self._broker.connection.flush()
        except (TimeoutError, Error) as late:
            _log.warning("not everything was answered", left=len(self._tasks), reason=repr(late))

    def _subscribe(self, subject: str, queue: str, answer: Answer) -> LogicSubscriber[Msg]:
        subscriber = self._broker.subscriber(
            subject,
            queue=queue,
            parser=_as_it_came,
            decoder=_raw,
            ack_policy=AckPolicy.MANUAL,  # A request is answered, not acknowledged.
            no_reply=True,
        )

        @subscriber
        async def take(message: Msg) -> None:
            await self._free.acquire()
            task = asyncio.create_task(self._reply(message, answer))
            self._tasks.add(task)
            task.add_done_callback(self._done)

        return subscriber

    async def _leave(self, subscriber: LogicSubscriber[Msg]) -> None:
        """FastStream drops what has arrived but was not yet handled; this does not."""
        subscription, subscriber.subscription = subscriber.subscription, None
        if isinstance(subscription, Subscription):
            await subscription.drain()  # type: ignore[no-untyped-call]

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._free.release()

    async def _reply(self, message: Msg, answer: Answer) -> None:
        said = await answer(message)
        client = self._broker.connection
        if len(said) > client.max_payload:
            too_much = Refused("answer-too-large", bytes=len(said), limit=client.max_payload)
            said = pydantic_core.to_json(problems.problem(too_much))
        try:
            await client.publish(message.reply, said)
        except Error as away:
            # Whoever asked asks again; the command's id sees to it that it is done once.
            _log.warning("an answer could not be sent", reason=repr(away))

    async def _asked(self, message: Msg) -> bytes:
        name = message.subject.rpartition(".")[2]
        headers = message.headers or {}
        if name == "batch":
            return await self._answers.batch(headers, message.data)
        return await self._answers.command(name, headers, message.data)

    async def _questioned(self, message: Msg) -> bytes:
        name = message.subject.rpartition(".")[2]
        return await self._answers.question(name, message.headers or {}, message.data)


async def _as_it_came(message: Msg) -> NatsMessage:
    """What is in a message is parsed in our own task, not while the next one waits."""
    return NatsMessage(raw_message=message, body=message.data, correlation_id="-")


async def _raw(message: NatsMessage) -> Msg:
    return message.raw_message
