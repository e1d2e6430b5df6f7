"""Waits until what was said is shown everywhere, and not only where whoever said it looks."""

import asyncio

import asyncpg

from deploy.tongxin.servers import Servers
from services.portal.projections.shown import SHOWN
from tests.portal.hand import PATIENCE_MS

SOON_S = 0.1


async def settled(servers: Servers, source: str = "topics") -> None:
    """Every view of the portal has seen what the log of a service holds now."""
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        end = await admin.fetchval(f'SELECT max(position) FROM "{source}".events')
        views = [one.name for one in SHOWN if source in one.sources]
        behind = " UNION ALL ".join(
            f"(SELECT position FROM portal__{view}.checkpoint WHERE source = $1)" for view in views
        )
        for _ in range(int(PATIENCE_MS / 1000 / SOON_S)):
            seen = [row["position"] for row in await admin.fetch(behind, source)]
            if len(seen) == len(views) and min(seen) >= end:
                return
            await asyncio.sleep(SOON_S)
    finally:
        await admin.close()
    raise AssertionError(f"not every view has seen {source} up to {end}: {seen}")
