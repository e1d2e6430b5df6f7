"""Receivers of webhooks, on loopback: each does what it was made to do, well or badly."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes
    connection: int


@dataclass
class Receiver:
    """Answers as `answers` say, in turn, and then as `always` does."""

    url: str = ""
    always: Answer = field(default_factory=lambda: status(204))
    answers: list[Answer] = field(default_factory=list)
    came: list[Request] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0
    serving: set[asyncio.Task[None]] = field(default_factory=set)
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, count: int, patience_s: float = 120) -> None:
        """Returns when so many requests came."""
        async with asyncio.timeout(patience_s):
            while len(self.came) < count:
                self._told.clear()
                await self._told.wait()

    @property
    def ids(self) -> list[str]:
        """What came, by its name."""
        return [one.headers["webhook-id"] for one in self.came]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, for as many requests as it brings."""
        me = asyncio.current_task()
        assert me
        self.serving.add(me)
        me.add_done_callback(self.serving.discard)
        self.connections += 1
        number = self.connections
        try:
            while True:
                self.came.append(await _request(reader, number))
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                self._told.set()
                answer = self.answers.pop(0) if self.answers else self.always
                try:
                    await answer(writer)
                finally:
                    self.at_once -= 1
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader, connection: int) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): said for name, _, said in (one.partition(": ") for one in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(first.split(" ")[1], headers, body, connection)


def status(code: int, *headers: str, body: bytes = b"") -> Answer:
    """A proper answer."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {code} x", *headers]
        if code != 204:
            lines.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return answer


async def silence(_writer: asyncio.StreamWriter) -> None:
    """No answer, ever."""
    await asyncio.Event().wait()


async def drip(writer: asyncio.StreamWriter) -> None:
    """A head that never ends, a line at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Drip: drop\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def drip_after_head(writer: asyncio.StreamWriter) -> None:
    """A yes, and behind it a body that never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def flood(writer: asyncio.StreamWriter) -> None:
    """A yes, and behind it a gigabyte."""
    size = 1 << 30
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode())
    piece = b"x" * 65536
    for _ in range(size // len(piece)):
        writer.write(piece)
        await writer.drain()


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Gone, without a word."""
    writer.transport.abort()


async def nonsense(writer: asyncio.StreamWriter) -> None:
    """Something that is not HTTP."""
    writer.write(b"220 mail.example ESMTP\r\n\r\n")
    await writer.drain()


@asynccontextmanager
async def receiver(
    always: Answer | None = None, *, tls: ssl.SSLContext | None = None, port: int = 0
) -> AsyncIterator[Receiver]:
    """A receiver on a free port, or on one it had before."""
    one = Receiver()
    if always:
        one.always = always
    server = await asyncio.start_server(one.serve, "127.0.0.1", port, ssl=tls)
    at = server.sockets[0].getsockname()[1]
    one.url = f"https://localhost:{at}/hook" if tls else f"http://127.0.0.1:{at}/hook"
    try:
        yield one
    finally:
        server.close()
        serving = list(one.serving)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
