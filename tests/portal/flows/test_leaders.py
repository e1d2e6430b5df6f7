"""Leaders at a browser: what is late, who is slow, what stands behind a number."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.portal import paced, ranked
from tests.portal.conftest import PASSWORD
from tests.portal.hand import DESK, PATIENCE_MS, PHONE
from tests.portal.paced import HEALTH, LINSHUI, on
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres

pytestmark = [pytest.mark.servers, pytest.mark.browser]

SIZES = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BOARD = f"/areas/{LINSHUI}/leading?year=2026"


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after the spring and the rankings were told."""
    said, frames = [*paced.SAID, *ranked.SAID], [*paced.FRAMES, *ranked.FRAMES]
    async with told_portal(pg, said, frames=frames) as portal:
        yield portal


async def reader(
    chromium: Browser, told: ToldPortal, login: str, *, phone: bool = False, script: bool = True
) -> Page:
    """Somebody's browser, logged in."""
    context = await chromium.new_context(
        base_url=told.url,
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
        java_script_enabled=script,
        locale="zh-CN",
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto("/login")
    await page.fill("#login", login)
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.wait_for_load_state()
    return page


@SIZES
async def test_a_leader_finds_the_slowest_unit_in_three_clicks(
    chromium: Browser, told: ToldPortal, phone: bool
) -> None:
    page = await reader(chromium, told, "clerk", phone=phone)
    await page.goto(BOARD)
    units = page.locator("#chart-units")
    await units.locator("summary").click()
    slowest = units.locator("tbody tr").first
    await expect(slowest.locator("th")).to_have_text(HEALTH)
    await slowest.locator("a").click()
    await expect(page.locator("h1")).to_contain_text(HEALTH)
    await page.locator("tbody th a").first.click()
    await expect(page).to_have_url(re.compile(r"/matters/[0-9a-f-]{36}$"))
    await expect(page.locator("ol.bar").first).to_be_visible()
    await page.context.close()


@SIZES
async def test_a_chart_hides_its_table_until_it_is_asked_for(
    chromium: Browser, told: ToldPortal, phone: bool
) -> None:
    page = await reader(chromium, told, "clerk", phone=phone)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    await page.goto(BOARD)
    figure = page.locator("#chart-conversion")
    await expect(figure.locator("canvas").first).to_be_visible()
    await expect(figure.locator("table")).not_to_be_visible()
    await figure.locator("summary").click()
    await expect(figure.locator("table")).to_be_visible()
    assert 0 == await page.evaluate(OVER)
    assert [] == complaints
    await page.context.close()


async def test_without_a_script_every_table_is_there(chromium: Browser, told: ToldPortal) -> None:
    page = await reader(chromium, told, "clerk", script=False)
    await page.goto(BOARD)
    await expect(page.locator("#chart-conversion table")).to_be_visible()
    await expect(page.locator("#chart-conversion .plot")).not_to_be_visible()
    await page.locator("#chart-conversion tbody a").first.click()
    await expect(page.locator("tbody tr").first).to_be_visible()
    await page.context.close()


async def test_a_number_opens_into_its_matters_and_leads_back(
    chromium: Browser, told: ToldPortal
) -> None:
    page = await reader(chromium, told, "province")
    await page.goto(BOARD)
    await page.locator("ul.keys a", has_text="转化率").click()
    await expect(page.locator("h1")).to_contain_text("成果转化")
    await page.get_by_role("link", name="返回领导看板").click()
    await expect(page.locator("h1")).to_contain_text("领导看板")
    await page.context.close()


async def test_a_past_day_shows_the_board_of_that_day(chromium: Browser, told: ToldPortal) -> None:
    page = await reader(chromium, told, "clerk")
    day = on(12).isoformat()
    for _ in range(60):
        await page.goto(f"{BOARD}&as_of={day}")
        if await page.locator("ul.keys").count():
            break
        await page.wait_for_timeout(1000)
    closed = page.locator("ul.keys li", has_text="闭环销号")
    await expect(closed.locator("b")).to_have_text("0")
    await page.goto(BOARD)
    await expect(closed.locator("b")).to_have_text("1")
    await page.context.close()


async def test_a_leader_goes_down_from_the_province_to_a_county(
    chromium: Browser, told: ToldPortal
) -> None:
    page = await reader(chromium, told, "province")
    await page.goto("/areas/510000000000/leading?year=2026")
    await expect(page.get_by_role("heading", name="能不能直接比")).to_be_visible()
    for name in ("广安市", "邻水县"):
        figure = page.locator("#chart-compare")
        await figure.locator("summary").click()
        await figure.get_by_role("link", name=name, exact=True).click()
        await expect(page.locator("h1")).to_contain_text(name)
    await page.context.close()


@SIZES
async def test_the_rules_of_a_county_are_read_with_their_sources(
    chromium: Browser, told: ToldPortal, phone: bool
) -> None:
    page = await reader(chromium, told, "clerk", phone=phone)
    await page.goto(f"/areas/{LINSHUI}/charter")
    await expect(page.locator("main")).to_contain_text("政治性、群众性、前瞻性、民主性、可行性")
    await expect(page.locator("main")).to_contain_text("省级默认，待确认")
    await expect(page.locator("main")).not_to_contain_text("纪检")
    await page.select_option("#against", "default@1")
    await page.get_by_role("button", name="查看").click()
    await expect(page.get_by_role("heading", name="两版的差别")).to_be_visible()
    assert 0 == await page.evaluate(OVER)
    await page.context.close()
