"""One small port per service, for those who watch over it: /health, /ready and /metrics.

GET only, one request per connection, and what it says is meant for machines on the same network.
"""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.runtime import telemetry

REQUEST_S = 3.0
JSON = "application/json"

Ready = Callable[[], Awaitable[dict[str, Any]]]
"""What a replica depends on, by name; a false value says that it cannot do its work."""

Page = tuple[HTTPStatus, str, bytes]


async def listen(host: str, port: int, ready: Ready) -> asyncio.Server:
    """Serve until closed; with port 0 on a free one."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(REQUEST_S):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(_response(*await _page(head, ready)))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # Somebody knocked and left, or said too much.
        finally:
            writer.close()

    return await asyncio.start_server(answer, host, port)


async def _page(head: bytes, ready: Ready) -> Page:
    method, _, rest = head.partition(b" ")
    path = rest.partition(b" ")[0].partition(b"?")[0]
    if method != b"GET":
        return HTTPStatus.METHOD_NOT_ALLOWED, JSON, b"{}"
    match path:
        case b"/health":
            return HTTPStatus.OK, JSON, b'{"alive":true}'
        case b"/ready":
            parts = await ready()
            status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
            return status, JSON, orjson.dumps(parts)
        case b"/metrics":
            telemetry.ready(await ready())
            return HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest()
        case _:
            return HTTPStatus.NOT_FOUND, JSON, b"{}"


def _response(status: HTTPStatus, kind: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        f"Content-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + body
