"""What the pool of talents and the list of draws show, and how fair luck has been."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest

from services.meetings.domain import DECIDERS
from services.meetings.projections.talents import TALENTS as VIEW
from services.meetings.projections.talents import Draw, Lot, Luck, Talent
from shared.kernel.message import Event
from shared.runtime.counting import pattern
from tests.boards import Board, board
from tests.meetings.examples import GUANYINQIAO
from tests.meetings.members import sealed
from tests.meetings.talents import (
    COMMITTED_POOL,
    DRAW_CANCELLED,
    DRAW_ID,
    EXITED,
    LUO_ID,
    MATTER_ID,
    OPENED_DRAW,
    PUBLISH,
    REWARDED,
    SUSPENDED,
    TALENT_ADMITTED,
    TALENTS,
    WARNED,
    assessed,
    drawn,
    excluded,
    replaced,
)
from tests.servers import Postgres
from tests.spec import HERE, NOW

pytestmark = pytest.mark.servers

A, B, C, D, E, F = TALENTS
DONE = (OPENED_DRAW, COMMITTED_POOL, excluded(F), drawn(B, C, A, D, E), replaced(C, by=A))


def another(n: int, *facts: Event) -> list[Event]:
    """The same draw on another day."""
    return [fact.model_copy(update={"draw_id": uuid5(DRAW_ID, str(n))}) for fact in facts]


def all_talents() -> list[Event]:
    """Everybody of the pool."""
    return [TALENT_ADMITTED.model_copy(update={"talent_id": one}) for one in TALENTS]


@pytest.fixture
async def shown(pg: Postgres) -> AsyncIterator[Board]:
    async with board(pg, "meetings", VIEW, DECIDERS) as shown:
        yield shown


async def talents(shown: Board, **asked: Any) -> list[Talent]:
    rows = await shown.ask(
        "in area", **{"prefixes": [pattern(HERE)], "specialty": None, "most": 9} | asked
    )
    return [Talent.model_validate(row) for row in rows]


async def test_a_talent_is_in_the_pool_of_every_area_around_it(shown: Board) -> None:
    await shown.tell(TALENT_ADMITTED, area=GUANYINQIAO)
    (luo,) = await talents(shown)
    assert (LUO_ID, sealed("luo"), "professional") == (luo.talent_id, luo.name, luo.source)
    assert (["医疗卫生", "法律"], date(2029, 3, 2)) == (luo.specialties, luo.until)
    assert (None, None, 0, 0) == (luo.suspended_until, luo.grade, luo.rewards, luo.sanctions)
    assert [] == await talents(shown, prefixes=["511623100%"])


async def test_talents_are_found_by_specialty(shown: Board) -> None:
    await shown.tell(TALENT_ADMITTED, area=HERE)
    assert [LUO_ID] == [one.talent_id for one in await talents(shown, specialty="法律")]
    assert [] == await talents(shown, specialty="交通")


async def test_the_last_year_assessed_shows_whatever_came_last(shown: Board) -> None:
    await shown.tell(TALENT_ADMITTED, assessed(2025), assessed(2024, "excellent"), area=HERE)
    (luo,) = await talents(shown)
    assert (2025, "unqualified") == (luo.assessed, luo.grade)


async def test_rewards_and_sanctions_are_counted(shown: Board) -> None:
    await shown.tell(TALENT_ADMITTED, REWARDED, SUSPENDED, WARNED, area=HERE)
    (luo,) = await talents(shown)
    assert (1, 2, SUSPENDED.until) == (luo.rewards, luo.sanctions, luo.suspended_until)


async def test_who_left_is_in_no_pool(shown: Board) -> None:
    await shown.tell(TALENT_ADMITTED, EXITED, area=HERE)
    assert [] == await talents(shown)


async def draws(shown: Board, state: str | None = None) -> list[Draw]:
    rows = await shown.ask("draws in area", prefixes=[pattern(HERE)], state=state, most=9)
    return [Draw.model_validate(row) for row in rows]


async def test_a_draw_shows_how_far_it_is(shown: Board) -> None:
    seen = []
    for fact in DONE[:4]:
        await shown.tell(fact, area=HERE)
        seen += [(one.state, one.pool, one.excluded) for one in await draws(shown)]
    opened, committed = ("opened", 0, 0), ("committed", 6, 0)
    assert [opened, committed, ("committed", 6, 1), ("drawn", 6, 1)] == seen


async def test_a_draw_shows_all_one_needs_to_recompute_it(shown: Board) -> None:
    await shown.tell(*DONE, area=HERE)
    (one,) = await draws(shown)
    assert (DRAW_ID, MATTER_ID, "research") == (one.draw_id, one.topic_id, one.purpose)
    assert (COMMITTED_POOL.pool_hash, PUBLISH.seed) == (one.pool_hash, one.seed)
    assert (OPENED_DRAW.seed_source, PUBLISH.published_in) == (one.seed_source, one.published_in)
    rows = await shown.ask("lots of draw", draw_id=DRAW_ID)
    lots = {lot.talent_id: lot.lot for lot in map(Lot.model_validate, rows)}
    assert {A: "drawn", B: "drawn", C: "left", D: "pooled", E: "pooled", F: "excluded"} == lots


async def test_draws_are_found_by_their_state(shown: Board) -> None:
    await shown.tell(*DONE, *another(1, OPENED_DRAW, DRAW_CANCELLED), area=HERE)
    assert [uuid5(DRAW_ID, "1")] == [one.draw_id for one in await draws(shown, "cancelled")]


async def luck(shown: Board, year: int | None = None) -> dict[UUID, tuple[int, int, float]]:
    rows = await shown.ask("draws per talent", prefixes=[pattern(HERE)], year=year, most=9)
    return {
        one.talent_id: (one.pooled, one.drawn, one.expected)
        for one in map(Luck.model_validate, rows)
    }


async def test_luck_is_held_against_what_was_to_be_expected(shown: Board) -> None:
    second = another(1, OPENED_DRAW, COMMITTED_POOL, drawn(A, B, C, D, E, F))
    waiting = another(2, OPENED_DRAW, COMMITTED_POOL)
    await shown.tell(*all_talents(), *DONE, *second, *waiting, area=HERE)
    # Three of five were called up in the first draw, two of six in the second.
    assert {
        A: (2, 2, 0.93),
        B: (2, 2, 0.93),
        C: (2, 1, 0.93),
        D: (2, 0, 0.93),
        E: (2, 0, 0.93),
        F: (1, 0, 0.33),
    } == await luck(shown)


async def test_luck_is_told_by_year(shown: Board) -> None:
    await shown.tell(*all_talents(), *DONE, area=HERE)
    assert (1, 1, 0.6) == (await luck(shown, NOW.year))[A]
    assert (0, 0, 0.0) == (await luck(shown, NOW.year - 1))[A]


async def test_what_is_shown_does_not_depend_on_the_cut(shown: Board) -> None:
    of_luo = [TALENT_ADMITTED, assessed(2025), REWARDED, SUSPENDED, assessed(2024), WARNED, EXITED]
    cancelled = another(1, OPENED_DRAW, COMMITTED_POOL, excluded(A), DRAW_CANCELLED)
    facts = [*all_talents(), *DONE, replaced(A, by=D)]
    for n, fact in enumerate([*of_luo, *cancelled]):
        facts.insert(2 * n, fact)
    await shown.tell(*facts, area=HERE)
    assert 1 == len(await shown.digests())
