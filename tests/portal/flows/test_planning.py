"""A year is planned at the desk, and a clerk stands for a ledger."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import COUNTY, Portal
from tests.portal.hand import at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("year", "phone"), [(2037, False), (2038, True)])
async def test_a_year_is_planned_item_by_item_and_one_is_moved_and_put_off(
    chromium: Browser, portal: Portal, year: int, *, phone: bool
) -> None:
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        page = hand.page
        await hand.go(f"/desk/plan/{year}")
        await page.click("#plan-DraftPlan button")
        for no, (title, month) in enumerate([("社区养老食堂", "2"), ("校门口接送", "8")], start=1):
            await expect(page.locator(".plan-items > li")).to_have_count(no - 1)
            form = page.locator("#plan-AddPlanItem")
            await form.locator("summary").click()
            await hand.fill(form, {"title": title, "led_by": "县民政局", "month": month})
            await form.get_by_role("button").click()
        await expect(page.locator(".plan-items > li")).to_have_count(2)
        first = page.locator("section", has=page.locator("#quarter-1"))
        await expect(first).to_contain_text("社区养老食堂")
        assert 0 == await page.evaluate(OVER)

        moved = page.locator("#item-1-AddPlanItem")
        await moved.locator("summary").click()
        await moved.locator("[name=month]").fill("11")
        await moved.get_by_role("button").click()
        fourth = page.locator("section", has=page.locator("#quarter-4"))
        await expect(fourth).to_contain_text("社区养老食堂")

        put_off = page.locator("#item-2-DeferPlanItem")
        await put_off.locator("summary").click()
        await put_off.locator("[name=reason]").fill("等新校区建成")
        await put_off.get_by_role("button").click()
        await expect(page.locator(".plan-items")).to_contain_text(["社区养老食堂"])
        await expect(page.locator("main")).to_contain_text("等新校区建成")


async def test_who_may_not_plan_reads_and_finds_no_form(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "clerk") as hand:
        await hand.go("/desk/plan/2039")
        await expect(hand.page.locator(".empty")).to_contain_text("还没有协商计划")
        assert 0 == await hand.page.locator("main form").count()


async def test_a_ledger_is_certified_and_the_page_says_by_whom(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "clerk") as hand:
        page = hand.page
        await hand.go(f"/areas/{COUNTY}/certification?year=2023&period=2023-Q2")
        digest = await page.locator("dd .digest").first.inner_text()
        assert re.fullmatch(r"[0-9a-f]{64}", digest)
        await page.get_by_role("button", name="签认这一期台账").click()
        await expect(page.locator("main")).to_contain_text("与最近一次签认一致")
        await expect(page.locator("main")).to_contain_text("文小川")
        assert 0 == await page.get_by_role("button", name="签认").count()


async def test_what_another_level_wrote_is_not_certified_here(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "clerk", phone=True) as hand:
        page = hand.page
        await hand.go("/areas/511623100000/certification?year=2023&period=2023-03")
        await expect(page.locator("main")).to_contain_text("只能由")
        assert 0 == await page.evaluate(OVER)
