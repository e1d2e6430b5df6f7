"""The life of a handover (转来事项).

nothing ──hand over──▶ handed over ◀──┐
                         │      └─────┴── a step is told
                         ▼ the step "returned"
                       returned ──hand over, completed──▶ handed over

The number is the agency's own, and the id follows from both: the same number is the same handover,
from whichever door it comes. What is handed over twice under one number is received once; other
content under that number is refused, unless it was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.exchange.domain.handover import commands as asked
from services.exchange.domain.handover import events as said
from services.exchange.rules import ExchangeRules
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

RETURNED = "returned"
MATTER = "handed-over-matter"
"""The scope of claims on a matter: whoever hands the same over later is told who was first."""

HANDED = frozenset(said.MatterCompleted.model_fields)
"""What is handed over anew when a matter is completed."""

type Ctx = Context[ExchangeRules]
type Facts = list[said.HandoverEvent]


@dataclass(frozen=True)
class Nothing:
    """Nothing came under this number."""


@dataclass(frozen=True)
class HandedOver:
    """It is here. `told` are the steps of which the agency was told, by where they stand."""

    agency_id: UUID
    number: str
    title: str
    content: str
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Returned(HandedOver):
    """Something is missing, and the agency was asked for it."""


type Handover = Nothing | HandedOver | Returned


def evolve(handover: Handover, event: said.HandoverEvent) -> Handover:
    """The handover after one more fact."""
    match handover, event:
        case Nothing(), said.MatterHandedOver() as e:
            return HandedOver(e.agency_id, e.number, e.title, e.content)
        case Returned() as h, said.MatterCompleted() as e:
            return HandedOver(h.agency_id, h.number, e.title, e.content, h.told)
        case HandedOver() as h, said.HandoverAdvanced() as e:
            now = replace(h, told=h.told | {e.cause})
            return Returned(**vars(now)) if e.step == RETURNED else HandedOver(**vars(now))
        case _:
            return handover


def decide(command: asked.HandoverCommand, handover: Handover, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, handover:
        case asked.HandOver() as c, Nothing():
            return hand_over(c, ctx)
        case asked.HandOver() as c, HandedOver() as h:
            return hand_over_again(c, h, ctx)
        case asked.TellStep() as c, HandedOver() as h:
            return tell(c, h)
        case _:
            raise Refused("not-now", command=type(command).__name__, handover="Nothing")


def hand_over(command: asked.HandOver, ctx: Ctx) -> Facts:
    """The receipt follows from the id, as that of every lead does."""
    _must_be_their_own(command, ctx)
    if command.same_as == command.handover_id:
        raise Refused("same-lead")

    receipt = said.HandoverReceived(
        **command.model_dump(include={"agency_id", "number", "title", "same_as"}),
        handover_id=command.handover_id,
        receipt=f"{(command.same_as or command.handover_id).int % 10**12:012}",
        happened_at=ctx.now,
    )
    told = command.model_dump(exclude={"area"})
    return [said.MatterHandedOver(**told, handover_id=command.handover_id), receipt]


def hand_over_again(command: asked.HandOver, handover: HandedOver, ctx: Ctx) -> Facts:
    """The same is received already; other words complete what was returned, and replace nothing."""
    _must_be_their_own(command, ctx)
    if command.content == handover.content:
        return []
    if not isinstance(handover, Returned):
        raise Refused("number-taken", number=handover.number, kept=handover.title)

    told = command.model_dump(include=set(HANDED))
    return [said.MatterCompleted(**told, handover_id=command.handover_id)]


def tell(command: asked.TellStep, handover: HandedOver) -> Facts:
    """Each step once."""
    if command.cause in handover.told:
        return []

    whose = {"agency_id": handover.agency_id, "number": handover.number}
    return [said.HandoverAdvanced(**dict(command), **whose)]


def _must_be_their_own(command: asked.HandOver, ctx: Ctx) -> None:
    if ctx.actor.unit != str(command.agency_id):
        raise Refused("not-your-agency")


def claims(event: said.HandoverEvent) -> Sequence[Claim]:
    """A matter is handed over first by one; what happened again is another matter."""
    match event:
        case said.MatterHandedOver(same_as=None, again=False) as e:
            return [(MATTER, e.matter)]
        case _:
            return ()


HANDOVER: Decider[Handover, asked.HandoverCommand, said.HandoverEvent, ExchangeRules] = Decider(
    category="handover",
    commands=asked.HandoverCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
