"""A told past and running services: they find every reaction done, and show the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from deploy.tongxin.mend import app_of
from shared.runtime.flow import lifts_of
from shared.runtime.jetstream import Login, connect
from shared.runtime.projector import Projector, applying
from shared.runtime.provision import ADMIN, provision
from shared.runtime.rebuild import rebuild
from shared.runtime.service import serve
from shared.runtime.settings import Settings
from tests.deploy.worlds import LONG_AGO, Ground, fresh_ground, story
from tests.runtime.logs import until
from tests.servers import NatsServer, Postgres

pytestmark = [pytest.mark.servers, pytest.mark.slow]

RUNNING = ("topics", "meetings", "outcomes", "notify", "exchange")
END = datetime.combine(LONG_AGO, datetime.min.time(), UTC) + timedelta(days=100)


@asynccontextmanager
async def services(ground: Ground, nats: NatsServer) -> AsyncIterator[None]:
    """All services that react to something, over the same logs."""
    admin = await connect(Login(nats.url, ADMIN, nats.passwords[ADMIN]), "test")
    await provision(admin, [*RUNNING, "portal"])
    await admin.close()
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for service in RUNNING:
            settings = Settings(
                pg_dsn=SecretStr(ground.dsn(service)),
                nats_url=nats.url,
                nats_user=service,
                nats_password=SecretStr(nats.passwords[service]),
            )
            group.create_task(serve(app_of(service), settings, stopping), name=service)
        try:
            yield
        finally:
            stopping.set()


async def everything_is_heard(ground: Ground) -> bool:
    """Whether every policy has reacted, and every view shown, all there is."""
    last = {}
    for service in (*RUNNING, "portal"):
        rows = await ground.fetch(f'SELECT max(position) AS last FROM "{service}".events')
        last[service] = rows[0]["last"] or 0
    for service in RUNNING:
        app = app_of(service)
        rows = await ground.fetch(f'SELECT source, position FROM "{service}".checkpoints')
        seen = {row["source"]: row["position"] for row in rows}
        heard = {policy.hears.source for policy in app.policies}
        if any(seen.get(source, 0) < last[source] for source in heard):
            return False
        for view in app.projections:
            name = f"{service}__{view.name}"
            if not await ground.fetch("SELECT 1 FROM pg_namespace WHERE nspname = $1", name):
                return False
            rows = await ground.fetch(f'SELECT source, position FROM "{name}".checkpoint')
            if any(row["position"] < last[row["source"]] for row in rows):
                return False
    return True


async def rebuilt_views(ground: Ground) -> list[tuple[str, bool]]:
    """Every view of the running services, filled anew, and whether it is the same as the live."""
    found = []
    for service in RUNNING:
        app = app_of(service)
        async with applying(ground.dsn(service)) as pool:
            for view in app.projections:
                projector = Projector(view, service, pool, lifts_of(app.deciders))
                found.append((f"{service} {view.name}", (await rebuild(projector)).same))
    return found


async def test_services_started_after_a_telling_add_nothing(
    pg: Postgres, nats_server: NatsServer
) -> None:
    ground = await fresh_ground(pg)
    async with ground.world() as world:
        await world.tell(story(), until=END)
    for service in RUNNING:  # They hear it all, as if nobody had noted that they need not.
        await ground.fetch(f'DELETE FROM "{service}".checkpoints')
    before = await ground.digest()
    async with services(ground, nats_server):
        await until(lambda: everything_is_heard(ground))
    assert before == await ground.digest()
    assert all(same for _, same in await rebuilt_views(ground))


async def test_services_need_not_react_to_what_was_told_with_its_reactions(pg: Postgres) -> None:
    ground = await fresh_ground(pg)
    async with ground.world() as world:
        await world.tell(story())
    counts = await ground.counts()
    for service in RUNNING:
        rows = await ground.fetch(f'SELECT source, position FROM "{service}".checkpoints')
        heard = {policy.hears.source for policy in app_of(service).policies}
        assert {source: counts[source] for source in heard} == dict(map(tuple, rows))


async def test_a_past_is_told_beside_running_services(
    pg: Postgres, nats_server: NatsServer
) -> None:
    other = await fresh_ground(pg)
    async with other.world() as world:
        await world.tell(story(), until=END)
    ground = await fresh_ground(pg)
    async with services(ground, nats_server), ground.world() as world:
        await world.tell(story(), until=END, speed=2_000_000)
        await until(lambda: everything_is_heard(ground))
    assert await other.digest() == await ground.digest()
    assert all(same for _, same in await rebuilt_views(ground))
