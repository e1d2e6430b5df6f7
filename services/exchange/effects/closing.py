"""Closes the connections of those who may be connected no more, through the system account."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.exchange.domain.subscription.decide import Live, Subscription
from services.exchange.effects.callout import subscription_of
from services.exchange.effects.consumers import lets_in, state_of
from shared.runtime import clock
from shared.runtime.log import logger
from shared.runtime.store import Store

log = logger()

SERVERS_S = 0.5
"""How long the servers of a cluster have to say who is connected."""

PAGE = 1024
PAGES_MAX = 64
KICK_S = 2.0


@dataclass(frozen=True)
class Connection:
    """Somebody connected to one of the servers."""

    server: str
    number: int
    user: str
    since: datetime


class Closing:
    """Compares who is connected with what the log says."""

    def __init__(self, store: Store, system: Client) -> None:
        self._store = store
        self._system = system

    async def look(self) -> int:
        """Close what should not be open; how many that were. Raises one of AWAY."""
        closed = 0
        for one in await connections(self._system):
            subscription_id = subscription_of(one.user)
            if subscription_id is None:
                continue
            if not may_stay(await state_of(self._store, subscription_id), one, clock.now()):
                await self._close(one)
                closed += 1
        return closed

    async def _close(self, one: Connection) -> None:
        subject = f"$SYS.REQ.SERVER.{one.server}.KICK"
        await self._system.request(subject, orjson.dumps({"cid": one.number}), timeout=KICK_S)
        log.info("connection closed", user=one.user)


def may_stay(state: Subscription, one: Connection, now: datetime) -> bool:
    """Whether it was opened with a key that is still good, for something that still goes on."""
    if not lets_in(state) or not isinstance(state, Live) or state.issued_at is None:
        return False
    return one.since >= state.issued_at or (state.old_until is not None and now < state.old_until)


async def connections(system: Client) -> Sequence[Connection]:
    """Who is connected, at every server that answers in time."""
    found: list[Connection] = []
    for page in range(PAGES_MAX):
        answers = await _ask_all(system, {"auth": True, "limit": PAGE, "offset": page * PAGE})
        found += [one for answer in answers for one in _told(answer)]
        if all(len(answer["data"]["connections"] or []) < PAGE for answer in answers):
            break
    return found


async def _ask_all(system: Client, asked: dict[str, Any]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    inbox = system.new_inbox()

    async def take(message: Msg) -> None:
        told = orjson.loads(message.data)
        if "data" in told:
            answers.append(told)

    subscription = await system.subscribe(inbox, cb=take)
    await system.publish("$SYS.REQ.SERVER.PING.CONNZ", orjson.dumps(asked), reply=inbox)
    await asyncio.sleep(SERVERS_S)
    await subscription.unsubscribe()
    return answers


def _told(answer: dict[str, Any]) -> list[Connection]:
    return [
        Connection(
            server=answer["server"]["id"],
            number=one["cid"],
            user=one.get("authorized_user", ""),
            since=datetime.fromisoformat(one["start"]),
        )
        for one in answer["data"]["connections"] or []
    ]
