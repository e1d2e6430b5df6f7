"""A running platform with people in it, seen through HTTP and through a browser."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from random import randint

import asyncpg
import httpx
import pytest
from playwright.async_api import Browser, async_playwright

from deploy.tongxin.home import read_json
from deploy.tongxin.servers import Servers
from services.portal.edge.people.newcomers import Newcomer, open_accounts
from shared.kernel.areas import EVERYWHERE
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from tests.platform import Platform
from tests.portal.roads import Road

PASSWORD = "correct-horse-7"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

COUNTY, VILLAGE = "511623000000", "511623100013"

PEOPLE = [
    Newcomer("clerk", "文小川", PASSWORD, "clerk", COUNTY),
    Newcomer("convenor", "罗明远", PASSWORD, "convenor", COUNTY),
    Newcomer("member", "苏晓岚", PASSWORD, "member", COUNTY),
    Newcomer("cppcc", "程立新", PASSWORD, "cppcc", COUNTY),
    Newcomer("party", "贺长青", PASSWORD, "party", COUNTY, "cppcc-party-group"),
    Newcomer("leader", "严承志", PASSWORD, "leader", COUNTY, "county-government"),
    Newcomer("county.committee", "秦正", PASSWORD, "party", COUNTY, "county-party-committee"),
    Newcomer("health", "杜若兰", PASSWORD, "unit", COUNTY, "县卫生健康局"),
    Newcomer("civil", "陶然", PASSWORD, "unit", COUNTY, "县民政局"),
    Newcomer("targets", "闻述", PASSWORD, "leader", COUNTY, "target-office"),
    Newcomer("elsewhere", "邓远", PASSWORD, "cppcc", "510521000000"),
    Newcomer("operator", "钟维", PASSWORD, "operator", COUNTY),
    Newcomer("watch", "方守正", PASSWORD, "operator", EVERYWHERE, home=COUNTY),
]


@dataclass(frozen=True)
class Portal:
    """Where people enter, and who they are."""

    url: str
    people: dict[str, Actor]
    servers: Servers

    def client(self) -> httpx.AsyncClient:
        """A browser without a screen: it keeps cookies, and follows nothing by itself.

        It is at an address of its own, since some pages count how often one address comes.
        """
        own = {"x-forwarded-for": f"10.{randint(1, 250)}.{randint(0, 250)}.{randint(1, 250)}"}
        return httpx.AsyncClient(base_url=self.url, timeout=60, headers=own)


@pytest.fixture(scope="session")
async def portal(platform: Platform) -> Portal:
    """The portal of the running platform; its people are in, and shown."""
    servers = platform.servers
    client = await connect(servers.login("portal"), "tests")
    try:
        async with asyncpg.create_pool(servers.service_dsn("portal"), min_size=0) as pool:
            people = await open_accounts(Asker(client), pool, PEOPLE)
    finally:
        await client.close()
    url: str = read_json(platform.home.run_file)["url"]
    return Portal(url, people, servers)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One headless Chromium; take a `new_context()` for each person."""
    # Where none is installed, Playwright looks for one of its own.
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def road(portal: Portal) -> AsyncIterator[Road]:
    """A way to the portal of one's own."""
    host, _, port = portal.url.removeprefix("http://").partition(":")
    road = Road(0, (host, int(port)))
    await road.open()
    yield road
    await road.cut()
