"""The relay: each fact once, in order, at the sequence that is its position, whatever happens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from nats.aio.client import Client

from shared.kernel.envelope import Envelope
from shared.runtime import jetstream, wire
from shared.runtime.hear import Tail
from shared.runtime.provision import provision
from shared.runtime.relay import Diverged, Relay
from shared.runtime.store import Store
from tests.runtime.flows import Logs, nats_as, numbered, propose, running, two_logs
from tests.runtime.logs import until
from tests.servers import NatsServer, Postgres

pytestmark = pytest.mark.servers


@pytest.fixture
async def logs(pg: Postgres) -> AsyncIterator[Logs]:
    async with two_logs(await pg.fresh_database()) as logs:
        yield logs


@pytest.fixture
async def admin(nats_server: NatsServer) -> AsyncIterator[Client]:
    async with nats_as(nats_server, "admin") as client:
        await provision(client, ["topics"])
        yield client


@asynccontextmanager
async def relaying(store: Store, client: Client) -> AsyncIterator[asyncio.Task[None]]:
    """The relay of topics, running."""
    tail = Tail(store)
    relay = Relay("topics", store, tail, client)
    async with running(tail.run(), relay.run()) as (_, task):
        yield task


async def last_said(client: Client) -> int:
    found = await jetstream.request(client, "STREAM.INFO.topics")
    last: int = found["state"]["last_seq"]
    return last


async def said(client: Client, sequence: int) -> tuple[str, Envelope]:
    message = await client.jetstream().get_msg("topics", sequence)
    assert message.subject
    assert message.data
    return message.subject, wire.from_json(message.data)


async def heard(client: Client, last: int) -> list[Envelope]:
    async def arrived() -> bool:
        return await last_said(client) >= last

    await until(arrived)
    return [(await said(client, sequence))[1] for sequence in range(1, last + 1)]


async def test_what_is_said_is_what_was_written(logs: Logs, admin: Client) -> None:
    await propose(logs.topics, *numbered(3))
    async with relaying(logs.topics, admin):
        assert await heard(admin, 3) == await logs.topics.after(0, 3)


async def test_a_county_is_a_subject(logs: Logs, admin: Client) -> None:
    await propose(logs.topics, "one")
    async with relaying(logs.topics, admin):
        await heard(admin, 1)
    subject, _ = await said(admin, 1)
    assert "ev.topics.51.16.23.100.013.topic.TopicProposed" == subject


async def test_it_goes_on_as_the_log_grows(logs: Logs, admin: Client) -> None:
    async with relaying(logs.topics, admin):
        for written in range(1, 6):
            await propose(logs.topics, f"matter {written}")
            assert written == len(await heard(admin, written))


async def test_more_than_a_window_is_said(logs: Logs, admin: Client) -> None:
    await propose(logs.topics, *numbered(3000))
    async with relaying(logs.topics, admin):
        await until(lambda: _is(admin, 3000))
    _, fact = await said(admin, 2999)
    assert 2999 == fact.position


async def test_it_begins_where_the_stream_ends(logs: Logs, admin: Client) -> None:
    await propose(logs.topics, *numbered(3))
    async with relaying(logs.topics, admin):
        await heard(admin, 3)
    await propose(logs.topics, *numbered(2))
    async with relaying(logs.topics, admin):
        assert await heard(admin, 5) == await logs.topics.after(0, 5)


async def test_two_relays_at_once_do_no_harm(
    logs: Logs, admin: Client, nats_server: NatsServer
) -> None:
    async with (
        nats_as(nats_server, "admin") as other,
        relaying(logs.topics, admin),
        relaying(logs.topics, other),
    ):
        for _ in range(20):
            await propose(logs.topics, *numbered(50))
        await until(lambda: _is(admin, 1000))
        assert await heard(admin, 1000) == await logs.topics.after(0, 1000)
    assert 1000 == await last_said(admin)


async def test_nats_that_was_killed_hears_the_rest_when_it_is_back(
    logs: Logs, admin: Client, nats_server: NatsServer
) -> None:
    async with relaying(logs.topics, admin):
        await propose(logs.topics, *numbered(10))
        await heard(admin, 10)
        nats_server.kill()
        await propose(logs.topics, *numbered(10))
        nats_server.start()
        assert await heard(admin, 20) == await logs.topics.after(0, 20)


async def test_a_stream_that_was_lost_is_said_again(logs: Logs, admin: Client) -> None:
    async with relaying(logs.topics, admin):
        await propose(logs.topics, *numbered(10))
        await heard(admin, 10)
        await jetstream.request(admin, "STREAM.DELETE.topics")
        await propose(logs.topics, *numbered(5))
        await provision(admin, ["topics"])
        assert await heard(admin, 15) == await logs.topics.after(0, 15)


async def test_a_stream_that_says_something_else_stops_it(logs: Logs, admin: Client) -> None:
    await admin.jetstream().publish("ev.topics.51.16.23.100.013.topic.TopicProposed", b"{}")
    await propose(logs.topics, "one")
    with pytest.raises(Diverged, match="differ at 1"):
        async with relaying(logs.topics, admin) as relay:
            await asyncio.wait([relay], timeout=90)


async def test_a_stream_that_knows_more_than_the_log_stops_it(
    logs: Logs, admin: Client, pg: Postgres
) -> None:
    await propose(logs.topics, *numbered(3))
    async with relaying(logs.topics, admin):
        await heard(admin, 3)
    async with two_logs(await pg.fresh_database()) as restored:
        with pytest.raises(Diverged, match="differ at 3"):
            async with relaying(restored.topics, admin) as relay:
                await asyncio.wait([relay], timeout=90)


async def _is(client: Client, last: int) -> bool:
    return await last_said(client) == last
