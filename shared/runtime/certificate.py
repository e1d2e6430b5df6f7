"""Until when the certificate of NATS is good, as whoever connects sees it."""

import asyncio
import ssl
from typing import NoReturn
from urllib.parse import urlsplit

from shared.runtime import telemetry
from shared.runtime.jetstream import Login, over_tls
from shared.runtime.log import logger

PORT = 4222
ANSWER_S = 5.0
LOOK_S = 3600.0

_log = logger()


async def look_at_certificate(login: Login) -> NoReturn:
    """Tell it as a gauge, for as long as the service runs.

    Seldom, for a look takes a connection of its own. What was seen last stays told.
    """
    while True:
        try:
            telemetry.CERTIFICATE_ENDS.set(await certificate_ends(login) or 0)
        except OSError as away:
            _log.warning("the certificate of nats is not known", reason=repr(away))
        await asyncio.sleep(LOOK_S)


async def certificate_ends(login: Login) -> float | None:
    """When the first certificate among the servers ends, in seconds since 1970; None without TLS.

    Raises ssl.SSLError where one is not to be trusted any more, OSError where none answers.
    """
    if not (tls := over_tls(login.ca)):
        return None
    looks = [_ends(url, tls["tls"]) for url in login.url.split(",")]
    found = await asyncio.gather(*looks, return_exceptions=True)
    ends = [one for one in found if isinstance(one, float)]
    away = [one for one in found if isinstance(one, BaseException)]
    for one in away:
        if isinstance(one, ssl.SSLError) or not ends:
            raise one
    return min(ends)


async def _ends(url: str, context: ssl.SSLContext) -> float:
    there = urlsplit(url)
    async with asyncio.timeout(ANSWER_S):
        _, writer = await asyncio.open_connection(
            there.hostname, there.port or PORT, ssl=context, server_hostname=there.hostname
        )
        try:
            shown = writer.get_extra_info("peercert")
        finally:
            writer.transport.abort()
    return float(ssl.cert_time_to_seconds(shown["notAfter"]))
