"""A portal over a told story: real pages over real views, with nobody behind them to ask.

async with told_portal(pg, HISTORY) as portal:
    async with portal.client() as client:
        await log_in(client, "clerk")
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

import asyncpg
import httpx
from nats.aio.client import Client

from services.portal.app import app
from services.portal.domain import DECIDERS
from services.portal.domain.account.events import AccountOpened, AppointmentGranted
from services.portal.edge.door import Door
from services.portal.edge.people.newcomers import Newcomer, account_of
from services.portal.edge.routes import portal as application
from services.portal.edge.serve import PortalSettings, Server, _config
from services.portal.edge.site import Site, site_of
from services.portal.edge.tables import make_tables
from services.portal.projections.shown import LOGS, SHOWN
from services.portal.rules import PortalRules
from shared.kernel.areas import EVERYWHERE
from shared.runtime.areas import Areas
from shared.runtime.asker import Asker
from shared.runtime.asof import AsOf
from shared.runtime.charter import Charters
from shared.runtime.projector import Projector, applying
from shared.runtime.view import Views
from tests.servers import Postgres
from tests.views import Frame, Said, fill, history, lifts

COUNTY, TOWN, VILLAGE = "511623000000", "511623100000", "511623100013"
PASSWORD = "correct-horse-7"
READERS = [
    Newcomer("clerk", "文小川", PASSWORD, "clerk", COUNTY),
    Newcomer("town", "杜衡", PASSWORD, "clerk", TOWN),
    Newcomer("village", "何素", PASSWORD, "clerk", VILLAGE),
    Newcomer("elsewhere", "邓远", PASSWORD, "clerk", "510521000000"),
    Newcomer("cppcc", "程立新", PASSWORD, "cppcc", COUNTY),
    Newcomer("gu", "顾远山", PASSWORD, "member", COUNTY),
    Newcomer("meng", "孟繁星", PASSWORD, "member", COUNTY),
    Newcomer("unit", "杜若兰", PASSWORD, "unit", COUNTY, "县卫生健康局"),
    Newcomer("province", "顾北辰", PASSWORD, "leader", "510000000000"),
    Newcomer("everywhere", "顾东辰", PASSWORD, "leader", EVERYWHERE),
    Newcomer("resident", "何女士", PASSWORD, "resident", COUNTY),
]


SOURCES = sorted({source for one in SHOWN for source in one.sources})
"""Whose logs the views read, whether or not anything was said there."""


@dataclass(frozen=True)
class ToldPortal:
    """Where the pages are."""

    url: str
    dsn: str

    def client(self) -> httpx.AsyncClient:
        """A browser without a screen."""
        return httpx.AsyncClient(base_url=self.url, timeout=60)


@asynccontextmanager
async def told_portal(
    pg: Postgres,
    said: Sequence[Said],
    areas: Mapping[UUID, str] | None = None,
    step: timedelta = timedelta(),
    frames: Sequence[Frame] = (),
    keys: Mapping[UUID, bytes] | None = None,
) -> AsyncIterator[ToldPortal]:
    """The portal after all this was said, and its readers let in.

    `keys` open the sealed names of persons.
    """
    async with (
        history(pg, [*said, *_appointed()], areas, step, frames, also=SOURCES) as dsn,
        _site(dsn, keys or {}) as site,
    ):
        listener = socket.create_server(("127.0.0.1", 0))
        server = Server(_config(application(site), PortalSettings()), lambda: None)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield ToldPortal(f"http://127.0.0.1:{listener.getsockname()[1]}", dsn)
        finally:
            server.should_exit = True
            await serving


def _appointed() -> Iterator[Said]:
    for new in READERS:
        account = account_of(new.login)
        yield "portal", account, AccountOpened(
            account_id=account, login=new.login, name=new.name
        )  # fmt: skip
        yield "portal", account, AppointmentGranted(
            account_id=account, appointment_id=uuid5(account, "office"), role=new.role,
            within=new.within, unit=new.unit, since=None, until=None, deputy_for=None,
            of_appointment=None,
        )  # fmt: skip


@asynccontextmanager
async def _site(dsn: str, keys: Mapping[UUID, bytes]) -> AsyncIterator[Site]:
    views = await Views.open(dsn, "portal", SHOWN)
    try:
        async with applying(dsn) as applier, asyncpg.create_pool(dsn, min_size=0) as pool:
            for one in SHOWN:
                copy = Projector(one, "portal", applier, lifts(DECIDERS))
                await fill(copy, Random(0), batch_max=1_000)
            await make_tables(pool)
            await pool.executemany(
                "INSERT INTO vault.keys (person, key) VALUES ($1, $2)", list(keys.items())
            )
            for new in READERS:
                await Door(pool).set_password(account_of(new.login), new.login, PASSWORD)
            yield _over(views, pool, AsOf(applier, lifts(DECIDERS), LOGS))
    finally:
        await views.close()


def _over(views: Views, pool: asyncpg.Pool, past: AsOf) -> Site:
    charters = Charters(Path("deploy/charters"), {app.name: PortalRules})
    areas = Areas.read(Path("deploy/areas.csv"))
    return site_of(views, Asker(_Nobody()), charters, areas, pool, past)


class _Nobody(Client):
    """A connection that was given up: whoever is asked over it is away."""

    @property
    def is_closed(self) -> bool:
        return True
