"""Leadership: of all replicas of a service, one says, shows, reacts and ticks.

A session advisory lock is for liveness only. That two leaders at once do no harm is the doing of
those who work: the relay's sequence check, a view's checkpoint, ids that follow from causes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

import asyncpg

from shared.kernel.errors import Unavailable
from shared.runtime import clock
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY

log = logger()

POLL_S = 0.5  # How long a dead leader's place may stay empty.
CHECK_S = 1.0  # How long a leader may not know that it no longer is.
SILENCE_S = 5  # A leader that says nothing for so long is frozen, and loses the lock.
ANSWER_S = 3.0  # How long the server may take to say that the lock is still ours.
RETRY_S = 0.5


class Leader:
    """One replica's candidature for a name."""

    def __init__(self, dsn: str, name: str) -> None:
        self.dsn = dsn
        self.name = name
        self.key = int.from_bytes(sha256(f"leader {name}".encode()).digest()[:8], signed=True)
        self.since: datetime | None = None

    @property
    def leads(self) -> bool:
        """Whether this replica leads now; `since` tells from when on."""
        return self.since is not None

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Whenever this replica leads, `work` runs; it is cancelled when leadership is lost.

        What `work` raises ends this too, except that PostgreSQL is away: then it starts again.
        """
        while True:
            try:
                await self._reign(work)
            except* (*AWAY, Unavailable) as away:
                log.warning("leads no more", name=self.name, reason=repr(away.exceptions[0]))
            await pause(RETRY_S)

    async def _reign(self, work: Callable[[], Awaitable[None]]) -> None:
        connection = await asyncpg.connect(
            self.dsn,
            timeout=ANSWER_S,
            command_timeout=ANSWER_S,
            server_settings={"idle_session_timeout": f"{SILENCE_S}s"},
        )
        try:
            await self._candidate(connection)
            log.info("leading", name=self.name)
            self.since = clock.now()
            async with asyncio.TaskGroup() as reign:
                reign.create_task(self._hold(connection))
                reign.create_task(_done(work))
        finally:
            self.since = None
            connection.terminate()

    async def _candidate(self, connection: asyncpg.Connection) -> None:
        # To wait inside the server would hold a snapshot, and vacuum would wait with us.
        while True:
            if await connection.fetchval("SELECT pg_try_advisory_lock($1)", self.key):
                return
            await asyncio.sleep(POLL_S)

    async def _hold(self, connection: asyncpg.Connection) -> None:
        while True:
            await asyncio.sleep(CHECK_S)
            await connection.execute("SELECT 1")


async def _done(work: Callable[[], Awaitable[None]]) -> None:
    await work()
    raise RuntimeError("the work of a leader never ends")


async def until(
    stopping: asyncio.Event, leader: Leader, work: Callable[[], Awaitable[None]]
) -> None:
    """Work whenever this replica leads, until told to stop. Raises what `Leader.run` raises."""
    stopped = asyncio.ensure_future(stopping.wait())
    leading = asyncio.ensure_future(leader.run(work))
    try:
        await asyncio.wait({stopped, leading}, return_when=asyncio.FIRST_COMPLETED)
        if leading.done():
            leading.result()
    finally:
        stopped.cancel()
        leading.cancel()
        with suppress(asyncio.CancelledError):
            await leading
