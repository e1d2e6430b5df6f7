"""What waits for whom, once by the view that lists it and once by the table of steps itself."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from deploy.tongxin.story import COMMANDS
from services.portal.domain import DECIDERS
from services.portal.pages.facts import Story
from services.portal.pages.offers import Offer, Scene, offers
from services.portal.pages.steps import STEPS
from services.portal.pages.turns import commands_of, rules_of
from services.portal.projections.matters import MATTERS
from services.portal.projections.story import STORY
from services.portal.projections.waiting import WAITING
from shared.kernel.areas import EVERYWHERE
from shared.kernel.message import Actor
from shared.runtime import copies
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.facts import Logged
from shared.runtime.projector import Projector, applying
from shared.runtime.view import View
from tests.views import lifts

AREAS = Areas.read(Path("deploy/areas.csv"))
CHARTERS = Charters(Path("deploy/charters"))
SHOWN = (WAITING, STORY, MATTERS)
LONG_AFTER = date(2030, 1, 1)
MOST = 100_000

Waits = set[tuple[UUID, str, str]]
"""A stream, a command, and the body, group or item it is about."""


def may(role: str, command: str) -> bool:
    """As the commands say it themselves."""
    return role in COMMANDS[command][1].may


@dataclass(frozen=True)
class Desk:
    """The three views over the same facts, however far they have come."""

    copies: Sequence[Projector]
    views: Mapping[str, View]

    async def hear(self, source: str, batch: int) -> None:
        """The next facts of a source."""
        seen = await self.copies[0].seen(source)
        for copy in self.copies:
            await copy.apply(Logged(source, seen, seen + batch))

    async def listed(self, actor: Actor) -> Waits:
        """What the list of this person holds; its figures have to add up to it."""
        asked: dict[str, Any] = {
            "prefixes": AREAS.counted(actor.area),
            "rules": rules_of(CHARTERS.at(one) for one in CHARTERS.ids()),
            "commands": commands_of(lambda _service, command: may(actor.role, command)),
            "me": [actor.id, actor.unit, actor.role],
            "body": actor.unit if actor.role == "party" else "",
            "today": LONG_AFTER,
        }
        rows = await self.views["waiting"].ask(
            "waiting", **asked, task="", title="", late=False, most=MOST, skipped=0
        )
        counts = await self.views["waiting"].ask("how much", **asked)
        assert sum(row["n"] for row in counts) == len(rows)
        steps = ((row["stream"], step.partition(" ")) for row in rows for step in row["steps"])
        return {(stream, command, key) for stream, (command, _, key) in steps}

    async def due(self) -> list[tuple[str, Offer]]:
        """Every step that is due by the stories, with the area of its matter."""
        found = []
        matters = await self.views["matters"].ask(
            "in area", prefixes=AREAS.counted(EVERYWHERE), states=[], title="", type="", year=0,
            most=MOST, skipped=0,
        )  # fmt: skip
        for row in matters:
            facts = await self.views["story"].ask("of matters", matter_ids=[row["matter_id"]])
            scene = Scene(Story.of(facts), CHARTERS.at(row["charter"]).tables)
            found += [(row["area"], one) for one in offers(STEPS, scene) if not one.step.side]
        return found


def offered(due: Iterable[tuple[str, Offer]], actor: Actor) -> Waits:
    """What of all that is due is offered to this person; a report may go to any untold body."""
    found = set()
    for area, one in due:
        command = one.step.command
        if AREAS.contains(actor.area, area) and may(actor.role, command) and one.is_for(actor):
            about = one.turn.rpartition(":")[2]
            found.add((one.stream, command, "" if command == "FileReport" else about))
    return found


@asynccontextmanager
async def desk(dsn: str) -> AsyncIterator[Desk]:
    """Empty copies of the views over these logs."""
    async with applying(dsn) as applier, asyncpg.create_pool(dsn, min_size=0) as pool:
        made = [Projector(one, "portal", applier, lifts(DECIDERS)) for one in SHOWN]
        for copy in made:
            await copies.make(copy)
        yield Desk(made, {one.name: View(one, "portal", pool) for one in SHOWN})


def in_turns(left: dict[str, int], chance: Random, batch_max: int) -> Iterable[tuple[str, int]]:
    """Batches of all that was said, the sources in any order."""
    while any(left.values()):
        source = chance.choice([name for name, n in left.items() if n])
        batch = min(left[source], chance.randint(1, batch_max))
        left[source] -= batch
        yield source, batch
