"""A province lives: facts of all services in a second, decided, reacted to and written."""

import gc
from datetime import date
from typing import Any

from deploy.tongxin.simulate import Simulation
from deploy.tongxin.world.world import quietly
from shared.runtime.settings import Settings
from tests.deploy.worlds import fresh_ground
from tests.servers import Postgres

CITY = "5116"
DAYS = (date(2025, 3, 1), date(2025, 5, 31))


async def figures(pg: Postgres) -> dict[str, dict[str, Any]]:
    """Facts per second, and seconds of this process for 1,000 facts; clocks included."""
    ground = await fresh_ground(pg)
    plan = Simulation(CITY, *DAYS, "bench")
    steps = plan.steps(Settings(), {}, quietly).steps
    gc.freeze()
    async with ground.world() as world:
        told = await world.tell(steps, until=plan.end)
    gc.unfreeze()
    return {
        "simulate": _figure(round(told.total / told.seconds), "facts/s"),
        "simulate.cpu": _figure(round(told.cpu_seconds / told.total * 1000, 3), "s/1000 facts"),
    }


def _figure(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "limit": None, "peers": {}}
