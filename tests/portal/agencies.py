"""An agency as its people and operators meet it: by forms, as a browser sends them."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from uuid import UUID, uuid4

import asyncpg
import httpx

from services.portal.edge.people.newcomers import Newcomer, open_accounts
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from tests.portal.conftest import COUNTY, PASSWORD, Portal
from tests.portal.test_file_pages import log_in, soon


@dataclass(frozen=True)
class Agency:
    """An agency that was registered, and the login of one of its people."""

    agency_id: UUID
    name: str
    login: str


@asynccontextmanager
async def browser(portal: Portal, login: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is logged in."""
    async with portal.client() as client:
        await log_in(client, login)
        yield client


async def send(
    client: httpx.AsyncClient, path: str, typed: Mapping[str, str | list[str]]
) -> httpx.Response:
    """Fill in the form of a page and send it, with what is hidden in it."""
    page = (await client.get(path)).text
    form = next(
        one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="command_id"' in one
    )
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    return await client.post(path, data={**{k: unescape(v) for k, v in hidden}, **typed})


async def registered(portal: Portal, per_minute: int = 600) -> Agency:
    """An agency of the county, and somebody who works there."""
    mark = uuid4().hex[:8]
    name, login = f"邻水县12345热线{mark}", f"hotline-{mark}"
    async with browser(portal, "operator") as operator:
        told = {
            "name": name, "kind": "hotline", "area": COUNTY, "places": "2",
            "per_minute": str(per_minute),
        }  # fmt: skip
        answer = await send(operator, "/agencies/new", told)
        assert 303 == answer.status_code, answer.text
        page = await soon(
            lambda: operator.get(answer.headers["Location"]), lambda one: name in one.text
        )
        (agency_id,) = re.findall(rf'/agencies/([\w-]+)">{name}<', page.text)
    person = Newcomer(login, "莫言之", PASSWORD, "agency", COUNTY, name)
    await opened(portal, person)
    return Agency(UUID(agency_id), name, login)


async def opened(portal: Portal, person: Newcomer) -> None:
    """An account more."""
    client = await connect(portal.servers.login("portal"), "tests")
    try:
        async with asyncpg.create_pool(portal.servers.service_dsn("portal"), min_size=0) as pool:
            await open_accounts(Asker(client), pool, [person])
    finally:
        await client.close()


async def asked(portal: Portal, agency: Agency, channel: str = "nats", url: str = "") -> str:
    """The id of a subscription that it asks for."""
    path = f"/agencies/{agency.agency_id}/do/AskSubscription"
    told: dict[str, str | list[str]] = {
        "areas": [COUNTY], "kinds": ["TopicApproved"], "channel": channel, "url": url,
        "purpose": f"向来电群众说明进展 {uuid4().hex[:6]}",
    }  # fmt: skip
    async with browser(portal, agency.login) as lin:
        answer = await send(lin, path, told)
        assert 303 == answer.status_code, answer.text
        page = await soon(lambda: lin.get("/agency"), lambda one: str(told["purpose"]) in one.text)
        (found,) = re.findall(rf'/subscriptions/([\w-]+)">{told["purpose"]}', page.text)
    return str(found)


async def act(portal: Portal, login: str, what: str, subscription: str, **typed: str) -> None:
    """A step of a subscription."""
    async with browser(portal, login) as client:
        answer = await send(client, f"/subscriptions/{subscription}/do/{what}", typed)
        assert 303 == answer.status_code, answer.text


async def key_of(portal: Portal, agency: Agency, subscription: str) -> str:
    """A key, as it is shown once."""
    async with browser(portal, agency.login) as client:
        page = await send(client, f"/subscriptions/{subscription}/key", {})
        assert 200 == page.status_code, page.text
        found = re.findall(r'<code class="token">([^<]+)</code>', page.text)
        assert found, page.text
        return str(found[0])
