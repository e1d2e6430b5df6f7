"""The public port: uvicorn inside the portal's process, one more of its parts."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import asyncpg
import uvicorn
from pydantic import Field
from pydantic_settings import BaseSettings
from starlette.applications import Starlette

from services.portal.domain import DECIDERS
from services.portal.edge.agencies.forgetting import Forgetter
from services.portal.edge.boards.loop import every_night
from services.portal.edge.handing.listening import listen
from services.portal.edge.people.erasing import Eraser
from services.portal.edge.routes import portal
from services.portal.edge.site import site_of
from services.portal.edge.tables import make_tables
from services.portal.projections.endings import ENDINGS
from services.portal.projections.erasures import ERASURES
from services.portal.projections.shown import LOGS
from shared.runtime import asof, log
from shared.runtime.flow import lifts_of
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY, CONNECT_S
from shared.runtime.replica import Running
from shared.runtime.settings import told_by

CONNECTIONS_MAX = 4
STATEMENT_S = 3.0
RETRY_S = 0.5
GOODBYE_S = 2
BACKLOG = 2048

_log = log.logger()


class PortalSettings(BaseSettings):
    """Where people enter. Every field is read from the environment as TONGXIN_PORTAL_<FIELD>."""

    model_config = told_by("TONGXIN_PORTAL_")

    host: str = "127.0.0.1"
    """0.0.0.0 lets in who comes from elsewhere; a proxy in front should speak TLS."""

    port: int = Field(default=8080, ge=0, le=65535)
    """0 takes a free port; the one taken stands in the log line `open`."""

    door: int = Field(default=-1, ge=-1)
    """The number of an open socket to serve on instead, as whoever starts the portal hands it on:
    several processes may share it, so that one can take the place of another. -1: none."""

    public_url: str = Field(default="", pattern=r"^(https?://[^\s/?#@]+/?)?$")
    """Where people reach the portal: the address in receipts, posters, links and QR codes, as
    https://tongxin.example. Empty: where whoever asks for them has reached it."""

    proxies: str = "127.0.0.1"
    """Addresses of proxies that are believed about who sent a request, separated by commas."""

    synthetic_area: str = Field(default="", pattern=r"^(\d{12})?$")
    """Where a synthetic matter takes its steps: 990101001000, which is kept for it and stands in no
    list, or another place that is nobody's. Empty: there is none."""

    synthetic_s: float = Field(default=60, ge=0.1, le=3600)
    """How many seconds lie between its steps."""

    @property
    def origin(self) -> str:
        """The public address without a stroke at its end."""
        return self.public_url.rstrip("/")


async def edge(running: Running) -> None:
    """Serve people until the service stops."""
    running.closed.add("door")
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
        asof.opened(dsn, lifts_of(DECIDERS), LOGS) as past,
    ):
        await _patiently_make_tables(pool)
        asker, charters, areas = running.asker, running.charters, running.areas
        site = replace(
            site_of(running.views, asker, charters, areas, pool, past),
            public_url=settings.origin,
            stopping=running.stopping,
        )
        site.areas.below("")  # Reads the whole table once, before anybody waits for it.
        listener = _door(settings)
        server = Server(_config(portal(site), settings), lambda: running.closed.discard("door"))
        _log.info("open", portal_port=listener.getsockname()[1])
        async with asyncio.TaskGroup() as tasks:
            learning = tasks.create_task(site.catalogue.run(), name="catalogue")
            nightly = tasks.create_task(every_night(site.loop), name="closed loop")
            eraser = Eraser(site.views[ERASURES], site.vault, site.door)
            erasing = tasks.create_task(eraser.run(), name="erasing")
            forgetter = Forgetter(site.views[ENDINGS], site.vault)
            forgetting = tasks.create_task(forgetter.run(), name="forgetting")
            jobs = tasks.create_task(site.jobs.run(), name="jobs")
            handing = tasks.create_task(listen(site, running.nats), name="handing")
            watching = tasks.create_task(site.watch.run(), name="watching")
            tasks.create_task(_stop(server, running.stopping), name="goodbye")
            await server.serve(sockets=[listener])
            for task in (watching, learning, nightly, erasing, forgetting, jobs, handing):
                task.cancel()


class Server(uvicorn.Server):
    """Leaves the signals to the service: they stop all of it, not this part alone.

    `opened` is called when people can come in.
    """

    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take connections from now on."""
        await super().startup(sockets=sockets)
        self._opened()

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


def _door(settings: PortalSettings) -> socket.socket:
    if settings.door >= 0:
        return socket.socket(fileno=settings.door)
    return socket.create_server((settings.host, settings.port), backlog=BACKLOG)


async def _stop(server: Server, stopping: asyncio.Event) -> None:
    await stopping.wait()
    server.should_exit = True


async def _patiently_make_tables(pool: asyncpg.Pool) -> None:
    while True:
        with suppress(*AWAY):
            await make_tables(pool)
            return
        await pause(RETRY_S)
