"""Webhooks of the running platform: tried, replayed through a kill, sent again, ended by a 410."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from services.exchange.effects.hooks.signing import PREFIX
from shared.kernel.errors import No
from shared.kernel.message import Actor
from shared.runtime.asker import Answer, Asker
from shared.runtime.jetstream import connect
from shared.runtime.vault import Vault
from tests.exchange.carrying import eventually
from tests.exchange.receivers import Receiver, receiver, status
from tests.platform import Platform
from tests.portal.conftest import COUNTY, Portal
from tests.portal.test_pages import csrf_of, log_in
from tests.telling import Told

pytestmark = [pytest.mark.servers, pytest.mark.slow]

NAME = "邻水县12345热线(推送)"
SECRET = PREFIX + b64encode(bytes(range(32))).decode()


@dataclass(frozen=True)
class Hook:
    """A subscription to all public facts of the county, brought to a receiver."""

    subscription_id: UUID
    there: Receiver
    asker: Asker
    operator: Actor
    agency: Actor

    @property
    def page(self) -> str:
        """Its log, in the portal."""
        return f"/subscriptions/{self.subscription_id}/sent"

    async def ask(self, who: Actor, command: str, **data: Any) -> Answer:
        """A command; while exchange is away, or behind, it is asked again."""
        command_id = uuid4()
        async with asyncio.timeout(120):
            while True:
                try:
                    return await self.asker.ask("exchange", command, data, who, command_id, uuid4())
                except No as no:
                    if no.code not in ("away", "not-now", "unknown-subscription"):
                        raise
                    await asyncio.sleep(0.1)

    async def rows(self, name: str, **data: Any) -> list[dict[str, Any]]:
        """The rows of an answer; none while exchange is away."""
        try:
            answer = await self.asker.question("exchange", name, data, self.operator, uuid4())
        except No:
            return []
        rows: list[dict[str, Any]] = answer["rows"]
        return rows

    async def state(self) -> str:
        """Of the subscription: live, revoked …"""
        rows = await self.rows("SubscriptionById", subscription_id=str(self.subscription_id))
        return rows[0]["state"] if rows else ""


@pytest.fixture
async def hook(portal: Portal) -> AsyncIterator[Hook]:
    async with receiver() as there, _asker(portal) as (asker, vault):
        one, agency_id = uuid4(), uuid4()
        operator = portal.people["operator"]
        agency = replace(operator, id=str(uuid4()), role="agency", unit=f"{NAME}{one.hex[:6]}")
        hook = Hook(one, there, asker, operator, agency)
        mine = {"agency_id": str(agency_id)}
        await hook.ask(
            operator, "RegisterAgency", **mine, area=COUNTY, name=agency.unit, kind="hotline"
        )
        asked = {"subscription_id": str(one), "areas": [COUNTY], "purpose": "测试"}
        await hook.ask(agency, "AskSubscription", **mine, **asked, channel="webhook", url=there.url)
        await hook.ask(operator, "ApproveSubscription", subscription_id=str(one))
        await hook.ask(
            agency, "IssueCredentials", subscription_id=str(one),
            key_sha256=sha256(one.bytes).hexdigest(), secret=await vault.seal(one, SECRET),
        )  # fmt: skip
        yield hook


@asynccontextmanager
async def _asker(portal: Portal) -> AsyncIterator[tuple[Asker, Vault]]:
    client = await connect(portal.servers.login("portal"), "tests")
    try:
        async with asyncpg.create_pool(portal.servers.service_dsn("portal"), min_size=0) as pool:
            yield Asker(client), Vault(pool)
    finally:
        await client.close()


@pytest.fixture
async def operator(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        await log_in(client, "operator")
        yield client


async def pressed(client: httpx.AsyncClient, hook: Hook, what: str, **typed: str) -> str:
    """The page after a button on it was pressed."""
    page = await client.get(hook.page)
    assert 200 == page.status_code, page.text
    form = {"csrf": csrf_of(page), "command_id": str(uuid4()), **typed}
    answer = await client.post(f"{hook.page}/{what}", data=form)
    assert 303 == answer.status_code, answer.text
    return unescape((await client.get(answer.headers["location"])).text)


async def test_a_webhook_is_tried_from_its_page(operator: httpx.AsyncClient, hook: Hook) -> None:
    assert "测试消息已登记" in await pressed(operator, hook, "try")
    await hook.there.until(1)
    (came,) = hook.there.came
    event = Webhook(SECRET).verify(came.body, came.headers)
    assert ("tongxin.Test.v1", str(hook.subscription_id)) == (event["type"], event["subject"])

    async def page() -> str:
        return unescape((await operator.get(hook.page)).text)

    await eventually(page, lambda text: "HTTP 204" in text)
    one = await operator.get(f"{hook.page}/{hook.there.ids[0]}")
    assert 200 == one.status_code
    assert "没有未成功的推送" in one.text


async def test_everything_public_arrives_though_who_carries_it_is_killed(
    hook: Hook, operator: httpx.AsyncClient, platform: Platform, told: Told
) -> None:
    assert told.acknowledged
    public = await _public(hook)
    hook.there.answers = [status(200) for _ in range(3)]
    hook.there.always = status(503)
    await hook.ask(
        hook.agency, "ReplaySubscription", subscription_id=str(hook.subscription_id), after=0
    )
    await hook.there.until(4)
    platform.kill("exchange")
    hook.there.always = status(200)

    async def missing() -> set[str]:
        return public - set(hook.there.ids)

    await eventually(missing, lambda left: not left)
    for one in hook.there.came:
        Webhook(SECRET).verify(one.body, one.headers)
    chosen = hook.there.ids[0]
    count = hook.there.ids.count(chosen)
    assert "已登记重新推送" in await pressed(operator, hook, "again", message_id=chosen)

    async def times() -> int:
        return hook.there.ids.count(chosen)

    await eventually(times, lambda now: now > count)


async def _public(hook: Hook) -> set[str]:
    """The ids of all public facts of the county."""
    rows: list[dict[str, Any]] = []

    async def asked() -> list[dict[str, Any]]:
        return await hook.rows("PublicFacts", area=COUNTY, most=500)

    def some(found: list[dict[str, Any]]) -> bool:
        rows[:] = found
        return len(found) > 5

    await eventually(asked, some)
    return {row["fact_id"] for row in rows}


async def test_who_is_gone_is_told_no_more_and_both_sides_see_why(
    operator: httpx.AsyncClient, hook: Hook
) -> None:
    hook.there.always = status(410)
    await pressed(operator, hook, "try")
    await eventually(hook.state, lambda state: state == "revoked")
    assert "不再推送" in (await operator.get(hook.page)).text
    assert 1 == len(hook.there.came)
    me = hook.agency
    mine = {"reader": me.id, "role": me.role, "unit": me.unit, "area": me.area}

    async def told() -> list[str]:
        answer = await hook.asker.question("notify", "NoticesOfReader", mine, me, uuid4())
        return [row["params"].get("reason", "") for row in answer["rows"]]

    await eventually(told, lambda reasons: any("410" in one for one in reasons))


async def test_who_it_does_not_concern_finds_no_such_page(portal: Portal, hook: Hook) -> None:
    async with portal.client() as client:
        await log_in(client, "clerk")
        assert (await client.get(hook.page)).status_code in (403, 404)
        assert (await client.get(f"/subscriptions/{uuid4()}/sent")).status_code in (403, 404)
