"""What a visitor does on the public pages, at a desk, on a phone, and without a script."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from playwright.async_api import Browser, Page, expect

from tests.portal import ranked
from tests.portal.conftest import Portal
from tests.portal.hand import DESK, PATIENCE_MS, PHONE, at_browser
from tests.portal.shared_with_all import AREAS, CLINIC, DAY, LATE, ROAD, SAID, TITLE
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres

pytestmark = [pytest.mark.servers, pytest.mark.browser]

COUNTY, PROVINCE, VILLAGE = "511623000000", "510000000000", "511623100013"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """Array.from(document.querySelectorAll(
  "main button, main .button, main input:not([type=hidden]):not([type=radio]):not([type=checkbox])"
)).filter(one => one.getBoundingClientRect().height < 44).length"""
WALL = f"/places/{COUNTY}/matters"
PAGES = (
    "/", f"/places/{COUNTY}", WALL, f"{WALL}?q=停车", f"/topics/{CLINIC}", f"/topics/{ROAD}",
    f"/places/{COUNTY}/cases", f"/places/{COUNTY}/rankings", "/open",
)  # fmt: skip

everywhere = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
scripted = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[Portal]:
    """A portal that nobody acts on: its pages are read alone."""
    async with told_portal(pg, [*SAID, *ranked.SAID], AREAS, DAY) as portal:
        yield cast(Portal, portal)


@asynccontextmanager
async def visitor(
    chromium: Browser, told: ToldPortal | Portal, *, phone: bool = False, script: bool = True
) -> AsyncIterator[Page]:
    """A browser of somebody who is not logged in."""
    context = await chromium.new_context(
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
        locale="zh-CN",
        java_script_enabled=script,
        base_url=told.url,
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    await context.close()


@everywhere
async def test_a_visitor_goes_down_from_the_province_to_the_village(
    chromium: Browser, told: Portal, phone: bool
) -> None:
    async with at_browser(chromium, told, phone=phone) as hand:
        await hand.go("/")
        for name in ("四川省", "广安市", "邻水县", "鼎屏镇", "北辰社区"):
            await hand.page.locator(".tiles a", has_text=name).click()
            await expect(hand.page.locator("h1")).to_contain_text(name)
        await expect(hand.page.locator(".crumbs a")).to_have_count(5)
        await hand.page.locator(".crumbs a", has_text="邻水县").click()
        await expect(hand.page.locator("h1")).to_contain_text("有事来协商")


@everywhere
async def test_a_figure_leads_to_the_matters_behind_it(
    chromium: Browser, told: Portal, phone: bool
) -> None:
    async with at_browser(chromium, told, phone=phone) as hand:
        await hand.go(f"/places/{COUNTY}")
        await hand.page.locator(".cards a", has_text="逾期").click()
        await expect(hand.page.locator(".matters li")).to_have_count(1)
        await hand.page.locator(".matters a").click()
        await expect(hand.page.locator("h1")).to_contain_text(LATE)
        await expect(hand.page.locator(".duties .over")).to_contain_text("已逾期")


@scripted
@everywhere
async def test_one_rare_sign_finds_the_matter_it_stands_in(
    chromium: Browser, told: Portal, phone: bool, script: bool
) -> None:
    async with visitor(chromium, told, phone=phone, script=script) as page:
        await page.goto(f"/places/{COUNTY}")
        await page.fill("#q", "𠮷")
        await page.press("#q", "Enter")
        await expect(page.locator(".matters li")).to_have_count(1)
        await expect(page.locator("mark").first).to_have_text("𠮷")


@everywhere
async def test_the_list_follows_what_is_typed_and_its_address_can_be_kept(
    chromium: Browser, told: Portal, phone: bool
) -> None:
    async with at_browser(chromium, told, phone=phone) as hand:
        await hand.go(WALL)
        await expect(hand.page.locator(".matters li")).to_have_count(2)
        await hand.page.locator("#q").press_sequentially("三条街")
        await expect(hand.page.locator(".matters li")).to_have_count(1)
        await expect(hand.page.locator(".excerpt mark")).to_have_text("三条街")
        await expect(hand.page.locator("#q")).to_be_focused()
        await expect(hand.page).to_have_url(re.compile("q=%E4%B8%89"))


@everywhere
async def test_filters_work_without_a_script(chromium: Browser, told: Portal, phone: bool) -> None:
    async with visitor(chromium, told, phone=phone, script=False) as page:
        await page.goto(WALL)
        await page.select_option("#state", "closed")
        await page.locator("form.wall button").click()
        await expect(page.locator(".matters li")).to_have_count(1)
        assert TITLE in await page.locator(".matters").inner_text()
        await page.locator("a", has_text="清除筛选").click()
        await expect(page.locator(".matters li")).to_have_count(2)


@everywhere
async def test_who_finds_nothing_is_told_how_to_go_on(
    chromium: Browser, told: Portal, phone: bool
) -> None:
    async with at_browser(chromium, told, phone=phone) as hand:
        await hand.go(f"{WALL}?q=没有这样的事&state=late")
        await expect(hand.page.locator(".empty")).to_contain_text("没有符合条件的事项")
        await hand.page.locator(".empty a").click()
        await expect(hand.page.locator(".matters li")).to_have_count(2)


@scripted
@everywhere
async def test_a_visitor_reads_why_a_matter_is_due_that_day(
    chromium: Browser, told: Portal, phone: bool, script: bool
) -> None:
    async with visitor(chromium, told, phone=phone, script=script) as page:
        await page.goto(f"/topics/{ROAD}")
        why = page.locator(".duties details")
        await why.locator("summary").click()
        await expect(why).to_contain_text("按县规则的答复天数")
        await expect(why).to_contain_text("61个工作日")
        await expect(page.locator(".bar [aria-current=step]").first).to_be_visible()


@everywhere
async def test_a_visitor_passes_a_matter_on(chromium: Browser, told: Portal, phone: bool) -> None:
    async with at_browser(chromium, told, phone=phone) as hand:
        await hand.go(f"/topics/{CLINIC}")
        shared = hand.page.locator(".share img")
        drawn = await shared.evaluate("one => one.decode().then(() => one.naturalWidth)")
        assert drawn > 100
        address = await hand.page.locator("#address").input_value()
        await hand.page.goto(address)
        await expect(hand.page.locator("h1")).to_contain_text(TITLE)


@scripted
@everywhere
async def test_a_visitor_finds_a_case_by_its_theme_and_reads_where_it_came_from(
    chromium: Browser, told: Portal, phone: bool, script: bool
) -> None:
    async with visitor(chromium, told, phone=phone, script=script) as page:
        await page.goto(f"/places/{COUNTY}/cases")
        await page.select_option("#theme", "health")
        await page.locator("form.wall .filter button").click()
        await expect(page.locator(".cases-list li")).to_have_count(1)
        await page.locator(".cases-list h2 a").click()
        await expect(page.locator("#tallies")).to_be_visible()
        await expect(page.locator("h1")).to_contain_text(TITLE)


@everywhere
async def test_a_visitor_sees_how_a_ranking_was_reckoned_and_corrected(
    chromium: Browser, told: Portal, phone: bool
) -> None:
    async with at_browser(chromium, told, phone=phone) as hand:
        await hand.go(f"/places/{COUNTY}/rankings")
        await expect(hand.page.locator("main")).to_contain_text("总分 =")
        await expect(hand.page.locator("main")).to_contain_text("公布以后的更正")
        await hand.page.locator(".sheets a", has_text="2025").first.click()
        await expect(hand.page.locator("[aria-current=page]", has_text="2025")).to_be_visible()


@everywhere
async def test_a_visitor_takes_a_list_home(chromium: Browser, told: Portal, phone: bool) -> None:
    async with at_browser(chromium, told, phone=phone) as hand:
        await hand.go(f"/open?area={COUNTY}")
        async with hand.page.expect_download() as download:
            await hand.page.locator("a", has_text="CSV").first.click()
        file = await (await download.value).path()
        assert TITLE in file.read_text(encoding="utf-8-sig")


@everywhere
async def test_who_is_in_office_goes_between_the_own_board_and_the_public_page(
    chromium: Browser, told: Portal, phone: bool
) -> None:
    async with at_browser(chromium, told, "clerk", phone=phone) as hand:
        await hand.go(f"/places/{COUNTY}")
        await hand.page.locator("a.desk").click()
        await expect(hand.page).to_have_url(re.compile(f"/areas/{COUNTY}$"))
        await hand.go(f"/topics/{CLINIC}")
        await hand.page.locator("a", has_text="在工作台办理").click()
        await expect(hand.page).to_have_url(re.compile(f"/matters/{CLINIC}$"))


async def test_a_visitor_finds_a_matter_with_the_keyboard_alone(
    chromium: Browser, told: Portal
) -> None:
    async with at_browser(chromium, told) as hand:
        await hand.go(f"/places/{COUNTY}")
        await hand.page.keyboard.press("Tab")
        await hand.page.keyboard.press("Enter")
        for _ in range(30):
            await hand.page.keyboard.press("Tab")
            if await hand.page.evaluate("document.activeElement.id") == "q":
                break
        await hand.page.keyboard.type("三条街")
        await hand.page.keyboard.press("Enter")
        await expect(hand.page.locator(".matters li")).to_have_count(1)


@pytest.mark.parametrize("path", PAGES)
async def test_public_pages_fit_a_phone(chromium: Browser, told: Portal, path: str) -> None:
    async with at_browser(chromium, told, phone=True) as hand:
        await hand.go(path)
        assert 0 == await hand.page.evaluate(OVER)
        assert 0 == await hand.page.evaluate(SMALL)
