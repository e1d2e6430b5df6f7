"""通知设置: a person sees and changes how they are told, follows a matter, and staff see it all."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import Portal
from tests.portal.hand import at_browser
from tests.portal.test_browser import OVER, proposed

pytestmark = [pytest.mark.servers, pytest.mark.browser]


async def test_a_person_says_how_to_be_told(
    chromium: Browser, portal: Portal, tmp_path: Path
) -> None:
    async with at_browser(chromium, portal, "cppcc") as hand:
        page = hand.page
        await hand.go("/notice-settings")
        await page.get_by_label("电子邮件", exact=True).fill("no address")
        await page.get_by_role("button", name="保存设置").click()
        await expect(page.locator("main")).to_contain_text("电子邮件的地址没有填对")

        await page.get_by_label("电子邮件", exact=True).fill("cheng@example.org")
        await page.get_by_label("事项进展 · 短信").uncheck()
        await page.get_by_label("事项进展 · 什么时候").select_option("weekly")
        await page.get_by_label("汇总发送时间").fill("09:15")
        await page.get_by_role("button", name="保存设置").click()
        await expect(page.get_by_role("status")).to_contain_text("已保存")
        await hand.go("/notice-settings")
        await expect(page.get_by_label("电子邮件", exact=True)).to_have_value("cheng@example.org")
        await expect(page.get_by_label("事项进展 · 短信")).not_to_be_checked()
        await expect(page.get_by_label("事项进展 · 什么时候")).to_have_value("weekly")
        await expect(page.get_by_label("汇总发送时间")).to_have_value("09:15")
        await page.get_by_role("button", name="发送测试通知 · 电子邮件").click()
        await expect(page.get_by_role("status")).to_contain_text("测试通知已发出")
        for width in (1280, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            await page.screenshot(path=tmp_path / f"settings-{width}.png", full_page=True)
            assert await page.evaluate(OVER) <= 0


async def test_a_matter_is_followed_and_left_and_staff_see_who_was_told(
    chromium: Browser, portal: Portal
) -> None:
    _, path = await proposed(portal, "安装路灯")
    async with at_browser(chromium, portal, "cppcc") as hand:
        await hand.go(path)
        await hand.page.get_by_role("button", name="关注这件事").click()
        await expect(hand.page.locator("main")).to_contain_text("您已关注")
        await hand.page.get_by_role("button", name="取消关注").click()
        await expect(hand.page.locator("main")).to_contain_text("您已取消关注")
        await hand.go("/notices-told?channel=inbox")
        line = hand.page.locator("tr", has_text="安装路灯").first
        await expect(line).to_contain_text("程立新")
        await expect(line).to_contain_text("站内")


async def test_a_member_does_not_see_who_was_told(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "member") as hand:
        await hand.go("/notices-told")
        await expect(hand.page.locator("main")).to_contain_text("您当前的身份是政协委员")


async def test_all_notices_are_read_at_once(chromium: Browser, portal: Portal) -> None:
    for title in ("修一座桥", "修一条路"):
        await proposed(portal, title)
    async with at_browser(chromium, portal, "cppcc") as hand:
        page = hand.page
        await hand.go("/inbox")
        await expect(page.locator(".unread", has_text="修一条路").first).to_be_visible()
        await page.get_by_role("button", name="全部标为已读").click()
        await expect(page.locator(".unread")).to_have_count(0)
        await expect(page.locator("main")).to_contain_text("没有新的通知")
