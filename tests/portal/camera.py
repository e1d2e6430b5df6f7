"""Takes a picture of every page, at both sizes: `python -m tests.portal.camera FOLDER`.

Of the platform that `tongxin up` runs over `TONGXIN_DATA`, with the people of its demo.
"""

import argparse
import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import async_playwright

from deploy.tongxin.demo import password
from deploy.tongxin.home import Home, read_json
from deploy.tongxin.status import running
from tests.portal.everywhere import Page, pages, see, sights, streams
from tests.portal.seeing import LOOKS, Eyes, eyes

LOGINS = ("", "cppcc", "clerk", "operator", "member", "party", "unit-health", "leader", "resident")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HIGHEST = 6_000


async def take(folder: Path, only: str, looks: list[str], *, check: bool) -> None:
    """A picture of each page, by whoever sees it first; with `check`, what is wrong with each."""
    home = Home.of_checkout()
    servers = running(home)
    url, secret = (read_json(home.run_file) or {})["url"], password(servers)
    all_ = [one for one in pages(await streams(servers)) if only in one.route]
    shown: set[str] = set()
    async with async_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for login in LOGINS:
            client = await see(url, login, secret)
            mine, _ = await sights(client, [one for one in all_ if one.route not in shown])
            shown |= mine.keys()
            for look in looks:
                async with eyes(browser, client, look) as theirs:
                    await _pictures(theirs, list(mine.values()), folder, login, check=check)
            await client.aclose()
        await browser.close()
    for route in sorted({one.route for one in all_} - shown):
        print("nobody saw", route)


async def _pictures(
    theirs: Eyes, some: Sequence[Page], folder: Path, login: str, *, check: bool
) -> None:
    width = LOOKS[theirs.look][0]["width"]
    for one in some:
        if check:
            print(*await theirs.defects(one), sep="\n", end="\n", flush=True)
        await theirs.tab.goto(theirs.url + one.path)
        high = await theirs.tab.evaluate("document.documentElement.scrollHeight")
        await theirs.tab.screenshot(
            path=folder / f"{one.file}.{login or 'visitor'}.{theirs.look}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": min(high, HIGHEST)},
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="a part of the routes to look at")
    parser.add_argument("--looks", nargs="+", default=["desk", "phone"], choices=LOOKS)
    parser.add_argument("--check", action="store_true", help="say what is wrong with each page")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(asked.folder, asked.only, asked.looks, check=asked.check))
