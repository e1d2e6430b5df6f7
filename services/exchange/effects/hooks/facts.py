"""The public facts that webhooks carry, out of the view of them."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from services.exchange.effects.hooks.messages import Told, Wanted
from services.exchange.projections.feed import FEED
from shared.runtime.areas import Areas
from shared.runtime.view import Views

EXCHANGE = "exchange"


class PublicFacts:
    """The view `feed`. Raises Unavailable while it is not there."""

    def __init__(self, views: Views, areas: Areas) -> None:
        self._view = views[FEED]
        self._areas = areas

    async def head(self) -> int:
        """See `Feed`."""
        return await self._view.seen(EXCHANGE)

    async def after(self, position: int, wanted: Wanted, most: int) -> list[Told]:
        """See `Feed`."""
        prefixes = {one for area in wanted.areas for one in self._areas.counted(area)}
        rows = await self._view.ask(
            "after for agency",
            after=position,
            agency_id=wanted.agency_id,
            types=list(wanted.kinds),
            prefixes=list(prefixes),
            most=most,
        )
        return [_told(row) for row in rows]

    async def at(self, positions: Sequence[int]) -> list[Told]:
        """See `Feed`."""
        return [_told(row) for row in await self._view.ask("at", positions=list(positions))]

    async def since(self, moment: datetime) -> int:
        """See `Feed`."""
        head = await self.head()
        ((place,),) = await self._view.ask("place of", moment=moment)
        return head if place is None else int(place)

    async def moved(self) -> None:
        """See `Feed`."""
        await self._view.moved()


def _told(row: asyncpg.Record) -> Told:
    return Told(
        position=row["position"],
        fact_id=row["fact_id"],
        topic_id=row["topic_id"],
        area=row["area"],
        type=row["type"],
        version=row["version"],
        at=row["at"],
        correlation=row["correlation"],
        data=row["data"],
    )
