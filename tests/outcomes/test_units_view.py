"""The register of units: who is there, under which names, and who took over from whom."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid5

import pytest

from services.outcomes.domain import DECIDERS
from services.outcomes.projections.units import UNITS, UnitRow
from shared.runtime.counting import pattern
from tests.boards import Board, board
from tests.outcomes.registers import (
    BUREAU,
    FORMER,
    OTHER_UNIT,
    REGISTERED,
    RENAMED,
    RETIRED,
    UNIT_ID,
)
from tests.servers import Postgres

pytestmark = pytest.mark.servers

COUNTY, TOWN, ELSEWHERE = "511623000000", "511623100000", "421124000000"
MILL = REGISTERED.model_copy(
    update={
        "unit_id": uuid5(UNIT_ID, "mill"),
        "name": "栀子米业",
        "kind": "enterprise",
        "short_names": (),
    }
)
BACK = RENAMED.model_copy(update={"name": FORMER, "former": BUREAU, "since": date(2026, 2, 9)})


@pytest.fixture
async def shown(pg: Postgres) -> AsyncIterator[Board]:
    async with board(pg, "outcomes", UNITS, DECIDERS) as shown:
        yield shown


async def rows(shown: Board, area: str = COUNTY, *, retired: bool = False) -> list[UnitRow]:
    told = await shown.ask("in area", prefixes=[pattern(area)], retired=retired, most=9)
    return [UnitRow.model_validate(row) for row in told]


async def test_a_unit_is_shown_under_its_name_of_now(shown: Board) -> None:
    await shown.tell(REGISTERED, RENAMED, area=COUNTY)
    (unit,) = await rows(shown)
    assert (BUREAU, [FORMER], date(2026, 2, 1)) == (unit.name, unit.aliases, unit.since)
    assert ["卫计局", "县卫计局"] == unit.short_names


async def test_a_name_taken_back_is_no_alias(shown: Board) -> None:
    await shown.tell(REGISTERED, RENAMED, BACK, area=COUNTY)
    (unit,) = await rows(shown)
    assert (FORMER, [BUREAU]) == (unit.name, unit.aliases)


async def test_who_is_no_more_is_shown_only_where_wanted(shown: Board) -> None:
    await shown.tell(REGISTERED, RETIRED, area=COUNTY)
    assert [] == await rows(shown)
    (unit,) = await rows(shown, retired=True)
    assert ("retired", OTHER_UNIT, date(2026, 3, 1)) == (unit.state, unit.successor, unit.since)


async def test_units_are_those_of_an_area(shown: Board) -> None:
    await shown.tell(REGISTERED, area=COUNTY)
    await shown.tell(MILL, area=TOWN)
    assert [FORMER, "栀子米业"] == [unit.name for unit in await rows(shown)]
    assert ["栀子米业"] == [unit.name for unit in await rows(shown, TOWN)]
    assert [] == await rows(shown, ELSEWHERE)


async def test_the_register_is_the_same_however_its_facts_arrive(shown: Board) -> None:
    await shown.tell(REGISTERED, RENAMED, area=COUNTY)
    await shown.tell(MILL, area=TOWN)
    await shown.tell(BACK, RETIRED, area=COUNTY)
    assert 1 == len(await shown.digests())
