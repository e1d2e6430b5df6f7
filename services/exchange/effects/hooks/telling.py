"""Tells both sides how a webhook fares: over NATS, from the tables of those who carry.

    question.exchange.hooks.State      how a target fares
    question.exchange.hooks.Messages   its messages, the newest first
    question.exchange.hooks.Message    one of them, with what became of each attempt

The portal sees to it that an agency's people ask for what is theirs.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

import asyncpg
import pydantic_core
from nats.aio.msg import Msg
from nats.errors import Error
from pydantic import BaseModel, Field, ValidationError

from services.exchange.effects.hooks.book import SQL
from services.exchange.effects.hooks.schedule import Schedule
from services.exchange.words.agencies import NEIGHBOURS
from shared.kernel.errors import Forbidden, Missing, No, Unavailable
from shared.runtime import log, problems
from shared.runtime.answers import actor_of_header
from shared.runtime.postgres import AWAY, CONNECT_S
from shared.runtime.replica import Running

CONNECTIONS_MAX = 2
STATEMENT_S = 3.0

Rows = list[dict[str, Any]]

_log = log.logger()


class Target(BaseModel):
    """How does this target fare?"""

    subscription_id: UUID


class Messages(Target):
    """What was, is or will be sent to it; of one state, or of all."""

    state: str = Field(default="", pattern="^(waiting|taken|given-up|dropped|)$")
    skipped: int = Field(default=0, ge=0)
    most: int = Field(default=50, ge=1, le=200)


class Message(Target):
    """What became of one message?"""

    message_id: UUID


async def tell_of_webhooks(running: Running) -> None:
    """Answer until the service stops."""
    dsn = running.settings.pg_dsn.get_secret_value()
    async with asyncpg.create_pool(
        dsn, min_size=0, max_size=CONNECTIONS_MAX, timeout=CONNECT_S, command_timeout=STATEMENT_S
    ) as pool:
        answering = Answering(pool)
        subject = "question.exchange.hooks.*"
        asked = await running.nats.subscribe(subject, queue="exchange", cb=answering.answer)
        await running.stopping.wait()
        with suppress(Error):
            await asked.unsubscribe()


class Answering:
    """Answers questions over a pool of exchange's role."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._questions: Mapping[str, Callable[[bytes], Awaitable[Rows]]] = {
            "State": self._state,
            "Messages": self._messages,
            "Message": self._message,
        }

    async def answer(self, message: Msg) -> None:
        """{"rows": […]}, or a problem."""
        name = message.subject.rpartition(".")[2]
        answer = await self.said(name, message.headers or {}, message.data)
        with suppress(Error):
            await message.respond(pydantic_core.to_json(answer, fallback=str))

    async def said(self, name: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The answer to a question of that name."""
        try:
            _only_neighbours(headers.get("Tx-Actor", ""))
            return {"rows": await self._asked(name)(body), "seen": {}}
        except No as no:
            return problems.problem(no)
        except ValidationError as wrong:
            return problems.problem(problems.invalid(wrong))
        except (*AWAY, asyncpg.UndefinedTableError):  # Nobody carried anything yet.
            return problems.problem(Unavailable("away"))
        except Exception:
            _log.exception("a question about webhooks failed", question=name)
            return problems.problem(problems.UNEXPECTED)

    def _asked(self, name: str) -> Callable[[bytes], Awaitable[Rows]]:
        if name not in self._questions:
            raise Missing("unknown-question", question=name, service="exchange")
        return self._questions[name]

    async def _state(self, body: bytes) -> Rows:
        asked = Target.model_validate_json(body)
        return await self._rows("state of", **dict(asked), down_after=Schedule().down_after)

    async def _messages(self, body: bytes) -> Rows:
        return await self._rows("messages of", **dict(Messages.model_validate_json(body)))

    async def _message(self, body: bytes) -> Rows:
        asked = dict(Message.model_validate_json(body))
        rows = await self._rows("message of", **asked)
        for row in rows:
            row["failures"] = await self._rows("failures of", **asked)
        return rows

    async def _rows(self, name: str, /, **values: object) -> Rows:
        rows = await self._pool.fetch(SQL[name].text, *SQL[name].args(values))
        return [dict(row) for row in rows]


def _only_neighbours(header: str) -> None:
    actor = actor_of_header(header)
    if actor.role not in NEIGHBOURS:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(NEIGHBOURS))
