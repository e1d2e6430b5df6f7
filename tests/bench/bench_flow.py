"""Facts on their way from one log to a view elsewhere: said, heard and shown, and shown anew.

The view is a board over five levels: each topic with its state, and counts for every area above.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from statistics import median
from typing import Any

import asyncpg
import uvloop
from nats.aio.client import Client

from shared.runtime import copies, jetstream, wire
from shared.runtime.hear import Ear, Tail
from shared.runtime.jetstream import Login
from shared.runtime.migrate import migrate
from shared.runtime.projection import Projection
from shared.runtime.projector import Projector, applying
from shared.runtime.provision import provision
from shared.runtime.reader import Reader
from shared.runtime.rebuild import rebuild
from shared.runtime.relay import Relay
from shared.runtime.store import Store
from tests.runtime.flows import running
from tests.runtime.logs import PASSWORD, login, until
from tests.runtime.rollup import FACTS, FILE
from tests.servers import NatsServer, Postgres

COUNT = 80_000
ROUNDS = 3
LIMIT_COUNT = 40_000

BOARD = Projection("board", sql=FILE, facts=FACTS, sources=("topics",))

# Four facts a topic, from 4,000 villages of 20 counties, interleaved as they come in life.
HISTORY = """
    INSERT INTO topics.events
    SELECT n, md5('topic ' || topic)::uuid, 'topic', 1 + lap, md5('fact ' || n)::uuid,
           (ARRAY['TopicProposed', 'TopicReviewed', 'TopicApproved', 'TopicClosed'])[1 + lap], 2,
           '5116' || to_char(topic % 20, 'FM00') || to_char(100 + topic % 10, 'FM000')
                  || to_char(200 + topic % 20, 'FM000'),
           '511623@1', 'lin/convenor', now(),
           md5('command ' || n)::uuid, md5('topic ' || topic)::uuid,
           json_build_object('title', '增设卫生服务中心 ' || topic, 'summary', repeat('看病远', 12))
      FROM generate_series(1, $1::bigint) n,
           LATERAL (SELECT n / 4 AS topic, n % 4 AS lap) of_topic
"""
COMMITTED = """
    INSERT INTO topics.batches (last_position, first_position, at, root, chain)
    VALUES ($1, 1, now(), '', '')
"""


async def figures(pg: Postgres, nats_server: NatsServer) -> dict[str, dict[str, Any]]:
    """Facts per second: said by the relay, shown from JetStream, shown anew from the log."""
    admin_dsn = await pg.fresh_database()
    await migrate(admin_dsn, {"topics": PASSWORD, "portal": PASSWORD})
    await _history(admin_dsn)
    # In a thread with the event loop that services run on, whatever ours is.
    return await asyncio.to_thread(uvloop.run, _figures(admin_dsn, nats_server))


async def _history(admin_dsn: str) -> None:
    admin = await asyncpg.connect(admin_dsn)
    try:
        await admin.execute("SET search_path TO topics")
        await admin.execute("SELECT make_room(1, $1)", COUNT)
        await admin.execute(HISTORY, COUNT)
        await admin.execute(COMMITTED, COUNT)
        await admin.execute("VACUUM ANALYZE topics.events")
    finally:
        await admin.close()


async def _figures(admin_dsn: str, server: NatsServer) -> dict[str, dict[str, Any]]:
    found = {}
    async with _client(server, "admin") as admin:
        relayed = [await _relay(admin_dsn, server, admin) for _ in range(ROUNDS)]
        found["relay"] = _figure(relayed, await _publish(admin))
        async with applying(login(admin_dsn, "portal")) as pool:
            board = Projector(BOARD, "portal", pool, {})
            caught_up = [await _catchup(server, board) for _ in range(ROUNDS)]
            found["views.catchup"] = _figure(caught_up, await _hear(server))
            rebuilt = [await _rebuild(board) for _ in range(ROUNDS)]
            found["views.rebuild"] = _figure(rebuilt, await _copy(admin_dsn))
    return found


def _figure(values: list[float], limit: float) -> dict[str, Any]:
    return {"value": round(median(values)), "unit": "facts/s", "limit": round(limit), "peers": {}}


@asynccontextmanager
async def _client(server: NatsServer, user: str) -> AsyncIterator[Client]:
    client = await jetstream.connect(Login(server.url, user, server.passwords[user]), "bench")
    try:
        yield client
    finally:
        await client.close()


async def _relay(admin_dsn: str, server: NatsServer, admin: Client) -> float:
    """From the log in PostgreSQL into the stream, which is new, every fact stored."""
    with suppress(jetstream.Rejected):
        await jetstream.request(admin, "STREAM.DELETE.topics")
    await provision(admin, ["topics"])
    store = await Store.open(login(admin_dsn, "topics"), "topics")
    async with _client(server, "topics") as client:
        tail = Tail(store)
        began = time.perf_counter()
        async with running(tail.run(), Relay("topics", store, tail, client).run()):
            await until(lambda: _all_said(client))
        seconds = time.perf_counter() - began
    await store.close()
    return COUNT / seconds


async def _all_said(client: Client) -> bool:
    found = await jetstream.request(client, "STREAM.INFO.topics")
    last: int = found["state"]["last_seq"]
    return last == COUNT


async def _all_shown(board: Projector) -> bool:
    return await board.seen("topics") == COUNT


async def _publish(client: Client) -> float:
    """The limit of a relay: the same messages, ready in memory, stored without any promise."""
    stream = {"name": "limit", "subjects": ["limit.>"], "storage": "file"}
    await jetstream.request(client, "STREAM.CREATE.limit", stream)
    ear = Ear(client, "topics")
    facts = await (await ear.next(0)).envelopes(None)
    await ear.close()
    payload = wire.to_json(facts[0])
    began = time.perf_counter()
    for _ in range(LIMIT_COUNT - 1):
        await client.publish("limit.one", payload)
    await client.request("limit.one", payload, timeout=60)
    return LIMIT_COUNT / (time.perf_counter() - began)


async def _catchup(server: NatsServer, board: Projector) -> float:
    """From the stream into the view, every batch committed."""
    await copies.make(board)
    async with _client(server, "portal") as client:
        began = time.perf_counter()
        async with running(Reader(board, Ear(client, "topics")).run()):
            await until(lambda: _all_shown(board))
        return COUNT / (time.perf_counter() - began)


async def _hear(server: NatsServer) -> float:
    """The limit of a view that hears: every fact heard and dropped."""
    async with _client(server, "portal") as client:
        ear = Ear(client, "topics")
        began = time.perf_counter()
        position = 0
        while position < COUNT:
            position = (await ear.next(position)).last
        seconds = time.perf_counter() - began
        await ear.close()
    return COUNT / seconds


async def _rebuild(board: Projector) -> float:
    """From the log into a new version, compared with the live one and swapped."""
    rebuilt = await rebuild(board)
    assert rebuilt.same
    return rebuilt.facts / rebuilt.seconds


async def _copy(admin_dsn: str) -> float:
    """The limit of a rebuild: PostgreSQL copies the facts as they are."""
    admin = await asyncpg.connect(admin_dsn)
    try:
        began = time.perf_counter()
        await admin.execute("CREATE TABLE topics.copied AS SELECT * FROM topics.events")
        return COUNT / (time.perf_counter() - began)
    finally:
        await admin.close()
