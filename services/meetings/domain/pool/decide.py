"""The pool of an area (协商人才库): whom a draw may take.

It is what talents and draws agree on: policies note in it what is said of every talent, and it
lists for a draw all who may be drawn at that moment. 邻水 keeps one for the county, 泸县 one in
each town's studio ("工作室协商人才库"): each area has its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.meetings.domain.pool import commands as ask
from services.meetings.domain.pool import events as say
from services.meetings.domain.pool.commands import PoolCommand
from services.meetings.domain.pool.events import PoolEvent
from services.meetings.rules import MeetingRules
from services.meetings.words import day
from shared.kernel.decider import Context, Decider


@dataclass(frozen=True)
class Entry:
    """A talent: for what, until when, and until when not. Both days are included."""

    specialties: tuple[str, ...]
    until: date
    not_until: date = date.min

    def may_be_drawn(self, specialty: str, today: date) -> bool:
        """Whether a draw may take this one today; any specialty is as good as none asked for."""
        return self.not_until < today <= self.until and specialty in (*self.specialties, "")


@dataclass(frozen=True)
class Pool:
    """Every talent of an area, and the draws it was listed for."""

    talents: Mapping[UUID, Entry] = field(default_factory=dict)
    listed: frozenset[UUID] = frozenset()


def evolve(pool: Pool, event: PoolEvent) -> Pool:
    """The pool after one more fact."""
    match event:
        case say.TalentNoted() as e:
            return replace(
                pool, talents={**pool.talents, e.talent_id: Entry(e.specialties, e.until)}
            )
        case say.SuspensionNoted() as e if e.talent_id in pool.talents:
            entry = replace(pool.talents[e.talent_id], not_until=e.until)
            return replace(pool, talents={**pool.talents, e.talent_id: entry})
        case say.TalentDropped() as e:
            rest = {one: entry for one, entry in pool.talents.items() if one != e.talent_id}
            return replace(pool, talents=rest)
        case say.PoolListed() as e:
            return replace(pool, listed=pool.listed | {e.draw_id})
        case _:
            return pool


def decide(command: PoolCommand, pool: Pool, ctx: Context[MeetingRules]) -> list[PoolEvent]:
    """What is already so is not said again; nothing else stands in the way."""
    match command:
        case ask.NoteTalent() as c if c.talent_id not in pool.talents:
            return [say.TalentNoted(**c.model_dump(exclude={"area"}))]
        case ask.NoteSuspension() as c if _still_open(c, pool):
            return [say.SuspensionNoted(**dict(c))]
        case ask.DropTalent() as c if c.talent_id in pool.talents:
            return [say.TalentDropped(**dict(c))]
        case ask.ListPool() as c if c.draw_id not in pool.listed:
            return list_for_draw(c, pool, ctx)
        case _:
            return []


def _still_open(command: ask.NoteSuspension, pool: Pool) -> bool:
    entry = pool.talents.get(command.talent_id)
    return entry is not None and entry.not_until < command.until


def list_for_draw(command: ask.ListPool, pool: Pool, ctx: Context[MeetingRules]) -> list[PoolEvent]:
    """邻水: "随机抽取相关人才": of the specialty asked for, within the term, not suspended."""
    today = day(ctx.now)
    talents = tuple(
        talent_id
        for talent_id, entry in sorted(pool.talents.items())
        if entry.may_be_drawn(command.specialty, today)
    )
    return [say.PoolListed(pool_id=command.pool_id, draw_id=command.draw_id, talents=talents)]


POOL: Decider[Pool, PoolCommand, PoolEvent, MeetingRules] = Decider(
    category="pool",
    commands=PoolCommand,
    events=say.EVENTS,
    initial=Pool(),
    evolve=evolve,
    decide=decide,
)
