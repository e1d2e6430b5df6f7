"""Assessment sheets: what they come to, who sees which, and by which facts offices are scored."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.portal.domain import DECIDERS
from services.portal.pages.assessing import days_of, periods, sheet_of
from services.portal.pages.render import period
from services.portal.pages.texts import read
from services.portal.projections.rankings import RANKINGS
from services.portal.projections.story import STORY
from tests.outcomes.sheets import CHENGNAN, DINGPING, DUTIES, GAOTAN, SHEET_ID
from tests.portal import paced, ranked
from tests.portal.paced import HEALTH, LINSHUI
from tests.portal.test_pages import log_in
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres
from tests.views import filled, keeps_the_law

pytestmark = pytest.mark.servers

TEXTS = read()


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    said, frames = [*paced.SAID, *ranked.SAID], [*paced.FRAMES, *ranked.FRAMES]
    async with told_portal(pg, said, frames=frames) as portal:
        yield portal


def test_a_period_has_its_days_and_its_name() -> None:
    assert (date(2026, 1, 1), date(2027, 1, 1)) == days_of("2026")
    assert (date(2026, 7, 1), date(2027, 1, 1)) == days_of("2026-H2")
    assert (date(2026, 4, 1), date(2026, 7, 1)) == days_of("2026-Q2")
    assert "2026年下半年" == period(TEXTS, "2026-H2")
    assert "2026年第二季度" == period(TEXTS, "2026-Q2")


def test_nobody_is_assessed_for_a_period_that_has_not_begun() -> None:
    assert ["2026", "2026-H1", "2026-Q1", "2025"] == [
        one for one in periods(date(2026, 3, 2)) if not one.startswith("2025-")
    ]


async def test_the_sheets_keep_the_law_of_views(told: ToldPortal) -> None:
    await keeps_the_law(told.dsn, "portal", RANKINGS, DECIDERS)


async def test_a_sheet_comes_to_what_was_published(told: ToldPortal) -> None:
    async with filled(told.dsn, "portal", RANKINGS, DECIDERS) as view:
        (row,) = await view.ask("one sheet", sheet_id=SHEET_ID)
        points = await view.ask("points of ranking", sheet_id=SHEET_ID)
    sheet = sheet_of(row, points)
    assert "frozen" == sheet.phase
    assert {GAOTAN: 1, CHENGNAN: 2, DINGPING: 2} == {one.name: one.place for one in sheet.subjects}
    assert Decimal("87.00") == next(one.total for one in sheet.subjects if one.name == GAOTAN)
    assert not sheet.appeals

    before = sheet_of(row, points[: len(points) - 2])
    assert {(GAOTAN, DUTIES)} == before.appeals.keys()
    scored = sheet_of(row, points[:4])
    assert 5 == len(scored.empty)
    assert {None} == {one.place for one in scored.subjects}


async def test_of_sheets_that_are_not_published_nobody_else_hears(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "clerk")
        listed = await client.get(f"/areas/{LINSHUI}/assessments")
        shown = await client.get(f"/assessments/{SHEET_ID}")
        hidden = await client.get(f"/assessments/{ranked.SECRET}")
    assert f"/assessments/{SHEET_ID}" in listed.text
    assert str(ranked.SECRET) not in listed.text
    assert (200, 403) == (shown.status_code, hidden.status_code)
    assert GAOTAN in shown.text
    assert GAOTAN not in hidden.text


async def test_other_counties_and_residents_see_no_sheet(told: ToldPortal) -> None:
    for login in ("elsewhere", "resident"):
        async with told.client() as client:
            await log_in(client, login)
            for path in (f"/areas/{LINSHUI}/assessments", f"/assessments/{SHEET_ID}"):
                assert 403 == (await client.get(path)).status_code


async def test_a_score_may_rest_on_what_names_the_office_in_the_period(told: ToldPortal) -> None:
    asked = {
        "prefixes": ["511623%"], "name": HEALTH, "most": 99,
        "since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2027, 1, 1, tzinfo=UTC),
    }  # fmt: skip
    async with filled(told.dsn, "portal", STORY, DECIDERS) as view:
        named = await view.ask("shown in areas", **asked)
        all_ = await view.ask("shown in areas", **(asked | {"name": ""}))
        before = await view.ask(
            "shown in areas", **(asked | {"until": datetime(2026, 1, 1, tzinfo=UTC)})
        )
    assert "HandlingReplied" in {row["type"] for row in named}
    assert {row["id"] for row in named} < {row["id"] for row in all_}
    assert [] == before
