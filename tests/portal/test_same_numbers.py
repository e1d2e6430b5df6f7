"""One number, wherever it stands: what is late, and what those concerned said, over a told year."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date, timedelta

import pytest

from deploy.year.year import tell_year
from services.portal.domain import DECIDERS
from services.portal.projections.course import COURSE
from services.portal.projections.handling import HANDLING
from services.portal.projections.scores import SCORES
from shared.kernel.areas import prefix
from shared.runtime.view import View
from tests.deploy.worlds import Ground, fresh_ground
from tests.portal.waits import AREAS, CHARTERS
from tests.servers import Postgres
from tests.views import filled

pytestmark = [pytest.mark.servers, pytest.mark.slow]

COUNTY, LAST = "421124", date(2025, 12, 20)
DAYS = (date(2025, 3, 10), LAST)
LATER = (0, 10, 30, 90)
"""Days after the diary was closed: by then more and more of what is open is late."""

Views = dict[str, View]


@pytest.fixture(scope="module")
async def ground(pg: Postgres) -> Ground:
    told = tell_year([COUNTY], AREAS, CHARTERS, DAYS, "numbers", density=0.2)
    found = await fresh_ground(pg)
    async with found.world() as world:
        await world.tell(told)
    return found


@pytest.fixture
async def views(ground: Ground) -> AsyncIterator[Views]:
    async with AsyncExitStack() as stack:
        yield {
            one.name: await stack.enter_async_context(
                filled(ground.admin_dsn, "portal", one, DECIDERS)
            )
            for one in (COURSE, HANDLING, SCORES)
        }


def areas() -> list[str]:
    """The province, the county, and every town of it."""
    county = COUNTY.ljust(12, "0")
    return ["420000000000", county, *AREAS.below(county)]


@pytest.mark.parametrize("later", LATER)
async def test_what_is_late_is_as_many_on_every_board_and_sheet(views: Views, later: int) -> None:
    today, found = LAST + timedelta(days=later), []
    for area in areas():
        here = {"prefixes": [prefix(area) + "%"], "today": today}
        board = await views["course"].ask("late in area", **here)
        sheet = await views["handling"].ask(
            "late or warned", **here, state="late", level="", unit="", by="", most=9999, skipped=0
        )
        cases = await views["scores"].ask(
            "behind indicator", **here, indicator="overdue", year=today.year, most=9999, skipped=0
        )
        counts = {sum(row["n"] for row in board), len(sheet), len(cases)}
        assert 1 == len(counts), (area, counts)
        found.append(len(sheet))
        by_unit = {row["unit"]: 0 for row in [*board, *sheet]}
        for row in board:
            by_unit[row["unit"]] += row["n"]
        for row in sheet:
            by_unit[row["unit"]] -= 1
        assert {0} >= set(by_unit.values()), area
    assert found[0] == found[1] >= sum(found[2:])
    assert found[0] > 0 or not later
