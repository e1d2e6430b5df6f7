"""What exchange does to the world: it tells others what is public.

Only one replica does so at a time; which one is for liveness only. That two at once do no harm is
the doing of the sequence that every publish expects.
"""

import asyncio

import asyncpg

from services.exchange.effects.publisher import Publisher
from shared.runtime.hear import Tail
from shared.runtime.leader import Leader, until
from shared.runtime.postgres import CONNECT_S
from shared.runtime.replica import Running

CONNECTIONS_MAX = 2
STATEMENT_S = 3.0


async def publish(running: Running) -> None:
    """Tell public facts until the service stops."""
    dsn = running.settings.pg_dsn.get_secret_value()
    async with asyncpg.create_pool(
        dsn, min_size=0, max_size=CONNECTIONS_MAX, timeout=CONNECT_S, command_timeout=STATEMENT_S
    ) as pool:

        async def work() -> None:
            tail = Tail(running.store)
            publisher = Publisher(running.store, tail, running.nats, pool)
            async with asyncio.TaskGroup() as parts:
                parts.create_task(tail.run(), name="tail")
                parts.create_task(publisher.run(), name="publisher")

        await until(running.stopping, Leader(dsn, "exchange publisher"), work)
