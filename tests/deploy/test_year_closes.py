"""After a told year every matter has ended, or somebody's next step is due."""

from datetime import UTC, date, datetime

import pytest

from deploy.year.year import tell_year
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings
from tests.deploy.loops import stuck_in
from tests.deploy.worlds import fresh_ground
from tests.servers import Postgres

pytestmark = [pytest.mark.servers, pytest.mark.slow]

COUNTIES = ("510521", "371621", "421124", "411025", "511623")
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


async def test_after_the_year_of_five_counties_no_matter_is_stuck(pg: Postgres) -> None:
    ground = await fresh_ground(pg)
    settings = Settings()
    areas, charters = Areas.read(settings.areas), Charters(settings.charters)
    steps = tell_year(COUNTIES, areas, charters, YEAR, seed="closed loop")
    async with ground.world() as world:
        await world.tell(steps, until=datetime(2026, 1, 1, tzinfo=UTC))
    assert [] == await stuck_in(ground, charters)
