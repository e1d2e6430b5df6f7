"""What people do to forms: wait too long, click twice, go back. No word of theirs is lost."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.portal import pictures
from tests.portal.conftest import PASSWORD, VILLAGE, Portal
from tests.portal.flows.staging import assigned
from tests.portal.flows.test_screening import leads, shown
from tests.portal.flows.test_unit import open_item, take
from tests.portal.hand import PATIENCE_MS, at_browser
from tests.portal.test_browser import OVER, proposed

pytestmark = [pytest.mark.servers, pytest.mark.browser]

WORDS = "第一处 <已开工> 𠮷\n第二处下周开工"
PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": pictures.photo(400, 300)}
TITLE = "村口的桥栏杆松了"


@pytest.mark.slow
@pytest.mark.parametrize("phone", [False, True])
async def test_a_session_that_ends_in_mid_form_costs_neither_words_nor_photo(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    item = "修好村口的桥" + ("(手机)" if phone else "")
    await assigned(portal, "村口的桥", item)
    async with at_browser(chromium, portal, "health", phone=phone) as hand:
        page = hand.page
        await open_item(hand, item)
        await take(page, "AcceptAssignment", {})
        await page.locator("#ReportProgress summary").click()
        await page.fill("#progress", WORDS)
        await page.locator("#ReportProgress input[type=file]").last.set_input_files(PHOTO)  # type: ignore[arg-type]
        await page.context.clear_cookies()
        await page.locator("#ReportProgress").get_by_role("button").last.click()

        await expect(page.locator("main .notice")).to_contain_text("登录已过期")
        assert 0 == await page.evaluate(OVER)
        await log_in_here(page, "health", "wrong-horse-8")
        await expect(page.locator(".no")).to_contain_text("登录名或密码不对")
        await log_in_here(page, "health", PASSWORD)
        kept = page.locator(".kept")
        await expect(kept).to_contain_text("第一处 <已开工> 𠮷\n第二处下周开工")
        await expect(kept).to_contain_text("现场.jpg")
        assert 0 == await page.evaluate(OVER)
        await page.get_by_role("button", name="提交", exact=True).click()

        await expect(page.locator(".open")).to_contain_text("第一处 <已开工> 𠮷")
        await expect(page.locator(".files li")).to_have_count(1)


@pytest.mark.parametrize("phone", [False, True])
async def test_a_decision_that_did_not_arrive_comes_back_with_its_words(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    mark = "未送到手机" if phone else "未送到"
    ids = await leads(portal, mark, 2)
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        page = hand.page
        await shown(page, portal, mark, 2)
        await page.locator("#ReturnLeadForFix summary").click()
        await page.fill("[id='ReturnLeadForFix.reason']", WORDS.splitlines()[0])
        await page.context.clear_cookies()
        await page.click("#ReturnLeadForFix button")
        await expect(page.locator(f".pile li[data-lead='{ids[0]}']")).to_be_hidden()
        told = page.locator("#pending")
        await expect(told).to_contain_text("登录已过期", timeout=PATIENCE_MS)
        await expect(told).to_contain_text(WORDS.splitlines()[0])
        await expect(page.locator(f".pile li[data-lead='{ids[0]}']")).to_be_visible()
        assert 0 == await page.evaluate(OVER)


@pytest.mark.parametrize("phone", [False, True])
async def test_a_double_click_takes_a_step_once(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    _, path = await proposed(portal, "点了两下的议题")
    async with at_browser(chromium, portal, "convenor", phone=phone) as hand:
        await hand.go(path)
        step = hand.page.locator("details.step", has_text="报送书面报告").first
        await step.locator("summary").click()
        await step.get_by_role("button").dblclick()
        reports = hand.page.locator(".story h3", has_text="书面报告")
        await expect(reports).to_have_count(1, timeout=PATIENCE_MS)
        await expect(hand.page.locator(".no")).to_have_count(0)


@pytest.mark.parametrize("phone", [False, True])
async def test_who_goes_back_finds_what_they_typed_and_sends_the_same_once(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    async with at_browser(chromium, portal, phone=phone) as hand:
        page = hand.page
        await hand.go(f"/raise?area={VILLAGE}")
        await page.fill("#title", TITLE)
        await page.fill("#words", WORDS)
        await page.check("[name='personal'][value='no']")
        await page.click("button.big")
        number = await page.locator(".received .receipt").inner_text()
        await page.go_back()

        await expect(page.locator("#title")).to_have_value(TITLE)
        await expect(page.locator("#words")).to_have_value(WORDS)
        await expect(page.locator("[name='personal'][value='no']")).to_be_checked()
        await page.click("button.big")
        await expect(page.locator(".received .receipt")).to_have_text(number)
        await page.go_back()
        await page.fill("#words", "还有一处也松了")
        await page.click("button.big")
        await expect(page.locator(".received .receipt")).not_to_have_text(number)


async def log_in_here(page: Page, login: str, password: str) -> None:
    """Fill in the form that is shown."""
    await page.fill("#login", login)
    await page.fill("#password", password)
    await page.get_by_role("button", name="登录", exact=True).click()
