"""The clocks of a service under a told time: its own view, its own question, its own ids."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, time, timedelta

from shared.runtime.clock import SHANGHAI
from shared.runtime.decision import Asked
from shared.runtime.facts import Logged
from shared.runtime.flow import lifts_of
from shared.runtime.hear import BATCH_MAX
from shared.runtime.projection import Projection
from shared.runtime.projector import Overtaken, Projector, applying
from shared.runtime.rebuild import up_to_date
from shared.runtime.service import Service
from shared.runtime.ticker import ROWS_MAX, Tick, asked_about, due_of
from shared.runtime.view import View

LOOKS = (time(0, 1), time(9, 1))
"""When clocks look, in China: after midnight, when a day is over, and when offices have opened."""

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
    """The ticks of a service that look at one view."""

    def __init__(self, service: str, ticks: Sequence[Tick], projector: Projector) -> None:
        self.service = service
        self._ticks = ticks
        self._projector = projector
        self._view = View(projector.projection, service, projector.pool)

    async def due(self, now: datetime, written: Mapping[str, int]) -> list[Asked]:
        """What is to be asked by that time, once the view shows all that is written."""
        for source in self._projector.projection.sources:
            await self._catch_up(source, written[source])
        return [
            asked_about(self.service, tick, row, now)
            for tick in self._ticks
            for row in (await due_of(self._view, tick, now))[:ROWS_MAX]
        ]

    async def _catch_up(self, source: str, last: int) -> None:
        overtaken = 0
        while (seen := await self._projector.seen(source)) < last:
            try:
                await self._projector.take(Logged(source, seen, min(last, seen + BATCH_MAX)))
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
            ticks: dict[Projection, list[Tick]] = {}
            for tick in app.ticks:
                ticks.setdefault(tick.view, []).append(tick)
            for view, some in ticks.items():
                pool = await stack.enter_async_context(applying(dsn_of(app.name)))
                projector = Projector(view, app.name, pool, lifts_of(app.deciders))
                await up_to_date(projector)
                found.append(Clock(app.name, some, projector))
        yield found
