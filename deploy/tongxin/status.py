"""What runs, and how far everybody has come."""

from dataclasses import dataclass

import asyncpg
from nats.aio.client import Client

from deploy.tongxin.home import SERVICES, Home, NothingRuns, read_json
from deploy.tongxin.part import probe
from deploy.tongxin.process import Identity
from deploy.tongxin.servers import Servers
from shared.runtime.jetstream import connect, request


@dataclass(frozen=True)
class Standing:
    """One process of the system, as it is now."""

    name: str
    pid: int
    port: int
    state: str


def standing(home: Home) -> list[Standing]:
    """Every process that `up` started here; empty when nothing runs."""
    parts = (read_json(home.run_file) or {}).get("parts", [])
    return [_look_at(part) for part in parts]


def _look_at(part: dict[str, str]) -> Standing:
    name, pid, port = part["name"], int(part["pid"]), int(part["port"])
    state = "dead"
    if Identity(pid, part["started"]).alive():
        served = name.partition("-")[0] in SERVICES
        state = "ready" if not served or probe(port) else "not ready"
    return Standing(name, pid, port, state)


def running(home: Home) -> Servers:
    """The servers of the running system, with the ports they listen on. Raises NothingRuns."""
    servers = Servers(home)
    ports = {part.name: part.port for part in standing(home) if part.state != "dead"}
    for server in servers.own:
        if server.name not in ports:
            raise NothingRuns("nothing runs here; `make run` starts it")
        server.port = ports[server.name]
    return servers


@dataclass(frozen=True)
class Lag:
    """How far somebody has come in one log: the log itself, its stream, a view, a policy."""

    source: str
    reader: str
    position: int
    behind: int


async def lags(servers: Servers) -> list[Lag]:
    """Every log, what NATS carries of it, and everybody who reads it."""
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        last = {service: await _last(admin, service) for service in SERVICES}
        found = [("(log)", service, last[service]) for service in SERVICES]
        found += [("(stream)", *row) for row in (await _streams(servers)).items()]
        found += await _checkpoints(admin)
    finally:
        await admin.close()
    return [
        Lag(source, reader, position, last[source] - position)
        for reader, source, position in sorted(found, key=lambda row: (row[1], row[0]))
    ]


async def _last(admin: asyncpg.Connection, service: str) -> int:
    query = f'SELECT coalesce(max(position), 0) FROM "{service}".events'  # noqa: S608
    last: int = await admin.fetchval(query)
    return last


async def _streams(servers: Servers) -> dict[str, int]:
    client = await connect(servers.login("admin"), "lag")
    try:
        return {service: await _last_said(client, service) for service in SERVICES}
    finally:
        await client.close()


async def _last_said(client: Client, service: str) -> int:
    info = await request(client, f"STREAM.INFO.{service}")
    last: int = info["state"]["last_seq"]
    return last


async def _checkpoints(admin: asyncpg.Connection) -> list[tuple[str, str, int]]:
    """Of the views from their own schemas, of policies and other readers from their service's."""
    found = []
    schemas = await admin.fetch(
        "SELECT schemaname FROM pg_tables"
        " WHERE tablename = 'checkpoint' AND schemaname !~ '__(next|old)$'"
    )
    for (schema,) in schemas:
        rows = await admin.fetch(f'SELECT source, position FROM "{schema}".checkpoint')  # noqa: S608
        found += [(schema.replace("__", ": "), *row) for row in rows]
    for service in SERVICES:
        rows = await admin.fetch(f'SELECT name, source, position FROM "{service}".checkpoints')  # noqa: S608
        found += [(f"{service}: {name}", *row) for name, *row in rows]
    return found
