"""Makes the portal's plain tables: of doors, vault, files, nightly check and pasts."""

import asyncpg

from services.portal.edge import door
from services.portal.edge.boards import loop
from services.portal.edge.files import chest
from services.portal.edge.meeting import codes
from services.portal.edge.paper import jobs
from shared.runtime import asof, vault

# 'tongxin portal tables', as a number of its own among the advisory locks of the database.
LOCK = 0x746F6E67_706F7274


async def make_tables(pool: asyncpg.Pool) -> None:
    """Make what is not there yet; two replicas may do so at once."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        for one in (door, vault, chest, loop, jobs, codes, asof):
            statements = one.SQL
            await connection.execute(statements["tables"].text)
        await connection.execute(door.SQL["let others unseal"].text)
