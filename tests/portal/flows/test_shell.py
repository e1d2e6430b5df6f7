"""Ease: the menu, the simple mode, the language, help, the first walk and keys, at a browser."""

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import PASSWORD, Portal
from tests.portal.hand import at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

SIZE = "parseFloat(getComputedStyle(document.body).fontSize)"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ELDERLY = 1.35
"""How much larger the type is in the simple mode, at least."""


@pytest.mark.parametrize("phone", [False, True])
async def test_staff_go_where_the_menu_leads(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        page = hand.page
        await hand.go("/awaiting")
        if phone:
            await expect(page.locator("#menu")).to_be_hidden()
            await page.locator(".menu-button").click()
        await page.locator("#menu").get_by_text("协商事项").click()
        await page.wait_for_url("**/matters")
        if phone:
            await page.locator(".menu-button").click()
        here = page.locator("#menu [aria-current=page]")
        await expect(here).to_have_text("协商事项")


@pytest.mark.parametrize("phone", [False, True])
async def test_an_elderly_resident_reads_large_type_without_a_script(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    viewport = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
    context = await chromium.new_context(
        java_script_enabled=False, base_url=portal.url, viewport=viewport  # type: ignore[arg-type]
    )  # fmt: skip
    page = await context.new_page()
    await page.goto("/raise")
    before = await page.evaluate(SIZE)
    larger = page.get_by_role("button", name="长者模式", exact=True)
    smaller = page.get_by_role("button", name="退出长者模式")
    await larger.click()
    await expect(smaller).to_be_visible()
    assert page.url.endswith("/raise")
    assert before * ELDERLY <= await page.evaluate(SIZE)
    assert 0 == await page.evaluate(OVER)
    await smaller.click()
    await expect(larger).to_be_visible()
    assert before == await page.evaluate(SIZE)
    await context.close()


async def test_a_reader_chooses_size_and_language_and_keeps_them(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "operator") as hand:
        page = hand.page
        await hand.go("/prefs")
        before = await page.evaluate(SIZE)
        await page.locator("[name=size][value=larger]").check()
        await page.locator("[name=language][value=en]").check()
        await page.locator("main form button").click()
        await hand.go("/accounts")
        assert "en" == await page.locator("html").get_attribute("lang")
        await expect(page.locator("h1")).to_have_text("Accounts and appointments")
        assert before < await page.evaluate(SIZE)


async def test_an_english_refusal_is_told_in_english(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "operator") as hand:
        await hand.go("/prefs")
        await hand.page.locator("[name=language][value=en]").check()
        await hand.page.locator("main form button").click()
        await hand.go("/areas/999999999999")
        await expect(hand.page.locator("h1")).to_have_text("There is no such page.")


@pytest.mark.parametrize("phone", [False, True])
async def test_every_page_leads_to_its_own_help(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        await hand.go("/awaiting")
        await hand.page.locator("footer").get_by_text("本页帮助").click()
        await hand.page.wait_for_url("**/help/desk-awaiting")
        await expect(hand.page.locator("h1")).to_have_text("待我办理")


async def test_the_first_walk_goes_card_by_card_and_does_not_come_back(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "convenor") as hand:
        page = hand.page
        await hand.go("/help")
        await page.get_by_role("button", name="重新看一遍").click()
        tour = page.locator(".tour")
        await expect(tour).to_contain_text("第 1 步")
        await tour.get_by_role("button", name="下一步").click()
        await expect(tour).to_contain_text("第 2 步")
        await tour.get_by_role("button", name="下一步").click()
        await tour.get_by_role("button", name="开始使用").click()
        await expect(tour).to_have_count(0)
    async with at_browser(chromium, portal, "convenor") as again:
        await expect(again.page.locator(".tour")).to_have_count(0)


async def test_a_first_walk_is_skipped_without_a_script(chromium: Browser, portal: Portal) -> None:
    context = await chromium.new_context(java_script_enabled=False, base_url=portal.url)
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "member")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.goto("/help")
    await page.get_by_role("button", name="重新看一遍").click()
    await page.get_by_role("button", name="不用介绍了").click()
    assert 0 == await page.locator(".tour").count()
    await context.close()


async def test_keys_go_where_the_overlay_says_and_not_while_typing(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "cppcc") as hand:
        page = hand.page
        await hand.go("/matters")
        await page.keyboard.press("?")
        await expect(page.locator("#keys")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("#keys")).to_be_hidden()
        await page.locator("#title").press_sequentially("g?w")
        await expect(page.locator("#title")).to_have_value("g?w")
        await page.locator("h1").click()
        await page.keyboard.press("g")
        await page.keyboard.press("w")
        await page.wait_for_url("**/awaiting")


async def test_what_is_open_over_the_page_closes_with_escape(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "leader") as hand:
        mine = hand.page.locator(".mine")
        await hand.page.locator(".me summary").click()
        await expect(mine).to_be_visible()
        await hand.page.keyboard.press("Escape")
        await expect(mine).to_be_hidden()


async def test_a_page_is_read_aloud_where_the_simple_mode_and_a_voice_are(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, phone=True) as hand:
        page = hand.page
        await hand.go("/raise")
        await expect(page.locator("#read-aloud")).to_be_hidden()
        await page.get_by_role("button", name="长者模式").click()
        read = page.locator("#read-aloud")
        await expect(read).to_be_visible()
        await read.click()
        await expect(read).to_have_attribute("aria-pressed", "true")
