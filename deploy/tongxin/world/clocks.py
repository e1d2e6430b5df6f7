"""The clocks of a service under a told time: its own view, its own question, its own ids."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, time, timedelta

from deploy.tongxin.world.logs import Logs
from shared.runtime.clock import SHANGHAI
from shared.runtime.decision import Asked
from shared.runtime.facts import Logged
from shared.runtime.flow import lifts_of
from shared.runtime.projector import Overtaken, Projector, applying
from shared.runtime.rebuild import up_to_date
from shared.runtime.service import Service
from shared.runtime.ticker import ROWS_MAX, Tick, asked_about
from shared.runtime.view import View

LOOKS = (time(0, 1), time(9, 1))
"""When clocks look, in China: after midnight, when a day is over, and when offices have opened."""

PAGE = 8192
OVERTAKEN_MAX = 20


def looks(after: datetime) -> Iterator[datetime]:
    """The moments at which clocks look, for ever."""
    day = after.astimezone(SHANGHAI).date()
    while True:
        for hour in LOOKS:
            moment = datetime.combine(day, hour, SHANGHAI)
            if moment > after:
                yield moment
        day += timedelta(days=1)


class Clock:
    """One tick of a service."""

    def __init__(self, service: str, tick: Tick, projector: Projector) -> None:
        self.service = service
        self.name = tick.name
        self._tick = tick
        self._projector = projector
        self._view = View(tick.view, service, projector.pool)

    async def due(self, now: datetime, logs: Logs) -> list[Asked]:
        """What is to be asked by that time, as far as the logs know."""
        for source in self._projector.projection.sources:
            await self._catch_up(source, await logs.last(source))
        rows = await self._view.ask(self._tick.statement, now=now)
        return [asked_about(self.service, self._tick, row, now) for row in rows[:ROWS_MAX]]

    async def _catch_up(self, source: str, last: int) -> None:
        overtaken = 0
        while (seen := await self._projector.seen(source)) < last:
            try:
                await self._projector.take(Logged(source, seen, min(last, seen + PAGE)))
            except Overtaken:  # By the running service, which shows the same.
                overtaken += 1
                if overtaken > OVERTAKEN_MAX:
                    raise


@asynccontextmanager
async def clocks(apps: list[Service], dsn_of: Callable[[str], str]) -> AsyncIterator[list[Clock]]:
    """The clocks of all services, their views made where they are not there."""
    async with AsyncExitStack() as stack:
        found = []
        for app in apps:
            if not app.ticks:
                continue
            pool = await stack.enter_async_context(applying(dsn_of(app.name)))
            projectors = {
                view: Projector(view, app.name, pool, lifts_of(app.deciders))
                for view in dict.fromkeys(tick.view for tick in app.ticks)
            }
            for projector in projectors.values():
                await up_to_date(projector)
            found += [Clock(app.name, tick, projectors[tick.view]) for tick in app.ticks]
        yield found
