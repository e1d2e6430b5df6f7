"""Where one machine is outgrown: three NATS servers, each stream on all of them."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client

from shared.runtime import jetstream, wire
from shared.runtime.hear import Tail
from shared.runtime.jetstream import connected
from shared.runtime.provision import ADMIN, provision
from shared.runtime.relay import Relay
from tests.faults.cluster import MEMBERS, Cluster
from tests.runtime.flows import Logs, numbered, propose, running, two_logs
from tests.servers import Postgres

pytestmark = [pytest.mark.servers, pytest.mark.slow]

AT_ONCE = 20
PATIENCE_S = 180.0
LOOK_S = 0.1


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="cluster-", dir=place)))
    try:
        cluster.wait()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
async def logs(pg: Postgres) -> AsyncIterator[Logs]:
    async with two_logs(await pg.fresh_database()) as logs:
        yield logs


async def patiently_provisioned(admin: Client) -> None:
    """A cluster that has just come up has no leader yet, and says so."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await provision(admin, ["topics"], replicas=MEMBERS)
            except (jetstream.Rejected, *jetstream.AWAY):
                await asyncio.sleep(LOOK_S)
            else:
                return


async def standing(admin: Client) -> dict[str, Any]:
    """The stream as its leader knows it; asked until there is one."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                found = await jetstream.request(admin, "STREAM.INFO.topics")
            except (jetstream.Rejected, *jetstream.AWAY):
                found = {}
            if found.get("cluster", {}).get("leader"):
                return found
            await asyncio.sleep(LOOK_S)


async def reached(admin: Client, last: int, current: int) -> dict[str, Any]:
    """The stream, once it holds all up to a position and so many followers do as well."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = await standing(admin)
            followers = [one for one in found["cluster"]["replicas"] if one.get("current")]
            if found["state"]["last_seq"] >= last and len(followers) >= current:
                return found
            await asyncio.sleep(LOOK_S)


async def load(logs: Logs, enough: asyncio.Event) -> None:
    """Facts, as fast as the log takes them."""
    while not enough.is_set():
        await propose(logs.topics, *numbered(AT_ONCE))


async def test_nothing_is_lost_or_doubled_when_the_leader_is_killed_under_load(
    cluster: Cluster, logs: Logs
) -> None:
    async with connected(cluster.login(ADMIN), "test") as admin:
        await patiently_provisioned(admin)
        async with connected(cluster.login("topics"), "topics") as client:
            tail, enough = Tail(logs.topics), asyncio.Event()
            relay = Relay("topics", logs.topics, tail, client)
            async with running(tail.run(), relay.run()), asyncio.TaskGroup() as both:
                both.create_task(load(logs, enough))
                before = await reached(admin, 10 * AT_ONCE, MEMBERS - 1)
                killed = before["cluster"]["leader"]
                cluster.members[killed].kill()
                after = await reached(admin, before["state"]["last_seq"] + 10 * AT_ONCE, 1)
                enough.set()
            assert killed != after["cluster"]["leader"]
            cluster.start(killed)
            async with running(tail.run(), relay.run()):
                last = await logs.topics.last()
                whole = await reached(admin, last, MEMBERS - 1)
        assert (last, 0) == (whole["state"]["last_seq"], whole["state"].get("num_deleted", 0))
        heard = [await said(admin, sequence) for sequence in range(1, last + 1)]
    written = [fact.id for fact in await logs.topics.after(0, last)]
    assert written == heard


async def said(admin: Client, sequence: int) -> object:
    """The id of the fact at a sequence."""
    message = await admin.jetstream().get_msg("topics", sequence)
    assert message.data
    return wire.from_json(message.data).id
