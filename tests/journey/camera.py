"""Takes pictures of pages, where somebody names a folder to put them into."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import async_playwright

from tests.portal.conftest import BROWSERS, FLAGS, PASSWORD

PLACE = "TONGXIN_STORY_PICTURES"
"""The variable that names the folder; unset, no browser is started."""

WIDTHS = (1280, 390)

Camera = Callable[[str, str, str], Awaitable[None]]
"""Takes a page at an address, as somebody sees it, under a name."""


@asynccontextmanager
async def camera(url: str) -> AsyncIterator[Camera]:
    """Pictures of a site, in each width."""
    folder = os.environ.get(PLACE)
    if not folder:
        yield _nothing
        return
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=installed, args=FLAGS)

        async def take(path: str, login: str, name: str) -> None:
            for width in WIDTHS:
                size = {"width": width, "height": 900}
                page = await browser.new_page(base_url=url, viewport=size)  # type: ignore[arg-type]
                await page.goto(f"/login?next={path}")
                await page.fill("input[name=login]", login)
                await page.fill("input[name=password]", PASSWORD)
                await page.click("main form button")
                await page.wait_for_url(f"**{path}")
                await page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
                await page.context.close()

        yield take
        await browser.close()


async def _nothing(_path: str, _login: str, _name: str) -> None:
    """Nobody asked for pictures."""
