"""The life of an agency (接入机构).

nothing ──register──▶ connected ◀──suspend, resume──▶ suspended
                          │ ▲                             │
                          └─┴── ask, free a place, quotas │
                          └───────────remove──────────────┴──▶ removed
"""

from dataclasses import dataclass, replace
from uuid import UUID

from services.exchange.domain.agency import commands as asked
from services.exchange.domain.agency import events as said
from services.exchange.rules import ExchangeRules
from services.exchange.words.agencies import STAFF
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused
from shared.kernel.message import Event

type Ctx = Context[ExchangeRules]
type Facts = list[said.AgencyEvent]


@dataclass(frozen=True)
class Nothing:
    """Nobody registered under this id."""


@dataclass(frozen=True)
class Connected:
    """`taken` are the subscriptions that hold a place, `known` all there ever were."""

    area: str
    name: str
    quotas: tuple[int, int, int]
    suspended: bool = False
    taken: frozenset[UUID] = frozenset()
    known: frozenset[UUID] = frozenset()

    @property
    def concerned(self) -> tuple[UUID, ...]:
        """The subscriptions that are not over, in an order that is always the same."""
        return tuple(sorted(self.taken))


@dataclass(frozen=True)
class Removed:
    """Connected no more; subscriptions that end give back places that nobody takes."""


type Agency = Nothing | Connected | Removed


def evolve(agency: Agency, event: said.AgencyEvent) -> Agency:
    """The agency after one more fact."""
    match agency, event:
        case Nothing(), said.AgencyRegistered() as e:
            return Connected(e.area, e.name, _quotas(e))
        case Connected() as a, said.QuotasChanged() as e:
            return replace(a, quotas=_quotas(e))
        case Connected() as a, said.AgencySuspended():
            return replace(a, suspended=True)
        case Connected() as a, said.AgencyResumed():
            return replace(a, suspended=False)
        case Connected() as a, said.SubscriptionAsked() as e:
            one = {e.subscription_id}
            return replace(a, taken=a.taken | one, known=a.known | one)
        case Connected() as a, said.PlaceFreed() as e:
            return replace(a, taken=a.taken - {e.subscription_id})
        case Connected(), said.AgencyRemoved():
            return Removed()
        case _:
            return agency


def decide(command: asked.AgencyCommand, agency: Agency, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, agency:
        case asked.RegisterAgency() as c, Nothing():
            return [_said(said.AgencyRegistered, c)]
        case asked.RegisterAgency() as c, Connected() as a:
            return already_registered(c, a)
        case asked.ChangeQuotas() as c, Connected() as a:
            return [] if _quotas(c) == a.quotas else [_said(said.QuotasChanged, c)]
        case asked.SuspendAgency() as c, Connected() as a:
            if a.suspended:
                return []
            return [_said(said.AgencySuspended, c, subscriptions=a.concerned)]
        case asked.ResumeAgency() as c, Connected() as a:
            if not a.suspended:
                return []
            return [_said(said.AgencyResumed, c, subscriptions=a.concerned)]
        case asked.RemoveAgency() as c, Connected() as a:
            return [_said(said.AgencyRemoved, c, subscriptions=a.concerned)]
        case asked.AskSubscription() as c, Connected() as a:
            return ask(c, a, ctx)
        case asked.FreePlace() as c, Connected() as a:
            return [_said(said.PlaceFreed, c)] if c.subscription_id in a.taken else []
        case ((asked.RemoveAgency() | asked.FreePlace()), Removed()):
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, agency=type(agency).__name__)


def already_registered(command: asked.RegisterAgency, agency: Connected) -> Facts:
    """The same name at the same seat is the same agency."""
    if (command.name, command.area) != (agency.name, agency.area):
        raise Refused("agency-exists", name=agency.name)
    return []


def ask(command: asked.AskSubscription, agency: Connected, ctx: Ctx) -> Facts:
    """Only its own people ask for an agency, and for no more than it has places."""
    if command.subscription_id in agency.known:
        return []
    if ctx.actor.role != STAFF or ctx.actor.unit != agency.name:
        raise Refused("not-your-agency")
    if agency.suspended:
        raise Refused("agency-suspended", name=agency.name)
    if len(agency.taken) >= agency.quotas[0]:
        raise Refused("no-place-left", most=agency.quotas[0])

    return [_said(said.SubscriptionAsked, command, area=agency.area, agency=agency.name)]


def _quotas(
    of: said.AgencyRegistered | said.QuotasChanged | asked.ChangeQuotas,
) -> tuple[int, int, int]:
    return of.places, of.per_minute, of.in_flight


def _said[E: Event](event: type[E], command: asked.AgencyCommand, **more: object) -> E:
    return event.model_validate(command.model_dump() | more)


def claims(event: said.AgencyEvent) -> list[Claim]:
    """A name belongs to one agency."""
    return [("agency", event.name)] if isinstance(event, said.AgencyRegistered) else []


AGENCY: Decider[Agency, asked.AgencyCommand, said.AgencyEvent, ExchangeRules] = Decider(
    category="agency",
    commands=asked.AgencyCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
    # Where an agency is told may hold words of its own; those who only listen need none of it.
    restricted=frozenset({"SubscriptionAsked"}),
)
