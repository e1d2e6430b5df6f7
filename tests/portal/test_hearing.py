"""Who hears that something changed: those who may see it, each at their own pace."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from nats.aio.client import Client

from services.portal.edge.routes import portal as application
from services.portal.edge.site import Site, site_of
from services.portal.projections.shown import SHOWN
from shared.runtime.areas import Areas
from shared.runtime.asker import Asker
from shared.runtime.asof import AsOf
from shared.runtime.charter import Charters
from shared.runtime.projector import applying
from shared.runtime.view import Views
from tests.portal.conftest import Portal
from tests.portal.flows.asking import ask
from tests.portal.flows.staging import to_be_public
from tests.portal.test_browser import asked, proposed
from tests.portal.test_file_pages import form, log_in, soon, visitor

pytestmark = pytest.mark.servers

PATIENCE_S, AGAIN_S = 60.0, 0.1
HEARD = 200
NOT_FOR_YOU = 204


async def until(holds: Callable[[], bool]) -> None:
    """Patience until it holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 (it happens elsewhere)
            await asyncio.sleep(AGAIN_S)


async def listening(client: httpx.AsyncClient, asked_for: str) -> int:
    """What somebody is answered who wants to listen."""
    async with client.stream("GET", f"/live?{asked_for}") as live:
        return live.status_code


async def test_a_matter_that_is_not_public_is_heard_by_those_whose_business_it_is(
    portal: Portal,
) -> None:
    topic_id, path = await proposed(portal, "还没有确定的议题")
    heard = {}
    for login in ("", "elsewhere", "cppcc"):
        async with visitor(portal) as client:
            if login:
                await log_in(client, login)
                await client.get(path)
            heard[login] = await listening(client, f"matter={topic_id}&seen=0")

    assert {"": NOT_FOR_YOU, "elsewhere": NOT_FOR_YOU, "cppcc": HEARD} == heard


async def test_a_public_matter_is_heard_by_everybody(portal: Portal) -> None:
    topic_id = await to_be_public(portal, "已经确定的议题")
    async with visitor(portal) as client:
        assert HEARD == await listening(client, f"matter={topic_id}&seen=0")


@pytest.mark.parametrize("asked_for", ["matter=", "matter=x", f"matter={uuid4()}", "", "area=x"])
async def test_what_there_is_not_is_heard_by_nobody(portal: Portal, asked_for: str) -> None:
    async with visitor(portal) as client:
        stranger = await listening(client, asked_for)
        await log_in(client, "cppcc")
        assert (NOT_FOR_YOU, NOT_FOR_YOU) == (stranger, await listening(client, asked_for))


async def test_who_has_the_receipt_hears_what_becomes_of_it_and_of_nothing_else(
    portal: Portal,
) -> None:
    other, _ = await proposed(portal, "别人的议题")
    async with visitor(portal) as client:
        sent = await form(client)
        lead_id = (await client.post("/raise", data=sent)).headers["location"].split("/")[2]
        page = f"/leads/{lead_id}"
        first = await soon(lambda: client.get(page), lambda r: lead_id in watched(r))
        assert HEARD == await listening(client, watched(first))
        adopted = {"lead_id": lead_id, "title": "由线索来的议题"}
        await ask(portal, "cppcc", "topics", "AdoptLead", adopted)
        later = await soon(
            lambda: client.get(page), lambda r: f"matter={lead_id}" not in watched(r)
        )
        bare = watched(later).partition("&")[0]
        assert HEARD == await listening(client, watched(later))
        assert NOT_FOR_YOU == await listening(client, bare)
        assert NOT_FOR_YOU == await listening(client, f"matter={other}&lead={lead_id}")
        assert NOT_FOR_YOU == await listening(client, f"{bare}&lead={other}")


def watched(page: httpx.Response) -> str:
    """What a page listens to."""
    found = re.search(r'data-live="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


class _Nobody(Client):
    """A connection that was given up: whoever is asked over it is away."""

    @property
    def is_closed(self) -> bool:
        return True


@pytest.fixture
async def site(portal: Portal) -> AsyncIterator[Site]:
    """What the pages work with, in this process, over what the running platform shows."""
    dsn = portal.servers.service_dsn("portal")
    views = await Views.open(dsn, "portal", SHOWN)
    try:
        async with applying(dsn) as applier, asyncpg.create_pool(dsn, min_size=0) as pool:
            charters = Charters(Path("deploy/charters"))
            areas = Areas.read(Path("deploy/areas.csv"))
            yield site_of(views, Asker(_Nobody()), charters, areas, pool, AsOf(applier, {}))
    finally:
        await views.close()


class Reader:
    """A browser at the end of one stream, which takes what comes, or takes nothing."""

    def __init__(self, *, takes: bool) -> None:
        self.takes = takes
        self.came: list[str] = []
        self.stuck = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        """It says nothing, and stays."""
        await asyncio.Event().wait()
        return {}

    async def send(self, message: Any) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.body":
            if not self.takes:
                self.stuck.set()
                await asyncio.Event().wait()
            self.came.append(message["body"].decode())

    @property
    def told(self) -> int:
        """How often it was told of a change."""
        return sum("event: changed" in one for one in self.came)


def stream(matter_id: str) -> dict[str, Any]:
    """What a server hands to the application for one who listens to a matter."""
    query = f"matter={matter_id}&seen=0".encode()
    return {
        "type": "http", "method": "GET", "path": "/live", "raw_path": b"/live", "root_path": "",
        "query_string": query, "headers": [], "scheme": "http", "http_version": "1.1",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip


@pytest.mark.slow
async def test_who_takes_nothing_holds_up_nobody_and_is_let_go(portal: Portal, site: Site) -> None:
    topic_id = await to_be_public(portal, "许多人在看的议题")
    app, slow, quick = application(site), Reader(takes=False), Reader(takes=True)
    held = asyncio.create_task(app(stream(topic_id), slow.receive, slow.send))
    await asyncio.wait_for(slow.stuck.wait(), PATIENCE_S)
    served = asyncio.create_task(app(stream(topic_id), quick.receive, quick.send))
    try:
        await until(lambda: quick.told == 1)
        await asked(
            portal, "convenor", "topics", "PublicizeTopic",
            {"topic_id": topic_id, "where": "村口"},
        )  # fmt: skip
        await until(lambda: quick.told == 2)
        assert [] == slow.came
        await asyncio.wait_for(held, PATIENCE_S)
    finally:
        site.stopping.set()
        for task in (held, served):
            task.cancel()
        await asyncio.gather(held, served, return_exceptions=True)
