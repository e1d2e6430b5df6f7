"""PostgreSQL and NATS: whether they answer, and as a record and its carrier should."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg

from deploy.tongxin.doctor.finding import Finding, Limits, book
from deploy.tongxin.servers import Servers
from shared.runtime import clock, jetstream, sql
from shared.runtime.certificate import certificate_ends
from shared.runtime.jetstream import connected, request

SQL = sql.load(Path(__file__).with_suffix(".sql"))
ANSWER_S = 5.0
DAY_S = 86_400
SAFE = ("fsync", "synchronous_commit", "full_page_writes")
"""Whoever switches one of these off may lose what was acknowledged."""


async def postgres(there: Servers, limits: Limits) -> AsyncIterator[Finding]:
    """The record."""
    try:
        admin = await asyncpg.connect(there.admin_dsn, timeout=ANSWER_S)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        yield Finding(
            "postgres",
            f"PostgreSQL does not answer: {error!r}",
            "start it, or see why it does not start; commands answer “away” meanwhile",
            book("replica-not-ready"),
        )
        return
    try:
        async for finding in _asked(admin, limits):
            yield finding
    finally:
        await admin.close()


async def _asked(admin: asyncpg.Connection, limits: Limits) -> AsyncIterator[Finding]:
    skew = (clock.now() - await admin.fetchval("SELECT clock_timestamp()")).total_seconds()
    if abs(skew) > limits.skew_s:
        yield Finding(
            "clock",
            f"our clock and that of PostgreSQL are {skew:.1f} s apart",
            "let both machines follow a time server",
            book("clock-off"),
        )
    for setting in SAFE:
        if await admin.fetchval("SELECT current_setting($1)", setting) == "off":
            yield Finding(
                "postgres",
                f"{setting} is off: what was acknowledged may be lost when power fails",
                f"set {setting} = on and reload",
            )
    used, most = await admin.fetchrow(SQL["connections"].text)
    if used > limits.connections_share * most:
        yield Finding(
            "postgres",
            f"{used} of {most} connections are in use",
            "end what is idle, or raise max_connections",
            book("connections-short"),
        )
    old = await admin.fetch(SQL["old transactions"].text, limits.transaction_s)
    for pid, who, seconds in old:
        yield Finding(
            "postgres",
            f"a transaction of {who} (process {pid}) has been open for {seconds:.0f} s",
            f"ask whose it is; if nobody's: SELECT pg_terminate_backend({pid})",
            book("transaction-old"),
            serious=False,
        )


async def nats(there: Servers, limits: Limits) -> AsyncIterator[Finding]:
    """The carrier."""
    try:
        async with connected(there.login("admin"), "doctor") as client:
            await request(client, "INFO")
        ends = await certificate_ends(there.login("admin"))
    except (*jetstream.AWAY, jetstream.Rejected) as error:
        yield Finding(
            "nats",
            f"NATS does not answer: {error!r}",
            "start it, or see why it does not start; nothing is lost, and nobody can ask meanwhile",
            book("replica-not-ready"),
        )
        return
    days = (ends - clock.now().timestamp()) / DAY_S if ends else limits.certificate_days
    if days < limits.certificate_days:
        yield Finding(
            "nats",
            f"its certificate ends in {days:.0f} days; then nobody reaches it any more",
            "make the keys again, and start NATS again",
            book("certificate-ending"),
            serious=False,
        )
