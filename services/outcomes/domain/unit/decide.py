"""The life of a unit (承办单位).

nothing ──register──▶ registered ──retire──▶ retired
                        │    ▲
                        └────┘ rename

A name means one unit of a county, for ever: a former name stays claimed, so that what was assigned
under it is still found. Whether items may be assigned to a unit nobody registered is not decided
here, and not by the outcome either: see docs/adr/0026.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.outcomes.domain.unit import commands as asked
from services.outcomes.domain.unit import events as said
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import day
from shared.kernel.areas import county
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[OutcomeRules]
type Facts = list[said.UnitEvent]


@dataclass(frozen=True)
class Nothing:
    """Nobody entered it."""


@dataclass(frozen=True)
class Registered:
    """Under its name of now; `since` is the day of the last change, if there was one."""

    county: str
    name: str
    since: date = date.min


@dataclass(frozen=True)
class Retired:
    """No more."""


type Unit = Nothing | Registered | Retired


def evolve(unit: Unit, event: said.UnitEvent) -> Unit:
    """The unit after one more fact."""
    match unit, event:
        case Nothing(), said.UnitRegistered() as e:
            return Registered(e.county, e.name)
        case Registered() as u, said.UnitRenamed() as e:
            return replace(u, name=e.name, since=e.since)
        case Registered(), said.UnitRetired():
            return Retired()
        case _:
            return unit


def decide(command: asked.UnitCommand, unit: Unit, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, unit:
        case asked.RegisterUnit() as c, Nothing():
            return register(c)
        case asked.RenameUnit() as c, Registered() as u:
            return rename(c, u, ctx)
        case asked.RetireUnit() as c, Registered() as u:
            return retire(c, u, ctx)
        case asked.RetireUnit(), Retired():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, unit=type(unit).__name__)


def register(command: asked.RegisterUnit) -> Facts:
    """A short name that is the full one says nothing more."""
    others = set(command.short_names) - {command.name}
    return [
        said.UnitRegistered(
            **command.model_dump(exclude={"area", "short_names"}),
            county=county(command.area),
            short_names=tuple(sorted(others)),
        )
    ]


def rename(command: asked.RenameUnit, unit: Registered, ctx: Ctx) -> Facts:
    """Names follow one another in time."""
    if command.name == unit.name:
        return []
    _must_follow(command.since, unit, ctx)

    return [said.UnitRenamed(**dict(command), county=unit.county, former=unit.name)]


def retire(command: asked.RetireUnit, unit: Registered, ctx: Ctx) -> Facts:
    """What it had in hand goes to another, if to any."""
    if command.successor == command.unit_id:
        raise Refused("own-successor")
    _must_follow(command.since, unit, ctx)

    return [said.UnitRetired(**dict(command))]


def _must_follow(since: date, unit: Registered, ctx: Ctx) -> None:
    if since > (today := day(ctx.now)):
        raise Refused("not-yet-so", since=since, today=today)
    if since < unit.since:
        raise Refused("before-last-change", since=since, last=unit.since)


def claims(event: said.UnitEvent) -> Sequence[Claim]:
    """No two units of one county share a name, full or short, present or former."""
    match event:
        case said.UnitRegistered() as e:
            return [(f"unit/{e.county}", name) for name in (e.name, *e.short_names)]
        case said.UnitRenamed() as e:
            return [(f"unit/{e.county}", e.name)]
        case _:
            return ()


UNIT: Decider[Unit, asked.UnitCommand, said.UnitEvent, OutcomeRules] = Decider(
    category="unit",
    commands=asked.UnitCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
