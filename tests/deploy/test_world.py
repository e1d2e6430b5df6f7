"""The world: all services decide under a told clock, and what they say is written down."""

import pytest

from tests.deploy.worlds import fresh_place, story
from tests.servers import Postgres

pytestmark = pytest.mark.servers


async def test_the_story_is_told_as_people_tell_it(pg: Postgres) -> None:
    place = await fresh_place(pg)
    async with place.world() as world:
        summary = await world.tell(story())
    print(summary)
    assert summary.facts == {name: n for name, n in (await place.counts()).items() if n}
    assert summary.total > 200
