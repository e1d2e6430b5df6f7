"""What only its own service may read: others learn that there is a fact, and no more."""

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.kernel.envelope import Envelope
from shared.runtime import jetstream, wire
from shared.runtime.facts import Said
from shared.runtime.hear import Tail
from shared.runtime.migrate import migrate
from shared.runtime.provision import provision
from shared.runtime.relay import Relay
from tests.runtime.flows import Logs, nats_as, running, two_logs
from tests.runtime.logs import SERVICES, Log, asked, fresh_log, login, run, until
from tests.servers import NatsServer, Postgres
from tests.spec import NOW

SECRET = Envelope(
    position=7, stream=uuid4(), category="secret", revision=3, id=uuid4(), type="Whispered",
    version=2, area="511623100013", charter="511623@1", actor="lin/party", at=NOW,
    causation=uuid4(), correlation=uuid4(), data=b'{"about": "somebody"}',
)  # fmt: skip


def message(fact: Envelope) -> Msg:
    return Msg(Client(), wire.subject_of("topics", fact), data=wire.to_json(fact))


def test_a_withheld_fact_tells_nothing_but_when_and_in_which_county() -> None:
    said = wire.withheld("topics", SECRET)
    assert "ev.topics.51.16.23.000.000.restricted.Restricted" == wire.subject_of("topics", said)
    assert (7, NOW, b"{}") == (said.position, said.at, said.data)
    told = wire.to_json(said).decode()
    hidden = ("secret", "Whispered", "511623100013", "lin", "somebody")
    ids = (SECRET.stream, SECRET.id, SECRET.causation, SECRET.correlation)
    assert [] == [one for one in (*hidden, *map(str, ids)) if one in told]


def test_two_withheld_facts_of_a_stream_have_nothing_in_common() -> None:
    one, other = (wire.withheld("topics", replace(SECRET, position=n)) for n in (7, 8))
    ids: list[set[UUID]] = [{f.stream, f.id, f.causation, f.correlation} for f in (one, other)]
    assert not ids[0] & ids[1]


async def test_who_hears_everything_still_hears_no_withheld_fact() -> None:
    plain = replace(SECRET, position=8)
    facts = Said("topics", 6, [message(wire.withheld("topics", SECRET)), message(plain)], behind=0)
    assert [plain] == await facts.envelopes(None)
    assert 8 == facts.last


@pytest.fixture
async def logs(pg: Postgres) -> AsyncIterator[Logs]:
    async with two_logs(await pg.fresh_database()) as logs:
        yield logs


@pytest.mark.servers
async def test_a_relay_withholds_what_is_restricted(logs: Logs, nats_server: NatsServer) -> None:
    for category in ("topic", "secret", "topic"):
        await logs.topics.append(replace(asked(), category=category))
    async with nats_as(nats_server, "admin") as client:
        await provision(client, ["topics"])
        for _ in range(2):  # The second finds what the first said, and agrees with it.
            tail = Tail(logs.topics)
            relay = Relay("topics", logs.topics, tail, client, {"secret"})
            async with running(tail.run(), relay.run()):

                async def arrived() -> bool:
                    found = await jetstream.request(client, "STREAM.INFO.topics")
                    return bool(found["state"]["last_seq"] >= await logs.topics.last())

                await until(arrived)
                await logs.topics.append(replace(asked(), category="secret"))
                await until(arrived)
        stored = [await client.jetstream().get_msg("topics", n) for n in range(1, 6)]
        types = [wire.from_json(one.data or b"").type for one in stored]
    said, kept = "TopicProposed", "Restricted"
    assert [said, kept, said, kept, kept] == types


@pytest.mark.servers
async def test_a_relay_withholds_facts_of_one_type_and_says_the_rest_of_their_stream(
    logs: Logs, nats_server: NatsServer
) -> None:
    secret = replace(asked(), facts=[replace(asked().facts[0], type="Whispered")])
    for new in (asked(), secret, asked()):
        await logs.topics.append(new)
    async with nats_as(nats_server, "admin") as client:
        await provision(client, ["topics"])
        tail = Tail(logs.topics)
        relay = Relay("topics", logs.topics, tail, client, {"Whispered"})
        async with running(tail.run(), relay.run()):

            async def arrived() -> bool:
                found = await jetstream.request(client, "STREAM.INFO.topics")
                return bool(found["state"]["last_seq"] == 3)

            await until(arrived)
        stored = [await client.jetstream().get_msg("topics", n) for n in (1, 2, 3)]
    assert ["TopicProposed", "Restricted", "TopicProposed"] == [
        wire.from_json(one.data or b"").type for one in stored
    ]


@pytest.fixture
async def log(pg: Postgres) -> AsyncIterator[Log]:
    async with fresh_log(await pg.fresh_database()) as log:
        for category in ("topic", "secret", "hidden"):
            await log.store.append(replace(asked(), category=category))
        yield log


@pytest.mark.servers
async def test_only_the_service_itself_reads_what_is_restricted(log: Log) -> None:
    portal = login(log.admin_dsn, "portal")
    categories = "SELECT category FROM topics.events ORDER BY position"

    async def seen_by(dsn: str) -> list[str]:
        return [row["category"] for row in await run(dsn, categories)]

    assert ["topic", "secret", "hidden"] == await seen_by(portal)
    await migrate(log.admin_dsn, SERVICES, restricted={"topics": {"secret"}})
    assert ["topic", "hidden"] == await seen_by(portal)
    for _ in range(2):
        await migrate(log.admin_dsn, SERVICES, restricted={"topics": {"secret", "hidden"}})
        assert ["topic"] == await seen_by(portal)
    many = {"secret", *(f"category-of-a-long-name-{n}" for n in range(9))}
    for _ in range(2):
        await migrate(log.admin_dsn, SERVICES, restricted={"topics": many})
        assert ["topic", "hidden"] == await seen_by(portal)
    assert ["topic", "secret", "hidden"] == await seen_by(log.dsn)
    await log.store.append(asked())
    assert 4 == await log.store.last()


@pytest.mark.servers
async def test_others_read_all_of_a_stream_but_the_types_that_are_restricted(log: Log) -> None:
    secret = replace(asked(), facts=[replace(asked().facts[0], type="Whispered")])
    await log.store.append(secret)
    await migrate(log.admin_dsn, SERVICES, restricted={"topics": {"secret", "Whispered"}})
    said = "SELECT type FROM topics.events ORDER BY position"
    theirs = await run(login(log.admin_dsn, "portal"), said)
    assert ["TopicProposed"] * 2 == [row["type"] for row in theirs]
    assert "Whispered" in [row["type"] for row in await run(log.dsn, said)]
