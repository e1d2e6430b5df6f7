"""`tongxin up`: from nothing to a running platform, and back when told to stop."""

import asyncio
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from rich.markup import escape

from deploy.tongxin import assets, year
from deploy.tongxin.demo import cast, is_told, load, matters, password
from deploy.tongxin.home import SERVICES, Home, Trouble
from deploy.tongxin.mend import app_of
from deploy.tongxin.servers import Servers
from deploy.tongxin.steer import Steering
from deploy.tongxin.story import Matter, Step
from deploy.tongxin.system import System
from deploy.tongxin.terminal import console, progress, show, tell_json
from services.exchange.effects import public
from services.exchange.effects.settings import ExchangeSettings
from shared.kernel.errors import No
from shared.runtime.jetstream import connect
from shared.runtime.migrate import migrate
from shared.runtime.provision import ADMIN, provision


@dataclass(frozen=True)
class First:
    """What is told on the first start: the demo, and its year before it."""

    demo: bool
    past: bool


@dataclass(frozen=True)
class Telling:
    """What was told to the platform; `refused` as the rules want it."""

    what: str
    steps: int
    refused: int


@dataclass(frozen=True)
class Made:
    """What a schema or a stream had not had until now."""

    where: str
    what: str


async def up(home: Home, replicas: Mapping[str, int], first: First, *, as_json: bool) -> None:
    """Run the platform until SIGINT, SIGTERM or SIGHUP. Raises Trouble if it cannot start."""
    assets.must_be_there()
    began = time.monotonic()
    me = asyncio.current_task()
    assert me
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(sign, me.cancel)
    with home.occupied():
        system = System(home, replicas, console.print)
        try:
            await _run(system, began, first, as_json=as_json)
        except asyncio.CancelledError:
            console.print("stopping …")
        finally:
            system.stop()


async def _run(system: System, began: float, first: First, *, as_json: bool) -> None:
    await system.start_servers()
    await make_ready(system.servers)
    if first.demo and first.past and not is_told(system.servers):
        await tell_past(system.servers)
    await system.start_services()
    async with asyncio.TaskGroup() as parts:
        parts.create_task(system.supervise())
        parts.create_task(Steering(system).run())
        if first.demo and not is_told(system.servers):
            await _load_demo(system.servers)
        system.ready_in = round(time.monotonic() - began, 1)
        system.note()
        console.print(f"ready {system.url} in {system.ready_in} s")
        if as_json:
            tell_json({"url": system.url, "ready_in": system.ready_in})
        if is_told(system.servers):
            show(cast(system.servers), as_json=False)
            console.print(f"all of them with the password {password(system.servers)}")


async def _load_demo(servers: Servers) -> None:
    """A platform without its demo is of use all the same."""
    try:
        await tell_demo(servers)
    except Trouble as trouble:
        console.print(f"[bold red]the demo is not complete:[/] {escape(str(trouble))}")
        console.print("`tongxin demo` goes on with it")


async def tell_past(servers: Servers) -> list[Telling]:
    """Tell the year before today with a bar, unless it was told here."""
    if year.is_told(servers):
        return []
    with progress("a year of five counties") as bar:
        summary = await year.tell(servers, bar)
    told = f"{summary.steps} steps, {summary.total} facts"
    console.print(f"a year of five counties told: {told} in {summary.seconds:.0f} s")
    return [Telling("a year of five counties", summary.steps, refused=0)]


async def tell_demo(servers: Servers) -> list[Telling]:
    """Tell the demo with a bar; what the rules refuse on the way is said as it happens."""
    with progress("the demo's matters") as bar:
        steps = sum(len(matter.steps) for matter in matters())
        taken, refused = count(1), count()

        def tell(matter: Matter, step: Step, no: No | None) -> None:
            bar(next(taken), steps)
            if no:
                next(refused)
                told = f"{matter.title}: {step.command.label} by {step.who} refused, {no}"
                console.print(escape(told))

        await load(servers, tell)
    return [Telling("the demo's matters", next(taken) - 1, next(refused))]


async def make_ready(servers: Servers) -> list[Made]:
    """Database, schemas, roles and streams; quick where they are already there."""
    await servers.create_database()
    reads = {
        service: {source for view in app_of(service).projections for source in view.sources}
        for service in SERVICES
    }
    restricted = {
        service: frozenset[str]().union(*(one.withheld for one in app_of(service).deciders))
        for service in SERVICES
    }
    taken = await migrate(servers.admin_dsn, servers.service_passwords(), reads, restricted)
    admin = await connect(servers.login(ADMIN), "tongxin migrate")
    try:
        replicas = servers.told.nats_replicas
        aloud = public.stream(ExchangeSettings().retention_days, replicas)
        streams = await provision(admin, SERVICES, replicas, [aloud])
    finally:
        await admin.close()
    steps = [Made(service, step) for service, names in taken.items() for step in names]
    return [*steps, *(Made(name, what) for name, what in streams.items())]
