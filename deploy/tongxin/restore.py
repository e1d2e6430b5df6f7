"""Restores a backup into a place that holds nothing yet, and proves that it is what it was.

Tables come back as they were; then every log is verified against its proof, every view against the
digest it had, and schemas are brought to today's shape. What NATS is to carry is said again from
the logs, once the services run.
"""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from nats.aio.client import Client

from deploy.tongxin import pgtools, proof
from deploy.tongxin.backup import (
    FORMAT,
    KEYS,
    MANIFEST,
    PROOF,
    RECORD,
    SECRETS,
    counted,
    sha256_of,
    views_of,
)
from deploy.tongxin.home import SERVICES, Home, NotGood, Trouble, read_json, write_json
from deploy.tongxin.servers import Servers
from deploy.tongxin.system import System
from deploy.tongxin.terminal import errors, progress
from deploy.tongxin.up import make_ready
from shared.runtime import jetstream
from shared.runtime.migrate import make_roles
from shared.runtime.provision import ADMIN


@dataclass(frozen=True)
class Restored:
    """What came back, as a row."""

    folder: str
    made_at: str
    facts: int
    views: int
    keys: bool


async def restore(home: Home, folder: Path, keys: Path | None) -> Restored:
    """Bring a backup back. Raises Trouble, NotGood."""
    manifest = _looked_at(folder, keys)
    with home.occupied():
        _must_be_empty(Servers(home))
        if keys:
            shutil.copy(keys / SECRETS, home.data / SECRETS)
        system = System(home, {}, errors.print)
        try:
            await system.start_servers()
            proofs = await _fill(system.servers, folder, keys, manifest)
        finally:
            system.stop()
        for name, note in manifest["notes"].items():
            write_json(home.data / name, note)
    facts = sum(one.facts for one in proofs)
    views = manifest["views"]
    return Restored(str(folder), manifest["made_at"], facts, len(views), keys=bool(keys))


async def _fill(
    servers: Servers, folder: Path, keys: Path | None, manifest: Mapping[str, Any]
) -> list[proof.Proof]:
    await servers.create_database()
    await _must_hold_nothing(servers)
    await make_roles(servers.admin_dsn, servers.service_passwords())
    await _load(servers, folder / RECORD)
    if keys:
        await _load(servers, keys / KEYS)
    await _must_show(servers, manifest["views"])
    await make_ready(servers)
    return await proof.online(servers, (), proof.kept_in(folder / PROOF))


def _looked_at(folder: Path, keys: Path | None) -> dict[str, Any]:
    """The manifest of a backup that is whole. Raises Trouble, NotGood."""
    manifest: dict[str, Any] | None = read_json(folder / MANIFEST)
    if manifest is None or manifest["format"] != FORMAT:
        raise Trouble(f"{folder} is not a backup that this version can read")
    if sha256_of(folder / RECORD) != manifest["sha256"]:
        raise NotGood(f"{folder / RECORD} is not the file that was written")
    for name in (KEYS, SECRETS) if keys else ():
        if keys and not (keys / name).exists():
            raise Trouble(f"{keys / name} is not there")
    return manifest


def _must_be_empty(servers: Servers) -> None:
    if servers.cluster and (servers.cluster.data.exists() or (servers.home.data / "nats").exists()):
        raise Trouble(
            f"there are data in {servers.home.data} already; "
            "move them away, or name another place in TONGXIN_DATA"
        )


async def _must_hold_nothing(servers: Servers) -> None:
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        known = "SELECT nspname FROM pg_namespace WHERE nspname = any($1::text[]) LIMIT 1"
        if found := await admin.fetchval(known, [*SERVICES, "vault"]):
            raise Trouble(f"the database holds '{found}' already; restore into an empty one")
    finally:
        await admin.close()
    async with jetstream.connected(servers.login(ADMIN), "tongxin restore") as client:
        if said := [service for service in SERVICES if await _says(client, service)]:
            raise Trouble(
                f"NATS holds streams of {', '.join(said)}; delete them, or empty its store"
            )


async def _says(client: Client, service: str) -> bool:
    try:
        found = await jetstream.request(client, f"STREAM.INFO.{service}")
    except jetstream.Rejected as no:
        if no.code == jetstream.NO_STREAM:
            return False
        raise
    return bool(found["state"]["last_seq"])


async def _load(servers: Servers, dump: Path) -> None:
    """All of a dump, or nothing of it."""
    words, secret = pgtools.way_in(servers.admin_dsn)
    options = ["--single-transaction", "--verbose", *words, str(dump)]
    listed = pgtools.run("pg_restore", ["--list", dump])
    tables = sum(" TABLE DATA " in line for line in listed)
    with progress(dump.name) as bar:
        await asyncio.to_thread(
            counted, "pg_restore", options, secret, lambda done: bar(done, tables)
        )


async def _must_show(servers: Servers, views: Mapping[str, str]) -> None:
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        found = await views_of(admin)
    finally:
        await admin.close()
    if other := sorted(name for name in views.keys() | found if views.get(name) != found.get(name)):
        raise NotGood(f"not what they were: {', '.join(other)}")
