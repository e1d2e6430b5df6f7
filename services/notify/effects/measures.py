"""How many clocks run or are late, and which messages wait: for those who watch over the platform.

Every replica looks for itself; nothing of it names a person or a matter.
"""

import asyncio
from contextlib import suppress
from typing import get_args

from prometheus_client import Gauge

from services.notify.projections.deadlines import DEADLINES
from services.notify.projections.deliveries import DELIVERIES
from services.notify.words.channels import Channel
from shared.kernel.errors import Unavailable
from shared.runtime import clock
from shared.runtime.log import logger
from shared.runtime.postgres import AWAY
from shared.runtime.replica import Running
from shared.runtime.view import Views

LOOK_S = 15.0
CHANNELS = get_args(get_args(Channel)[0])

RUNNING = Gauge("tongxin_deadlines_running", "Clocks by which somebody has to reply")
LATE = Gauge("tongxin_deadlines_late", "Replies that are overdue")
WAITING = Gauge("tongxin_deliveries_waiting", "Messages that should have gone out", ["channel"])
OLDEST = Gauge(
    "tongxin_deliveries_oldest_seconds", "For how long the first of them waits", ["channel"]
)

_log = logger()


async def measure(running: Running) -> None:
    """Look at once, and then every so often, until the service stops."""
    while not running.stopping.is_set():
        try:
            await look(running.views)
        except (*AWAY, Unavailable) as away:
            _log.debug("gauges stand still", reason=repr(away))
        with suppress(TimeoutError):
            await asyncio.wait_for(running.stopping.wait(), LOOK_S)


async def look(views: Views) -> None:
    """Look once. Raises Unavailable while a view is being made."""
    (clocks,) = await views[DEADLINES].ask("running and late")
    RUNNING.set(clocks["running"])
    LATE.set(clocks["late"])
    waiting = {
        row["channel"]: row for row in await views[DELIVERIES].ask("waiting", now=clock.now())
    }
    for channel in CHANNELS:
        row = waiting.get(channel, {"n": 0, "seconds": 0.0})
        WAITING.labels(channel).set(row["n"])
        OLDEST.labels(channel).set(row["seconds"])
