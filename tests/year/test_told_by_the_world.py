"""The told year through the world: written down once, by the same services that run."""

from datetime import date
from pathlib import Path

import pytest

from deploy.year.year import tell_year
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings
from tests.deploy.worlds import fresh_ground
from tests.servers import Postgres

pytestmark = pytest.mark.servers

DAYS = (date(2025, 3, 10), date(2025, 9, 30))


async def test_the_world_writes_a_county_down_once_however_often_it_is_told(pg: Postgres) -> None:
    settings = Settings()
    areas, charters = Areas.read(Path(settings.areas)), Charters(settings.charters)
    told = tell_year(["421124"], areas, charters, DAYS, "world", density=0.1)
    ground = await fresh_ground(pg)
    async with ground.world() as world:
        first = await world.tell(told)
        again = await world.tell(told)
    assert first.steps == len(told)
    assert first.facts == {name: n for name, n in (await ground.counts()).items() if n}
    assert again.skipped > 0
    assert not again.facts
