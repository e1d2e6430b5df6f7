"""Public facts on NATS: each once, in order, as CloudEvents, whatever happens meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import pytest
from nats.aio.client import Client
from pydantic_core import from_json, to_json

from services.exchange.effects.public import GRANTS, STREAM, stream
from services.exchange.effects.publisher import Publisher
from shared.kernel.envelope import Fact
from shared.kernel.message import Event
from shared.runtime import jetstream
from shared.runtime.hear import Tail
from shared.runtime.migrate import migrate
from shared.runtime.provision import permissions, provision
from shared.runtime.relay import Diverged
from shared.runtime.store import Append, Store
from tests.exchange.examples import APPROVED, AREA, CLOSED, HELD, HELD_BACK, PROPOSED, TOPIC_ID
from tests.runtime.flows import fetch, log, nats_as, running
from tests.runtime.logs import PASSWORD, login, until
from tests.servers import NatsServer, Postgres
from tests.spec import NOW

pytestmark = pytest.mark.servers

HERE = "public.51.16.23.100.013"


async def say(store: Store, *events: Event, stream_id: UUID = TOPIC_ID) -> None:
    """One command's worth of facts, at the end of their stream."""
    expected = len(await store.read(stream_id))
    cause = uuid5(stream_id, str(expected))
    facts = [
        Fact(uuid5(cause, str(n)), type(one).__name__, one.version, to_json(one))
        for n, one in enumerate(events)
    ]
    new = Append(
        stream=stream_id, category="publication", area=AREA, charter="511623@1", actor="x/system",
        expected=expected, causation=cause, correlation=cause, at=NOW, facts=facts,
    )  # fmt: skip
    await store.append(new)


async def many(store: Store, facts: int) -> None:
    """That many matters, each proposed and approved, half of it held back first."""
    for n in range(facts // 2):
        one = uuid5(TOPIC_ID, f"{facts}/{n}")
        told = [fact.model_copy(update={"topic_id": one}) for fact in (PROPOSED, APPROVED)]
        await say(store, HELD_BACK.model_copy(update={"publication_id": one}), stream_id=one)
        await say(store, *told, stream_id=one)


@pytest.fixture
async def store(pg: Postgres) -> AsyncIterator[Store]:
    dsn = await pg.fresh_database()
    await migrate(dsn, {"exchange": PASSWORD})
    async with log(dsn, "exchange") as store:
        store.dsn = login(dsn, "exchange")  # type: ignore[attr-defined]
        yield store


@pytest.fixture
async def admin(nats_server: NatsServer) -> AsyncIterator[Client]:
    async with nats_as(nats_server, "admin") as client:
        await provision(client, [], others=[stream(90, 1)])
        yield client


@asynccontextmanager
async def publishing(store: Store, client: Client) -> AsyncIterator[asyncio.Task[None]]:
    tail = Tail(store)
    async with asyncpg.create_pool(store.dsn, min_size=0, max_size=2) as pool:  # type: ignore[attr-defined]
        publisher = Publisher(store, tail, client, pool)
        async with running(tail.run(), publisher.run()) as (_, task):
            yield task


async def last(client: Client) -> int:
    found = await jetstream.request(client, f"STREAM.INFO.{STREAM}")
    sequence: int = found["state"]["last_seq"]
    return sequence


async def told(client: Client, wanted: int) -> list[Any]:
    """Everything in the stream, once there is that much."""

    async def there() -> bool:
        return await last(client) >= wanted

    await until(there)
    context = client.jetstream()
    return [await context.get_msg(STREAM, n) for n in range(1, await last(client) + 1)]


async def test_a_public_fact_is_a_cloud_event_in_binary_mode(store: Store, admin: Client) -> None:
    await say(store, HELD_BACK)
    await say(store, PROPOSED, APPROVED)
    async with publishing(store, admin):
        first, _ = await told(admin, 2)
    (_, fact, _) = await store.after(0, 9)
    assert f"{HERE}.TopicProposed" == first.subject
    assert PROPOSED.model_dump(mode="json") == from_json(first.data)
    assert {
        "ce-specversion": "1.0",
        "ce-id": str(fact.id),
        "ce-source": "/tongxin/511623",
        "ce-type": "tongxin.TopicProposed.v1",
        "ce-subject": str(TOPIC_ID),
        "ce-time": "2026-03-02T09:00:00Z",
        "ce-dataschema": "/contracts/schemas/TopicProposed.v1.json",
        "content-type": "application/json",
        "ce-sequence": "2",
        "ce-area": AREA,
        "ce-correlationid": str(fact.correlation),
        jetstream.EXPECTED: "0",
    } == first.headers


async def test_what_is_held_back_is_told_to_nobody(store: Store, admin: Client) -> None:
    await say(store, HELD_BACK)
    async with publishing(store, admin):
        await say(store, PROPOSED, APPROVED)
        assert 2 == len(await told(admin, 2))


async def test_what_is_told_to_nobody_is_not_waited_for(store: Store, admin: Client) -> None:
    """Or whoever looks would see it stand still for ever."""
    await say(store, PROPOSED, APPROVED)
    await say(store, HELD_BACK)
    end = await store.last()
    seen = "SELECT position FROM exchange.checkpoints WHERE name = 'publisher'"

    async def arrived() -> bool:
        return [end] == [row["position"] for row in await fetch(store.dsn, seen)]  # type: ignore[attr-defined]

    async with publishing(store, admin):
        await until(arrived)


async def test_it_goes_on_where_the_stream_ends(store: Store, admin: Client) -> None:
    for facts in ((PROPOSED, APPROVED), (HELD,), (CLOSED,)):
        await say(store, *facts)
        async with publishing(store, admin):
            await told(admin, len(await store.after(0, 9)))
    types = [message.headers["ce-type"] for message in await told(admin, 4)]
    named = ("TopicProposed", "TopicApproved", "MeetingHeld", "TopicClosed")
    assert [f"tongxin.{name}.v1" for name in named] == types


async def test_two_at_once_and_one_that_is_killed_do_no_harm(
    store: Store, admin: Client, nats_server: NatsServer
) -> None:
    async with nats_as(nats_server, "admin") as other, publishing(store, admin):
        async with publishing(store, other):
            await many(store, 200)
        await many(store, 400)
        messages = await told(admin, 600)
    positions = [int(message.headers["ce-sequence"]) for message in messages]
    aloud = [fact.position for fact in await store.after(0, 2000) if fact.type != "FactHeldBack"]
    assert aloud == positions


async def test_a_stream_that_lost_everything_is_told_everything(
    store: Store, admin: Client
) -> None:
    await many(store, 20)
    async with publishing(store, admin):
        before = [message.headers["ce-id"] for message in await told(admin, 20)]
    await jetstream.request(admin, f"STREAM.DELETE.{STREAM}")
    await provision(admin, [], others=[stream(90, 1)])
    async with publishing(store, admin):
        assert before == [message.headers["ce-id"] for message in await told(admin, 20)]


async def test_where_all_has_grown_too_old_nothing_is_told_again(
    store: Store, admin: Client
) -> None:
    await say(store, PROPOSED, APPROVED)
    async with publishing(store, admin):
        await told(admin, 2)
    await jetstream.request(admin, f"STREAM.UPDATE.{STREAM}", stream(90, 1) | {"max_age": 10**8})

    async def gone() -> bool:
        found = await jetstream.request(admin, f"STREAM.INFO.{STREAM}")
        return not found["state"]["messages"]

    await until(gone)
    await provision(admin, [], others=[stream(90, 1)])
    await say(store, CLOSED)
    async with publishing(store, admin):
        await until(lambda: _is(admin, 3))
    (message,) = [await admin.jetstream().get_msg(STREAM, 3)]
    assert message.headers
    assert "3" == message.headers["ce-sequence"]


async def _is(client: Client, sequence: int) -> bool:
    return await last(client) == sequence


async def test_a_stream_that_says_other_things_than_the_log_stops_it(
    store: Store, admin: Client
) -> None:
    await say(store, PROPOSED, APPROVED)
    headers = {"ce-sequence": "2", "ce-id": str(TOPIC_ID)}
    await admin.jetstream().publish(f"{HERE}.TopicApproved", b"{}", headers=headers)
    with pytest.raises(Diverged):
        async with publishing(store, admin) as task:
            await asyncio.wait([task], timeout=60)
    assert 1 == await last(admin)


async def test_only_exchange_may_tell_others() -> None:
    services = ("topics", "exchange", "portal")
    for user in services:
        says = permissions(user, services, (), {"exchange": GRANTS})["publish"]["allow"]
        assert (user == "exchange") == ("public.>" in says)
