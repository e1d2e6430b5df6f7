"""Staff enter what a member did, and what is wrong with it is said."""

from uuid import uuid4

import pytest
from playwright.async_api import Browser, expect

from tests.platform import sealed
from tests.portal.conftest import COUNTY, Portal
from tests.portal.flows.asking import ask
from tests.portal.hand import PATIENCE_MS, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("phone", [False, True])
async def test_a_duty_is_entered_in_the_file_of_a_member(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    member = str(uuid4())
    await ask(
        portal, "cppcc", "meetings", "AdmitMember",
        {"member_id": member, "area": COUNTY, "name": await sealed("", "钱望舒"), "account": "",
         "party_member": False, "standing": False, "sector": "教育界", "term": 14},
    )  # fmt: skip
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        page = hand.page
        entry = page.get_by_role("link", name="登记履职")
        for _ in range(60):
            await hand.go(f"/members/{member}")
            if await entry.count():
                break
            await page.wait_for_timeout(1000)
        await expect(page.get_by_role("link", name="提交述职报告")).to_have_count(0)
        await entry.click()
        form = page.locator("form.card")
        kind = await form.locator("[name=kind] option").nth(1).get_attribute("value")
        duty = {"kind": kind or "", "on": "2090-01-01", "reference": "界别活动𠮷"}
        await hand.fill(form, duty)
        await form.get_by_role("button").click()
        await expect(page.locator(".no")).to_be_visible()
        assert "界别活动𠮷" == await page.locator("[name=reference]").input_value()
        await page.fill("[name=on]", "2026-03-02")
        await page.locator("form.card").get_by_role("button").click()
        await page.wait_for_url(f"**/members/{member}?after=*")
        await hand.go(f"/members/{member}?year=2026")
        await expect(page.locator("#duties")).to_contain_text("1 条", timeout=PATIENCE_MS)
        await expect(page.locator("main")).to_contain_text("界别活动𠮷")
        assert 0 == await page.evaluate(OVER)
    async with at_browser(chromium, portal, "member") as other:
        answer = await other.page.goto(f"{portal.url}/members/{member}/do/RecordDuty")
        assert answer
        assert 403 == answer.status
