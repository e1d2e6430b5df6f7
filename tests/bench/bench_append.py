"""Appends of one fact each: ours, what one insert costs at most, and another event store.

All three meet the same server in the same minute, each from as many clients. The limit is pgbench
inserting one plain row per transaction, without versions, order or chain.
"""

import asyncio
import gc
import os
import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import asyncpg
import uvloop
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from deploy.tongxin.installation import find_installation
from shared.runtime.store import Append, Store
from tests.runtime.logs import asked, fresh_log
from tests.servers import Postgres, home_in

COMMANDS = {1: 2000, 32: 20_000, 128: 20_000}
"""How many are appended, by number of clients."""

PLAIN_ROWS = 6000
OTHER_S = 2.0
DATA = b'{"title": "%s", "summary": "%s"}' % ("修路".encode() * 10, b"x" * 150)

PLAIN_TABLE = """
    CREATE TABLE plain (
        id bigserial PRIMARY KEY, stream uuid, revision int, at timestamptz, data json
    )
"""
PLAIN_ROW = f"""
    INSERT INTO plain (stream, revision, at, data)
    VALUES (gen_random_uuid(), 1, now(), '{DATA.decode()}')
"""


async def figures(dsn: str) -> dict[str, dict[str, Any]]:
    """Events per second by number of clients; `dsn` is the superuser's, to an empty database."""
    connection = await asyncpg.connect(dsn)
    await connection.execute(PLAIN_TABLE)
    await connection.close()
    other = _other(dsn)
    found = {}
    for clients in COMMANDS:
        # In a thread with the event loop that services run on, whatever ours is.
        ours = await asyncio.to_thread(uvloop.run, _ours(dsn, clients))
        found[f"append.{clients}"] = {
            "value": round(ours),
            "unit": "events/s",
            "limit": round(await _limit(dsn, clients)),
            "peers": {"eventsourcing": round(await asyncio.to_thread(_theirs, other, clients))},
        }
    other.close()
    return found


async def _ours(dsn: str, clients: int) -> float:
    warm, commands = ([asked(data=DATA) for _ in range(n)] for n in (500, COMMANDS[clients]))
    gc.freeze()  # As services do: what is there at the start is not looked through again.
    async with fresh_log(dsn) as log:
        await _rate(log.store, clients, warm)
        rate = await _rate(log.store, clients, commands)
        await log.store.verify()  # What was measured includes the chain, up to the last fact.
    gc.unfreeze()
    return rate


async def _rate(store: Store, clients: int, commands: list[Append]) -> float:
    waiting = iter(commands)

    async def client() -> None:
        for command in waiting:
            await store.append(command)

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return len(commands) / (time.perf_counter() - began)


async def _limit(dsn: str, clients: int) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(PLAIN_ROW.replace("\n", " "))
        script.flush()
        options = [
            "-n",
            "-M",
            "prepared",
            "-j",
            "2",
            "-c",
            str(clients),
            "-t",
            str(PLAIN_ROWS // clients),
        ]
        pgbench = await asyncio.create_subprocess_exec(
            find_installation().bin / "pgbench",
            *options,
            "-f",
            script.name,
            dsn,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C"},
        )
        told, _ = await pgbench.communicate()
    tps = re.search(rb"tps = ([\d.]+)", told)
    assert tps, told
    return float(tps[1])


def _other(dsn: str) -> PostgresDatastore:
    parts = urlsplit(dsn)
    return PostgresDatastore(
        dbname=parts.path[1:],
        host=parts.hostname or "",
        port=parts.port or 0,
        user=parts.username or "",
        password=unquote(parts.password or ""),
        pool_size=32,
    )


def _theirs(datastore: PostgresDatastore, clients: int) -> float:
    recorder = PostgresApplicationRecorder(datastore, events_table_name="other_events")
    recorder.create_table()
    end = time.perf_counter() + OTHER_S

    def client() -> int:
        done = 0
        while time.perf_counter() < end:
            event = StoredEvent(
                originator_id=uuid4(), originator_version=1, topic="Proposed", state=DATA
            )
            recorder.insert_events([event])
            done += 1
        return done

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        done = sum(thread.result() for thread in [threads.submit(client) for _ in range(clients)])
    return done / (time.perf_counter() - began)


def main() -> None:
    """Measure on a server of our own."""
    with tempfile.TemporaryDirectory(prefix="tongxin-bench-") as directory:
        place = Path(directory)
        place.chmod(0o711)
        server = Postgres(home_in(place / "pg"))
        try:
            for name, figure in asyncio.run(_fresh(server)).items():
                print(name, figure)
        finally:
            server.stop()


async def _fresh(server: Postgres) -> dict[str, dict[str, Any]]:
    return await figures(await server.fresh_database())


if __name__ == "__main__":
    main()
