"""Public facts told again to an agency from the first on: how many a second, one by one taken.

The facts lie in the log of exchange; the publisher fills the stream from it, and an agency takes
them by a durable consumer over the places of a province, acknowledging each.

    python -m tests.bench.bench_replay [how many facts; a million without]
"""

import asyncio
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import asyncpg
import uvloop
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig

from services.exchange.effects.public import SEQUENCE, STREAM, stream
from services.exchange.effects.publisher import Publisher
from shared.runtime import jetstream
from shared.runtime.hear import Tail
from shared.runtime.jetstream import Login
from shared.runtime.migrate import migrate
from shared.runtime.provision import provision
from shared.runtime.store import Store
from tests.runtime.flows import running
from tests.runtime.logs import PASSWORD, login
from tests.servers import NatsServer, Postgres, home_in

COUNT, MILLION = 50_000, 1_000_000
BATCH, IN_FLIGHT = 500, 2_000
WAIT_S = 60.0
LOOK_S = 0.05

# Each matter is told five times, in 4,000 villages of 20 counties.
HISTORY = """
    INSERT INTO exchange.events
    SELECT n, md5('topic ' || n / 5)::uuid, 'publication', 1 + n % 5, md5('fact ' || n)::uuid,
           'MeetingHeld', 1,
           '5116' || to_char(n / 5 % 20, 'FM00') || to_char(100 + n / 5 % 10, 'FM000')
                  || to_char(200 + n / 5 % 20, 'FM000'),
           '511623@1', 'exchange:publish_meeting_held/system', now(),
           md5('command ' || n)::uuid, md5('topic ' || n / 5)::uuid,
           json_build_object('topic_id', md5('topic ' || n / 5)::uuid,
                             'happened_at', '2026-03-02T09:00:00Z',
                             'consultation_id', md5('meeting ' || n)::uuid,
                             'place', '北辰社区有事来协商工作室', 'form', 'topic-consultation',
                             'mode', 'on-site')
      FROM generate_series(1, $1::bigint) n
"""
COMMITTED = """
    INSERT INTO exchange.batches (last_position, first_position, at, root, chain)
    VALUES ($1, 1, now(), '', '')
"""

Figures = dict[str, dict[str, Any]]


async def figures(pg: Postgres, nats_server: NatsServer, count: int = COUNT) -> Figures:
    """Facts per second: told by the publisher, and taken again from the first on."""
    admin_dsn = await pg.fresh_database()
    await migrate(admin_dsn, {"exchange": PASSWORD})
    admin = await asyncpg.connect(admin_dsn, command_timeout=600)
    try:
        await admin.execute("SET search_path TO exchange")
        await admin.execute("SELECT make_room(1, $1)", count)
        await admin.execute(HISTORY, count)
        await admin.execute(COMMITTED, count)
        await admin.execute("VACUUM ANALYZE exchange.events")
    finally:
        await admin.close()
    # In a thread with the event loop that services run on, whatever ours is.
    return await asyncio.to_thread(uvloop.run, _figures(admin_dsn, nats_server, count))


async def _figures(admin_dsn: str, server: NatsServer, count: int) -> Figures:
    who = Login(server.url, "admin", server.passwords["admin"])
    async with jetstream.connected(who, "bench") as client:
        await provision(client, [], others=[stream(90, 1)])
        told = await _publish(login(admin_dsn, "exchange"), client, count)
        taken = await _replay(client, count)
    return {"publish": _figure(told), "replay": _figure(taken)}


def _figure(value: float) -> dict[str, Any]:
    return {"value": round(value), "unit": "facts/s", "limit": None, "peers": {}}


async def _publish(dsn: str, client: Client, count: int) -> float:
    store = await Store.open(dsn, "exchange")
    tail = Tail(store)
    began = time.perf_counter()
    async with asyncpg.create_pool(dsn, min_size=0, max_size=2) as pool:
        async with running(tail.run(), Publisher(store, tail, client, pool).run()) as (_, voice):
            while await _last(client) < count:
                assert not voice.done()
                await asyncio.sleep(LOOK_S)
        seconds = time.perf_counter() - began
    await store.close()
    return count / seconds


async def _last(client: Client) -> int:
    found = await jetstream.request(client, f"STREAM.INFO.{STREAM}")
    last: int = found["state"]["last_seq"]
    return last


async def _replay(client: Client, count: int) -> float:
    """Every fact, in order, each once."""
    context: JetStreamContext = client.jetstream()
    config = ConsumerConfig(
        durable_name="agency", filter_subjects=["public.51.>", "agency.one.>"],
        ack_policy=AckPolicy.EXPLICIT, max_ack_pending=IN_FLIGHT,
    )  # fmt: skip
    await context.add_consumer(STREAM, config)
    taking = await context.pull_subscribe_bind("agency", STREAM)
    began, last = time.perf_counter(), 0
    while last < count:
        for message in await taking.fetch(BATCH, timeout=WAIT_S):
            position = int((message.headers or {})[SEQUENCE])
            assert position == last + 1
            last = position
            await message.ack()
    return count / (time.perf_counter() - began)


def main() -> int:
    """Measure a replay of many facts, and say how long a million takes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MILLION
    place = Path(tempfile.mkdtemp(prefix="tongxin-bench-"))
    place.chmod(0o711)
    pg, nats_server = Postgres(home_in(place / "pg")), NatsServer(home_in(place / "nats"))
    try:
        found = asyncio.run(figures(pg, nats_server, count))
    finally:
        nats_server.stop()
        pg.stop()
        shutil.rmtree(place, ignore_errors=True)
    for name, figure in found.items():
        minutes = MILLION / figure["value"] / 60
        print(f"{name}: {figure['value']:,} facts/s, a million in {minutes:.1f} min")
    return 0


if __name__ == "__main__":
    sys.exit(main())
