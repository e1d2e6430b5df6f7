"""Takes a picture of every page, at both sizes: `python -m tests.portal.camera FOLDER`.

Of the platform that `tongxin up` runs over `TONGXIN_DATA`, with the people of its demo.
"""

import argparse
import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path

import httpx
from playwright.async_api import Browser, async_playwright

from deploy.tongxin.demo import password
from deploy.tongxin.home import Home, read_json
from deploy.tongxin.status import running
from services.portal.pages.ease import COOKIE, Ease
from tests.portal.everywhere import Page, look, pages, streams
from tests.portal.hand import DESK, PHONE

LOGINS = ("", "cppcc", "clerk", "operator", "member", "party", "unit-health", "leader", "resident")
SIZES = {"desk": DESK, "phone": PHONE}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HIGHEST = 6_000


async def see(url: str, login: str, secret: str) -> httpx.AsyncClient:
    """A client that is logged in, or a visitor."""
    client = httpx.AsyncClient(base_url=url, timeout=60)
    if login:
        await client.get("/login")
        csrf = client.cookies["tongxin_visitor"]
        form = {"csrf": csrf, "login": login, "password": secret}
        assert 303 == (await client.post("/login", data=form)).status_code
        page = (await client.get("/prefs")).text
        csrf = page.split('name="csrf" value="')[1].split('"')[0]
        await client.post("/tour", data={"csrf": csrf, "go": "skip"})
    return client


async def take(folder: Path, only: str, simple: bool) -> None:
    """A picture of each page, by whoever sees it first."""
    home = Home.of_checkout()
    servers = running(home)
    url, secret = (read_json(home.run_file) or {})["url"], password(servers)
    all_ = list(pages(await streams(servers)))
    shown: set[str] = set()
    async with async_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for login in LOGINS:
            client = await see(url, login, secret)
            mine = [one for one in all_ if only in one.route and one.route not in shown]
            seen = {}
            for one in mine:
                if one.route not in seen and look(await client.get(one.path)):
                    seen[one.route] = one
            shown |= seen.keys()
            await _pictures(browser, client, list(seen.values()), folder, login, simple)
            await client.aclose()
        await browser.close()
    for route in sorted({one.route for one in all_ if only in one.route} - shown):
        print("nobody saw", route)


async def _pictures(
    browser: Browser, client: httpx.AsyncClient, some: Sequence[Page], folder: Path, login: str,
    simple: bool,
) -> None:  # fmt: skip
    for size, viewport in SIZES.items():
        context = await browser.new_context(viewport=viewport, locale="zh-CN")  # type: ignore[arg-type]
        cookies = [*client.cookies.items(), (COOKIE, Ease(simple=simple).cookie)]
        await context.add_cookies(
            [{"name": name, "value": value, "url": str(client.base_url)} for name, value in cookies]
        )
        page = await context.new_page()
        for one in some:
            await page.goto(str(client.base_url).rstrip("/") + one.path)
            file = folder / f"{one.file}.{login or 'visitor'}.{size}.png"
            high = await page.evaluate("document.documentElement.scrollHeight")
            clip = {"x": 0, "y": 0, "width": viewport["width"], "height": min(high, HIGHEST)}
            await page.screenshot(path=file, full_page=True, clip=clip)  # type: ignore[arg-type]
        await context.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="a part of the routes to look at")
    parser.add_argument("--simple", action="store_true", help="in the simple mode")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(asked.folder, asked.only, asked.simple))
