"""Connections to NATS leave nothing behind."""

import asyncio

import pytest

from shared.runtime.jetstream import Login, connected
from tests.servers import NatsServer

pytestmark = pytest.mark.servers


@pytest.mark.parametrize("steps", range(12))
async def test_a_connection_called_off_at_any_moment_is_closed(
    nats_server: NatsServer, steps: int
) -> None:
    async def work() -> None:
        login = Login(nats_server.url, "admin", nats_server.passwords["admin"])
        async with connected(login, "test"):
            await asyncio.Event().wait()

    # A socket that is left open is an error of this run: warnings are.
    task = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
