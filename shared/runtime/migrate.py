"""Makes the logs: for each service a schema, a role, and the steps of migrate.sql it has not had.

The administrator owns the logs. A service may read its own, and append by calling one function;
it owns its views, in schemas it makes itself.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Collection, Mapping
from hmac import digest
from pathlib import Path
from secrets import token_bytes

import asyncpg

from shared.runtime.sql import Statement, load

SQL = load(Path(__file__).with_name("migrate.sql"))
STEPS = [statement for name, statement in SQL.items() if name.startswith("step ")]

READS_ALL = "portal"
"""The service whose views hear every log, and which may read them all to rebuild its views."""

NAME_BYTES_MAX = 63
"""Of a name, PostgreSQL keeps no more."""

LOCK = int.from_bytes(hashlib.sha256(b"tongxin migrate").digest()[:8], signed=True)


class Changed(Exception):
    """A step was edited after it had run. What is new belongs into a step of its own."""


async def migrate(
    admin_dsn: str,
    services: Mapping[str, str],
    reads: Mapping[str, Collection[str]] | None = None,
    restricted: Mapping[str, Collection[str]] | None = None,
) -> dict[str, list[str]]:
    """Bring a database to today's shape; all of it, or nothing. Again does no harm.

    `services` are passwords by name of the service; `reads` names the logs of others that a
    service's views are rebuilt from, and `restricted` the categories, or the types, of facts that
    nobody but the service itself may read. The steps that each service had not had until now.
    Raises Changed, ValueError for a bad name.
    """
    taken = {}
    for service in services:
        if not re.fullmatch(r"[a-z]{1,30}", service):
            raise ValueError(f"'{service}' cannot name a schema and a role")
    admin = await asyncpg.connect(admin_dsn)
    try:
        async with admin.transaction():
            await admin.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
            for service, password in services.items():
                await _role(admin, role(service), password)
                taken[service] = await _log(admin, service)
            if READS_ALL in services:
                await _let_read(admin, role(READS_ALL), services)
            for reader, sources in (reads or {}).items():
                await _let_read(admin, role(reader), sources)
            for schema, names in (restricted or {}).items():
                await _restrict(admin, schema, names)
    finally:
        await admin.close()
    return taken


async def make_roles(admin_dsn: str, services: Mapping[str, str]) -> None:
    """The roles alone, for a database whose schemas come from elsewhere and belong to them."""
    admin = await asyncpg.connect(admin_dsn)
    try:
        async with admin.transaction():
            for service, password in services.items():
                await _role(admin, role(service), password)
    finally:
        await admin.close()


def role(service: str) -> str:
    """The role a service logs in as."""
    return f"tongxin_{service}"


async def _role(admin: asyncpg.Connection, name: str, password: str) -> None:
    known = await admin.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", name)
    verb = "ALTER" if known else "CREATE"
    await _run(admin, f"{verb} ROLE %I LOGIN PASSWORD %L", name, verifier(password))
    database = await admin.fetchval("SELECT current_database()")
    await _run(admin, "GRANT CREATE ON DATABASE %I TO %I", database, name)


async def _log(admin: asyncpg.Connection, schema: str) -> list[str]:
    await _run(admin, "CREATE SCHEMA IF NOT EXISTS %I", schema)
    await _run(admin, "SET LOCAL search_path = %I, pg_temp", schema)
    await admin.execute(SQL["steps"].text)
    done = dict(await admin.fetch("SELECT name, sha256 FROM steps"))
    for step in STEPS:
        sha256 = hashlib.sha256(step.text.encode()).hexdigest()
        if step.name not in done:
            await _take(admin, step, sha256)
        elif done[step.name] != sha256:
            raise Changed(f"'{step.name}' is not what it was when it ran on {schema}")
    await admin.execute(SQL["grants"].text)
    return [step.name for step in STEPS if step.name not in done]


async def _take(admin: asyncpg.Connection, step: Statement, sha256: str) -> None:
    await admin.execute(step.text)
    await admin.execute(
        "INSERT INTO steps (name, sha256, at) VALUES ($1, $2, now())", step.name, sha256
    )


async def _let_read(admin: asyncpg.Connection, reader: str, sources: Collection[str]) -> None:
    for schema in sources:
        await _run(admin, "GRANT USAGE ON SCHEMA %I TO %I", schema, reader)
        await _run(admin, "GRANT SELECT ON %I.events, %I.batches TO %I", schema, schema, reader)


async def _restrict(admin: asyncpg.Connection, schema: str, names: Collection[str]) -> None:
    """Whoever else reads this log sees nothing of these categories and types."""
    listed = ",".join(sorted(names))
    name = f"all but {listed}"
    if len(name.encode()) > NAME_BYTES_MAX:
        name = f"all but {hashlib.sha256(listed.encode()).hexdigest()}"[:NAME_BYTES_MAX]
    known = "SELECT 1 FROM pg_policies WHERE (schemaname, policyname) = ($1, $2)"
    if not names or await admin.fetchrow(known, schema, name):
        return  # Changing it would wait for every reader of the log.
    await _run(admin, "ALTER TABLE %I.events ENABLE ROW LEVEL SECURITY", schema)
    if not await admin.fetchrow(known, schema, "own"):
        itself = "CREATE POLICY own ON %I.events FOR SELECT TO %I USING (true)"
        await _run(admin, itself, schema, role(schema))
    others = await admin.fetch(
        "SELECT policyname FROM pg_policies WHERE schemaname = $1 AND policyname <> 'own'", schema
    )
    for (old,) in others:
        await _run(admin, "DROP POLICY %I ON %I.events", old, schema)
    hidden = (
        "CREATE POLICY %1$I ON %2$I.events FOR SELECT"
        " USING (category <> ALL (%3$L::text[]) AND type <> ALL (%3$L::text[]))"
    )
    await _run(admin, hidden, name, schema, f"{{{listed}}}")


async def _run(admin: asyncpg.Connection, sql: str, *names: str) -> None:
    """Run a statement that takes no parameters; PostgreSQL itself quotes what is put into it."""
    await admin.execute(await admin.fetchval("SELECT format($1, VARIADIC $2::text[])", sql, names))


def verifier(password: str) -> str:
    """What PostgreSQL stores of a password (RFC 5803), so that its logs never see the password."""
    salt, rounds = token_bytes(16), 4096
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    stored = hashlib.sha256(digest(salted, b"Client Key", "sha256")).digest()
    server = digest(salted, b"Server Key", "sha256")
    encoded = [b64encode(part).decode() for part in (salt, stored, server)]
    return "SCRAM-SHA-256${}:{}${}:{}".format(rounds, *encoded)
