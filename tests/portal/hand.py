"""Somebody at a browser: logs in, finds the next step on a matter's page, fills it in, sends it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import randint

from playwright.async_api import Browser, Locator, Page, expect

from tests.portal.conftest import PASSWORD, Portal

PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

Filling = Mapping[str, str | list[str]]


@dataclass
class Hand:
    """One person's page, and everything that the browser complained about."""

    page: Page
    portal: Portal
    complaints: list[str] = field(default_factory=list)

    async def go(self, path: str) -> None:
        """Open an address of the portal."""
        await self.page.goto(self.portal.url + path)

    async def log_in(self, login: str) -> None:
        """Come in with the common password."""
        await self.go("/login")
        await self.page.fill("#login", login)
        await self.page.fill("#password", PASSWORD)
        await self.page.click("main button")
        await expect(self.page.locator(".me")).to_be_visible()

    async def take(self, label: str, filling: Filling, tag: str = "") -> None:
        """Take the step of that name; it may take a moment until it is offered."""
        step = self.page.locator("details.step", has=self.page.locator(f"summary:text('{label}')"))
        if tag:
            step = step.filter(has_text=tag)
        step = step.first
        await expect(step).to_be_attached(timeout=PATIENCE_MS)
        more = self.page.locator("details.more > summary")
        if not await step.locator("summary").is_visible():
            await more.click()
        await step.locator("summary").click()
        await self.fill(step, filling)
        await step.get_by_role("button").click()
        await self.page.wait_for_load_state()
        assert await self.page.locator(".no").count() == 0, await self.page.locator(
            ".no"
        ).inner_text()

    async def fill(self, form: Locator, filling: Filling) -> None:
        """Fill in a form by the names of its fields."""
        for name, value in filling.items():
            inputs = form.locator(f"[name='{name}']")
            kind = await inputs.first.get_attribute("type")
            tag = await inputs.first.evaluate("one => one.tagName")
            if kind in ("radio", "checkbox"):
                for one in [value] if isinstance(value, str) else value:
                    await form.locator(f"[name='{name}'][value='{one}']").check()
            elif tag == "SELECT":
                await inputs.select_option(value)
            else:
                await inputs.fill(str(value))


@asynccontextmanager
async def at_browser(
    chromium: Browser,
    portal: Portal,
    login: str = "",
    *,
    phone: bool = False,
    script: bool = True,
) -> AsyncIterator[Hand]:
    """A person with a browser, at an address of their own; its complaints fail the test."""
    context = await chromium.new_context(
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=script,
        extra_http_headers={"x-forwarded-for": f"10.0.{randint(0, 255)}.{randint(1, 254)}"},
    )
    hand = Hand(await context.new_page(), portal)
    hand.page.set_default_timeout(PATIENCE_MS)
    hand.page.on("pageerror", lambda error: hand.complaints.append(str(error)))
    hand.page.on(
        "console",
        lambda said: hand.complaints.append(said.text) if "Content Security" in said.text else None,
    )
    if login:
        await hand.log_in(login)
    yield hand
    await context.close()
    assert [] == hand.complaints
