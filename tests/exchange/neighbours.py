"""Agencies at a NATS server of their own: the log of exchange, who lets them in, and clients."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg
from nats.aio.client import Client
from nats.aio.msg import Msg
from pydantic_core import to_json

from deploy.tongxin.nats import SYSTEM
from services.exchange.domain.subscription import events as said
from services.exchange.effects.callout import Callout
from services.exchange.effects.closing import Closing
from services.exchange.effects.consumers import Consumers, Told
from services.exchange.effects.public import STREAM, stream
from services.exchange.effects.taken import Taken
from services.exchange.words.agencies import user_of
from shared.kernel.areas import tokens
from shared.kernel.envelope import Fact
from shared.kernel.message import Event
from shared.runtime import clock, jetstream
from shared.runtime.areas import Areas
from shared.runtime.jetstream import Login, connect, leave, over_tls
from shared.runtime.migrate import migrate
from shared.runtime.nkeys import Issuer
from shared.runtime.provision import provision
from shared.runtime.settings import DEPLOY
from shared.runtime.store import Append, Store
from tests.runtime.flows import log, nats_as, running
from tests.runtime.logs import PASSWORD
from tests.servers import NatsServer

LINSHUI, LUXIAN = "511623000000", "510521000000"
NAME = "某机构"
COME_S, NOTHING_S = 30.0, 0.5


@dataclass(frozen=True)
class Neighbour:
    """An agency with a subscription, and its key."""

    areas: Sequence[str]
    kinds: Sequence[str] = ()
    subscription_id: UUID = field(default_factory=uuid4)
    agency_id: UUID = field(default_factory=uuid4)
    key: str = field(default_factory=lambda: uuid4().hex)
    since: datetime = field(default_factory=clock.now)

    @property
    def user(self) -> str:
        """Its user on NATS, and the name of its consumer."""
        return user_of(self.subscription_id)

    def row(self, **more: object) -> dict[str, Any]:
        """As the view has it, while it is live."""
        told: dict[str, Any] = {
            "subscription_id": self.subscription_id, "agency_id": self.agency_id,
            "areas": list(self.areas), "kinds": list(self.kinds), "approved_at": self.since,
            "replay": 0, "replay_since": None, "replay_after": None, "in_flight": 100,
        }  # fmt: skip
        return told | more

    def issued(self, key: str, old_until: datetime | None = None) -> said.CredentialsIssued:
        """What is said when it is given a key."""
        return said.CredentialsIssued(
            subscription_id=self.subscription_id,
            key_sha256=sha256(key.encode()).hexdigest(),
            secret="",
            issued_at=clock.now(),
            old_until=old_until,
        )


@dataclass(frozen=True)
class Door:
    """Exchange at work, as far as agencies on NATS notice it; one step at a time."""

    server: NatsServer
    admin: Client
    store: Store
    consumers: Consumers
    closing: Closing
    base: int = 0
    """What positions are counted from: many tests may share one stream, in which they grow."""

    async def say(self, one: Neighbour, *events: Event) -> None:
        """Something more is said of its subscription."""
        expected, cause = len(await self.store.read(one.subscription_id)), uuid4()
        facts = [
            Fact(uuid5(cause, str(n)), type(event).__name__, event.version, to_json(event))
            for n, event in enumerate(events)
        ]
        new = Append(
            stream=one.subscription_id, category="subscription", area=LINSHUI,
            charter="511623@1", actor="x/system", expected=expected, causation=cause,
            correlation=cause, at=clock.now(), facts=facts,
        )  # fmt: skip
        await self.store.append(new)

    async def connected(self, areas: Sequence[str], kinds: Sequence[str] = ()) -> Neighbour:
        """An agency that was approved and given a key; its consumer is there."""
        one = Neighbour(areas, kinds)
        ids = {"subscription_id": one.subscription_id, "agency_id": one.agency_id}
        whose = {**ids, "agency": NAME}
        opened = said.SubscriptionOpened(
            **whose, areas=tuple(areas), kinds=tuple(kinds), channel="nats", url="", purpose="演示"
        )
        await self.say(one, opened, said.SubscriptionApproved(**whose), one.issued(one.key))
        return one

    async def look(self, *rows: dict[str, Any]) -> dict[UUID, Told]:
        """Compare everything with what is live, as the leader does."""
        told = await self.consumers.look(rows)
        await self.closing.look()
        return dict(told)

    async def publish(self, area: str, kind: str, position: int) -> None:
        """A public fact, as the publisher puts it."""
        subject = f"public.{tokens(area)}.{kind}"
        told = {"ce-id": str(uuid4()), "ce-type": f"tongxin.{kind}.v1", "ce-area": area}
        headers = {**told, "ce-sequence": str(self.base + position)}
        await self.admin.jetstream().publish(subject, b"{}", headers=headers)

    @asynccontextmanager
    async def client(self, one: Neighbour, key: str = "") -> AsyncIterator["Guest"]:
        """The agency comes in. Raises what NATS says where it is not let in."""
        guest = Guest(one, self.base)
        await guest.come(self.server.url, key or one.key, ca=self.server.ca)
        try:
            yield guest
        finally:
            await guest.nats.close()


class Guest:
    """An agency that is connected, and what it was told is wrong."""

    def __init__(self, one: Neighbour, base: int = 0) -> None:
        self.one = one
        self._base = base
        self.nats = Client()
        self.errors: list[str] = []
        self.left = asyncio.Event()

    async def come(self, url: str, key: str, user: str = "", ca: str = "") -> None:
        """Connect, once. Raises what NATS says."""
        name = user or self.one.user
        try:
            await self.nats.connect(
                url, user=name, password=key, inbox_prefix=f"_INBOX_{name}", allow_reconnect=False,
                error_cb=self._told, closed_cb=self._left, **over_tls(ca),
            )  # fmt: skip
        except BaseException:
            await leave(self.nats)
            raise

    async def take(self, wanted: int) -> list[str]:
        """So many messages of its own consumer, acknowledged: their positions."""
        fetching = await self.nats.jetstream().pull_subscribe_bind(self.one.user, "PUBLIC")
        taken: list[str] = []
        while len(taken) < wanted:
            for message in await fetching.fetch(wanted - len(taken), timeout=COME_S):
                taken.append(str(_position(message) - self._base))
                await message.ack_sync(timeout=COME_S)
        return taken

    async def finds_nothing(self) -> bool:
        """Whether no message waits."""
        fetching = await self.nats.jetstream().pull_subscribe_bind(self.one.user, "PUBLIC")
        try:
            return not await fetching.fetch(1, timeout=NOTHING_S)
        except TimeoutError:
            return True

    async def _told(self, error: Exception) -> None:
        self.errors.append(str(error).lower())

    async def _left(self) -> None:
        self.left.set()


def _position(message: Msg) -> int:
    return int((message.headers or {})["ce-sequence"])


@asynccontextmanager
async def door(server: NatsServer, dsn: str) -> AsyncIterator[Door]:
    """An empty stream, an empty log, and the answers to who comes."""
    await migrate(dsn, {"exchange": PASSWORD})
    way = Login(server.url, SYSTEM, server.nats.password(SYSTEM), server.ca)
    system = await connect(way, "system")
    stopping = asyncio.Event()
    async with (
        nats_as(server, "admin") as admin,
        nats_as(server, "exchange") as exchange,
        log(dsn, "exchange") as store,
        asyncpg.create_pool(dsn, min_size=0, max_size=2) as pool,
    ):
        await provision(admin, [], others=[stream(90, 1)])
        callout = Callout(store, Issuer(server.nats.seed()))
        taken = Taken(exchange, pool)
        await taken.make_tables()
        consumers = Consumers(exchange, store, Areas.read(DEPLOY / "areas.csv"), taken)
        async with running(callout.run(exchange, stopping)):
            # Behind the subscription on the same wire: answered, the other was taken as well.
            await jetstream.request(exchange, f"STREAM.INFO.{STREAM}")
            yield Door(server, admin, store, consumers, Closing(store, system))
            stopping.set()
    await system.close()
