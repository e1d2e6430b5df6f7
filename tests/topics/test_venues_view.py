"""What is shown of venues, and what is short."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid5

import pytest

from services.topics.domain import DECIDERS
from services.topics.projections.venues import VENUES, BudgetRow, VenueRow
from shared.kernel.message import Event
from shared.runtime.counting import pattern
from tests.boards import Board, board
from tests.servers import Postgres
from tests.topics.counties import SIX
from tests.topics.venues import (
    ACTIVITY,
    ALLOTTED,
    APPOINTED,
    CHECKED,
    ESTABLISHED,
    RELIEVED,
    RESUMED,
    SPENT,
    STATION,
    SUSPENDED,
    TOWN,
    VENUE_ID,
    VILLAGE,
    appointed,
    established,
)

pytestmark = pytest.mark.servers

FULL = (ESTABLISHED, CHECKED, APPOINTED, ALLOTTED, SPENT, ACTIVITY)


def another(n: int, *facts: Event) -> list[Event]:
    """The same facts of another room."""
    return [fact.model_copy(update={"venue_id": uuid5(VENUE_ID, str(n))}) for fact in facts]


@pytest.fixture
async def shown(pg: Postgres) -> AsyncIterator[Board]:
    async with board(pg, "topics", VENUES, DECIDERS) as shown:
        yield shown


async def rows(
    shown: Board, area: str = VILLAGE, year: int = 2026, type_: str | None = None
) -> list[VenueRow]:
    told = await shown.ask("in area", prefixes=[pattern(area)], year=year, type=type_, most=9)
    return [VenueRow.model_validate(row) for row in told]


async def warnings(shown: Board, name: str) -> list[str]:
    return next(list(row.warnings) for row in await rows(shown, TOWN) if row.name == name)


async def test_a_room_that_has_everything_is_short_of_nothing(shown: Board) -> None:
    await shown.tell(*FULL, area=VILLAGE)
    (room,) = await rows(shown)
    assert [] == room.warnings
    assert (sorted(SIX), "lin", None) == (room.met, room.convenor_1, room.convenor_2)
    assert (5000, 1200, 1) == (room.allotted, room.spent, room.activities)
    assert ["mediation", "party-service"] == room.shared_with


async def test_money_and_activities_are_those_of_the_year_asked_for(shown: Board) -> None:
    await shown.tell(*FULL, area=VILLAGE)
    (room,) = await rows(shown, year=2027)
    assert (0, 0, 0) == (room.allotted, room.spent, room.activities)


async def test_a_new_room_is_short_of_its_standard_and_its_convenor(shown: Board) -> None:
    await shown.tell(ESTABLISHED, area=VILLAGE)
    assert ["standard-unmet", "convenor-missing"] == (await rows(shown))[0].warnings


async def test_five_of_six_are_not_six(shown: Board) -> None:
    five = CHECKED.model_copy(update={"met": {**CHECKED.met, "有活动记录": False}})
    await shown.tell(ESTABLISHED, APPOINTED, CHECKED, five, area=VILLAGE)
    assert ["standard-unmet"] == (await rows(shown))[0].warnings


async def test_where_two_convene_the_second_is_missed(shown: Board) -> None:
    two = established(ranks=(1, 2))
    await shown.tell(two, CHECKED, APPOINTED, area=VILLAGE)
    assert ["convenor-missing"] == (await rows(shown))[0].warnings
    await shown.tell(appointed("hu", "member", rank=2), area=VILLAGE)
    assert [] == (await rows(shown))[0].warnings


async def test_a_convenor_who_was_relieved_is_missed(shown: Board) -> None:
    await shown.tell(ESTABLISHED, CHECKED, APPOINTED, RELIEVED, area=VILLAGE)
    assert ["convenor-missing"] == (await rows(shown))[0].warnings


async def test_below_a_station_stand_one_or_two_rooms(shown: Board) -> None:
    await shown.tell(STATION, area=TOWN)
    assert "children-too-few" in await warnings(shown, STATION.name)
    await shown.tell(*another(1, ESTABLISHED), *another(2, ESTABLISHED), area=VILLAGE)
    assert not {"children-too-few", "children-too-many"} & set(await warnings(shown, STATION.name))
    await shown.tell(*another(3, ESTABLISHED), area=VILLAGE)
    assert "children-too-many" in await warnings(shown, STATION.name)
    await shown.tell(*another(3, SUSPENDED), area=VILLAGE)
    assert "children-too-many" not in await warnings(shown, STATION.name)


async def test_a_room_where_people_met_twice_instead_of_thrice_says_so(shown: Board) -> None:
    busy = established(activities_min=3)
    held = [ACTIVITY.model_copy(update={"consultation_id": uuid5(VENUE_ID, n)}) for n in "abc"]
    last_year = ACTIVITY.model_copy(update={"on": date(2025, 12, 31)})
    await shown.tell(busy, CHECKED, APPOINTED, last_year, *held[:2], area=VILLAGE)
    assert ["activities-too-few"] == (await rows(shown))[0].warnings
    await shown.tell(held[2], area=VILLAGE)
    assert [] == (await rows(shown))[0].warnings


async def test_rooms_are_found_by_area_and_type(shown: Board) -> None:
    await shown.tell(STATION, area=TOWN)
    await shown.tell(ESTABLISHED, area=VILLAGE)
    assert ["station", "village-room"] == [row.type for row in await rows(shown, TOWN)]
    assert ["village-room"] == [row.type for row in await rows(shown, VILLAGE)]
    assert ["station"] == [row.type for row in await rows(shown, TOWN, type_="station")]


async def test_a_resting_room_says_so(shown: Board) -> None:
    await shown.tell(ESTABLISHED, SUSPENDED, area=VILLAGE)
    assert "suspended" == (await rows(shown))[0].state
    await shown.tell(RESUMED, area=VILLAGE)
    assert "in-use" == (await rows(shown))[0].state


async def test_the_budget_is_told_by_year_and_line(shown: Board) -> None:
    building = ALLOTTED.model_copy(update={"line": "construction", "amount": 30000})
    await shown.tell(ESTABLISHED, ALLOTTED, building, SPENT, area=VILLAGE)
    told = [
        BudgetRow.model_validate(row)
        for row in await shown.ask("budget of venue", venue_id=VENUE_ID)
    ]
    assert [("construction", 30000), ("operating", 3800)] == [(r.line, r.unspent) for r in told]


async def test_what_is_shown_of_venues_does_not_depend_on_the_cut(shown: Board) -> None:
    unmet = CHECKED.model_copy(update={"met": dict.fromkeys(SIX, False)})
    other = another(1, ESTABLISHED, CHECKED, unmet, APPOINTED, RELIEVED, SUSPENDED, RESUMED)
    third = another(2, ESTABLISHED, ALLOTTED, SPENT, ACTIVITY, SUSPENDED)
    facts: list[Event] = [*FULL, RELIEVED, appointed("hu", "area-group")]
    for n, fact in enumerate([*other, *third]):
        facts.insert(2 * n, fact)
    await shown.tell(*facts, area=VILLAGE)
    assert 1 == len(await shown.digests())
