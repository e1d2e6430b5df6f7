"""The nightly check of the closed loop, over everything that a world was told."""

from pathlib import Path

import asyncpg

from deploy.tongxin.story import COMMANDS
from services.portal.domain import DECIDERS
from services.portal.edge.boards.loop import Loop, Stuck
from services.portal.projections.matters import MATTERS
from services.portal.projections.people import PEOPLE
from services.portal.projections.story import STORY
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from tests.deploy.worlds import Ground
from tests.views import filled


async def stuck_in(ground: Ground, charters: Charters) -> list[Stuck]:
    """The matters that no step leads out of; that an office may be vacant is another thing."""
    async with (
        asyncpg.create_pool(ground.admin_dsn, min_size=0) as pool,
        filled(ground.admin_dsn, "portal", MATTERS, DECIDERS) as matters,
        filled(ground.admin_dsn, "portal", STORY, DECIDERS) as story,
        filled(ground.admin_dsn, "portal", PEOPLE, DECIDERS) as people,
    ):
        areas = Areas.read(Path("deploy/areas.csv"))
        loop = Loop(
            matters, story, people, charters, areas, lambda _, name: COMMANDS[name][1].may, pool
        )
        return [one for one in await loop.check() if one.reason == "nothing-follows"]
