"""The life of a venue (协商阵地).

nothing ──establish──▶ in use ◀──resume── suspended
                       │  ▲ ────suspend──▶ │  ▲
                       │  offer, activity  │  │
                       appoint, relieve, check, allot, spend

Who convenes is decided twice: at appointment by what the person is, and when a consultation asks
for the venue, by whether each rank is filled. An offer stands until the consultation is held; what
makes the venue unfit takes back all that stand, in the same breath.

How many venues stand below one, and how often people meet there, is expected and shown, not
enforced: a village that met twice instead of three times has still met twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.topics.domain.venue import commands as asked
from services.topics.domain.venue import events as said
from services.topics.rules import TopicRules, VenueRule
from services.topics.words import Rank
from shared.kernel.areas import level
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[TopicRules]
type Facts = list[said.VenueEvent]
type Booked = said.BudgetAllotted | said.BudgetSpent


@dataclass(frozen=True)
class Nothing:
    """Nobody has set it up."""


@dataclass(frozen=True)
class _Venue:
    type: str
    name: str
    met: Mapping[str, bool] = field(default_factory=dict)
    convenors: Mapping[Rank, said.ConvenorAppointed] = field(default_factory=dict)
    booked: Mapping[str, Booked] = field(default_factory=dict)
    offers: frozenset[UUID] = frozenset()
    held: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class InUse(_Venue):
    """Open. `booked` is by voucher; `offers` are consultations not held yet."""


@dataclass(frozen=True)
class Suspended(_Venue):
    """At rest."""


type Venue = Nothing | InUse | Suspended


def evolve(venue: Venue, event: said.VenueEvent) -> Venue:
    """The venue after one more fact."""
    match venue, event:
        case Nothing(), said.VenueEstablished() as e:
            return InUse(e.type, e.name)
        case InUse() as v, said.VenueSuspended():
            return Suspended(**vars(v))
        case Suspended() as v, said.VenueResumed():
            return InUse(**vars(v))
        case (InUse() | Suspended()) as v, _:
            return _kept(v, event)
        case _:
            return venue


def _kept(venue: InUse | Suspended, event: said.VenueEvent) -> Venue:
    """What is written down of a venue whether it rests or not."""
    match event:
        case said.VenueOffered() as e:
            return replace(venue, offers=venue.offers | {e.consultation_id})
        case said.VenueStandardChecked() as e:
            return replace(venue, met=e.met)
        case said.ConvenorAppointed() as e:
            return replace(venue, convenors={**venue.convenors, e.rank: e})
        case said.ConvenorRelieved() as e:
            left = {rank: one for rank, one in venue.convenors.items() if rank != e.rank}
            return replace(venue, convenors=left)
        case said.BudgetAllotted() | said.BudgetSpent() as e:
            return replace(venue, booked={**venue.booked, e.voucher: e})
        case said.VenueOffersWithdrawn() as e:
            return replace(venue, offers=venue.offers.difference(e.consultations))
        case said.VenueActivityHeld() as e:
            once = {e.consultation_id}
            return replace(venue, offers=venue.offers - once, held=venue.held | once)
        case _:
            return venue


def decide(command: asked.VenueCommand, venue: Venue, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, venue:
        case asked.EstablishVenue() as c, Nothing():
            return establish(c, ctx)
        case asked.CheckVenueStandard() as c, (InUse() | Suspended()) as v:
            return check(c, v, ctx)
        case asked.AppointConvenor() as c, (InUse() | Suspended()) as v:
            return appoint(c, v, ctx)
        case asked.RelieveConvenor() as c, (InUse() | Suspended()) as v:
            return relieve(c, v)
        case asked.AllotBudget() as c, (InUse() | Suspended()) as v:
            return book(said.BudgetAllotted(**dict(c)), v, ctx)
        case asked.SpendBudget() as c, (InUse() | Suspended()) as v:
            return book(said.BudgetSpent(**dict(c)), v, ctx)
        case asked.OfferVenue() as c, InUse() as v:
            return offer(c, v, ctx)
        case asked.OfferVenue(), Suspended():
            raise Refused("venue-suspended")
        case asked.NoteActivity() as c, (InUse() | Suspended()) as v:
            known = c.consultation_id in v.held
            return [] if known else [said.VenueActivityHeld(**dict(c))]
        case asked.SuspendVenue() as c, InUse() as v:
            return [said.VenueSuspended(**dict(c)), *_taken_back(c.venue_id, v)]
        case asked.ResumeVenue() as c, Suspended():
            return [said.VenueResumed(venue_id=c.venue_id)]
        case (asked.SuspendVenue(), Suspended()) | (asked.ResumeVenue(), InUse()):
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, venue=type(venue).__name__)


def establish(command: asked.EstablishVenue, ctx: Ctx) -> Facts:
    """The type says where a venue may stand and whose it may be."""
    rule = ctx.rules.venue(command.type)
    if rule is None:
        raise Refused("no-such-venue", types=[rule.type for rule in ctx.rules.venues])
    if (at := level(command.area)) not in rule.levels:
        raise Refused("not-at-this-level", level=at, levels=sorted(rule.levels))
    if command.host_kind not in rule.hosts:
        raise Refused("not-a-host", hosts=sorted(rule.hosts))

    quota = rule.children
    return [
        said.VenueEstablished(
            **command.model_dump(exclude={"area", "shared_with"}),
            shared_with=tuple(sorted(command.shared_with)),
            ranks=tuple(one.rank for one in rule.convenors),
            standard=ctx.rules.standard,
            children=quota.type if quota else None,
            children_least=quota.least if quota else None,
            children_most=quota.most if quota else None,
            activities_min=rule.activities_min,
        )
    ]


def check(command: asked.CheckVenueStandard, venue: _Venue, ctx: Ctx) -> Facts:
    """惠民: "对照'六有'标准". Each county has its own six; all are looked at, none is invented."""
    six = set(ctx.rules.standard)
    if strange := command.met.keys() - six:
        raise Refused("no-such-standard", strange=sorted(strange))
    if missing := six - command.met.keys():
        raise Refused("standard-missing", missing=sorted(missing))

    return [] if command.met == venue.met else [said.VenueStandardChecked(**dict(command))]


def appoint(command: asked.AppointConvenor, venue: _Venue, ctx: Ctx) -> Facts:
    """英山: the first is the secretary of that Party branch, the second a member linked to it."""
    appointed = said.ConvenorAppointed(
        **command.model_dump(exclude={"qualities"}), qualities=tuple(sorted(command.qualities))
    )
    if venue.convenors.get(command.rank) == appointed:
        return []
    needs = {one.rank: one.needs for one in _rule(venue, ctx).convenors}
    if command.rank not in needs:
        raise Refused("no-such-rank", ranks=sorted(needs))
    if missing := needs[command.rank] - command.qualities:
        raise Refused("convenor-unfit", rank=command.rank, missing=sorted(missing))
    if command.rank in venue.convenors:
        raise Refused("rank-taken", person=venue.convenors[command.rank].person)
    if command.person in {one.person for one in venue.convenors.values()}:
        raise Refused("already-convenor", person=command.person)

    return [appointed]


def relieve(command: asked.RelieveConvenor, venue: InUse | Suspended) -> Facts:
    """Without one of its convenors a venue is not fit for what it was offered for."""
    if not (convenor := venue.convenors.get(command.rank)):
        return []

    relieved = said.ConvenorRelieved(**dict(command), person=convenor.person)
    return [relieved, *_taken_back(command.venue_id, venue)]


def _taken_back(venue_id: UUID, venue: _Venue) -> Facts:
    offers = tuple(sorted(venue.offers))
    return [said.VenueOffersWithdrawn(venue_id=venue_id, consultations=offers)] if offers else []


def book(entry: Booked, venue: _Venue, ctx: Ctx) -> Facts:
    """泸县 has two lines: "县财政给予定额保障", and for building "县财政给予资金补助"."""
    if venue.booked.get(entry.voucher) == entry:
        return []
    if entry.voucher in venue.booked:
        raise Refused("voucher-used", voucher=entry.voucher)
    if entry.line not in ctx.rules.budget_lines:
        raise Refused("no-such-line", lines=sorted(ctx.rules.budget_lines))
    left = _left(venue, entry.line, entry.year)
    if isinstance(entry, said.BudgetSpent) and entry.amount > left:
        raise Refused("overspent", left=left)

    return [entry]


def _left(venue: _Venue, line: str, year: int) -> int:
    of_line = [e for e in venue.booked.values() if (e.line, e.year) == (line, year)]
    return sum(-e.amount if isinstance(e, said.BudgetSpent) else e.amount for e in of_line)


def offer(command: asked.OfferVenue, venue: InUse, ctx: Ctx) -> Facts:
    """The convenors' rule holds at scheduling as well: each rank is filled by one who fits."""
    if command.consultation_id in venue.offers | venue.held:
        return []
    there = {rank: set(one.qualities) for rank, one in venue.convenors.items()}
    rules = _rule(venue, ctx).convenors
    if missing := [one.rank for one in rules if not one.needs <= there.get(one.rank, set())]:
        raise Refused("convenor-missing", ranks=missing)

    return [said.VenueOffered(**dict(command), name=venue.name)]


def _rule(venue: _Venue, ctx: Ctx) -> VenueRule:
    """A venue lives under the charter it was set up under, so its type is still there."""
    rule = ctx.rules.venue(venue.type)
    assert rule
    return rule


VENUE: Decider[Venue, asked.VenueCommand, said.VenueEvent, TopicRules] = Decider(
    category="venue",
    commands=asked.VenueCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
