"""While a past is told, clocks wait: what seems due by now may have been dealt with back then."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

import asyncpg

from shared.kernel.errors import Refused
from shared.runtime.pause import pause

KEY = int.from_bytes(sha256(b"a past is told").digest()[:8], signed=True)
ATTEMPTS_MAX = 20
AGAIN_S = 0.05


@asynccontextmanager
async def telling(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Held while a past is told over this connection. Raises Refused where another is told."""
    for _ in range(ATTEMPTS_MAX):  # A clock that looks is in the way for a moment.
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", KEY):
            break
        await pause(AGAIN_S)
    else:
        raise Refused("being-told")
    try:
        yield
    finally:
        if not connection.is_closed():
            await connection.execute("SELECT pg_advisory_unlock($1)", KEY)


async def is_told(pool: asyncpg.Pool) -> bool:
    """Whether somebody tells a past in this database."""
    return not await pool.fetchval("SELECT pg_try_advisory_xact_lock_shared($1)", KEY)
