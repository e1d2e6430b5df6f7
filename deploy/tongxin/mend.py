"""Rebuilds views, and takes up dead letters again, beside the running services."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

import asyncpg

from deploy.tongxin.home import SERVICES, Trouble
from deploy.tongxin.servers import Servers
from shared.kernel.errors import Refused
from shared.kernel.policy import AnyPolicy
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.flow import lifts_of
from shared.runtime.handle import Handler
from shared.runtime.hear import OwnLog, Tail
from shared.runtime.projector import Projector, applying
from shared.runtime.reactions import Reactor, letters_of
from shared.runtime.rebuild import Rebuilt, Tell, rebuild
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.store import Store


def app_of(service: str) -> Service:
    """A service as it is put together. Raises Trouble."""
    if service not in SERVICES:
        raise Trouble(f"there is no service '{service}', but {', '.join(SERVICES)}")
    app: Service = import_module(f"services.{service}.app").app
    return app


async def rebuild_view(servers: Servers, service: str, view: str, tell: Tell) -> Rebuilt:
    """Fill a view anew beside the live one, compare and swap. Raises Trouble."""
    app = app_of(service)
    projections = {projection.name: projection for projection in app.projections}
    if view not in projections:
        raise Trouble(f"{service} has no view '{view}', but {', '.join(sorted(projections))}")
    async with applying(servers.service_dsn(service)) as pool:
        projector = Projector(projections[view], service, pool, lifts_of(app.deciders))
        try:
            return await rebuild(projector, tell)
        except Refused as no:
            raise Trouble(f"{view}: {no}") from no


@dataclass(frozen=True)
class Letter:
    """A fact that a view or policy could not take."""

    service: str
    name: str
    source: str
    position: int
    stream: UUID
    type: str
    error: str


async def letters(servers: Servers) -> list[Letter]:
    """All dead letters, those of one taker in their order."""
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        return [
            Letter(service, *row)
            for service in SERVICES
            for row in await admin.fetch(
                f"SELECT name, source, position, stream, type, error"  # noqa: S608
                f' FROM "{service}".dead_letters ORDER BY name, source, position'
            )
        ]
    finally:
        await admin.close()


async def retry(servers: Servers) -> dict[Letter, str]:
    """Take every stream's letters up again; what still stops which letter, by its first."""
    stopped = {}
    tried = set()
    for letter in await letters(servers):
        key = (letter.service, letter.name, letter.source, letter.stream)
        if key not in tried:
            tried.add(key)
            try:
                await _replay(servers, letter)
            except Exception as error:  # noqa: BLE001: whatever it is, others go on.
                stopped[letter] = repr(error)
    return stopped


async def _replay(servers: Servers, letter: Letter) -> None:
    app = app_of(letter.service)
    async with applying(servers.service_dsn(letter.service)) as pool:
        for projection in app.projections:
            if projection.name == letter.name:
                lifts = lifts_of(app.deciders)
                await Projector(projection, app.name, pool, lifts).replay(letter.stream)
        for policy in app.policies:
            if letters_of(policy) == letter.name:
                async with _reactor(servers, app, policy, pool) as reactor:
                    await reactor.replay(policy, letter.stream)


@asynccontextmanager
async def _reactor(
    servers: Servers, app: Service, policy: AnyPolicy, pool: asyncpg.Pool
) -> AsyncIterator[Reactor]:
    """A policy at work beside the running service: two writers of one log do no harm."""
    settings = Settings()
    store = await Store.open(servers.service_dsn(app.name), app.name)
    charters = Charters(settings.charters, {app.name: app.rules})
    areas = Areas.read(settings.areas)
    handler = Handler(app.name, app.deciders, app.rules, store, charters, areas)
    source = OwnLog(policy.hears.source, store, Tail(store))
    writing = asyncio.create_task(store.run())
    try:
        yield Reactor(app.name, [policy], source, handler, pool)
    finally:
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        await store.close()
