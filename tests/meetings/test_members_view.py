"""What the list of members and the duty files show."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from services.meetings.domain import DECIDERS
from services.meetings.projections.members import MEMBERS, Duty, MemberRow
from shared.runtime.counting import pattern
from tests.boards import Board, board
from tests.meetings.examples import GUANYINQIAO
from tests.meetings.members import (
    ADMITTED,
    ANSWERED,
    DUTY,
    ENDED,
    EVALUATED,
    GU_ID,
    MENG_ID,
    OBSERVED,
    PAIRED,
    PROPOSED,
    REPORTED,
    UNPAIRED,
    admitted,
    done,
    outside,
    sealed,
)
from tests.servers import Postgres
from tests.spec import HERE

pytestmark = pytest.mark.servers

NOTED_ON_THE_OTHER_SIDE = UNPAIRED.model_copy(update={"member_id": MENG_ID, "partner_id": GU_ID})


@pytest.fixture
async def shown(pg: Postgres) -> AsyncIterator[Board]:
    async with board(pg, "meetings", MEMBERS, DECIDERS) as shown:
        yield shown


async def members(shown: Board, **asked: Any) -> list[MemberRow]:
    named = {"prefixes": [pattern(HERE)], "year": 2025, "account": None, "most": 9}
    rows = await shown.ask("in area", **named | asked)
    return [MemberRow.model_validate(row) for row in rows]


async def test_a_member_shows_who_it_is_sealed(shown: Board) -> None:
    await shown.tell(ADMITTED, area=GUANYINQIAO)
    (gu,) = await members(shown)
    assert (GU_ID, sealed("gu"), "农业界", 14) == (gu.member_id, gu.name, gu.sector, gu.term)
    assert (True, True, None) == (gu.party_member, gu.standing, gu.ended)
    assert (0, 0, None, None, False) == (gu.duties, gu.points, gu.total, gu.grade, gu.reported)
    assert [] == await members(shown, prefixes=["511623100%"])


async def test_members_are_found_by_their_account(shown: Board) -> None:
    await shown.tell(ADMITTED, outside(), area=HERE)
    assert [MENG_ID] == [one.member_id for one in await members(shown, account="meng")]


async def test_a_duty_file_is_of_one_year(shown: Board) -> None:
    await shown.tell(
        ADMITTED, done(n=2), DUTY, done("proposal", points=15), done(year=2026), area=HERE
    )
    rows = await shown.ask("duties of member", member_id=GU_ID, year=2025)
    assert [
        Duty(kind="meeting", done_on=date(2025, 1, 1), reference="第1次", points=10),
        Duty(kind="proposal", done_on=date(2025, 1, 1), reference="第1次", points=15),
        Duty(kind="meeting", done_on=date(2025, 1, 2), reference="第2次", points=10),
    ] == [Duty.model_validate(row) for row in rows]
    (gu,) = await members(shown)
    assert (3, 35) == (gu.duties, gu.points)


async def test_a_year_shows_its_report_and_its_evaluation(shown: Board) -> None:
    await shown.tell(ADMITTED, REPORTED, EVALUATED, area=HERE)
    (then,), (now,) = await members(shown), await members(shown, year=2026)
    assert (True, 45, "excellent") == (then.reported, then.total, then.grade)
    assert (False, None, None) == (now.reported, now.total, now.grade)


async def test_a_member_shows_when_it_last_observed_and_why_it_is_none_any_more(
    shown: Board,
) -> None:
    await shown.tell(outside(), OBSERVED, ADMITTED, ENDED, area=HERE)
    observed = {one.member_id: (one.observed_on, one.ended) for one in await members(shown)}
    assert {MENG_ID: (date(2026, 3, 20), None), GU_ID: (None, "term-over")} == observed


async def test_a_session_of_the_same_name_is_kept_for_each_year(shown: Board) -> None:
    later = OBSERVED.model_copy(update={"on": date(2027, 3, 18)})
    await shown.tell(outside(), OBSERVED, later, area=HERE)
    (meng,) = await members(shown)
    assert date(2027, 3, 18) == meng.observed_on


async def test_a_pair_shows_on_both_sides_while_it_lasts(shown: Board) -> None:
    await shown.tell(ADMITTED, outside(), PROPOSED, ANSWERED, area=HERE)
    assert [[], []] == [one.paired_with for one in await members(shown)]
    await shown.tell(PAIRED, area=HERE)
    pairs = {one.member_id: one.paired_with for one in await members(shown)}
    assert {GU_ID: [MENG_ID], MENG_ID: [GU_ID]} == pairs
    await shown.tell(UNPAIRED, NOTED_ON_THE_OTHER_SIDE, area=HERE)
    assert [[], []] == [one.paired_with for one in await members(shown)]
    await shown.tell(PROPOSED, PAIRED, area=HERE)
    assert 2 == sum(len(one.paired_with) for one in await members(shown))


async def test_what_is_shown_does_not_depend_on_the_cut(shown: Board) -> None:
    pairing = [PROPOSED, ANSWERED, PAIRED, UNPAIRED, NOTED_ON_THE_OTHER_SIDE, PROPOSED, PAIRED]
    duties = [done(n=n, year=year) for n in (1, 2) for year in (2024, 2025)]
    rest = [REPORTED, EVALUATED, UNPAIRED, NOTED_ON_THE_OTHER_SIDE, ENDED, OBSERVED]
    await shown.tell(admitted(), outside(), *pairing, *duties, *rest, area=HERE)
    assert 1 == len(await shown.digests())
