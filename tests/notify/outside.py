"""The world outside, on loopback: an SMTP server and an HTTP gateway that do as they are told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

TAKEN = "250 taken"


@dataclass
class Postbox:
    """A mail server. `answers` are given in turn; when they are used up, mail is taken."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    refuses: frozenset[str] = frozenset()
    mails: list[EmailMessage] = field(default_factory=list)
    came: Callable[[], object] = lambda: None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Refuse those who are not here."""
        if address in self.refuses:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail, and answer; 'drop' hangs up after all, 'silence' never answers."""
        answer = self.answers.pop(0) if self.answers else TAKEN
        if answer in (TAKEN, "drop", "silence"):
            mail = message_from_bytes(envelope.content or b"", policy=default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.came()
        if answer == "drop":
            server.transport.abort()
        if answer == "silence":
            await asyncio.sleep(60)
        return answer


@asynccontextmanager
async def postbox() -> AsyncIterator[Postbox]:
    """A mail server on a free port."""
    box = Postbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, hostname="test", loop=loop, enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()


@dataclass
class Request:
    """What came in over HTTP."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Counter:
    """A gateway's counter: answers in turn, (status, body); a status of 0 never answers."""

    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    came: list[Request] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {
                name.lower(): said for name, _, said in (one.partition(": ") for one in lines)
            }
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.came.append(Request(first.split(" ")[1], headers, body))
            status, told = self.answers.pop(0) if self.answers else (200, b"{}")
            if status == 0:
                await reader.read()  # Until the other side has had enough.
                return
            answer = (
                f"HTTP/1.1 {status} x\r\nContent-Length: {len(told)}\r\nConnection: close\r\n\r\n"
            )
            writer.write(answer.encode() + told)
            await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def counter() -> AsyncIterator[Counter]:
    """A gateway on a free port."""
    one = Counter()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield one
    finally:
        server.close()
