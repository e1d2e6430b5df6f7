"""One replica of a service at work: its connections, and the loops that run over them.

A server that is away, at the start or later, is waited for. A loop that ends is a bug, and takes
the process with it: a half-alive service is worse than a restarted one.
"""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from nats.aio.client import Client

from shared.runtime import http, log
from shared.runtime.answers import Answers
from shared.runtime.areas import Areas
from shared.runtime.asker import Asker
from shared.runtime.broker import broker, login
from shared.runtime.certificate import look_at_certificate
from shared.runtime.charter import Charters
from shared.runtime.flow import Flow
from shared.runtime.gauges import Gauges
from shared.runtime.handle import Handler
from shared.runtime.leader import Leader
from shared.runtime.listen import Listener
from shared.runtime.operating import Operating
from shared.runtime.orders import Orders
from shared.runtime.settings import Settings
from shared.runtime.standing import Standing
from shared.runtime.store import Store
from shared.runtime.view import Views
from shared.runtime.waiting import answers, limited, patiently
from shared.runtime.works import Works

if TYPE_CHECKING:
    from shared.runtime.service import Service

RELOAD_S = 2.0
PARTS_S = 2.5

_log = log.logger()


@dataclass(frozen=True)
class Running:
    """What the parts of a service work with, once every connection stands."""

    settings: Settings
    charters: Charters
    areas: Areas
    store: Store
    views: Views
    handler: Handler
    nats: Client
    asker: Asker
    stopping: asyncio.Event
    closed: set[str] = field(default_factory=set)
    """What a part still has to open before this replica is ready, by its name."""


class Replica:
    """One process's worth of a service."""

    def __init__(self, service: "Service", settings: Settings, stopping: asyncio.Event) -> None:
        self._service = service
        self._settings = settings
        self._stopping = stopping
        self._gone = asyncio.Event()
        self._broker = broker(service.name, settings, self._gone.set)
        self._charters = Charters(settings.charters, {service.name: service.rules})
        self._areas = Areas.read(settings.areas)
        self._running: Running | None = None
        self._listener: Listener | None = None
        self._own: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Open, work and, when cancelled, close. Raises ExceptionGroup when a part dies."""
        host, port = self._settings.http_host, self._settings.http_port
        async with AsyncExitStack() as stack:
            server = await http.listen(host, port, self.ready)
            stack.callback(server.close)
            running = self._running = await self._open(stack)
            async with asyncio.TaskGroup() as parts:
                for name, work in self._loops(running):
                    parts.create_task(self._endless(name, work), name=name)
                for part in self._service.parts:
                    work = self._endless(part.__name__, part(running))
                    self._own.append(parts.create_task(work, name=part.__name__))
                self._listener = await self._listen(running)
                _log.info("ready", http_port=server.sockets[0].getsockname()[1])

    async def drain(self) -> None:
        """Take no new requests, and finish those that were taken; about five seconds at most."""
        if self._own:
            # First these: what they still have to ask, we may have to answer.
            await asyncio.wait(self._own, timeout=PARTS_S)
        if self._listener:
            await self._listener.drain()

    async def ready(self) -> dict[str, bool]:
        """What this replica needs to do its work, and whether it is there."""
        running = self._running
        if running is None:
            return {"open": False}
        there, *shown = await asyncio.gather(
            answers(running.store.last()), *(answers(view.positions()) for view in running.views)
        )
        return {
            "log": there,
            "views": all(shown),
            "nats": running.nats.is_connected,
            "taking": not self._stopping.is_set() and not running.closed,
        }

    async def _open(self, stack: AsyncExitStack) -> Running:
        name, settings = self._service.name, self._settings
        dsn = settings.pg_dsn.get_secret_value()
        store = await patiently("log", lambda: Store.open(dsn, name))
        stack.push_async_callback(limited, store.close)
        views = await patiently("views", lambda: Views.open(dsn, name, self._service.projections))
        stack.push_async_callback(limited, views.close)
        nats = await self._broker.connect()
        stack.push_async_callback(limited, nats.close)
        handler = Handler(
            name, self._service.deciders, self._service.rules, store, self._charters, self._areas
        )
        return Running(
            settings=settings,
            charters=self._charters,
            areas=self._areas,
            store=store,
            views=views,
            handler=handler,
            nats=nats,
            asker=Asker(nats),
            stopping=self._stopping,
        )

    async def _listen(self, running: Running) -> Listener:
        name, settings = self._service.name, self._settings
        told = Answers(name, self._service.routes, running.handler, running.views, running.areas)
        listener = Listener(self._broker, name, told, settings.in_flight)
        await listener.start()
        return listener

    def _loops(self, running: Running) -> Iterator[tuple[str, Awaitable[None]]]:
        dsn = self._settings.pg_dsn.get_secret_value()
        leader = Leader(dsn, self._service.name)
        flow = Flow(
            service=self._service.name,
            dsn=dsn,
            leader=leader,
            store=running.store,
            login=login(self._settings),
            views=running.views,
            handler=running.handler,
            deciders=self._service.deciders,
            policies=self._service.policies,
            ticks=self._service.ticks,
        )
        yield "log", running.store.run()
        yield "views", running.views.run()
        yield "flow", flow.run()
        yield "files", self._reload()
        yield "nats", self._watch()
        standing = Standing(self._service.name, self.ready)
        yield "operating", self._operating(running, leader, standing).run()
        policies = self._service.policies
        gauges = Gauges(running.store, running.views, running.nats, policies, leader, standing)
        yield "gauges", gauges.run()
        yield "certificate", look_at_certificate(login(self._settings))

    def _operating(self, running: Running, leader: Leader, standing: Standing) -> Operating:
        orders = Orders(
            service=self._service.name,
            dsn=self._settings.pg_dsn.get_secret_value(),
            store=running.store,
            handler=running.handler,
            deciders=self._service.deciders,
            projections=self._service.projections,
            policies=self._service.policies,
        )
        return Operating(running.nats, running.views, leader, standing, orders, Works())

    async def _endless(self, name: str, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception:
            _log.critical("a part died", part=name, exc_info=True)
            raise
        if not self._stopping.is_set():
            raise RuntimeError(f"'{name}' ended, and should not")

    async def _reload(self) -> NoReturn:
        while True:
            await asyncio.sleep(RELOAD_S)
            self._charters.reload()
            await self._areas.reload()

    async def _watch(self) -> None:
        await self._gone.wait()
        raise ConnectionError("NATS closed our connection for good")
