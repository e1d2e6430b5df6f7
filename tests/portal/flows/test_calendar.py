"""The month: a grid on a desk, a list on a phone, and the way to the matter behind an entry."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import Portal
from tests.portal.flows.staging import to_be_held
from tests.portal.hand import PATIENCE_MS, Hand, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.slow]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def month_with(hand: Hand, month: str, title: str) -> None:
    """The month, as soon as something of this title stands in it."""
    for _ in range(PATIENCE_MS // 1000):
        await hand.go(f"/desk/calendar?month={month}")
        if await hand.page.locator("main .todo a", has_text=title).count():
            return
        await hand.page.wait_for_timeout(1000)
    raise AssertionError(f"{title} is not in {month}")


@pytest.mark.parametrize(("month", "phone"), [(3, False), (7, True)])
async def test_a_meeting_stands_in_its_month_and_leads_to_its_matter(
    chromium: Browser, portal: Portal, month: int, *, phone: bool
) -> None:
    title = "巷口的路灯" + ("(手机)" if phone else "")
    # 17:30 UTC is past midnight in China.
    await to_be_held(portal, title, datetime(2036, month, 11, 17, 30, tzinfo=UTC))
    async with at_browser(chromium, portal, "clerk", phone=phone) as hand:
        page = hand.page
        await month_with(hand, f"2036-{month:02}", title)
        kinds = page.locator("nav.tasks")
        grid, day = page.locator("table.month"), f"2036-{month:02}-12"
        await expect(page.locator("h1")).to_contain_text(f"2036年{month}月")
        assert 0 == await page.evaluate(OVER)
        if phone:
            await expect(grid).to_be_hidden()
        else:
            cell = grid.locator("td", has=page.locator(f"time[datetime='{day}']"))
            await expect(cell.locator("a.consultation")).to_have_text([title])
        here = page.locator("section", has=page.locator(f"#day-{day}"))
        await expect(here.locator("li")).to_have_count(1)
        await expect(here).to_contain_text("协商会议")

        await kinds.get_by_role("link", name="回头看").click()
        await expect(page.locator(".empty")).to_contain_text("这个月没有安排")
        await kinds.get_by_role("link", name="协商会议").click()
        await page.locator("a[rel=next]").click()
        await expect(page.locator("h1")).to_contain_text(f"2036年{month + 1}月")
        await expect(page.locator(".empty")).to_be_visible()
        await page.locator("a[rel=prev]").click()
        await expect(kinds.locator("[aria-current=true]")).to_contain_text("协商会议")
        await page.locator(".todo a" if phone else "table.month a.consultation").first.click()
        await expect(page.locator("h1")).to_contain_text(title)
