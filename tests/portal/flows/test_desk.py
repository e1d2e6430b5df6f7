"""People at their desks: a clerk enters ten matters, what awaits me is one click away."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import COUNTY, VILLAGE, Portal
from tests.portal.flows.asking import ask
from tests.portal.hand import PATIENCE_MS, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.slow]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def test_a_clerk_enters_ten_matters_and_prints_the_ledger(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "clerk") as hand:
        page = hand.page
        numbers = set()
        for nth in range(1, 11):
            await hand.go(f"/raise?area={VILLAGE}")
            form = page.locator("main form:has(button.big)")
            await hand.fill(form, {"title": f"代群众填报的第{nth}件𠮷事", "personal": "no"})
            await form.locator("button.big").click()
            await page.wait_for_url(lambda url: "/raise" not in url, timeout=PATIENCE_MS)
            numbers.add(page.url.partition("?")[0])
        assert 10 == len(numbers)
        await hand.go(f"/areas/{COUNTY}/ledger")
        await expect(page.locator("h1")).to_contain_text("活动台账")
        await page.emulate_media(media="print")
        paper = await page.pdf(format="A4", landscape=True)
        assert paper.startswith(b"%PDF")
        assert len(paper) > 5_000


@pytest.mark.parametrize("phone", [False, True])
async def test_what_awaits_somebody_is_one_click_from_its_form(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    async with at_browser(chromium, portal, "convenor", phone=phone) as hand:
        page = hand.page
        title = "待办里的路灯" + ("(手机)" if phone else "")
        topic = str(uuid4())
        data = {"topic_id": topic, "area": VILLAGE, "title": title, "origin": "member"}
        await ask(portal, "convenor", "topics", "ProposeTopic", data)
        entry = page.locator("li.turn", has_text=title).first
        for _ in range(60):
            await hand.go(f"/awaiting?title={title}")
            if await entry.count():
                break
            await page.wait_for_timeout(1000)
        assert 0 == await page.evaluate(OVER)
        await entry.locator(".acts a").first.click()
        await expect(page.locator("details.step[open]").first).to_be_visible()
        assert re.search(r"step=AssessCriteria", page.url)
