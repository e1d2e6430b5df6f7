"""What is due is sent once, however late the ledger is to show that it was."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from pydantic_core import to_json

from services.notify.domain import DECIDERS
from services.notify.effects.channels import Message
from services.notify.effects.messages import Texts
from services.notify.effects.sender import Sender
from services.notify.projections.addressees import ADDRESSEES
from services.notify.projections.deliveries import DELIVERIES
from services.notify.rules import NotifyRules
from services.notify.words.channels import Channel
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.handle import Handler
from shared.runtime.replica import Running
from shared.runtime.store import Store
from tests.notify.examples import ACCOUNT_ID, DELIVERED, DELIVERY_ID, PLANNED, SENT, TOPIC_ID
from tests.runtime.flows import running
from tests.servers import Postgres
from tests.views import history

pytestmark = pytest.mark.servers

AREAS = Areas.read(Path("deploy/areas.csv"))
DUE: dict[str, Any] = {
    "delivery_id": DELIVERY_ID, "account": ACCOUNT_ID, "attempts": 0, "message_id": None,
    "unsure": False, "state": "DeliveryPlanned", "text": SENT.text, "params": to_json(SENT.params),
    "topic_id": TOPIC_ID, "title": "路灯不亮",
}  # fmt: skip


class Taking:
    """A channel that takes everything."""

    channel: Channel = "email"
    per_minute = 6000

    def __init__(self) -> None:
        self.taken: list[Message] = []

    async def send(self, message: Message) -> str:
        """See `Wire`."""
        self.taken.append(message)
        return DELIVERED.told


class Late:
    """A ledger that shows as due, for two looks, what was sent at the first."""

    def __init__(self) -> None:
        self.looks = 0
        self.over = asyncio.Event()
        self.sender: Sender | None = None

    async def ask(self, _question: str, *, mine: list[UUID], **_params: object) -> list[Any]:
        """See `View`."""
        if mine or self.looks == 2:
            return []
        self.looks += 1
        return [DUE]

    async def moved(self) -> None:
        """When all that was due at the last look was dealt with."""
        assert self.sender
        await asyncio.gather(*self.sender.under_way)
        if self.looks == 2:
            self.over.set()
            await asyncio.Event().wait()


class ToOne(Sender):
    """Knows an address without opening the vault."""

    async def _address(self, account: UUID) -> str | None:
        return f"{account}@example.org"


async def test_what_was_sent_is_not_sent_again_while_the_ledger_is_late(pg: Postgres) -> None:
    wire, ledger = Taking(), Late()
    async with history(pg, [("notify", DELIVERY_ID, PLANNED)]) as dsn:
        store = await Store.open(dsn, "notify")
        charters = Charters(Path("deploy/charters"))
        handler = Handler("notify", DECIDERS, NotifyRules, store, charters, AREAS)
        views = {DELIVERIES: ledger, ADDRESSEES: None}
        parts = cast("Running", SimpleNamespace(handler=handler, views=views))
        ledger.sender = ToOne(parts, cast("Any", None), wire, Texts.read("http://portal"))
        async with running(store.run(), ledger.sender.run()), asyncio.timeout(60):
            await ledger.over.wait()
        facts = await store.read(DELIVERY_ID)
        await store.close()
    assert 1 == len(wire.taken)
    assert ["DeliveryPlanned", "DeliveryBegun", "NoticeDelivered"] == [one.type for one in facts]
