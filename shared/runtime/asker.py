"""The asking side: commands and questions put to a service over NATS."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
import pydantic_core
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, MaxPayloadError

from shared.kernel.errors import Invalid, No, Unavailable
from shared.kernel.message import Actor
from shared.runtime import clock, jetstream, problems

WAIT_S = 4.8

Answer = dict[str, Any]


class Asker:
    """Asks over one connection. Every method raises the No that the service answered.

    Unavailable("away") also stands for a service or a NATS that is away: the same command with
    the same id may be sent again, and is done once.
    """

    def __init__(self, nats: Client) -> None:
        self._nats = nats

    async def ask(  # noqa: PLR0913 - what is asked, and five things about the asking of it
        self,
        service: str,
        command: str,
        data: dict[str, Any],
        actor: Actor,
        command_id: UUID,
        correlation: UUID,
        *,
        revision: int | None = None,
    ) -> Answer:
        """Where the facts of a command stand: {"stream", "position", "revision"}.

        `revision` is that of the stream as the asker saw it: Refused("stale") if it moved on.
        """
        headers = {**_headers(actor, correlation), "Tx-Id": str(command_id)}
        if revision is not None:
            headers["Tx-Revision"] = str(revision)
        body = orjson.dumps(data)
        answer: Answer = await self._request(f"ask.{service}.{command}", body, headers)
        return answer

    async def ask_batch(
        self,
        service: str,
        commands: Sequence[dict[str, Any]],
        actor: Actor,
        correlation: UUID,
    ) -> list[Answer | No]:
        """The answer to each of at most 500 {"command", "id", "data"}, in order."""
        headers = _headers(actor, correlation)
        answers = await self._request(f"ask.{service}.batch", orjson.dumps(commands), headers)
        return [problems.no(one) if problems.is_problem(one) else one for one in answers]

    async def question(
        self, service: str, question: str, data: dict[str, Any], actor: Actor, correlation: UUID
    ) -> Answer:
        """{"rows": […], "seen": {source: position}}."""
        headers = _headers(actor, correlation)
        body = orjson.dumps(data)
        answer: Answer = await self._request(f"question.{service}.{question}", body, headers)
        return answer

    async def operate(
        self, service: str, name: str, data: dict[str, Any], actor: Actor, correlation: UUID
    ) -> Answer:
        """What a service answers an operator: 'State', 'Letters', or to an 'Order'."""
        kind = "ask" if name == "Order" else "question"
        headers = _headers(actor, correlation)
        body = orjson.dumps(data)
        answer: Answer = await self._request(f"{kind}.{service}.operate.{name}", body, headers)
        return answer

    async def each(self, service: str, actor: Actor, wait_s: float) -> list[Answer]:
        """What every replica of a service says of itself, as many as answer in time."""
        answers: list[Answer] = []
        inbox = self._nats.new_inbox()

        async def take(message: Msg) -> None:
            if message.data:
                answers.append(orjson.loads(message.data))

        try:
            subscription = await self._nats.subscribe(inbox, cb=take)
            try:
                headers = _headers(actor, clock.new_id())
                subject = f"question.{service}.each.Standing"
                await self._nats.publish(subject, b"{}", reply=inbox, headers=headers)
                await asyncio.sleep(wait_s)
            finally:
                await subscription.unsubscribe()
        except Error as away:
            raise Unavailable("away", reason=type(away).__name__) from away
        return [one for one in answers if not problems.is_problem(one)]

    async def consumer(self, stream: str, name: str) -> Answer | None:
        """What JetStream tells of a consumer; None where there is none, or nobody answers."""
        try:
            return await jetstream.request(self._nats, f"CONSUMER.INFO.{stream}.{name}")
        except (jetstream.Rejected, *jetstream.AWAY):
            return None

    async def _request(self, subject: str, body: bytes, headers: dict[str, str]) -> Any:
        try:
            message = await self._nats.request(subject, body, timeout=WAIT_S, headers=headers)
        except MaxPayloadError as error:
            limit = self._nats.max_payload
            raise Invalid("too-large", bytes=len(body), limit=limit) from error
        except Error as away:
            raise Unavailable("away", reason=type(away).__name__) from away
        answer = orjson.loads(message.data)
        if problems.is_problem(answer):
            raise problems.no(answer)
        return answer


def _headers(actor: Actor, correlation: UUID) -> dict[str, str]:
    # Escaped JSON: a header is ASCII, and the names of units are not.
    who = pydantic_core.to_json(actor, ensure_ascii=True)
    return {"Tx-Actor": who.decode(), "Tx-Correlation": str(correlation)}
