"""Hearing: every fact once and in order, from any position on, whatever happens to NATS."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from nats.aio.client import Client

from shared.kernel.envelope import Envelope
from shared.runtime import consumer, jetstream, wire
from shared.runtime.hear import BATCH_MAX, Ear, OwnLog, Tail
from shared.runtime.provision import provision
from tests.runtime.flows import (
    Logs,
    fact,
    hear,
    nats_as,
    numbered,
    propose,
    running,
    two_logs,
)
from tests.servers import NatsServer, Postgres

pytestmark = pytest.mark.servers

SAFE = 1000
"""How many facts may be on their way unconfirmed: the server drops what overflows its queue."""


async def say(client: Client, *facts: Envelope) -> None:
    for one in facts:
        await client.jetstream().publish(wire.subject_of("topics", one), wire.to_json(one))


@pytest.fixture
async def admin(nats_server: NatsServer) -> AsyncIterator[Client]:
    async with nats_as(nats_server, "admin") as client:
        await provision(client, ["topics", "meetings"])
        yield client


@pytest.fixture
async def ear(admin: Client) -> AsyncIterator[Ear]:
    ear = Ear(admin, "topics")
    yield ear
    await ear.close()


@pytest.fixture
async def logs(pg: Postgres) -> AsyncIterator[Logs]:
    async with two_logs(await pg.fresh_database()) as logs:
        yield logs


async def test_facts_are_heard_as_they_were_said(admin: Client, ear: Ear) -> None:
    facts = [fact(n) for n in range(1, 6)]
    await say(admin, *facts)
    assert facts == await hear(ear, 0, 5)


async def test_one_may_begin_anywhere(admin: Client, ear: Ear) -> None:
    facts = [fact(n) for n in range(1, 6)]
    await say(admin, *facts)
    assert facts[3:] == await hear(ear, 3, 5)
    assert facts[1:] == await hear(ear, 1, 5)


async def test_what_is_said_later_is_heard_later(admin: Client, ear: Ear) -> None:
    facts = [fact(n) for n in range(1, 4)]
    for said in facts:
        await say(admin, said)
        assert [said] == await hear(ear, said.position - 1, said.position)


async def test_only_the_wanted_types_are_handed_over(admin: Client, ear: Ear) -> None:
    await say(admin, fact(1), fact(2, "TopicClosed"), fact(3))
    facts = await ear.next(0)
    while facts.last < 3:
        facts = await ear.next(0)
    assert [2] == [one.position for one in await facts.envelopes({"TopicClosed"})]


async def test_more_than_one_request_is_heard_without_a_gap(admin: Client, ear: Ear) -> None:
    said = 3 * consumer.ASK_MAX + 17
    for position in range(1, said + 1):
        one = fact(position)
        if position % SAFE and position < said:
            await admin.publish(wire.subject_of("topics", one), wire.to_json(one))
        else:
            await say(admin, one)
    assert list(range(1, said + 1)) == [one.position for one in await hear(ear, 0, said)]


async def test_large_facts_end_a_request_and_no_more(admin: Client) -> None:
    said = 2 * consumer.ASK_BYTES_MAX // 250_000
    for position in range(1, said + 1):
        one = fact(position)
        await say(admin, replace(one, data=b'{"title":"%b"}' % (b"x" * 250_000)))
    reading = consumer.Consumer(admin, "topics", 0)
    await reading.open()
    while reading.taken < said:
        await reading.take()  # A fault would be raised here.
    await reading.close()


async def test_a_killed_server_is_heard_again(
    admin: Client, ear: Ear, nats_server: NatsServer
) -> None:
    facts = [fact(n) for n in range(1, 6)]
    await say(admin, *facts[:3])
    assert facts[:3] == await hear(ear, 0, 3)
    nats_server.kill()
    nats_server.start()
    async with nats_as(nats_server, "admin") as speaker:
        await say(speaker, *facts[3:])
    assert facts[3:] == await hear(ear, 3, 5)


async def test_a_deleted_consumer_is_made_again(admin: Client, ear: Ear) -> None:
    facts = [fact(n) for n in range(1, 6)]
    await say(admin, *facts[:3])
    assert facts[:3] == await hear(ear, 0, 3)
    names = await jetstream.request(admin, "CONSUMER.NAMES.topics")
    for name in names["consumers"]:
        await jetstream.request(admin, f"CONSUMER.DELETE.topics.{name}")
    await say(admin, *facts[3:])
    assert facts[3:] == await hear(ear, 3, 5)


async def test_a_stream_said_again_is_not_heard_twice(admin: Client, ear: Ear) -> None:
    facts = [fact(n) for n in range(1, 6)]
    await say(admin, *facts[:3])
    assert facts[:3] == await hear(ear, 0, 3)
    await jetstream.request(admin, "STREAM.DELETE.topics")
    await provision(admin, ["topics"])
    await say(admin, *facts)
    assert facts[3:] == await hear(ear, 3, 5)


async def test_a_stream_shorter_than_the_checkpoint_is_waited_for(admin: Client, ear: Ear) -> None:
    facts = [fact(n) for n in range(1, 6)]
    await say(admin, *facts[:2])
    waiting = asyncio.create_task(hear(ear, 3, 5))
    await asyncio.wait([waiting], timeout=0.2)
    await say(admin, *facts[2:])
    assert facts[3:] == await waiting


async def test_a_missing_fact_is_never_skipped(admin: Client) -> None:
    holes = {"name": "holes", "subjects": ["holes.>"], "storage": "memory"}
    await jetstream.request(admin, "STREAM.CREATE.holes", holes)
    for payload in (b"1", b"2", b"3"):
        await admin.jetstream().publish("holes.here", payload)
    await admin.jetstream().delete_msg("holes", 2)
    reading = consumer.Consumer(admin, "holes", 0)
    await reading.open()
    assert [b"1"] == [message.data for message in await reading.take()]
    with pytest.raises(consumer.Gap, match="3 came where 2 was expected"):
        await reading.take()
    await reading.close()


async def test_the_own_log_is_read_page_by_page(logs: Logs) -> None:
    await propose(logs.topics, *numbered(30))
    tail = Tail(logs.topics)
    own = OwnLog("topics", logs.topics, tail)
    async with running(tail.run()):
        facts = await own.next(10)
        assert (10, 30, 0) == (facts.after, facts.last, facts.behind)
        assert await logs.topics.after(10, BATCH_MAX) == await facts.envelopes(None)


async def test_the_own_log_is_waited_for(logs: Logs) -> None:
    tail = Tail(logs.topics)
    own = OwnLog("topics", logs.topics, tail)
    async with running(tail.run()):
        await propose(logs.topics, "one")
        assert 1 == (await own.next(0)).last
        await propose(logs.topics, "two")
        assert 2 == (await own.next(1)).last
