"""The closed loop: every night, which matters can no longer reach an end, and why.

A matter goes on as long as somebody's next step is due. One that no step leads out of is stuck; one
whose steps all wait for an office that nobody holds will be, unless somebody is appointed.
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal, NoReturn
from uuid import UUID

import asyncpg

from services.portal.pages.facts import Story
from services.portal.pages.offers import Offer, Scene, offers
from services.portal.pages.steps import STEPS
from shared.kernel.errors import No
from shared.kernel.message import Actor
from shared.runtime import clock, log, sql, telemetry
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY
from shared.runtime.view import View

SQL = sql.load(Path(__file__).with_suffix(".sql"))
NIGHT = time(2, 30)
LOOK_S = 60.0
PAGE = 100
NOWHERE = UUID(int=0)

Reason = Literal["nothing-follows", "nobody-in-office"]
May = Callable[[str, str], Collection[str]]
"""The roles that may ask a command, by service and name."""

_log = log.logger()


@dataclass(frozen=True)
class Stuck:
    """A matter that cannot go on, since when nothing was decided about it, and why."""

    matter_id: UUID
    area: str
    charter: str
    title: str
    state: str
    since: datetime
    reason: Reason


@dataclass(frozen=True)
class Loop:
    """Looks through all matters that have not ended."""

    matters: View
    story: View
    people: View
    charters: Charters
    areas: Areas
    may: May
    pool: asyncpg.Pool

    async def check(self) -> list[Stuck]:
        """Every matter that cannot go on. Raises Unavailable."""
        offices = [
            Actor(str(row["account_id"]), row["role"], row["area"], row["unit"])
            for row in await self.people.ask("all held", today=clock.today())
        ]
        return [stuck async for page in self._pages() for stuck in await self._of(page, offices)]

    async def _pages(self) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
        after = NOWHERE
        while rows := await self.matters.ask("not ended", after=after, most=PAGE):
            yield rows
            after = rows[-1]["matter_id"]

    async def _of(
        self, rows: Sequence[Mapping[str, Any]], offices: Collection[Actor]
    ) -> list[Stuck]:
        facts: dict[UUID, list[Any]] = {row["matter_id"]: [] for row in rows}
        for fact in await self.story.ask("of matters", matter_ids=list(facts)):
            facts[fact["matter_id"]].append(fact)
        found = []
        for row in rows:
            scene = Scene(
                Story.of(facts[row["matter_id"]]), self.charters.at(row["charter"]).tables
            )
            due = [offer for offer in offers(STEPS, scene) if not offer.step.side]
            if reason := self._why(due, row["area"], offices):
                told = (row["matter_id"], row["area"], row["charter"], row["title"])
                found.append(Stuck(*told, row["state"], row["state_at"], reason))
        return found

    def _why(self, due: Iterable[Offer], area: str, offices: Collection[Actor]) -> Reason | None:
        due = list(due)
        if not due:
            return "nothing-follows"
        near = [one for one in offices if self.areas.contains(one.area, area)]
        for offer in due:
            roles = self.may(offer.step.service, offer.step.command)
            if any(one.role in roles and offer.is_for(one) for one in near):
                return None
        return "nobody-in-office"


async def every_night(loop: Loop) -> NoReturn:
    """Check once a night, whichever replica comes first; what was found stays until the next."""
    while True:
        try:
            if await _is_due(loop):
                await check_now(loop)
        except (*AWAY, No) as away:
            _log.warning("the closed loop was not checked", reason=str(away))
        await pause(LOOK_S)


async def check_now(loop: Loop) -> list[Stuck]:
    """Check, and keep what was found."""
    found = await loop.check()
    async with loop.pool.acquire() as connection, connection.transaction():
        await connection.execute(SQL["forget"].text)
        statement = SQL["keep"]
        await connection.executemany(
            statement.text, [statement.args(_named(stuck)) for stuck in found]
        )
        await connection.execute(SQL["checked"].text, clock.now(), len(found))
    telemetry.STUCK.set(sum(stuck.reason == "nothing-follows" for stuck in found))
    _log.info("the closed loop was checked", stuck=len(found))
    return found


async def found_last(loop: Loop) -> tuple[datetime | None, list[Stuck]]:
    """When it was last checked, and what was found then."""
    when = await loop.pool.fetchval(SQL["last"].text)
    rows = await loop.pool.fetch(SQL["found"].text)
    return when, [Stuck(*(row[field.name] for field in fields(Stuck))) for row in rows]


async def _is_due(loop: Loop) -> bool:
    last = await loop.pool.fetchval(SQL["last"].text)
    now = clock.now()
    tonight = datetime.combine(clock.today(now), NIGHT, clock.SHANGHAI)
    night = tonight if tonight <= now else tonight - timedelta(days=1)
    return last is None or last < night


def _named(stuck: Stuck) -> dict[str, Any]:
    return dict(zip((field.name for field in fields(Stuck)), astuple(stuck), strict=True))
