"""Takes the pictures that documents ask for: `python -m tests.docs.camera`, of what runs here."""

import asyncio
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence

import httpx
from playwright.async_api import Browser, async_playwright

from deploy.tongxin.demo import password
from deploy.tongxin.home import ROOT, Home, read_json
from deploy.tongxin.status import running
from docs.site.pictures import FOLDER, LOOKS, Picture
from tests.docs.blocks import blocks, documents
from tests.portal.everywhere import FIXED, PART, see, streams
from tests.portal.seeing import eyes

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTION = re.compile(r"^:(\w+): *(.+)$", re.MULTILINE)


class Unseen(Exception):
    """Pictures that could not be taken, each with the reason."""


def asked_for() -> Iterator[tuple[str, Picture]]:
    """Every picture of every document, and where it is asked for."""
    for page in documents():
        for block in blocks(page):
            if block.language == "{picture}":
                said = dict(OPTION.findall(block.text))
                look = said.get("look", LOOKS[0])
                path, who, part = block.odd[0], said.get("as", ""), said.get("part", "")
                yield block.place, Picture(path, who, look, part)


async def take(
    browser: Browser,
    url: str,
    logins: Mapping[str, str],
    secret: str,
    known: Mapping[str, Sequence[str]],
) -> None:
    """Take each picture once. Raises Unseen for those whose page nobody gets.

    `logins` are those of the platform that go by another name than in the demo.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    some = {picture: place for place, picture in asked_for()}
    wrong = []
    for who in dict.fromkeys(picture.who for picture in some):
        client = await see(url, logins.get(who, who), secret)
        for picture, place in some.items():
            if picture.who == who:
                problem = await _one(browser, client, picture, known)
                wrong += [f"{place}: {problem}"] if problem else []
        await client.aclose()
    if wrong:
        raise Unseen("\n".join(wrong))


async def _one(
    browser: Browser,
    client: httpx.AsyncClient,
    picture: Picture,
    known: Mapping[str, Sequence[str]],
) -> str:
    """Take one; why it could not be."""
    path = PART.sub(lambda one: _example(one[1], known), picture.path)
    async with eyes(browser, client, picture.look) as theirs:
        answer = await theirs.tab.goto(theirs.url + path, wait_until="load")
        if not answer or answer.status != 200 or theirs.tab.url != theirs.url + path:
            return f"{path} is not shown to {picture.who or 'visitors'}"
        seen = theirs.tab.locator(picture.part).first if picture.part else theirs.tab
        if picture.part and not await theirs.tab.locator(picture.part).count():
            return f"there is no {picture.part} on {path}"
        await seen.screenshot(path=FOLDER / picture.file)
    return ""


def _example(name: str, known: Mapping[str, Sequence[str]]) -> str:
    return next(iter([*FIXED.get(name, ()), *known.get(name, ())]), f"{{{name}}}")


async def here() -> None:
    """Of the platform that `tongxin up` runs over `TONGXIN_DATA`, with the people of its demo."""
    home = Home.of_checkout()
    servers = running(home)
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        url = (read_json(home.run_file) or {})["url"]
        names = {"unit": "unit-health"}
        await take(browser, url, names, password(servers), await streams(servers))
        await browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    asyncio.run(here())
