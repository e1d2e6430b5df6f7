"""`tongxin up`: from nothing to a running platform, and back when told to stop."""

import asyncio
import signal
import time
from collections.abc import Mapping

from rich.console import Console

from deploy.tongxin.home import Home
from deploy.tongxin.servers import SERVICES
from deploy.tongxin.system import System
from shared.runtime.migrate import migrate
from shared.runtime.provision import provision

console = Console(highlight=False)


async def up(home: Home, replicas: Mapping[str, int], *, demo: bool) -> None:
    """Run the platform until SIGINT, SIGTERM or SIGHUP. Raises Trouble if it cannot start."""
    began = time.monotonic()
    me = asyncio.current_task()
    assert me
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(sign, me.cancel)
    system = System(home, replicas, console.print)
    with home.occupied():
        try:
            await _run(system, began, demo=demo)
        except asyncio.CancelledError:
            console.print("stopping …")
        finally:
            system.stop()


async def _run(system: System, began: float, *, demo: bool) -> None:
    await system.start_servers()
    await prepare(system)
    await system.start_services()
    async with asyncio.TaskGroup() as parts:
        parts.create_task(system.supervise())
        if demo:
            await load_demo(system)
        system.ready_in = round(time.monotonic() - began, 1)
        system.note()
        console.print(f"ready {system.url} in {system.ready_in} s")


async def prepare(system: System) -> None:
    """Schemas, roles and streams; quick where they are already there."""
    servers = system.servers
    await migrate(servers.admin_dsn, servers.service_passwords())
    user, password = servers.nats_login("admin")
    await provision(servers.nats_url, user, password, SERVICES)
