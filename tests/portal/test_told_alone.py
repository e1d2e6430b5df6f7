"""Every step of a matter is told to the agencies that handed it over, on both channels, alone."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from nats.aio.client import Client

from services.exchange.effects.hooks.signing import PREFIX
from shared.runtime.vault import Vault
from tests.exchange.connected import Agency, asking, connected, seen
from tests.exchange.receivers import receiver
from tests.exchange.test_handing_over import ask, let_in, matter
from tests.portal.conftest import Portal
from tests.portal.flows.staging import closed, replied

pytestmark = pytest.mark.servers

SECRET = PREFIX + b64encode(bytes(range(32))).decode()
TOLD = ("HandoverReceived", "HandoverAdvanced")
STEPS = ["accepted", "adopted", "published", "closed"]
SAID = ["OutcomeAdopted", "ItemAssigned", "HandlingReplied", "FeedbackGiven"]
FETCH_S = 1.0


@dataclass
class Ear:
    """An agency with all that came to it, by the name of what is told."""

    agency: Agency
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def listen(self) -> None:
        """Take in what has come since."""

    def of(self, name: str) -> list[dict[str, Any]]:
        """All that was told under a name."""
        return [data for kind, data in self.heard if kind == name]

    async def hears(self, name: str, **wanted: object) -> dict[str, Any]:
        """What is told under a name with these words, once it has come."""

        async def look() -> dict[str, Any] | None:
            await self.listen()
            fits = (one for one in self.of(name) if wanted.items() <= one.items())
            return next(fits, None)

        found = await seen(look)
        assert found
        return found


@dataclass
class Fetching(Ear):
    """One that fetches from its consumer on NATS."""

    nats: Client = field(default_factory=Client)

    async def listen(self) -> None:
        """Fetch, and acknowledge."""
        own = await self.nats.jetstream().pull_subscribe_bind(self.agency.user, "PUBLIC")
        try:
            for message in await own.fetch(100, timeout=FETCH_S):
                kind = (message.headers or {})["ce-type"].split(".")[1]
                self.heard.append((kind, json.loads(message.data)))
                await message.ack_sync(timeout=30)
        except TimeoutError:
            return


@asynccontextmanager
async def fetching(portal: Portal, *kinds: str) -> AsyncIterator[Fetching]:
    async with asking(portal.servers) as asker:
        agency = await let_in(await connected(asker, kinds=kinds), portal.url)
    one = Fetching(agency)
    await one.nats.connect(
        portal.servers.login("admin").url, user=agency.user, password=agency.key,
        inbox_prefix=f"_INBOX_{agency.user}",
    )  # fmt: skip
    try:
        yield one
    finally:
        await one.nats.close()


@asynccontextmanager
async def pushed(portal: Portal, *kinds: str) -> AsyncIterator[Ear]:
    """One to whose address everything is brought."""
    dsn = portal.servers.service_dsn("portal")
    async with (
        receiver() as there,
        asyncpg.create_pool(dsn, min_size=0) as pool,
        asking(portal.servers) as asker,
    ):
        agency = await connected(
            asker, channel="webhook", url=there.url, kinds=kinds,
            sealed=lambda one: Vault(pool).seal(one, SECRET),
        )  # fmt: skip
        await let_in(agency, portal.url)

        class Brought(Ear):
            async def listen(self) -> None:
                came = [json.loads(one.body) for one in there.came]
                self.heard = [(one["type"].split(".")[1], one["data"]) for one in came]

        yield Brought(agency)


async def handed(portal: Portal, one: Ear, sent: dict[str, Any]) -> dict[str, Any]:
    answer = await ask(one.agency, portal.url, "POST", "/handovers", json=sent)
    assert 200 == answer.status_code, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


def told_alone(one: Ear) -> set[str]:
    """Whose matters it was told of."""
    return {data["agency_id"] for kind, data in one.heard if kind in TOLD}


async def test_every_step_is_heard_on_both_channels_and_by_nobody_else(portal: Portal) -> None:
    async with (
        pushed(portal, "CasePublished") as hotline,
        fetching(portal, "CasePublished") as grid,
        pushed(portal) as other_pushed,
        fetching(portal) as other_fetching,
    ):
        sent = matter()
        first = await handed(portal, hotline, sent)
        second = await handed(portal, grid, sent | {"number": f"G{sent['number']}"})
        assert first["handover_id"] == second["same_as"]
        lead_id = UUID(first["handover_id"])
        for one, receipt in ((hotline, first), (grid, second)):
            mine = {"handover_id": receipt["handover_id"]}
            assert receipt["receipt"] == (await one.hears("HandoverReceived", **mine))["receipt"]
            await one.hears("HandoverAdvanced", **mine, step="accepted")
        await replied(portal, lead_id, f"{sent['title']}换灯")
        await closed(portal, lead_id)
        for one, receipt in ((hotline, first), (grid, second)):
            mine = {"handover_id": receipt["handover_id"]}
            for step in STEPS:
                await one.hears("HandoverAdvanced", **mine, step=step)
            said = {data["told"].get("type") for data in one.of("HandoverAdvanced")}
            assert set(SAID) <= said
            assert {kind for kind, _ in one.heard} <= {*TOLD, "CasePublished"}
            assert {str(one.agency.agency_id)} == told_alone(one)

        # What is told later has come: so all that was told before it has, too.
        for outsider in (other_pushed, other_fetching):
            own = await handed(portal, outsider, matter())
            await outsider.hears("HandoverReceived", handover_id=own["handover_id"])
            assert outsider.of("TopicClosed")
            assert {str(outsider.agency.agency_id)} == told_alone(outsider)
