"""The life of a draw (随机抽取).

nothing ──open──▶ opened ──commit pool──▶ committed ──publish seed──▶ drawn ◀── replace
                     └───────cancel──────────┤  ▲
                                             ▼  exclude, until the day of the seed
                                         cancelled

邻水: "随机抽取相关人才参与调研、协商". Nobody can bend it: the pool is fixed, and where the seed
will be published is said, before anybody knows the seed; then the seed alone decides. Whoever has
the list of ids in `pool.txt`, one a line, finds the hash and the place of an id with

    sort pool.txt | sha256sum
    printf '%s%s%s' "$seed" "$pool_hash" "$id" | sha256sum

and the order of those places is the order of the draw, without the ids that were excluded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from services.meetings.domain.draw import commands as ask
from services.meetings.domain.draw import events as say
from services.meetings.domain.draw.commands import DrawCommand
from services.meetings.domain.draw.events import DrawEvent
from services.meetings.rules import MeetingRules
from services.meetings.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


def hash_of(pool: Iterable[UUID]) -> str:
    """The hash that a pool is committed to, in hex: of its ids, sorted, each on a line."""
    return sha256("".join(f"{one}\n" for one in sorted(map(str, pool))).encode()).hexdigest()


def order(pool: Iterable[UUID], pool_hash: str, seed: str) -> tuple[UUID, ...]:
    """The pool in the order in which the seed draws it."""
    return tuple(sorted(pool, key=lambda one: sha256(f"{seed}{pool_hash}{one}".encode()).digest()))


@dataclass(frozen=True)
class Nothing:
    """Nobody is to be drawn."""


@dataclass(frozen=True)
class Opened:
    """Announced; the pool is being listed."""

    announced: say.DrawOpened


@dataclass(frozen=True)
class Committed:
    """The pool is fixed, and the seed not yet known."""

    announced: say.DrawOpened
    pool: frozenset[UUID]
    pool_hash: str
    excluded: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Drawn:
    """Done. `left` were drawn and replaced."""

    topic_id: UUID
    seed: str
    drawn: frozenset[UUID]
    reserve: tuple[UUID, ...]
    left: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Cancelled:
    """Given up."""


type Ctx = Context[MeetingRules]
type Draw = Nothing | Opened | Committed | Drawn | Cancelled


def evolve(draw: Draw, event: DrawEvent) -> Draw:
    """The draw after one more fact."""
    match draw, event:
        case Nothing(), say.DrawOpened() as e:
            return Opened(e)
        case Opened() as d, say.PoolCommitted() as e:
            return Committed(d.announced, frozenset(e.pool), e.pool_hash)
        case Committed() as d, say.TalentExcluded() as e:
            return replace(d, excluded=d.excluded | {e.talent_id})
        case Committed(), say.TalentDrawn() as e:
            return Drawn(e.topic_id, e.seed, frozenset(e.drawn), e.reserve)
        case Drawn() as d, say.DrawnReplaced() as e:
            return Drawn(
                topic_id=d.topic_id,
                seed=d.seed,
                drawn=d.drawn - {e.talent_id} | {e.by},
                reserve=tuple(one for one in d.reserve if one != e.by),
                left=d.left | {e.talent_id},
            )
        case ((Opened() | Committed()), say.DrawCancelled()):
            return Cancelled()
        case _:
            return draw


def decide(command: DrawCommand, draw: Draw, ctx: Ctx) -> list[DrawEvent]:
    """What may happen when."""
    match command, draw:
        case ask.OpenDraw() as c, Nothing():
            return open_draw(c, ctx)
        case ask.CommitPool() as c, Opened() as d:
            return commit(c, d, ctx)
        case ask.CommitPool(), Committed() | Drawn() | Cancelled():
            return []
        case ask.ExcludeFromDraw() as c, Committed() as d:
            return exclude(c, d, ctx)
        case ask.PublishSeed() as c, Committed() as d:
            return draw_by(c, d, ctx)
        case ask.PublishSeed() as c, Drawn() as d if c.seed == d.seed:
            return []
        case ((ask.ExcludeFromDraw() | ask.PublishSeed() | ask.CancelDraw()), Drawn()):
            raise Refused("already-drawn")
        case ask.ReplaceDrawn() as c, Drawn() as d:
            return replace_drawn(c, d)
        case ask.CancelDraw() as c, (Opened() | Committed()) as d:
            return [say.DrawCancelled(**dict(c), topic_id=d.announced.topic_id)]
        case ask.CancelDraw(), Cancelled():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, draw=type(draw).__name__)


def open_draw(command: ask.OpenDraw, ctx: Ctx) -> list[DrawEvent]:
    """The source of the seed is named while nobody can know what it will say."""
    rules = ctx.rules.talent
    earliest = day(ctx.now) + timedelta(days=rules.seed_wait_days)
    if command.specialty and command.specialty not in rules.specialties:
        raise Refused(
            "no-such-specialty", strange=[command.specialty], specialties=sorted(rules.specialties)
        )
    if command.seed_day < earliest:
        raise Refused("seed-too-soon", earliest=earliest)

    return [say.DrawOpened(**command.model_dump(exclude={"area"}))]


def commit(command: ask.CommitPool, draw: Opened, ctx: Ctx) -> list[DrawEvent]:
    """A pool that comes so late that the seed may be known is none."""
    _before_the_seed(draw.announced, ctx)

    pool = tuple(sorted(set(command.talents)))
    return [
        say.PoolCommitted(
            draw_id=command.draw_id,
            topic_id=draw.announced.topic_id,
            pool=pool,
            pool_hash=hash_of(pool),
        )
    ]


def exclude(command: ask.ExcludeFromDraw, draw: Committed, ctx: Ctx) -> list[DrawEvent]:
    """Who is party to the dispute is named before luck is known: others keep their order."""
    if command.talent_id in draw.excluded:
        return []
    if command.talent_id not in draw.pool:
        raise Refused("not-in-pool")
    _before_the_seed(draw.announced, ctx)

    return [say.TalentExcluded(**dict(command), topic_id=draw.announced.topic_id)]


def _before_the_seed(announced: say.DrawOpened, ctx: Ctx) -> None:
    if day(ctx.now) >= announced.seed_day:
        raise Refused("seed-known", since=announced.seed_day)


def draw_by(command: ask.PublishSeed, draw: Committed, ctx: Ctx) -> list[DrawEvent]:
    """The seed, the pool and nothing else say who goes."""
    announced, eligible = draw.announced, draw.pool - draw.excluded
    if day(ctx.now) < announced.seed_day:
        raise Refused("seed-to-come", seed_day=announced.seed_day)
    if len(eligible) < announced.wanted:
        raise Refused("pool-too-small", eligible=len(eligible), wanted=announced.wanted)

    luck = order(eligible, draw.pool_hash, command.seed)
    return [
        say.TalentDrawn(
            **dict(command),
            topic_id=announced.topic_id,
            pool_hash=draw.pool_hash,
            drawn=luck[: announced.wanted],
            reserve=luck[announced.wanted :],
        )
    ]


def replace_drawn(command: ask.ReplaceDrawn, draw: Drawn) -> list[DrawEvent]:
    """Who cannot go is replaced by the next in line, never by somebody chosen."""
    if command.talent_id in draw.left:
        return []
    if command.talent_id not in draw.drawn:
        raise Refused("not-drawn")
    if not draw.reserve:
        raise Refused("no-reserve")

    return [say.DrawnReplaced(**dict(command), topic_id=draw.topic_id, by=draw.reserve[0])]


DRAW: Decider[Draw, DrawCommand, DrawEvent, MeetingRules] = Decider(
    category="draw",
    commands=DrawCommand,
    events=say.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
