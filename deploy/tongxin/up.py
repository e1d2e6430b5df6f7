"""`tongxin up`: from nothing to a running platform, and back when told to stop."""

import asyncio
import signal
import time
from collections.abc import Mapping

from deploy.tongxin.home import SERVICES, Home
from deploy.tongxin.mend import app_of
from deploy.tongxin.servers import Servers
from deploy.tongxin.system import System
from deploy.tongxin.terminal import console
from shared.runtime.jetstream import connect
from shared.runtime.migrate import migrate
from shared.runtime.provision import ADMIN, provision


async def up(home: Home, replicas: Mapping[str, int], *, demo: bool) -> None:
    """Run the platform until SIGINT, SIGTERM or SIGHUP. Raises Trouble if it cannot start."""
    began = time.monotonic()
    me = asyncio.current_task()
    assert me
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(sign, me.cancel)
    with home.occupied():
        system = System(home, replicas, console.print)
        try:
            await _run(system, began, demo=demo)
        except asyncio.CancelledError:
            console.print("stopping …")
        finally:
            system.stop()


async def _run(system: System, began: float, *, demo: bool) -> None:
    await system.start_servers()
    await make_ready(system.servers)
    await system.start_services()
    async with asyncio.TaskGroup() as parts:
        parts.create_task(system.supervise())
        if demo:
            pass
        system.ready_in = round(time.monotonic() - began, 1)
        system.note()
        console.print(f"ready {system.url} in {system.ready_in} s")


async def make_ready(servers: Servers) -> None:
    """Database, schemas, roles and streams; quick where they are already there."""
    await servers.create_database()
    reads = {
        service: {source for view in app_of(service).projections for source in view.sources}
        for service in SERVICES
    }
    await migrate(servers.admin_dsn, servers.service_passwords(), reads)
    admin = await connect(servers.login(ADMIN), "tongxin migrate")
    try:
        await provision(admin, SERVICES)
    finally:
        await admin.close()
