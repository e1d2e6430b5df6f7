"""What a service tells operators, and takes orders from them: over NATS, each replica for itself.

    question.<service>.each.Standing      every replica answers: who it is, and what it is doing
    question.<service>.operate.State      one of them: the log, views, readers, letters, sizes
    question.<service>.operate.Letters    one of them: the dead letters
    ask.<service>.operate.Order           one of them carries it out; Standing tells how far it is

Only an operator of the whole deployment is answered. Who ordered what is not kept here: whoever
asks has written it down before.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
import pydantic_core
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error
from pydantic import ValidationError

from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Invalid, No, Unavailable
from shared.kernel.message import Actor
from shared.runtime import clock, jetstream, log, problems, sql
from shared.runtime.answers import actor_of_header
from shared.runtime.leader import Leader
from shared.runtime.orders import ORDER, Orders
from shared.runtime.postgres import AWAY
from shared.runtime.standing import Standing
from shared.runtime.view import Views
from shared.runtime.works import Work, Works

SQL = sql.load(Path(__file__).with_suffix(".sql"))
OPERATOR = "operator"
ANSWER_S = 4.0
PAGE_MAX = 200

Asked = Mapping[str, Any]

_log = log.logger()


@dataclass(frozen=True)
class Operating:
    """One replica, as operators see it."""

    nats: Client
    views: Views
    leader: Leader
    standing: Standing
    orders: Orders
    works: Works

    @property
    def _service(self) -> str:
        return self.orders.service

    async def run(self) -> None:
        """Answer for as long as the service runs."""
        service = self._service
        order = f"ask.{service}.operate.Order"
        subscriptions = [
            await self.nats.subscribe(f"question.{service}.each.Standing", cb=self._each),
            await self.nats.subscribe(
                f"question.{service}.operate.*", queue=service, cb=self._question
            ),
            await self.nats.subscribe(order, queue=service, cb=self._order),
        ]
        try:
            await asyncio.Event().wait()
        finally:
            self.works.stop()
            with suppress(Error):
                for one in subscriptions:
                    await one.unsubscribe()

    async def _each(self, message: Msg) -> None:
        await self._answer(message, self._told)

    async def _question(self, message: Msg) -> None:
        name = message.subject.rpartition(".")[2]
        await self._answer(message, {"State": self._state, "Letters": self._letters}[name])

    async def _order(self, message: Msg) -> None:
        await self._answer(message, self._ordered)

    async def _answer(self, message: Msg, answering: Callable[[Asked], Awaitable[object]]) -> None:
        try:
            _only_operators(actor_of_header((message.headers or {}).get("Tx-Actor", "")))
            async with asyncio.timeout(ANSWER_S):
                said = await answering(orjson.loads(message.data or b"{}"))
        except No as no:
            said = problems.problem(no)
        except (*AWAY, TimeoutError, jetstream.Rejected, *jetstream.AWAY):
            said = problems.problem(Unavailable("away"))
        except Exception:
            _log.exception("an operator's request failed", subject=message.subject)
            said = problems.problem(problems.UNEXPECTED)
        try:
            await message.respond(pydantic_core.to_json(said, fallback=str))
        except Error as away:
            _log.warning("an answer could not be sent", reason=repr(away))

    async def _told(self, _asked: Asked) -> object:
        return {
            **await self.standing.told(),
            "leads": self.leader.leads,
            "leads_since": self.leader.since,
            "works": [one.told() for one in self.works],
        }

    async def _ordered(self, asked: Asked) -> object:
        try:
            order = ORDER.validate_python(dict(asked))
        except ValidationError as error:
            raise problems.invalid(error) from error
        work = Work(order.operation_id, order.kind, self.orders.what(order))
        return self.works.begin(work, lambda work: self.orders.carry_out(order, work)).told()

    async def _state(self, _asked: Asked) -> object:
        pool = self.views.pool
        fetch = pool.fetch
        (end, consumers, letters, (oldest,), sizes, (used,)) = [
            await fetch(self._sql[name], *args)
            for name, args in (
                ("end of log", ()),
                ("consumers", ()),
                ("letters by taker", ()),
                ("oldest transaction", ()),
                ("sizes", (self._service,)),
                ("connections", ()),
            )
        ]
        said = await jetstream.request(self.nats, f"STREAM.INFO.{self._service}")
        return {
            "at": clock.now(),
            "log": dict(end[0]) if end else None,
            "said": said["state"]["last_seq"],
            "stream_bytes": said["state"]["bytes"],
            "views": {view.name: await self._positions(view.name) for view in self.views},
            "consumers": [dict(row) for row in consumers],
            "letters": [dict(row) for row in letters],
            "oldest_s": oldest["seconds"],
            "sizes": {row["schema"]: row["bytes"] for row in sizes},
            "connections": dict(used),
        }

    async def _positions(self, name: str) -> dict[str, int] | None:
        try:
            return await self.views.named(name).positions()
        except Unavailable:
            return None  # It is being made.

    async def _letters(self, asked: Asked) -> object:
        page = [int(asked.get(name, default)) for name, default in (("most", 50), ("skipped", 0))]
        if "position" in asked:
            key = [str(asked["name"]), str(asked["source"]), int(asked["position"])]
            rows = await self.views.pool.fetch(self._sql["letter"], *key)
            return {"rows": [dict(row) for row in rows]}
        if page[0] > PAGE_MAX:
            raise Invalid("too-many", limit=PAGE_MAX)
        rows = await self.views.pool.fetch(self._sql["letters"], *page)
        return {"rows": [_listed(row) for row in rows]}

    @cached_property
    def _sql(self) -> dict[str, str]:
        return {name: one.text.replace("log.", f'"{self._service}".') for name, one in SQL.items()}


def _listed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A letter with the area of its fact; PostgreSQL may be unable to read what is parked."""
    listed = dict(row)
    return {**listed, "area": orjson.loads(listed.pop("envelope")).get("area")}


def _only_operators(actor: Actor) -> None:
    """Raises Forbidden for whoever does not look after the whole deployment."""
    if actor.role != OPERATOR:
        raise Forbidden("wrong-role", role=actor.role, needed=[OPERATOR])
    if actor.area != EVERYWHERE:
        raise Forbidden("wrong-place", area=EVERYWHERE, yours=actor.area)
