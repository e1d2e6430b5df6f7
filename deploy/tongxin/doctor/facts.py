"""Facts on their way: from the logs into streams, views and policies."""

import asyncio
from collections.abc import AsyncIterator
from itertools import groupby

import asyncpg

from deploy.tongxin.doctor.finding import Finding, Limits, book
from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import letters as parked
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import Lag, lags
from shared.runtime import jetstream
from shared.runtime.jetstream import connected, request
from shared.runtime.migrate import STEPS
from shared.runtime.provision import stream

STREAM, LOG = "(stream)", "(log)"


async def schemas(there: Servers, _limits: Limits) -> AsyncIterator[Finding]:
    """Whether the database has today's shape."""
    admin = await asyncpg.connect(there.admin_dsn)
    try:
        for service in SERVICES:
            if await admin.fetchval("SELECT to_regclass($1)", f"{service}.steps") is None:
                missing = len(STEPS)
            else:
                query = f'SELECT count(*) FROM "{service}".steps'  # noqa: S608
                missing = len(STEPS) - await admin.fetchval(query)
            if missing:
                yield Finding(
                    service,
                    f"the schema of {service} is {missing} steps behind the code",
                    "`tongxin migrate`",
                    book("mixed-builds"),
                )
    finally:
        await admin.close()


async def streams(there: Servers, _limits: Limits) -> AsyncIterator[Finding]:
    """Whether each stream is there, and set as it should be."""
    async with connected(there.login("admin"), "doctor") as client:
        for service in SERVICES:
            try:
                found = await request(client, f"STREAM.INFO.{service}")
            except jetstream.Rejected as no:
                what = f"NATS has no stream {service}: {no}"
                yield Finding("nats", what, "`tongxin migrate`", book("relay-behind"))
                continue
            wanted = stream(service, found["config"]["num_replicas"])
            for name in sorted(n for n, v in wanted.items() if found["config"].get(n) != v):
                what = f"the stream {service} has another {name} than it should"
                yield Finding("nats", what, "`tongxin migrate`", book("relay-behind"))


async def readers(there: Servers, limits: Limits) -> AsyncIterator[Finding]:
    """Who stands still before facts that are there; and a stream that holds more than its log."""
    before = {(lag.source, lag.reader): lag for lag in await lags(there)}
    if any(lag.behind > 0 for lag in before.values()):
        await asyncio.sleep(limits.still_s)
    for lag in await lags(there):
        known = before.get((lag.source, lag.reader))
        if lag.behind < 0 and lag.reader == STREAM:
            yield _ahead(lag)
        elif known and known.behind > 0 and lag.position == known.position and lag.behind > 0:
            yield _still(lag)


def _ahead(lag: Lag) -> Finding:
    return Finding(
        lag.source,
        f"the stream of {lag.source} holds {-lag.behind} facts that its log does not",
        "was a backup restored? Do not start the service; the runbook says how to go on",
        book("relay-behind"),
    )


def _still(lag: Lag) -> Finding:
    if lag.reader == STREAM:
        who, runbook = f"the relay of {lag.source}", "relay-behind"
    elif lag.reader.endswith(": policies"):
        who, runbook = f"the policies of {lag.reader.partition(':')[0]}", "policy-behind"
    else:
        who, runbook = f"the view {lag.reader}", "view-behind"
    return Finding(
        lag.reader,
        f"{who} stands still before {lag.behind} facts of {lag.source}",
        "see whether its service leads and is ready, and what it logs",
        book(runbook),
    )


async def letters(there: Servers, _limits: Limits) -> AsyncIterator[Finding]:
    """Facts that were put aside."""
    for (service, name), waiting in groupby(
        await parked(there), lambda letter: (letter.service, letter.name)
    ):
        first, *more = waiting
        yield Finding(
            f"{service} {name}",
            f"{name} of {service} could not take {1 + len(more)} facts, the first at"
            f" {first.source}:{first.position}: {first.error}",
            "`tongxin dead-letters list`; mend the cause, then `tongxin dead-letters retry`",
            book("dead-letters"),
        )
