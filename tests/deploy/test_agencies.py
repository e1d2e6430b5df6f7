"""`tongxin agencies`: what operators ask on pages, asked at a terminal."""

from uuid import uuid4

import pytest

from deploy.tongxin.accounts import doorway
from deploy.tongxin.agencies import Desk, Subscription, desk
from deploy.tongxin.home import Trouble
from shared.kernel.message import Actor
from tests.exchange.connected import LINSHUI, LUXIAN, asking, seen
from tests.faults.checker import settle
from tests.platform import Platform

pytestmark = [pytest.mark.servers, pytest.mark.slow]

QUOTAS = {"places": 3, "per_minute": 60, "in_flight": 10}


async def asked_for(platform: Platform, desk: Desk, channel: str) -> tuple[str, str]:
    """An agency that was registered at the terminal, and the subscription its people ask for."""
    name, one = f"网格中心{uuid4().hex[:8]}", str(uuid4())
    await desk.register(name, "grid", LINSHUI, QUOTAS)
    await settle(platform.servers)
    (row,) = [row for row in await desk.listed("511623") if row.name == name]
    url = "https://example.org/hook" if channel == "webhook" else ""
    told = {"areas": [LINSHUI], "kinds": [], "channel": channel, "url": url, "purpose": "网格处置"}
    people = Actor("grid", "agency", LINSHUI, name)
    async with asking(platform.servers) as asker:
        ids = {"agency_id": row.agency_id, "subscription_id": one}
        await asker.ask("exchange", "AskSubscription", ids | told, people, uuid4(), uuid4())
    await settle(platform.servers)
    return name, one


async def test_an_agency_is_registered_approved_given_keys_and_let_go(platform: Platform) -> None:
    async with desk(platform.servers, "") as at:
        name, one = await asked_for(platform, at, "nats")
        (waits,) = await at.subscriptions(name)
        assert ("asked", LINSHUI, "all", None) == (
            waits.state, waits.areas, waits.kinds, waits.connected,
        )  # fmt: skip
        assert 1 == next(row.asked for row in await at.listed("511623") if row.name == name)

        await at.about_subscription("ApproveSubscription", one)
        first = await at.rotate(one, 0)
        assert (f"s{waits.subscription_id.replace('-', '')}", "") == (first.user, first.secret)
        again = await at.rotate(one, 24)
        assert again.key != first.key
        await settle(platform.servers)

        async def followed() -> Subscription | None:
            (now,) = await at.subscriptions(name)
            return now if now.waiting is not None else None

        live = await seen(followed)
        assert ("live", False) == (live.state, live.connected)

        await at.about_agency("SuspendAgency", name, reason="例行检查")
        await settle(platform.servers)
        assert "by-suspension" == (await at.subscriptions(name))[0].held_by
        await at.about_agency("ResumeAgency", name)
        await at.about_subscription("RevokeSubscription", one, reason="密钥泄露")
        await settle(platform.servers)
        assert "revoked" == (await at.subscriptions(name))[0].state


async def test_a_webhook_is_given_a_secret_that_is_gone_when_it_is_over(
    platform: Platform,
) -> None:
    async with desk(platform.servers, "") as at:
        _, one = await asked_for(platform, at, "webhook")
        await at.about_subscription("ApproveSubscription", one)
        given = await at.rotate(one, 0)
        assert given.secret.startswith("whsec_")
        await at.about_subscription("RevokeSubscription", one, reason="不再需要")
        with pytest.raises(Trouble, match="forgotten"):
            async with desk(platform.servers, "") as later:
                await later.rotate(one, 0)


async def test_an_operator_does_at_the_terminal_what_they_may_on_pages(platform: Platform) -> None:
    login = f"op.{uuid4().hex[:8]}"
    async with doorway(platform.servers) as door:
        await door.open(login, "罗敏", LUXIAN)
        await door.grant(login, ("operator", LUXIAN, ""))
    await settle(platform.servers)
    async with desk(platform.servers, "") as at:
        _, one = await asked_for(platform, at, "nats")
    with pytest.raises(Trouble, match=r"wrong-place|areas-not-yours"):
        async with desk(platform.servers, login) as at:
            await at.about_subscription("ApproveSubscription", one)
    with pytest.raises(Trouble, match="holds no office as operator"):
        async with desk(platform.servers, "nobody") as at:
            await at.listed("")
