"""What is alike is told to whoever raises a matter while they type, and gets in nobody's way."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import VILLAGE, Portal
from tests.portal.flows.staging import to_be_public
from tests.portal.flows.test_residents import WORDS, fill_in
from tests.portal.hand import at_browser
from tests.portal.test_browser import OVER

pytestmark = [pytest.mark.servers, pytest.mark.browser]


@pytest.mark.parametrize(("what", "phone"), [("养老食堂", True), ("日间托儿", False)])
async def test_what_is_alike_is_hinted_at_while_one_types_and_disturbs_nothing(
    chromium: Browser, portal: Portal, what: str, *, phone: bool
) -> None:
    alike = f"北辰社区{what}不够"
    topic_id = await to_be_public(portal, alike)
    async with at_browser(chromium, portal, phone=phone) as hand:
        page, hint = hand.page, hand.page.locator("#alike")
        await hand.go(f"/raise?area={VILLAGE}")
        await page.fill("#words", WORDS)
        await expect(hint).to_have_attribute("aria-live", "polite")
        await page.locator("#title").press_sequentially(f"北辰社区要{what}")
        link = hint.locator(f"a[href$='{topic_id}']")
        await expect(link).to_be_visible()
        assert "title" == await page.evaluate("document.activeElement.id")
        await page.keyboard.type(",现在没有")
        await expect(page.locator("#title")).to_have_value(f"北辰社区要{what},现在没有")
        await expect(page.locator("#words")).to_have_value(WORDS)
        assert 0 == await page.evaluate(OVER)
        async with page.context.expect_page() as opened:
            await link.click()
        await expect((await opened.value).locator("h1")).to_contain_text(alike)
        await page.fill("#title", "灯")
        await page.locator("#title").blur()
        await expect(hint).to_be_empty()

        await page.route("**/similar*", lambda route: route.abort())
        await fill_in(hand, title="没有网也能写的食堂事")
        await page.click("button.big")
        await expect(page.locator(".received .receipt")).to_have_text(re.compile(r"\d{12}"))


async def test_who_has_gone_to_a_hint_does_not_lose_their_place(
    chromium: Browser, portal: Portal
) -> None:
    await to_be_public(portal, "北辰社区图书角不够")
    async with at_browser(chromium, portal) as hand:
        page = hand.page
        await hand.go(f"/raise?area={VILLAGE}")
        await page.locator("#title").press_sequentially("北辰社区图书角")
        await expect(page.locator("#alike a").first).to_be_visible()
        async with page.expect_response(re.compile("/similar")):
            await page.locator("#title").press_sequentially("好远")
            await page.locator("#alike a").first.focus()
        assert await page.evaluate("document.activeElement.closest('#alike') !== null")


async def test_without_a_script_a_button_shows_what_is_alike_and_keeps_what_was_typed(
    chromium: Browser, portal: Portal
) -> None:
    topic_id = await to_be_public(portal, "北辰社区健身器材不够")
    async with at_browser(chromium, portal, phone=True, script=False) as hand:
        page = hand.page
        await hand.go(f"/raise?area={VILLAGE}")
        await fill_in(hand, title="北辰社区要健身器材")
        await page.locator("button[name='check']").click()
        await expect(page.locator(f"#alike a[href$='{topic_id}']")).to_be_visible()
        await expect(page.locator("#title")).to_have_value("北辰社区要健身器材")
        await expect(page.locator("#words")).to_have_value(WORDS)
