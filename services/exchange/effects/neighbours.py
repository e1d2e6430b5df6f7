"""Agencies on NATS: who is let in, from where each fetches, and when a connection is closed."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

import asyncpg
from nats.aio.client import Client
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from services.exchange.effects.callout import Callout
from services.exchange.effects.closing import Closing
from services.exchange.effects.consumers import Consumers
from services.exchange.effects.retention import Retention
from services.exchange.effects.taken import Taken
from services.exchange.projections.agencies import AGENCIES
from shared.kernel.errors import Unavailable
from shared.runtime import jetstream
from shared.runtime.jetstream import Login, Rejected, connect
from shared.runtime.leader import Leader
from shared.runtime.log import logger
from shared.runtime.nkeys import Issuer
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY as PG_AWAY
from shared.runtime.replica import Running
from shared.runtime.settings import told_by

log = logger()

AGAIN_S = 0.5
STATEMENT_S = 5.0

AWAY = (*jetstream.AWAY, Rejected, Unavailable, TimeoutError, *PG_AWAY)


class NeighbourSettings(BaseSettings):
    """How agencies come in to NATS."""

    model_config = told_by("TONGXIN_EXCHANGE_")

    callout_seed: SecretStr = SecretStr("")
    """The seed (SA…) of the account key that NATS trusts to let agencies in; empty: none come."""

    system_user: str = "system"
    """The user of the system account, which may close connections."""

    system_password: SecretStr = SecretStr("")
    """Its password; empty: connections end only when their pass does, after an hour at most."""

    look_s: float = Field(default=10.0, gt=0)
    """How often consumers and connections are compared with the subscriptions, in seconds."""

    warned_at: float = Field(default=0.8, gt=0, lt=1)
    """At what part of the retention time an agency is warned of what it has not taken."""

    measure_s: float = Field(default=60.0, gt=0)
    """How often it is measured how far agencies are behind, in seconds."""


async def connect_agencies(running: Running) -> None:
    """Let them in until the service stops; one replica looks after what they fetch from."""
    settings = NeighbourSettings()
    seed = settings.callout_seed.get_secret_value()
    dsn = running.settings.pg_dsn.get_secret_value()
    async with AsyncExitStack() as stack:
        system = await _system(running, settings)
        if system:
            stack.push_async_callback(system.close)
        pool = await stack.enter_async_context(
            asyncpg.create_pool(dsn, min_size=0, max_size=1, command_timeout=STATEMENT_S)
        )
        care = Care(running, system, settings, Taken(running.nats, pool))
        tasks = {
            asyncio.create_task(Leader(dsn, "exchange neighbours").run(care.run)),
            asyncio.create_task(_let_in(running, seed)),
        }
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class Care:
    """What the leader does: consumers kept, connections closed, lag measured."""

    def __init__(
        self, running: Running, system: Client | None, settings: NeighbourSettings, taken: Taken
    ) -> None:
        self._taken = taken
        self._view = running.views[AGENCIES]
        self._consumers = Consumers(running.nats, running.store, running.areas, taken)
        self._closing = Closing(running.store, system) if system else None
        self._retention = Retention(running.nats, running.handler, settings.warned_at)
        self._settings = settings
        self._looked_at: Sequence[asyncpg.Record] | None = None
        self._looked = self._measured = float("-inf")

    async def run(self) -> None:
        """Look whenever a subscription changes, and every few seconds."""
        await self._taken.make_tables()
        while True:
            moved = asyncio.create_task(self._view.moved())
            try:
                await self.look_if_due()
            except AWAY as away:
                log.warning("agencies are not looked after", reason=repr(away))
                await pause(AGAIN_S)
            await asyncio.wait({moved}, timeout=self._settings.look_s)
            moved.cancel()

    async def look_if_due(self) -> None:
        """The view moves with every public fact; only what is asked of us makes us look at once."""
        rows = await self._view.ask("live on channel", channel="nats")
        now = asyncio.get_running_loop().time()
        if rows != self._looked_at or now - self._looked >= self._settings.look_s:
            await self.look(rows)
            self._looked_at, self._looked = rows, now

    async def look(self, rows: Sequence[asyncpg.Record]) -> None:
        """Consumers first: what is over is not fetched from, even before its connection ends."""
        told = await self._consumers.look([dict(row) for row in rows])
        if self._closing:
            await self._closing.look()
        now = asyncio.get_running_loop().time()
        if now - self._measured >= self._settings.measure_s:
            await self._retention.look(told)
            self._measured = now


async def _let_in(running: Running, seed: str) -> None:
    if not seed:
        log.warning("agencies are not let in to NATS: no seed")
        await running.stopping.wait()
        return
    await Callout(running.store, Issuer(seed)).run(running.nats, running.stopping)


async def _system(running: Running, settings: NeighbourSettings) -> Client | None:
    password = settings.system_password.get_secret_value()
    if not password:
        return None
    told = running.settings
    login = Login(told.nats_url, settings.system_user, password, told.nats_ca)
    return await connect(login, "exchange closes connections")
