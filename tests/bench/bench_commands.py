"""Commands through NATS: one service in its process, its servers and the load on the same cores."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import uvloop

from shared.kernel.errors import No
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from tests.runtime.house import COUNTY, HERE, connection, house, process
from tests.servers import NatsServer, Postgres

IN_FLIGHT = 64
BATCHES_IN_FLIGHT = 4
BATCH = 500
ROUND_S = 2.0
ROUNDS = 3

CLERK = Actor("lin", "clerk", COUNTY)

Figure = dict[str, Any]


async def figures(pg: Postgres, nats_server: NatsServer) -> dict[str, Figure]:
    """Commands answered per second, asked singly and in batches."""
    # In a thread with the event loop that services run on, whatever ours is.
    return await asyncio.to_thread(uvloop.run, _figures(pg, nats_server))


async def _figures(pg: Postgres, nats_server: NatsServer) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        settings = await house(place, pg, nats_server)
        async with process(settings, place / "log") as replica:
            await replica.until_ready()
            client = await connection(nats_server)
            asker = Asker(client)
            single = await _median(lambda: _one(asker), IN_FLIGHT)
            batch = await _median(lambda: _many(asker), BATCHES_IN_FLIGHT)
            await client.close()
    return {
        "commands.single": _figure(single, "commands/s"),
        "commands.batch": _figure(batch, "commands/s"),
    }


def _figure(value: float, unit: str) -> Figure:
    return {"value": round(value), "unit": unit, "limit": None, "peers": {}}


async def _median(ask: Callable[[], Awaitable[int]], in_flight: int) -> float:
    """The median rate of some rounds, after one that only warms up."""
    rates = [await _rate(ask, in_flight) for _ in range(ROUNDS + 1)]
    return median(rates[1:])


async def _rate(ask: Callable[[], Awaitable[int]], in_flight: int) -> float:
    began = time.perf_counter()

    async def go_on() -> int:
        done = 0
        while time.perf_counter() - began < ROUND_S:
            done += await ask()
        return done

    done = sum(await asyncio.gather(*(go_on() for _ in range(in_flight))))
    return done / (time.perf_counter() - began)


async def _one(asker: Asker) -> int:
    await asker.ask("notebooks", "OpenNotebook", _data(), CLERK, uuid4(), uuid4())
    return 1


async def _many(asker: Asker) -> int:
    commands = [
        {"command": "OpenNotebook", "id": str(uuid4()), "data": _data()} for _ in range(BATCH)
    ]
    answers = await asker.ask_batch("notebooks", commands, CLERK, uuid4())
    assert not any(isinstance(answer, No) for answer in answers)
    return len(answers)


def _data() -> dict[str, str]:
    notebook_id = str(uuid4())
    return {"notebook_id": notebook_id, "area": HERE, "title": notebook_id}
