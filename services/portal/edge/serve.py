"""The public port: uvicorn inside the portal's process, one more of its parts."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import asyncpg
import uvicorn
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from starlette.applications import Starlette

from services.portal.domain import DECIDERS
from services.portal.edge.catalogue import Catalogue
from services.portal.edge.door import Door
from services.portal.edge.erasing import Eraser
from services.portal.edge.loop import Loop, every_night
from services.portal.edge.routes import portal
from services.portal.edge.site import Site
from services.portal.edge.tables import make_tables
from services.portal.pages import texts
from services.portal.pages.render import Pages
from services.portal.projections.board import BOARD
from services.portal.projections.erasures import ERASURES
from services.portal.projections.handling import HANDLING
from services.portal.projections.ledger import LEDGER
from services.portal.projections.matters import MATTERS
from services.portal.projections.members import MEMBERS
from services.portal.projections.pace import PACE
from services.portal.projections.people import PEOPLE
from services.portal.projections.plans import PLANS
from services.portal.projections.polls import POLLS
from services.portal.projections.rankings import RANKINGS
from services.portal.projections.registers import REGISTERS
from services.portal.projections.scores import SCORES
from services.portal.projections.story import STORY
from shared.runtime import asof, log
from shared.runtime.asof import AsOf
from shared.runtime.flow import lifts_of
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY, CONNECT_S
from shared.runtime.replica import Running
from shared.runtime.vault import Vault

SHOWN_IN_SHEETS = (LEDGER, HANDLING, PLANS, MEMBERS, SCORES, RANKINGS, PACE, REGISTERS)

CONNECTIONS_MAX = 4
STATEMENT_S = 3.0
RETRY_S = 0.5
GOODBYE_S = 2
BACKLOG = 2048

_log = log.logger()


class PortalSettings(BaseSettings):
    """Where people enter. Every field is read from the environment as TONGXIN_PORTAL_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix="TONGXIN_PORTAL_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    """0.0.0.0 lets in who comes from elsewhere; a proxy in front should speak TLS."""

    port: int = Field(default=8080, ge=0, le=65535)
    """0 takes a free port; the one taken stands in the log line `open`."""

    proxies: str = "127.0.0.1"
    """Addresses of proxies that are believed about who sent a request, separated by commas."""


async def edge(running: Running) -> None:
    """Serve people until the service stops."""
    settings = PortalSettings()
    dsn = running.settings.pg_dsn.get_secret_value()
    async with (
        asyncpg.create_pool(
            dsn,
            min_size=0,
            max_size=CONNECTIONS_MAX,
            timeout=CONNECT_S,
            command_timeout=STATEMENT_S,
        ) as pool,
        asof.opened(dsn, lifts_of(DECIDERS)) as past,
    ):
        await _patiently_make_tables(pool)
        site = site_of(running, pool, past)
        site.areas.below("")  # Reads the whole table once, before anybody waits for it.
        listener = socket.create_server((settings.host, settings.port), backlog=BACKLOG)
        server = Server(_config(portal(site), settings))
        _log.info("open", portal_port=listener.getsockname()[1])
        async with asyncio.TaskGroup() as tasks:
            learning = tasks.create_task(site.catalogue.run(), name="catalogue")
            nightly = tasks.create_task(every_night(site.loop), name="closed loop")
            eraser = Eraser(site.erasures, site.vault, site.door)
            erasing = tasks.create_task(eraser.run(), name="erasing")
            tasks.create_task(_stop(server, running.stopping), name="goodbye")
            await server.serve(sockets=[listener])
            for task in (learning, nightly, erasing):
                task.cancel()


def site_of(running: Running, pool: asyncpg.Pool, past: AsOf) -> Site:
    """What the pages work with, in this process."""
    views, catalogue = running.views, Catalogue(running.asker)
    people, matters, story = views[PEOPLE], views[MATTERS], views[STORY]
    return Site(
        pages=Pages(texts.read()),
        door=Door(pool),
        vault=Vault(pool),
        asker=running.asker,
        catalogue=catalogue,
        charters=running.charters,
        areas=running.areas,
        story=story,
        matters=matters,
        board=views[BOARD],
        people=people,
        erasures=views[ERASURES],
        polls=views[POLLS],
        sheets={one.name: views[one] for one in SHOWN_IN_SHEETS},
        loop=Loop(
            matters, story, people, running.charters, running.areas, catalogue.roles, pool
        ),
        past=past,
        stopping=running.stopping,
    )


class Server(uvicorn.Server):
    """Leaves the signals to the service: they stop all of it, not this part alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _config(application: Starlette, settings: PortalSettings) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        loop="none",
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=GOODBYE_S,
    )


async def _stop(server: Server, stopping: asyncio.Event) -> None:
    await stopping.wait()
    server.should_exit = True


async def _patiently_make_tables(pool: asyncpg.Pool) -> None:
    while True:
        with suppress(*AWAY):
            await make_tables(pool)
            return
        await pause(RETRY_S)
