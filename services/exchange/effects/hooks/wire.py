"""One target on the wire: a request goes to an address that the guard allowed, and comes back.

Redirects are not followed, proxies of the environment not used, and what is answered is not read
beyond its head: whoever answers much, or slowly, gets no more of our time for it.
"""

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from services.exchange.effects.hooks.guard import Forbidden, Guard, Names

ADDRESSES_MAX = 3
KEEPALIVE_S = 20.0
REST_BYTES_MAX = 16 * 1024
REST_S = 0.5
RETRY_AFTER_MAX_S = 6 * 3600.0


@dataclass(frozen=True)
class Outcome:
    """What came of one request. `code` 0: no answer; `told` is safe to be written down."""

    code: int
    told: str
    took_s: float
    retry_after_s: float = 0.0

    @property
    def taken(self) -> bool:
        """Whether the other side said that it has it."""
        return 200 <= self.code < 300

    @property
    def gone(self) -> bool:
        """Whether the other side wants no more, ever."""
        return self.code == 410


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """Trusts the authorities that the web trusts, and those of a file. Raises OSError."""
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


class Wire:
    """The connections to one target, `in_flight` at most."""

    def __init__(
        self, url: str, guard: Guard, tls: ssl.SSLContext, *, in_flight: int, timeout_s: float
    ) -> None:
        self._url = url
        self._timeout_s = timeout_s
        plain = urlsplit(url).scheme != "https"
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=in_flight,
            keepalive_expiry=KEEPALIVE_S,
            network_backend=_Guarded(Names(guard, plain=plain)),
        )

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Post it, and say what came of it, within the time there is; never raises for less."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(self._timeout_s):
                code, after = await self._post(body, headers)
        except TimeoutError:
            return Outcome(0, "timeout", loop.time() - begun)
        except Forbidden:
            return Outcome(0, "forbidden-address", loop.time() - begun)
        except (OSError, UnicodeError, httpcore.UnsupportedProtocol) as away:
            return Outcome(0, f"no-connection: {type(away).__name__}", loop.time() - begun)
        except (httpcore.NetworkError, httpcore.TimeoutException) as lost:
            return Outcome(0, _why(lost), loop.time() - begun)
        except httpcore.ProtocolError:
            return Outcome(0, "not-http", loop.time() - begun)
        return Outcome(code, f"HTTP {code}", loop.time() - begun, after)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._pool.aclose()

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, float]:
        listed = [(name.encode(), value.encode()) for name, value in headers.items()]
        request = self._pool.stream("POST", self._url, headers=listed, content=body)
        async with request as response:
            await _rest(response)
            return response.status, _retry_after(response.headers)


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to the addresses of a name that are allowed; names stay what TLS and Host hold."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """See httpcore. Raises Forbidden."""
        addresses = await self._names.addresses(host, port)
        *others, last = [str(one) for one in addresses[:ADDRESSES_MAX]]
        for one in others:
            try:
                return await self._inner.connect_tcp(one, port, timeout, local_address)
            except httpcore.ConnectError:
                continue
        return await self._inner.connect_tcp(last, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """See httpcore."""
        await self._inner.sleep(seconds)


async def _rest(response: httpcore.Response) -> None:
    """Read a short answer to its end, so that the connection can be used again; no other."""
    read = 0
    try:
        async with asyncio.timeout(REST_S):
            async for piece in response.aiter_stream():
                read += len(piece)
                if read > REST_BYTES_MAX:
                    return
    except (TimeoutError, httpcore.NetworkError, httpcore.ProtocolError):
        return  # Its head told us what we need to know.


def _why(lost: Exception) -> str:
    cause: BaseException | None = lost
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"certificate: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return "tls"
        cause = cause.__cause__ or cause.__context__
    return f"no-connection: {type(lost).__name__}"


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> float:
    """Seconds; a date, or nonsense, is none."""
    for name, value in headers:
        if name.lower() == b"retry-after" and value.strip().isdigit() and len(value) < 10:
            return min(float(value), RETRY_AFTER_MAX_S)
    return 0.0
