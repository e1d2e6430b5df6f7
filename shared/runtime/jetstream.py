"""What we ask of JetStream, on a plain connection: few requests, each in one place."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, NoRespondersError

from shared.runtime.log import logger

log = logger()

API = "$JS.API"
ANSWER_S = 5.0
LEAVE_S = 5.0
RECONNECT_S = 0.5
EXPECTED = "Nats-Expected-Last-Sequence"
RELAYED = f"NATS/1.0\r\n{EXPECTED}: ".encode()
OUTBOX_BYTES_MAX = 8 * 1024 * 1024

WRONG_LAST_SEQUENCE = 10071
NO_STREAM = 10059
NO_MESSAGE = 10037

AWAY = (Error, OSError)
"""What is raised when NATS is away, or has no JetStream to answer."""


class Rejected(Exception):
    """JetStream's own no, with its code."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error.get("description", error))
        self.code: int = error.get("err_code", 0)


@dataclass(frozen=True, slots=True)
class Login:
    """Where NATS is, and who we are. Answers come below `_INBOX_<user>` and nowhere else.

    `ca` are the certificates (PEM) of whom we trust: with them, nothing is said but over TLS.
    """

    url: str
    user: str = ""
    password: str = ""
    ca: str = ""


class Hearing(Client):
    """nats-py, but for one header: the relay's, which every fact carries and nobody reads again.

    To parse it takes a quarter of all the time that hearing a fact takes.
    """

    async def _process_headers(self, headers: bytes) -> dict[str, str] | None:
        if headers and headers.startswith(RELAYED):
            return None
        parsed: dict[str, str] | None = await super()._process_headers(headers)
        return parsed


def over_tls(ca: str) -> dict[str, Any]:
    """What a client is told besides; nothing where nobody is to be trusted.

    The handshake comes first: who waits for the server to ask for it can be talked out of it.
    """
    if not ca:
        return {}
    return {"tls": ssl.create_default_context(cadata=ca), "tls_handshake_first": True}


async def tell(error: Exception) -> None:
    """A forbidden subject, for one, is told here and nowhere else."""
    log.error("nats", reason=repr(error))


async def connect(
    login: Login, name: str, tell: Callable[[Exception], Awaitable[None]] = tell
) -> Client:
    """A connection that is never given up; every failure is told."""

    async def silent() -> None:
        if not client.is_closed:
            log.warning("nats is away", connection=name)

    # Its annotation says int; it sleeps so long.
    more: dict[str, Any] = {"reconnect_time_wait": RECONNECT_S}
    if login.user:
        more |= {"user": login.user, "password": login.password}
    more |= over_tls(login.ca)
    client = Hearing()
    try:
        await client.connect(
            login.url.split(","),
            name=name,
            inbox_prefix=f"_INBOX_{login.user}" if login.user else "_INBOX",
            max_reconnect_attempts=-1,
            pending_size=OUTBOX_BYTES_MAX,
            error_cb=tell,
            disconnected_cb=silent,
            **more,
        )
    except BaseException:
        await leave(client)
        raise
    return client


async def leave(client: Client) -> None:
    """Close a connection; one whose handshake failed would wait for ever for its other side."""
    with suppress(*AWAY):
        async with asyncio.timeout(LEAVE_S):
            await client.close()


@asynccontextmanager
async def connected(login: Login, name: str) -> AsyncIterator[Client]:
    """A connection for as long as the work on it goes on."""
    client = await connect(login, name)
    try:
        yield client
    finally:
        await leave(client)


async def request(client: Client, subject: str, body: object = None) -> dict[str, Any]:
    """JetStream's answer. Raises Rejected, or one of AWAY."""
    payload = b"" if body is None else orjson.dumps(body)
    message = await client.request(f"{API}.{subject}", payload, timeout=ANSWER_S)
    return answer(message)


def answer(message: Msg) -> dict[str, Any]:
    """What JetStream said. Raises Rejected, or one of AWAY where nobody was there to say it."""
    if not message.data:
        raise NoRespondersError
    said: dict[str, Any] = orjson.loads(message.data)
    if error := said.get("error"):
        raise Rejected(error)
    return said
