"""My room: the page a village has in hand, in big type, and sheets in a real browser."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

import pytest
from playwright.async_api import Browser, expect

from services.topics.domain.venue import events as venue
from tests.portal.hands import HANDS
from tests.portal.ledgers import LEDGER_TOLD, PARKING, TITLES
from tests.portal.test_pages import log_in
from tests.portal.told import COUNTY, PASSWORD, TOWN, VILLAGE, ToldPortal, told_portal
from tests.servers import Postgres
from tests.views import Said

pytestmark = [pytest.mark.servers]

ROOM = uuid4()
SIX = ("有场地", "有门牌", "有制度", "有召集人", "有委员", "有活动记录")
VENUE: list[Said] = [
    ("topics", ROOM, venue.VenueEstablished(
        venue_id=ROOM, type="room", name="北辰议事厅", host_kind="community", host="北辰社区",
        shared_with=(), parent_id=None, ranks=(1,), standard=SIX, children=None,
        children_least=None, children_most=None, activities_min=3)),
    ("topics", ROOM, venue.VenueStandardChecked(
        venue_id=ROOM, met={one: one != "有门牌" for one in SIX}, remark="")),
    ("topics", ROOM, venue.VenueActivityHeld(
        venue_id=ROOM, consultation_id=uuid4(), on=date(2026, 1, 21))),
]  # fmt: skip


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after a year's activities were told."""
    async with told_portal(pg, [*VENUE, *LEDGER_TOLD, *HANDS]) as portal:
        yield portal


async def test_a_village_has_its_room_its_topics_and_replies_to_read_aloud(
    told: ToldPortal,
) -> None:
    async with told.client() as village:
        await log_in(village, "village")
        page = await village.get(f"/areas/{VILLAGE}/room")
    assert 200 == page.status_code
    assert "北辰议事厅" in page.text
    assert 5 == page.text.count('class="met"')
    assert 1 == page.text.count('class="unmet"')
    assert "全年至少 3 次" in page.text
    assert f'<a href="/matters/{PARKING}">{TITLES[PARKING]}</a>' in page.text
    assert "车位已经划好,请大家按线停放。" in page.text


@pytest.mark.parametrize(
    ("login", "code", "status"),
    [
        ("town", TOWN, 200),
        ("clerk", VILLAGE, 200),
        ("clerk", COUNTY, 404),
        ("village", TOWN, 403),
        ("elsewhere", VILLAGE, 403),
        ("resident", VILLAGE, 403),
    ],
)
async def test_a_room_is_for_those_in_office_there(
    told: ToldPortal, login: str, code: str, status: int
) -> None:
    async with told.client() as client:
        await log_in(client, login)
        assert status == (await client.get(f"/areas/{code}/room")).status_code


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
async def test_wide_sheets_scroll_inside_and_keep_their_first_column_in_sight(
    chromium: Browser, told: ToldPortal, width: int
) -> None:
    context = await chromium.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=False, locale="zh-CN"
    )
    page = await context.new_page()
    await page.goto(told.url + "/login")
    await page.fill("#login", "clerk")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.goto(f"{told.url}/areas/{COUNTY}/ledger?year=2026")
    mark = page.locator("details.marks").first
    await mark.locator("summary").click()
    await expect(mark.locator("a").first).to_be_visible()
    first = page.locator("tbody th").first
    box, wide = await first.bounding_box(), await page.locator(".wide").bounding_box()
    assert box
    assert wide
    assert 0 <= box["x"] - wide["x"] <= (2 if width == 1280 else 24), "a card has an edge"
    assert wide["x"] + wide["width"] <= width
    await context.close()
