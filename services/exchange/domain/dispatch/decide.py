"""The life of a dispatch (转出事项).

nothing ──offer──▶ offered ◀──┐ ──acknowledge, by the agency or by a clerk──▶ acknowledged
                      └───────┴── remind, when it is late
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.exchange.domain.dispatch import commands as asked
from services.exchange.domain.dispatch import events as said
from services.exchange.rules import ExchangeRules
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[ExchangeRules]
type Facts = list[said.DispatchEvent]


@dataclass(frozen=True)
class Nothing:
    """Nothing was handed to an agency."""


@dataclass(frozen=True)
class Offered:
    """With the agency, which was reminded so many times; `due` is when it is reminded next."""

    lead_id: UUID
    agency_id: UUID
    agency: str
    title: str
    due: datetime
    reminded: int = 0


@dataclass(frozen=True)
class Acknowledged:
    """The agency has it, under this number."""

    agency_id: UUID
    number: str


type Dispatch = Nothing | Offered | Acknowledged


def evolve(dispatch: Dispatch, event: said.DispatchEvent) -> Dispatch:
    """The dispatch after one more fact."""
    match dispatch, event:
        case Nothing(), said.DispatchOffered() as e:
            return Offered(e.lead_id, e.agency_id, e.agency, e.title, e.due)
        case Offered() as d, said.DispatchReminded() as e:
            return replace(d, due=e.due, reminded=e.nth)
        case Offered() as d, said.DispatchAcknowledged() as e:
            return Acknowledged(d.agency_id, e.number)
        case _:
            return dispatch


def decide(command: asked.DispatchCommand, dispatch: Dispatch, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, dispatch:
        case asked.OfferDispatch() as c, Nothing():
            told = c.model_dump(exclude={"area"})
            return [said.DispatchOffered(**told, happened_at=ctx.now, due=_next(ctx))]
        case asked.RemindDispatch() as c, Offered() as d:
            return remind(c, d, ctx)
        case asked.AcknowledgeDispatch() as c, Offered() as d:
            _must_be_theirs(c, d, ctx)
            return [_acknowledged(c, d, ctx)]
        case asked.AcknowledgeDispatch() as c, Acknowledged() as d:
            return acknowledge_again(c, d, ctx)
        case asked.NoteReceipt() as c, Offered() as d:
            return [_acknowledged(c, d, ctx)]
        case (asked.OfferDispatch(), _) | (asked.NoteReceipt(), _):
            return []
        case asked.RemindDispatch(), Acknowledged():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, dispatch="Nothing")


def remind(command: asked.RemindDispatch, dispatch: Offered, ctx: Ctx) -> Facts:
    """Once for each time it was due."""
    if command.nth != dispatch.reminded + 1 or ctx.now < dispatch.due:
        return []

    whose = {"agency_id": dispatch.agency_id, "agency": dispatch.agency, "title": dispatch.title}
    return [
        said.DispatchReminded(**dict(command), **whose, happened_at=ctx.now, due=_next(ctx)),
    ]


def acknowledge_again(
    command: asked.AcknowledgeDispatch, dispatch: Acknowledged, ctx: Ctx
) -> Facts:
    """The same number says nothing new; another one may be a mistake."""
    _must_be_theirs(command, dispatch, ctx)
    if command.number != dispatch.number:
        raise Refused("already-acknowledged", receipt_no=dispatch.number)

    return []


def _acknowledged(
    command: asked.AcknowledgeDispatch | asked.NoteReceipt, dispatch: Offered, ctx: Ctx
) -> said.DispatchAcknowledged:
    return said.DispatchAcknowledged(
        dispatch_id=command.dispatch_id,
        lead_id=dispatch.lead_id,
        agency_id=dispatch.agency_id,
        number=command.number,
        on_paper=isinstance(command, asked.NoteReceipt),
        happened_at=ctx.now,
    )


def _must_be_theirs(
    command: asked.AcknowledgeDispatch, dispatch: Offered | Acknowledged, ctx: Ctx
) -> None:
    if not ctx.actor.unit == str(command.agency_id) == str(dispatch.agency_id):
        raise Refused("not-your-agency")


def _next(ctx: Ctx) -> datetime:
    return ctx.now + timedelta(days=ctx.rules.acknowledge_days)


DISPATCH: Decider[Dispatch, asked.DispatchCommand, said.DispatchEvent, ExchangeRules] = Decider(
    category="dispatch",
    commands=asked.DispatchCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
