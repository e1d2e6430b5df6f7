"""What documents say can be done is done, and what they show is seen, on the running platform."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.async_api import Browser

from deploy.tongxin.home import ROOT
from docs.site.pictures import FOLDER
from tests.docs.blocks import Block, blocks, documents
from tests.docs.camera import asked_for, take
from tests.docs.given import GIVEN
from tests.docs.shell import run, surroundings
from tests.platform import Platform
from tests.portal.conftest import PASSWORD, Portal

pytestmark = [pytest.mark.servers, pytest.mark.slow]

RUNNING = [block for page in documents() for block in blocks(page) if block.runs]
PAGES = sorted({block.page for block in RUNNING})
LOGINS = {"unit": "health"}

Examples = Mapping[str, list[str]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
async def test_what_a_document_says_to_do_can_be_done(
    page: Path, platform: Platform, portal: Portal, examples: Examples, place: Path
) -> None:
    assert examples
    mine = [block for block in RUNNING if block.page == page]
    env = {"TONGXIN_URL": portal.url, "TONGXIN_DATA": str(platform.home.data)}
    for name in dict.fromkeys(block.said["given"] for block in mine if "given" in block.said):
        env |= await GIVEN[name](portal)

    assert "" == await asyncio.to_thread(_run, mine, env, place)


def _run(some: list[Block], env: Mapping[str, str], place: Path) -> str:
    here = Path(mkdtemp(prefix="docs-", dir=place))
    return "\n\n".join(run(some, surroundings(here / "page", env)))


@pytest.mark.browser
async def test_every_picture_of_the_documents_is_taken(
    chromium: Browser, portal: Portal, examples: Examples
) -> None:
    await take(chromium, portal.url, LOGINS, PASSWORD, examples)
    files = {picture.file for _, picture in asked_for()}
    assert files
    there = await asyncio.to_thread(lambda: {one.name for one in FOLDER.glob("*.png")})
    assert files <= there
