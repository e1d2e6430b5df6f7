"""The watching port: three pages, and nothing else."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from shared.runtime import http

HOST = "127.0.0.1"


class Watched:
    """What a replica says about itself."""

    def __init__(self) -> None:
        self.parts = {"log": True, "nats": True}

    async def ready(self) -> dict[str, bool]:
        return self.parts


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
async def server(watched: Watched) -> AsyncIterator[asyncio.Server]:
    server = await http.listen(HOST, 0, watched.ready)
    yield server
    server.close()
    await server.wait_closed()


def port_of(server: asyncio.Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port


async def get(server: asyncio.Server, path: str, method: str = "GET") -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.request(method, f"http://{HOST}:{port_of(server)}{path}")


async def test_health_says_that_the_process_is_alive(server: asyncio.Server) -> None:
    response = await get(server, "/health")
    assert (200, {"alive": True}) == (response.status_code, response.json())


async def test_ready_while_every_part_is_there(server: asyncio.Server, watched: Watched) -> None:
    assert 200 == (await get(server, "/ready")).status_code
    watched.parts["nats"] = False
    response = await get(server, "/ready?verbose=1")
    assert (503, {"log": True, "nats": False}) == (response.status_code, response.json())


async def test_metrics_are_in_the_format_of_prometheus(server: asyncio.Server) -> None:
    response = await get(server, "/metrics")
    assert "# TYPE tongxin_commands_total counter" in response.text
    assert response.headers["content-type"].startswith("text/plain")


async def test_metrics_tell_what_is_there_at_this_moment(
    server: asyncio.Server, watched: Watched
) -> None:
    watched.parts = {"open": False}
    assert 'tongxin_ready{part="open"} 0.0' in (await get(server, "/metrics")).text
    watched.parts = {"log": True, "nats": False}
    told = (await get(server, "/metrics")).text
    assert 'tongxin_ready{part="log"} 1.0\ntongxin_ready{part="nats"} 0.0\n' in told
    assert 'part="open"' not in told


async def test_anything_else_is_not_found(server: asyncio.Server) -> None:
    assert 404 == (await get(server, "/etc/passwd")).status_code


async def test_it_can_only_be_read(server: asyncio.Server) -> None:
    assert 405 == (await get(server, "/health", "POST")).status_code


@pytest.mark.parametrize("said", [b"", b"\r\n\r\n", b"x" * 70_000, b"GET /health HTTP/1.1\r\n"])
async def test_who_says_nonsense_does_not_disturb_the_others(
    server: asyncio.Server, said: bytes
) -> None:
    reader, writer = await asyncio.open_connection(HOST, port_of(server))
    writer.write(said)
    writer.write_eof()
    await reader.read()
    writer.close()
    assert 200 == (await get(server, "/health")).status_code
