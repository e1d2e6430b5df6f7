"""Two speakers and a listener: the logs of topics and meetings, and views over both in portal."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.kernel.envelope import Envelope, Fact
from shared.runtime import wire
from shared.runtime.hear import Source
from shared.runtime.jetstream import Login, connect
from shared.runtime.migrate import migrate
from shared.runtime.projection import Projection
from shared.runtime.projector import Lifts, Projector, applying
from shared.runtime.store import Append, Store
from shared.runtime.view import View, Views
from tests.runtime.logs import PASSWORD, login
from tests.servers import NatsServer
from tests.spec import NOW

SERVICES = ("topics", "meetings", "portal")
VILLAGE, TOWN, COUNTY = "511623100013", "511623100000", "511623000000"


@dataclass(frozen=True)
class Logs:
    """The logs of topics and meetings, with their writers running."""

    admin_dsn: str
    topics: Store
    meetings: Store

    def dsn(self, service: str) -> str:
        """The way in for a service."""
        return login(self.admin_dsn, service)


@asynccontextmanager
async def two_logs(admin_dsn: str) -> AsyncIterator[Logs]:
    """Both logs, empty at first."""
    await migrate(admin_dsn, dict.fromkeys(SERVICES, PASSWORD))
    async with log(admin_dsn, "topics") as topics, log(admin_dsn, "meetings") as meetings:
        yield Logs(admin_dsn, topics, meetings)


@asynccontextmanager
async def log(admin_dsn: str, service: str) -> AsyncIterator[Store]:
    """One log, with its writer running."""
    store = await Store.open(login(admin_dsn, service), service)
    try:
        async with running(store.run()):
            yield store
    finally:
        await store.close()


@asynccontextmanager
async def running(*work: Coroutine[Any, Any, None]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Loops that run while the test goes on; one that died fails the test."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield tasks
    finally:
        died = [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*set(tasks) - set(died), return_exceptions=True)
        for task in died:
            task.result()


@dataclass(frozen=True)
class Shown:
    """A view that is kept by hand."""

    projector: Projector
    view: View
    views: Views

    async def counts(self, area: str) -> dict[str, int]:
        """How many facts of each type were counted for an area."""
        return dict(await self.view.ask("of area", area=area))

    async def titles(self) -> list[str]:
        """The titles of all topics."""
        return [title for (title,) in await self.view.ask("titles")]


@asynccontextmanager
async def shown(
    dsn: str, service: str, projection: Projection, lifts: Lifts | None = None
) -> AsyncIterator[Shown]:
    """A view of a service, not yet made."""
    async with applying(dsn) as pool:
        views = await Views.open(dsn, service, [projection])
        try:
            projector = Projector(projection, service, pool, lifts or {})
            yield Shown(projector, views[projection], views)
        finally:
            await views.close()


async def say(
    store: Store,
    *types: str,
    stream: UUID | None = None,
    expected: int = 0,
    area: str = VILLAGE,
    data: bytes = '{"title": "修路"}'.encode(),
    version: int = 1,
    at: datetime = NOW,
) -> UUID:
    """Put facts into a log, in a new stream or a given one; says which."""
    command, stream = uuid4(), stream or uuid4()
    new = Append(
        stream=stream,
        category="topic" if store.schema == "topics" else "consultation",
        area=area,
        charter="511623@1",
        actor="lin/convenor",
        expected=expected,
        causation=command,
        correlation=command,
        at=at,
        facts=[Fact(uuid5(command, str(n)), name, version, data) for n, name in enumerate(types)],
    )
    await store.append(new)
    return stream


async def propose(store: Store, *titles: str, at: datetime = NOW) -> list[UUID]:
    """A topic for each title."""
    datas = [b'{"title": "%b"}' % title.encode() for title in titles]
    return list(
        await asyncio.gather(
            *(say(store, "TopicProposed", data=data, version=2, at=at) for data in datas)
        )
    )


@asynccontextmanager
async def nats_as(server: NatsServer, user: str) -> AsyncIterator[Client]:
    """A connection as one of the users."""
    client = await connect(
        Login(server.url, user, server.passwords[user], server.ca), name=f"test {user}"
    )
    try:
        yield client
    finally:
        with suppress(Exception):
            await client.close()


async def fetch(dsn: str, sql: str, *args: object) -> list[asyncpg.Record]:
    """Run SQL over a connection of its own."""
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetch(sql, *args)
    finally:
        await connection.close()


def numbered(count: int, start: int = 1) -> Sequence[str]:
    """Titles that sort in their order."""
    return [f"matter {n:05}" for n in range(start, start + count)]


def fact(position: int, name: str = "TopicProposed") -> Envelope:
    """A fact of topics at a position, as if it had been read there."""
    return Envelope(
        position=position,
        stream=uuid4(),
        category="topic",
        revision=1,
        id=uuid4(),
        type=name,
        version=1,
        area="511623100013",
        charter="511623@1",
        actor="lin/convenor",
        at=NOW,
        causation=uuid4(),
        correlation=uuid4(),
        data=b'{"title":"%d"}' % position,
    )


async def hear(source: Source, after: int, upto: int) -> Sequence[Envelope]:
    """What a source says after one position, up to another."""
    heard: list[Envelope] = []
    while after < upto:
        facts = await source.next(after)
        heard += await facts.envelopes(None)
        after = facts.last
    return heard


def message(source: str, fact: Envelope) -> Msg:
    """The fact as JetStream would hand it over."""
    return Msg(Client(), wire.subject_of(source, fact), data=wire.to_json(fact))
