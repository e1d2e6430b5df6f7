"""All services in one process, deciding one after the other at the moments they are told.

step ─▶ decide ─▶ facts ─▶ policies ─▶ decide ─▶ facts … until nobody has anything to say, and then
the next step. What was decided is written in the background, many steps in one commit.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from deploy.tongxin.home import SERVICES, Trouble
from deploy.tongxin.mend import app_of
from deploy.tongxin.world.clocks import Clock, clocks, looks
from deploy.tongxin.world.logs import Logs
from deploy.tongxin.world.mind import Mind
from deploy.tongxin.world.minds import Minds
from deploy.tongxin.world.pace import Pace
from deploy.tongxin.world.told import Seal, Summary, Told, sealed
from shared.kernel.errors import No, Refused
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.decision import Asked
from shared.runtime.past import telling
from shared.runtime.settings import Settings

ROUNDS_MAX = 1000
WINDOW = 1000

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""


def quietly(_done: int, _total: int) -> None:
    """Say nothing on the way."""


class World:
    """The services, and the clocks that tick for them."""

    def __init__(self, minds: Minds, ticking: Sequence[Clock]) -> None:
        self._minds = minds
        self._clocks = ticking
        self._summary = Summary()
        self._seal: Seal | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls, admin_dsn: str, dsn_of: Callable[[str], str], settings: Settings | None = None
    ) -> AsyncIterator["World"]:
        """The world over a migrated database. `dsn_of` tells the way in of each service's role."""
        settings = settings or Settings()
        apps = [app_of(service) for service in SERVICES]
        charters = Charters(settings.charters, {app.name: app.rules for app in apps})
        areas = Areas.read(settings.areas)
        hearers: dict[str, list[str]] = defaultdict(list)
        for app in apps:
            for source in sorted({policy.hears.source for policy in app.policies}):
                hearers[source].append(app.name)
        async with Logs.open(admin_dsn, SERVICES, hearers) as logs, clocks(apps, dsn_of) as ticking:
            minds = {}
            for app in apps:
                streams, claims = await logs.streams(app.name), await logs.claims(app.name)
                minds[app.name] = Mind(app, charters, areas, streams, claims)
            yield cls(Minds(minds, logs), ticking)

    async def tell(
        self,
        steps: Iterable[Told],
        progress: Progress = quietly,
        *,
        until: datetime | None = None,
        speed: float = 0.0,
        seal: Seal | None = None,
    ) -> Summary:
        """Tell these steps, in the order of their moments, and let clocks run `until` the end.

        `speed` is how many told seconds pass in a second; 0: as fast as can be. What was told
        before is not told twice. Without a `seal`, private words are left out, or stay as the step
        has them. Raises ValueError for steps in disorder, and Trouble where a step is refused or
        accepted that should not be, and where somebody else tells, or writes to the same streams.
        Open the world again then, for this one thinks of things that were not written.
        """
        steps = steps if isinstance(steps, Sequence) else list(steps)
        summary = self._summary = Summary()
        self._seal = seal
        said = self._minds.said.copy()
        self._minds.turned_down = Counter()
        began, cpu = time.perf_counter(), time.process_time()
        try:
            async with telling(self._minds.logs.writer):
                try:
                    if steps:
                        await self._tell_all(steps, progress, until, speed)
                finally:
                    await self._minds.logs.ended()
        except Refused as no:
            raise Trouble("another past is being told here") from no
        summary.facts, summary.turned_down = self._minds.said - said, self._minds.turned_down
        summary.seconds = time.perf_counter() - began
        summary.cpu_seconds = time.process_time() - cpu
        return summary

    async def _tell_all(
        self, steps: Sequence[Told], progress: Progress, until: datetime | None, speed: float
    ) -> None:
        before, start = await self._told_before(steps)
        first = moment = steps[max(0, start - 1)].at
        pace = Pace(first, speed)
        looking = looks(first)
        look = next(looking)
        for number, step in enumerate(steps):
            if number < start and (step.refused or step.id in before):
                self._summary.skipped += 1
                continue
            if number >= start and step.at < moment:
                raise ValueError(f"{_name(step)} comes after what was told at {moment}")
            moment = max(moment, step.at)
            while look <= step.at:
                await self._look(look, pace)
                look = next(looking)
            await self._wait(pace, step.at)
            await self._take(step)
            await self._minds.breathe()
            progress(number + 1, len(steps))
        while until and look <= until:
            await self._look(look, pace)
            look = next(looking)
        await self._minds.write()

    async def _told_before(self, steps: Sequence[Told]) -> tuple[set[UUID], int]:
        """The ids of steps that stand in the logs, and where those begin that are still to tell."""
        before: set[UUID] = set()
        if self._minds.blank:
            return before, 0
        for at in range(0, len(steps), WINDOW):
            streams = defaultdict(set)
            for step in steps[at : at + WINDOW]:
                mind = self._minds[step.service]
                stream = mind.stream(step.command)
                if stream in mind.streams:
                    streams[step.service].add(stream)
            for service, some in streams.items():
                before |= await self._minds.logs.caused(service, some)
        found = (n for n, step in enumerate(steps, 1) if step.id in before and not step.refused)
        return before, max(found, default=0)

    async def _take(self, step: Told) -> None:
        """One step and all that follows from it. Raises Trouble."""
        asked = Asked(await sealed(step, self._seal), step.actor, step.id, step.id, at=step.at)
        self._summary.steps += 1
        try:
            await self._minds.ask(step.service, asked)
        except No as no:
            if no.code != step.refused:
                raise Trouble(f"{_name(step)} is refused: {no}") from no
            self._summary.refused += 1
        else:
            if step.refused:
                raise Trouble(f"{_name(step)} is accepted, and not refused as '{step.refused}'")

    async def _look(self, moment: datetime, pace: Pace) -> None:
        """Let every clock say what is due, until nothing more is."""
        await self._wait(pace, moment)
        for clock in self._clocks:
            for _ in range(ROUNDS_MAX):
                await self._minds.write()
                due = await clock.due(moment, self._minds.logs.last)
                if not due:
                    break
                for asked in due:
                    await self._minds.ask_or_not(clock.service, asked)
            else:
                raise Trouble(f"the clocks of {clock.service} come to no end at {moment}")

    async def _wait(self, pace: Pace, moment: datetime) -> None:
        if (left := pace.left(moment)) > 0:
            await self._minds.write()
            await asyncio.sleep(left)


def _name(step: Told) -> str:
    who = f"{step.actor.role} {step.actor.id}"
    return f"{step.at:%Y-%m-%d %H:%M} {type(step.command).__name__} by {who} ({step.command!r})"
