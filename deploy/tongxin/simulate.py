"""Tells a province, a city or a county so many years of its life, from a seed."""

import gc
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import asyncpg
import typer

from deploy.tongxin.home import Home, Trouble
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import running
from deploy.tongxin.terminal import errors, progress, show
from deploy.tongxin.world import Summary, World
from deploy.tongxin.world.packed import Packed
from deploy.tongxin.world.world import Progress
from deploy.year.year import tell_year
from services.topics.domain.plan.commands import DraftPlan
from shared.kernel.areas import level, prefix
from shared.kernel.message import Command
from shared.runtime import clock
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings

DAYS_OF_YEAR = 365.25
MONTHS_OF_YEAR = 12
GC_EVERY = 50_000


Plans = Mapping[str, UUID]
"""The plan of each area and year, '511623000000/2025', that the platform knows."""


@dataclass(frozen=True)
class Script:
    """The steps to tell, and the counties that are left out."""

    steps: Packed
    left_out: list[str]


@dataclass(frozen=True)
class Simulation:
    """What is to be told, from the first day to the last: the same again tells the same."""

    area: str
    first: date
    last: date
    seed: str

    def steps(self, settings: Settings, plans: Plans, tell: Progress) -> "Script":
        """Everything people ask in that time. Raises Trouble.

        A county whose plan of a year is another already lives another life, and is left out.
        """
        areas, charters = Areas.read(settings.areas), Charters(settings.charters)
        counties = list(counties_of(self.area, areas))
        if not counties:
            raise Trouble(f"no county lies in '{self.area}'")
        script = Script(Packed(), [])
        for done, county in enumerate(counties, 1):
            steps = tell_year([county], areas, charters, (self.first, self.last), self.seed)
            if any(_is_another(step.command, plans) for step in steps):
                script.left_out.append(county)
            else:
                script.steps.add(steps)
            tell(done, len(counties))
        script.steps.sort()
        return script

    @property
    def end(self) -> datetime:
        """Midnight in China after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), clock.SHANGHAI)


def counties_of(area: str, areas: Areas) -> Iterator[str]:
    """The six digits of every county within an area, given by a code or the digits that matter."""
    code = area.ljust(12, "0")
    if level(code) == "county" and code in areas:
        yield prefix(code)
    elif level(code) in ("everywhere", "province", "city"):
        for below in areas.below(code):
            yield from counties_of(below, areas)


async def plans_of(admin_dsn: str) -> Plans:
    """The plans that are there."""
    admin = await asyncpg.connect(admin_dsn)
    try:
        known = "SELECT key, stream FROM topics.claims WHERE scope = 'plan'"
        return dict(map(tuple, await admin.fetch(known)))
    finally:
        await admin.close()


def _is_another(command: Command, plans: Plans) -> bool:
    if not isinstance(command, DraftPlan):
        return False
    return plans.get(f"{command.area}/{command.year}", command.plan_id) != command.plan_id


def days_of(years: float, first: date | None, today: date) -> tuple[date, date]:
    """The first day and the last; where no first is given, the time ends with the last month.

    Months are counted, not days, so that the same command means the same until the month is over.
    """
    if first is None:
        months = today.year * MONTHS_OF_YEAR + today.month - 1 - math.ceil(years * MONTHS_OF_YEAR)
        first = date(months // MONTHS_OF_YEAR, months % MONTHS_OF_YEAR + 1, 1)
    last = first + timedelta(days=max(1, round(years * DAYS_OF_YEAR)) - 1)
    if last >= today:
        raise Trouble(f"what is told from {first} on ends on {last}, and that is not past yet")
    return first, last


def speed_of(told: str) -> float:
    """Simulated seconds in a second; 0 is as fast as can be. Raises typer.BadParameter."""
    try:
        return 0.0 if told == "max" else max(0.0, float(told))
    except ValueError:
        raise typer.BadParameter(f"'{told}' is neither a number nor 'max'") from None


async def simulate(
    servers: Servers, plan: Simulation, steps: Packed, speed: float, tell: Progress
) -> Summary:
    """Tell it to the platform. Raises Trouble."""
    # The steps stay until the end: looking for circles among them would only cost time.
    gc.freeze()
    gc.set_threshold(GC_EVERY)
    async with World.open(servers.admin_dsn, servers.service_dsn) as world:
        return await world.tell(steps, tell, until=plan.end, speed=speed)


@dataclass(frozen=True)
class Outcome:
    """What a simulation came to, for a person or a program."""

    area: str
    first: date
    last: date
    seed: str
    steps: int
    skipped: int
    facts: int
    topics: int
    meetings: int
    outcomes: int
    notify: int
    seconds: float
    facts_per_second: int

    @classmethod
    def of(cls, plan: Simulation, summary: Summary) -> "Outcome":
        """As a row."""
        return cls(
            area=plan.area,
            first=plan.first,
            last=plan.last,
            seed=plan.seed,
            steps=summary.steps,
            skipped=summary.skipped,
            facts=summary.total,
            topics=summary.facts["topics"],
            meetings=summary.facts["meetings"],
            outcomes=summary.facts["outcomes"],
            notify=summary.facts["notify"],
            seconds=round(summary.seconds, 1),
            facts_per_second=round(summary.total / summary.seconds),
        )


async def live(
    area: str, years: float, seed: str, speed: float, first: date | None, *, as_json: bool
) -> None:
    """Tell an area years of its life on the platform that runs here, with bars. Raises Trouble."""
    servers = running(Home.of_checkout())
    plan = Simulation(area, *days_of(years, first, clock.today()), seed)
    with progress("what counties do") as bar:
        script = plan.steps(Settings(), await plans_of(servers.admin_dsn), bar)
    if script.left_out:
        errors.print(f"left out, for they live another life: {', '.join(script.left_out)}")
    with progress(f"{plan.first} – {plan.last}") as bar:
        told = await simulate(servers, plan, script.steps, speed, bar)
    show([Outcome.of(plan, told)], as_json=as_json)
