"""Somebody screens leads: twenty by keyboard in one go, several at once, and without a script."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from tests.portal.conftest import PASSWORD, VILLAGE, Portal
from tests.portal.flows.asking import ask
from tests.portal.hand import at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def leads(portal: Portal, mark: str, n: int) -> list[str]:
    """The ids of new leads whose titles hold this mark, once the desk shows them."""
    ids = [str(uuid4()) for _ in range(n)]
    for nth, one in enumerate(ids, start=1):
        data = {"lead_id": one, "area": VILLAGE, "title": f"{mark}第{nth:02}件", "origin": "clerk"}
        await ask(portal, "clerk", "topics", "SubmitLead", data)
    return ids


async def shown(page: Page, portal: Portal, mark: str, n: int) -> None:
    """The desk with the leads of this mark, all of them."""
    pile = page.locator(".pile li")
    for _ in range(30):
        await page.goto(f"{portal.url}/desk/screening?title={mark}")
        if await pile.count() == n:
            break
        await page.wait_for_timeout(500)
    await expect(pile).to_have_count(n)


async def states(portal: Portal, login: str, ids: list[str]) -> list[str]:
    """What became of each lead, as its page tells it."""
    async with portal.client() as client:
        session = await client.get("/login")
        csrf = re.search(r'name="csrf" value="([^"]+)"', session.text)
        assert csrf
        form = {"csrf": csrf[1], "login": login, "password": PASSWORD, "next": "/", "carry": ""}
        await client.post("/login", data=form)
        pages = [(await client.get(f"/matters/{one}")).text for one in ids]
    found = [re.search(r'class="state (\w+)"', page) for page in pages]
    return [one[1] if one else "" for one in found]


async def settled(portal: Portal, page: Page, ids: list[str], wanted: list[str]) -> None:
    """Patience until every lead stands where it should."""
    found: list[str] = []
    for _ in range(60):
        found = await states(portal, "cppcc", ids)
        if found == wanted:
            return
        await page.wait_for_timeout(1000)
    assert wanted == found


async def test_twenty_leads_are_screened_by_keyboard_in_one_go(
    chromium: Browser, portal: Portal
) -> None:
    ids = await leads(portal, "键盘", 20)
    async with at_browser(chromium, portal, "cppcc") as hand:
        page = hand.page
        await shown(page, portal, "键盘", 20)
        heading = page.locator("#lead-title")
        for nth in range(1, 21):
            await expect(heading).to_contain_text(f"键盘第{nth:02}件")
            await page.keyboard.press("x" if nth % 2 else "a")
            if nth % 2:
                await page.keyboard.press("e")
                category = page.locator("[id='ScreenOutLead.category']")
                await category.select_option("empty")
                await expect(page.locator("[id='ScreenOutLead.reason']")).not_to_have_value("")
            await page.keyboard.press("Control+Enter")
            if nth == 6:  # Taken back, it is open again, and is decided otherwise.
                await expect(heading).to_contain_text("键盘第07件")
                await page.keyboard.press("Escape")
                await page.keyboard.press("u")
                await expect(heading).to_contain_text("键盘第06件")
                await page.keyboard.press("r")
                await page.locator("[id='ReturnLeadForFix.reason']").fill("请补充地点。")
                await page.keyboard.press("Control+Enter")
        wanted = ["LeadScreenedOut" if nth % 2 else "LeadAdopted" for nth in range(1, 21)]
        wanted[5] = "LeadReturnedForFix"
        await settled(portal, page, ids, wanted)


async def test_several_leads_are_merged_into_one_and_unmerged_again(
    chromium: Browser, portal: Portal
) -> None:
    ids = await leads(portal, "并案", 3)
    async with at_browser(chromium, portal, "cppcc") as hand:
        page = hand.page
        await shown(page, portal, "并案", 3)
        for one in ids[1:]:
            await page.check(f".pile input[value='{one}']")
        await expect(page.locator("[data-several]")).to_have_text("对选中的 2 条线索")
        await page.keyboard.press("m")
        await page.locator("[id='MergeLead.reason']").fill("同一件事")
        await page.evaluate(
            """([name, value]) => {
              const pick = document.getElementById(name);
              pick.add(new Option(value, value)); pick.value = value;
            }""",
            ["MergeLead.into", ids[0]],
        )
        await page.click("#MergeLead button")
        await settled(portal, page, ids, ["LeadSubmitted", "LeadMerged", "LeadMerged"])
        await page.click("form[action$='/undo'] button")
        await settled(portal, page, ids, ["LeadSubmitted"] * 3)


async def test_what_fails_is_listed_and_nothing_that_was_typed_is_lost(
    chromium: Browser, portal: Portal
) -> None:
    ids = await leads(portal, "未成", 2)
    context = await chromium.new_context(java_script_enabled=False, base_url=portal.url)
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "cppcc")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await shown(page, portal, "未成", 2)
    await page.check(f".pile input[value='{ids[0]}']")
    await page.check(f".pile input[value='{ids[1]}']")
    gone = {"lead_id": ids[0], "category": "empty", "reason": "内容空泛"}
    await ask(portal, "convenor", "topics", "ScreenOutLead", gone)
    await page.click("#TransferAppeal summary")
    await page.fill("[id='TransferAppeal.to_unit']", "县公安局")
    await page.fill("[id='TransferAppeal.reason']", "户口的事,转公安𠮷办理")
    await page.click("#TransferAppeal button")
    await expect(page.locator("#failed li")).to_have_count(1)
    await expect(page.locator("#failed")).to_contain_text("未成第01件")
    await settled(portal, page, ids, ["LeadScreenedOut", "PersonalAppealTransferred"])
    await context.close()


@pytest.mark.parametrize("phone", [False, True])
async def test_a_lead_is_returned_for_fix_with_a_ready_made_reason(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    mark = "手机退回" if phone else "桌面退回"
    ids = await leads(portal, mark, 1)
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        page = hand.page
        await shown(page, portal, mark, 1)
        assert 0 == await page.evaluate(OVER)
        await page.click("#ReturnLeadForFix summary")
        await page.select_option("[id='ReturnLeadForFix.reason-template']", index=1)
        await expect(page.locator("[id='ReturnLeadForFix.reason']")).not_to_have_value("")
        await page.click("#ReturnLeadForFix button")
        await page.goto(f"{portal.url}/desk/screening")
        await settled(portal, page, ids, ["LeadReturnedForFix"])


async def test_a_member_has_no_screening_desk(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "member") as hand:
        await hand.go("/desk/screening")
        await expect(hand.page.locator("[data-code='wrong-role']")).to_be_visible()
        assert 0 == await hand.page.locator(".pile").count()
