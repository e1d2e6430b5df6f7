"""Webhooks: public facts carried to the addresses of agencies, signed, and again until taken.

Only one replica carries at a time; which one is for liveness only. That two at once do no harm is
the doing of ids: whoever takes a message knows it by the id of its fact.
"""

import asyncio
from datetime import datetime
from uuid import UUID, uuid5

import asyncpg

from services.exchange.domain.subscription.commands import (
    RevokeSubscription,
    SubscriptionCommand,
    WarnOfGivenUp,
)
from services.exchange.effects.hooks.book import Book, make_tables
from services.exchange.effects.hooks.carrier import Carrier
from services.exchange.effects.hooks.facts import EXCHANGE, PublicFacts
from services.exchange.effects.hooks.given_up import GivenUp
from services.exchange.effects.hooks.hearing import Hearing
from services.exchange.effects.hooks.schedule import Schedule
from services.exchange.effects.hooks.settings import HookSettings
from shared.runtime.handle import Asked
from shared.runtime.hear import OwnLog, Tail
from shared.runtime.leader import Leader, until
from shared.runtime.postgres import CONNECT_S
from shared.runtime.reactions import actor_of, ask
from shared.runtime.replica import Running
from shared.runtime.vault import Vault

CONNECTIONS_MAX = 5
STATEMENT_S = 3.0
GOODBYE_S = 2.0
GONE = "接收地址回复 410,表示不再接收"


async def carry_webhooks(running: Running) -> None:
    """Hear and carry until the service stops."""
    dsn = running.settings.pg_dsn.get_secret_value()
    async with asyncpg.create_pool(
        dsn, min_size=0, max_size=CONNECTIONS_MAX, timeout=CONNECT_S, command_timeout=STATEMENT_S
    ) as pool:
        hooks = Hooks(running, pool, HookSettings())
        await until(running.stopping, Leader(dsn, "exchange webhooks"), hooks.run)
        await hooks.carrier.close(GOODBYE_S)


class Hooks:
    """The hearing and the carrier of one replica."""

    def __init__(self, running: Running, pool: asyncpg.Pool, settings: HookSettings) -> None:
        self._pool = pool
        self._handler = running.handler
        self._tail = Tail(running.store)
        facts = PublicFacts(running.views, running.areas)
        book, vault = Book(pool, Schedule()), Vault(pool)
        self.carrier = Carrier(book, vault, facts, settings, self._gone)
        self._given_up = GivenUp(book, self._warn)
        source = OwnLog(EXCHANGE, running.store, self._tail)
        self._hearing = Hearing(pool, source, facts, self.carrier.wake)

    async def run(self) -> None:
        """Work for as long as this replica leads."""
        await make_tables(self._pool)
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._tail.run(), name="tail")
            parts.create_task(self._hearing.run(), name="hearing")
            parts.create_task(self.carrier.run(), name="carrier")
            parts.create_task(self._given_up.run(), name="given up")

    async def _gone(self, subscription_id: UUID) -> None:
        """What wants no more messages is told no more."""
        revoke = RevokeSubscription(subscription_id=subscription_id, reason=GONE)
        await self._ask(revoke, uuid5(subscription_id, "gone"))

    async def _warn(self, subscription_id: UUID, given_up: int, last: datetime) -> None:
        """What is sent no more is told to somebody."""
        warn = WarnOfGivenUp(subscription_id=subscription_id, given_up=given_up)
        await self._ask(warn, uuid5(subscription_id, f"given up/{last.isoformat()}"))

    async def _ask(self, command: SubscriptionCommand, command_id: UUID) -> None:
        actor = actor_of(EXCHANGE, "webhooks")
        await ask(self._handler, Asked(command, actor, command_id, command_id))
