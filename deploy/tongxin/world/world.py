"""All services in one process, deciding one after the other at the moments they are told.

step ─▶ decide ─▶ facts ─▶ policies ─▶ decide ─▶ facts … until nobody has anything to say, and then
the next step. What was decided is written in the background, many steps in one commit.
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from deploy.tongxin.home import SERVICES, Trouble
from deploy.tongxin.mend import app_of
from deploy.tongxin.world.clocks import Clock, clocks, looks
from deploy.tongxin.world.logs import Logs
from deploy.tongxin.world.mind import Mind
from deploy.tongxin.world.told import Summary, Told
from shared.kernel.envelope import Envelope
from shared.kernel.errors import No, Refused
from shared.kernel.message import Command
from shared.kernel.policy import AnyPolicy
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.decision import Asked
from shared.runtime.past import telling
from shared.runtime.reactions import asked_because
from shared.runtime.settings import Settings
from shared.runtime.store import Append
from shared.runtime.writer import FACTS_MAX

CHUNK_MAX = FACTS_MAX // 2
"""Commands of one service in a commit; what a step leads to comes on top."""

BREATH = 8
"""After so many steps others get a turn: the commit that is under way."""

ROUNDS_MAX = 1000
WINDOW = 1000

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

Seal = Callable[[str, str], Awaitable[str]]
"""What somebody (by the id of the account) said, as only the vault can read it."""


def quietly(_done: int, _total: int) -> None:
    """Say nothing on the way."""


class World:
    """What decides, what is heard by whom, and what waits to be written."""

    def __init__(self, minds: dict[str, Mind], logs: Logs, ticking: Sequence[Clock]) -> None:
        self._minds = minds
        self._logs = logs
        self._clocks = ticking
        self._hearers: dict[tuple[str, str], list[tuple[Mind, AnyPolicy]]] = defaultdict(list)
        for service, mind in minds.items():
            for policy in app_of(service).policies:
                self._hearers[policy.hears.source, policy.hears.__name__].append((mind, policy))
        self._chunk: dict[str, list[Append]] = {service: [] for service in minds}
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
            yield cls(minds, logs, ticking)

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
        has them. Raises Trouble where a step is refused that should not be, or accepted that should
        not be, and where somebody else tells, or writes to the same streams; open the world again
        then, for this one thinks of things that were not written.
        """
        steps = list(steps)
        if any(one.at > other.at for one, other in pairwise(steps)):
            raise ValueError("steps are told in the order of their moments")
        summary = self._summary = Summary()
        self._seal = seal
        began, cpu = time.perf_counter(), time.process_time()
        try:
            async with telling(self._logs.writer):
                try:
                    if steps:
                        await self._tell_all(steps, progress, until, speed)
                finally:
                    await self._logs.ended()
        except Refused as no:
            raise Trouble("another past is being told here") from no
        summary.seconds = time.perf_counter() - began
        summary.cpu_seconds = time.process_time() - cpu
        return summary

    async def _tell_all(
        self, steps: Sequence[Told], progress: Progress, until: datetime | None, speed: float
    ) -> None:
        before, start = await self._told_before(steps)
        first = steps[max(0, start - 1)].at
        pace = Pace(first, speed)
        looking = looks(first)
        look = next(looking)
        for number, step in enumerate(steps):
            if number < start and (step.refused or step.id in before):
                self._summary.skipped += 1
                continue
            while look <= step.at:
                await self._look(look, pace)
                look = next(looking)
            await self._wait(pace, step.at)
            await self._take(step)
            await self._breathe(number)
            progress(number + 1, len(steps))
        while until and look <= until:
            await self._look(look, pace)
            look = next(looking)
        await self._write()

    async def _told_before(self, steps: Sequence[Told]) -> tuple[set[UUID], int]:
        """The ids of steps that stand in the logs, and where those begin that are still to tell."""
        before: set[UUID] = set()
        for at in range(0, len(steps), WINDOW):
            streams = defaultdict(set)
            for step in steps[at : at + WINDOW]:
                mind = self._minds[step.service]
                stream = mind.stream(step.command)
                if mind.knows(stream):
                    streams[step.service].add(stream)
            for service, some in streams.items():
                before |= await self._logs.caused(service, some)
        found = (n for n, step in enumerate(steps, 1) if step.id in before and not step.refused)
        return before, max(found, default=0)

    async def _take(self, step: Told) -> None:
        """One step and all that follows from it. Raises Trouble."""
        asked = Asked(await self._sealed(step), step.actor, step.id, step.id, at=step.at)
        self._summary.steps += 1
        try:
            await self._ask(self._minds[step.service], asked)
        except No as no:
            if no.code != step.refused:
                raise Trouble(f"{_name(step)} is refused: {no}") from no
            self._summary.refused += 1
        else:
            if step.refused:
                raise Trouble(f"{_name(step)} is accepted, and not refused as '{step.refused}'")

    async def _sealed(self, step: Told) -> Command:
        if not step.private:
            return step.command
        fields = type(step.command).model_fields
        words: dict[str, str | None] = {}
        for name, text in step.private.items():
            if self._seal:
                words[name] = await self._seal(step.actor.id, text)
            elif not fields[name].is_required():
                words[name] = None
        return step.command.model_copy(update=words)

    async def _look(self, moment: datetime, pace: "Pace") -> None:
        """Let every clock say what is due, until nothing more is."""
        await self._wait(pace, moment)
        for clock in self._clocks:
            for _ in range(ROUNDS_MAX):
                await self._write()
                due = await clock.due(moment, self._logs.last)
                if not due:
                    break
                for asked in due:
                    await self._ask_or_not(self._minds[clock.service], asked)
            else:
                raise Trouble(f"the clocks of {clock.service} come to no end at {moment}")

    async def _ask(self, mind: Mind, asked: Asked) -> None:
        """Let it be decided, and everybody react to what is said. Raises a No for itself only."""
        heard = deque((mind.name, fact) for fact in await self._decide(mind, asked))
        while heard:
            source, fact = heard.popleft()
            for hearer, policy in self._hearers.get((source, fact.type), ()):
                for reaction in asked_because(hearer.name, policy, fact, fact.at):
                    said = await self._decide_or_not(hearer, reaction)
                    heard.extend((hearer.name, one) for one in said)

    async def _ask_or_not(self, mind: Mind, asked: Asked) -> None:
        try:
            await self._ask(mind, asked)
        except No as no:  # An answer: a clock may have looked too early.
            self._summary.turned_down[no.code] += 1

    async def _decide_or_not(self, mind: Mind, asked: Asked) -> Sequence[Envelope]:
        try:
            return await self._decide(mind, asked)
        except No as no:  # An answer, as everywhere.
            self._summary.turned_down[no.code] += 1
            return ()

    async def _decide(self, mind: Mind, asked: Asked) -> Sequence[Envelope]:
        """The new facts, which will be written. Raises a No."""
        stream = mind.stream(asked.command)
        if mind.forgot(stream):
            await self._write()
            mind.recall(stream, await self._logs.read(mind.name, stream))
        decided = mind.decide(asked)
        if decided is None:
            return ()
        new, facts = decided
        self._chunk[mind.name].append(new)
        self._summary.facts[mind.name] += len(facts)
        return facts

    async def _breathe(self, number: int) -> None:
        """Begin a commit where enough is waiting, and let the one under way go on."""
        if any(len(waiting) >= CHUNK_MAX for waiting in self._chunk.values()):
            await self._begin()
        elif number % BREATH == 0:
            await asyncio.sleep(0)

    async def _begin(self) -> None:
        chunk, self._chunk = self._chunk, {service: [] for service in self._minds}
        await self._logs.write(chunk)
        for mind in self._minds.values():
            mind.forget()

    async def _write(self) -> None:
        """Returns when everything said so far stands in the logs."""
        await self._begin()
        await self._logs.settled()

    async def _wait(self, pace: "Pace", moment: datetime) -> None:
        if (left := pace.left(moment)) > 0:
            await self._write()
            await asyncio.sleep(left)


class Pace:
    """How fast told time goes, beginning now."""

    def __init__(self, first: datetime, speed: float) -> None:
        self._first = first
        self._speed = speed
        self._began = time.monotonic()

    def left(self, moment: datetime) -> float:
        """Seconds until that moment comes; 0 or less where it came."""
        if not self._speed:
            return 0.0
        passed = (moment - self._first).total_seconds() / self._speed
        return passed - (time.monotonic() - self._began)


def _name(step: Told) -> str:
    who = f"{step.actor.role} {step.actor.id}"
    return f"{step.at:%Y-%m-%d %H:%M} {type(step.command).__name__} by {who} ({step.command!r})"
