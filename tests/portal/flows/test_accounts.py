"""An operator finds somebody, appoints them for a term, and reads who did."""

import pytest
from playwright.async_api import Browser, expect

from services.portal.pages.texts import read
from tests.portal.conftest import COUNTY, PASSWORD, Portal
from tests.portal.hand import PATIENCE_MS, at_browser
from tests.portal.test_workbooks import book, rows_of

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.slow]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("phone", [False, True])
async def test_somebody_is_let_in_appointed_for_a_term_and_found_again(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    login, name = ("new.phone", "鲁㐂") if phone else ("new.desk", "鲁𠮷")
    async with at_browser(chromium, portal, "operator", phone=phone) as hand:
        page = hand.page
        await hand.go("/accounts")
        assert 0 == await page.evaluate(OVER)
        form = page.locator("section form.card")
        await hand.fill(form, {"login": login, "name": name, "area": COUNTY, "password": PASSWORD})
        await form.locator("button").click()
        card = page.locator(".accounts > li")
        await expect(card).to_have_count(1, timeout=PATIENCE_MS)
        await expect(card).to_contain_text("还没有任职")

        grant = card.locator("details").first
        await grant.locator("summary").click()
        await hand.fill(grant, {"role": "member", "since": "2026-01-01", "until": "2090-12-31"})
        await grant.locator("button").click()
        await expect(card).to_contain_text("2026年1月1日 至 2090年12月31日", timeout=PATIENCE_MS)
        await expect(card).to_contain_text("钟维于")

        await page.get_by_role("link", name="清除筛选").click()
        await page.fill("#who", name)
        await page.select_option("#role", "member")
        await page.get_by_role("button", name="筛选").click()
        await expect(card).to_have_count(1)
        await expect(card).to_contain_text(login)
        assert 0 == await page.evaluate(OVER)
        await page.select_option("#state", "closed")
        await page.get_by_role("button", name="筛选").click()
        await expect(page.locator(".empty")).to_contain_text("没有符合条件的账号")


async def test_the_accounts_that_were_found_are_taken_along_as_a_workbook(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "operator") as hand:
        await hand.go("/accounts?role=party")
        async with hand.page.expect_download() as coming:
            await hand.page.get_by_role("link", name="Excel").click()
        body = (await (await coming.value).path()).read_bytes()
    rows = [tuple(row.values()) for row in rows_of(book(body))]
    assert {"party", "county.committee"} <= {row[0] for row in rows}
    assert {read().words.roles.party} == {row[4] for row in rows}, rows
    async with at_browser(chromium, portal, "clerk") as hand:
        answer = await hand.page.goto(f"{portal.url}/accounts.xlsx")
        assert answer
        assert 403 == answer.status
