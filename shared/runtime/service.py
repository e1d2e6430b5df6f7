"""A service as plain lists, and how a process runs it."""

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import uvloop
from pydantic import BaseModel

from shared.kernel.decider import AnyDecider
from shared.kernel.policy import AnyPolicy
from shared.runtime import log, telemetry
from shared.runtime.asked import CommandRoute, Route
from shared.runtime.projection import Projection
from shared.runtime.replica import Replica, Running
from shared.runtime.settings import Settings
from shared.runtime.ticker import Tick

GC_EVERY = 20_000

_log = log.logger()


@dataclass(frozen=True)
class Service:
    """Everything a service is. Raises TypeError where the lists do not fit together.

    `parts` are loops of its own that run beside the others, such as the portal's HTTP edge. When
    `running.stopping` is set they return; one that ends before takes the process with it.
    """

    name: str
    deciders: Sequence[AnyDecider]
    rules: type[BaseModel]
    routes: Sequence[Route]
    projections: Sequence[Projection] = ()
    policies: Sequence[AnyPolicy] = ()
    ticks: Sequence[Tick] = ()
    parts: Sequence[Callable[[Running], Awaitable[None]]] = ()

    def __post_init__(self) -> None:
        asked = [cls for decider in self.deciders for cls in decider.asked()]
        names = [cls.__name__ for cls in asked]
        if twice := {name for name in names if names.count(name) > 1}:
            raise TypeError(f"{self.name}: asked of two aggregates: {sorted(twice)}")
        for route in self.routes:
            if isinstance(route, CommandRoute) and route.asked not in asked:
                raise TypeError(f"{self.name}: no decider answers {route.asked.__name__}")
            if not isinstance(route, CommandRoute) and route.view not in self.projections:
                raise TypeError(f"{self.name}: {route.asked.__name__} asks a view of others")


service = Service
"""`app = service("topics", deciders=…, rules=…, routes=…)`, as every `app.py` puts it."""


def run(app: Service) -> NoReturn:
    """Run one replica until SIGTERM or SIGINT; 0 if it stopped in order, 1 if a part of it died."""
    settings = Settings()
    log.configure(app.name, settings.log_level)
    try:
        if settings.spans:
            from shared.runtime import spans  # noqa: PLC0415 - the SDK is for those who want it

            telemetry.trace(spans.Spans(app.name, spans.to(settings.spans)))
        uvloop.run(_until_told(app, settings))
    except Exception:
        _log.critical("the service died", exc_info=True)
        sys.exit(1)
    sys.exit(0)


async def serve(app: Service, settings: Settings, stopping: asyncio.Event) -> None:
    """Run one replica until `stopping` is set. Raises ExceptionGroup when a part of it dies."""
    replica = Replica(app, settings, stopping)
    async with asyncio.TaskGroup() as group:
        work = group.create_task(replica.run(), name=app.name)
        await stopping.wait()
        await replica.drain()
        work.cancel()


async def _until_told(app: Service, settings: Settings) -> None:
    # What is loaded by now stays for good, and what a request makes is gone with it: looking for
    # circles that often would cost a tenth of the time.
    gc.freeze()
    gc.set_threshold(GC_EVERY)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stopping.set)
    await serve(app, settings, stopping)
    _log.info("stopped")
