"""Programs of people: making and revoking tokens, reading the documents, trying an operation."""

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import PASSWORD, Portal
from tests.portal.hand import PATIENCE_MS, Hand, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

BOTH = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
DOCS = "/api/v1/docs"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def made(hand: Hand, name: str, scope: str) -> str:
    """A new token of that name, as the page shows it."""
    await hand.go("/tokens")
    await hand.page.fill("#name", name)
    await hand.page.check(f"input[name=scope][value={scope}]")
    await hand.page.click("main form.narrow button")
    token = hand.page.locator("code.token")
    await expect(token).to_be_visible(timeout=PATIENCE_MS)
    return await token.inner_text()


async def me(portal: Portal, token: str) -> httpx.Response:
    """As whom a token acts."""
    async with portal.client() as client:
        return await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


@BOTH
async def test_somebody_makes_a_token_and_revokes_it(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    async with at_browser(chromium, portal, "clerk", phone=phone) as hand:
        token = await made(hand, f"台账同步 {phone}", "read")
        assert "read" == (await me(portal, token)).json()["data"]["scope"]
        assert 0 == await hand.page.evaluate(OVER)

        await hand.go("/tokens")
        assert token not in await hand.page.content()
        card = hand.page.locator(".tokens li", has_text=f"台账同步 {phone}")
        await card.get_by_role("button").click()
        await expect(card).to_contain_text("已撤销", timeout=PATIENCE_MS)
        assert 401 == (await me(portal, token)).status_code


async def test_a_token_is_made_without_a_script(chromium: Browser, portal: Portal) -> None:
    context = await chromium.new_context(java_script_enabled=False, base_url=portal.url)
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "cppcc")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.goto("/tokens")
    await page.fill("#name", "<b>㐂𠮷</b>")
    await page.click("main form.narrow button")
    token = await page.locator("code.token").inner_text()
    await expect(page.locator(".tokens")).to_contain_text("<b>㐂𠮷</b>")
    assert 200 == (await me(portal, token)).status_code
    await context.close()


async def test_what_is_wrong_with_a_token_is_said_and_nothing_typed_is_lost(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "convenor") as hand:
        await hand.go("/tokens")
        await hand.page.fill("#name", "太久的令牌")
        await hand.page.fill("#until", "2099-01-01")
        await hand.page.click("main form.narrow button")
        await expect(hand.page.locator(".no")).to_contain_text("366")
        await expect(hand.page.locator("#name")).to_have_value("太久的令牌")


@BOTH
async def test_the_documents_are_read_from_the_menu_to_one_operation(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    async with at_browser(chromium, portal, "leader", phone=phone) as hand:
        await hand.go(DOCS)
        await hand.page.click(f"main a[href='{DOCS}/matters']")
        one = hand.page.locator("#matters")
        await one.locator("> summary").click()
        await expect(one.locator("h2")).to_be_visible()
        await expect(one).to_contain_text("cursor")
        assert 0 == await hand.page.evaluate(OVER)


async def test_a_question_is_tried_with_the_token_that_is_typed_in(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "member") as hand:
        token = await made(hand, "试一试", "read")
        await hand.go(f"{DOCS}/people#me")
        await hand.page.fill("#token", token)
        await hand.page.locator("#me form.try button").click()
        came = hand.page.locator("#me .came")
        await expect(came).to_contain_text('"scope": "read"', timeout=PATIENCE_MS)


async def test_trying_without_a_token_says_what_is_missing(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal) as hand:
        await hand.go(f"{DOCS}/people#me")
        await hand.page.locator("#me form.try button").click()
        came = hand.page.locator("#me .came")
        await expect(came).to_contain_text("unknown-session", timeout=PATIENCE_MS)


async def test_a_token_for_reading_does_not_ask_commands(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "clerk") as hand:
        token = await made(hand, "只读", "read")
        await hand.go(f"{DOCS}/topics#topics-ProposeTopic")
        await hand.page.fill("#token", token)
        operation = hand.page.locator("#topics-ProposeTopic")
        await operation.locator("form.try button").click()
        said = operation.locator(".came")
        await expect(said).to_contain_text("read-only-token", timeout=PATIENCE_MS)
