"""Looks whether this version can take the place of the one that wrote what is there; and does it.

Whoever hears is renewed before whoever speaks, so that nobody is told what he cannot read yet.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from hashlib import sha256

import asyncpg

from deploy.tongxin import control
from deploy.tongxin.home import SERVICES, NotGood
from deploy.tongxin.mend import app_of, rebuild_view
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import Standing
from deploy.tongxin.terminal import console, progress
from deploy.tongxin.up import make_ready
from shared.runtime import divisions
from shared.runtime.charter import Charters
from shared.runtime.migrate import STEPS
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.view import schema_of

CHANGES, NOT_GOOD = "changes", "not good"
FACTS = "SELECT category, type, max(version) FROM {0}.events GROUP BY 1, 2 ORDER BY 1, 2"
SIGNED = "SELECT fingerprint FROM {0}.made_of"


@dataclass(frozen=True)
class Finding:
    """What an upgrade changes, or what stands in its way."""

    where: str
    verdict: str
    what: str


async def look(servers: Servers) -> list[Finding]:
    """Everything that an upgrade to this version would meet; nothing: it changes no data."""
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        found: list[Finding] = []
        for service in SERVICES:
            found += [one async for one in _at(admin, app_of(service))]
        return [*found, *await _charters(admin), *_areas()]
    finally:
        await admin.close()


def must_be_good(findings: list[Finding]) -> None:
    """Raises NotGood where something stands in the way."""
    if bad := [one for one in findings if one.verdict == NOT_GOOD]:
        raise NotGood("\n".join(f"{one.where}: {one.what}" for one in bad))


async def upgrade(servers: Servers) -> list[Standing]:
    """Put this version in the place of the one that runs, service by service. Raises Trouble."""
    must_be_good(await look(servers))
    await make_ready(servers)
    for service in reversed(SERVICES):
        for view in await _other_views(servers, app_of(service)):
            await _fill(servers, service, view)
        standing = await asyncio.to_thread(control.renew, servers.home, [service])
        console.print(f"{service} is renewed")
    return standing


async def _fill(servers: Servers, service: str, view: str) -> None:
    with progress(f"{service} {view}") as bar:
        await rebuild_view(servers, service, view, lambda now: bar(now.done, now.total))


async def _at(admin: asyncpg.Connection, app: Service) -> AsyncIterator[Finding]:
    if not await _is_there(admin, f"{app.name}.steps"):
        yield Finding(app.name, CHANGES, "the service is new")
        return
    done = dict(await admin.fetch(f"SELECT name, sha256 FROM {app.name}.steps"))  # noqa: S608
    for finding in _steps(app.name, done):
        yield finding
    for category, name, version in await admin.fetch(FACTS.format(app.name)):
        if reason := _unreadable(app, category, name, version):
            yield Finding(f"{app.name} {category}", NOT_GOOD, reason)
    letters = await admin.fetchval(f"SELECT count(*) FROM {app.name}.dead_letters")  # noqa: S608
    if letters:
        yield Finding(app.name, NOT_GOOD, f"{letters} dead letters wait: see `dead-letters list`")
    for projection in app.projections:
        signed = await _signed(admin, schema_of(app.name, projection))
        if signed != projection.fingerprint:
            how = "is another, and is filled anew" if signed else "is new"
            yield Finding(f"{app.name} {projection.name}", CHANGES, f"the view {how}")


def _steps(service: str, done: dict[str, str]) -> Iterator[Finding]:
    known = {step.name: sha256(step.text.encode()).hexdigest() for step in STEPS}
    for name, digest in known.items():
        if name not in done:
            yield Finding(service, CHANGES, f"'{name}' is taken")
        elif done[name] != digest:
            yield Finding(service, NOT_GOOD, f"'{name}' is not what it was when it was taken")
    for name in sorted(done.keys() - known.keys()):
        yield Finding(service, NOT_GOOD, f"'{name}' was taken by a newer version than this one")


def _unreadable(app: Service, category: str, name: str, version: int) -> str:
    """Why this version cannot read a kind of fact; '' if it can."""
    for decider in app.deciders:
        if decider.category == category and name in decider.events.classes:
            newest = decider.events.classes[name].version
            return "" if version <= newest else f"{name} is at version {version}, known is {newest}"
    return f"{name} is a fact that nobody here says"


async def _charters(admin: asyncpg.Connection) -> list[Finding]:
    """Every charter that something lives under has to be there, and good."""
    models = {service: app_of(service).rules for service in SERVICES}
    known = Charters(Settings().charters, models, strict=False).ids()
    lived = set[str]()
    for service in SERVICES:
        if await _is_there(admin, f"{service}.events"):
            rows = await admin.fetch(f"SELECT DISTINCT charter FROM {service}.events")  # noqa: S608
            lived.update(charter for (charter,) in rows)
    gone = sorted(lived.difference(known))
    return [Finding(f"charter {one}", NOT_GOOD, "missing or broken, and lived by") for one in gone]


def _areas() -> list[Finding]:
    _, faults = divisions.read(Settings().areas)
    return [Finding("areas", NOT_GOOD, str(fault)) for fault in faults]


async def _other_views(servers: Servers, app: Service) -> list[str]:
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        return [
            projection.name
            for projection in app.projections
            if await _signed(admin, schema_of(app.name, projection)) != projection.fingerprint
        ]
    finally:
        await admin.close()


async def _signed(admin: asyncpg.Connection, schema: str) -> str | None:
    if not await _is_there(admin, f"{schema}.made_of"):
        return None
    fingerprint: str = await admin.fetchval(SIGNED.format(schema))
    return fingerprint


async def _is_there(admin: asyncpg.Connection, table: str) -> bool:
    return await admin.fetchval("SELECT to_regclass($1)", table) is not None
