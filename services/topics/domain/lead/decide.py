"""The life of a lead (议题线索).

nothing ──submit──▶ submitted ──adopt─────▶ adopted
                        ├──screen out──▶ screened out
                        └──transfer────▶ transferred ◀── acknowledge

邻水: "只将涉及群体利益的事纳入协商范畴,对于群众个人诉求,转交相关部门、乡镇按规定办理,严格弄清
政协协商和信访工作的界限". So a personal appeal has one way out, the transfer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.topics.domain.lead.commands import (
    AcknowledgeTransfer,
    AdoptLead,
    LeadCommand,
    ScreenOutLead,
    SubmitLead,
    TransferAppeal,
)
from services.topics.domain.lead.events import (
    EVENTS,
    LeadAdopted,
    LeadEvent,
    LeadScreenedOut,
    LeadSubmitted,
    PersonalAppealTransferred,
    TransferAcknowledged,
)
from services.topics.rules import TopicRules
from services.topics.words import UNIT, Origin
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

PERSONAL = "for-oneself-or-kin"


@dataclass(frozen=True)
class Nothing:
    """Nobody has brought it."""


@dataclass(frozen=True)
class Submitted:
    """On the screening desk."""

    origin: Origin
    personal: bool
    submitter: str


@dataclass(frozen=True)
class Transferred:
    """With the unit that handles it; `receipt_no` is empty until the unit confirms."""

    to_unit: str
    submitter: str
    receipt_no: str = ""


@dataclass(frozen=True)
class ScreenedOut:
    """Turned away."""


@dataclass(frozen=True)
class Adopted:
    """What a topic came from."""


type Lead = Nothing | Submitted | Transferred | ScreenedOut | Adopted


def evolve(lead: Lead, event: LeadEvent) -> Lead:
    """The lead after one more fact."""
    match lead, event:
        case Nothing(), LeadSubmitted() as e:
            return Submitted(origin=e.origin, personal=e.personal, submitter=e.submitter)
        case Submitted(), LeadScreenedOut():
            return ScreenedOut()
        case Submitted(), PersonalAppealTransferred() as e:
            return Transferred(to_unit=e.to_unit, submitter=e.submitter)
        case Transferred() as t, TransferAcknowledged() as e:
            return replace(t, receipt_no=e.receipt_no)
        case Submitted(), LeadAdopted():
            return Adopted()
        case _:
            return lead


def decide(command: LeadCommand, lead: Lead, ctx: Context[TopicRules]) -> list[LeadEvent]:
    """What may happen when."""
    match command, lead:
        case SubmitLead() as c, Nothing():
            return submit(c, ctx)
        case ScreenOutLead() as c, Submitted() as s:
            return screen_out(c, s, ctx)
        case ScreenOutLead(), ScreenedOut():
            return []
        case TransferAppeal() as c, Submitted() as s:
            return [PersonalAppealTransferred(**dict(c), submitter=s.submitter)]
        case TransferAppeal() as c, Transferred() as t if c.to_unit == t.to_unit:
            return []
        case AcknowledgeTransfer() as c, Transferred() as t:
            return acknowledge(c, t, ctx)
        case AdoptLead() as c, Submitted() as s:
            return adopt(c, s, ctx)
        case AdoptLead(), Transferred() as t:
            raise Refused("personal-appeal", to_unit=t.to_unit)
        case AdoptLead(), Adopted():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, lead=type(lead).__name__)


def submit(command: SubmitLead, ctx: Context[TopicRules]) -> list[LeadEvent]:
    """The receipt follows from the lead's id, in digits that can be read out on the telephone."""
    return [
        LeadSubmitted(
            lead_id=command.lead_id,
            title=command.title,
            origin=command.origin,
            personal=command.personal,
            proxy=command.proxy,
            words=command.words,
            contact=command.contact,
            submitter=ctx.actor.id,
            receipt=f"{command.lead_id.int % 10**12:012}",
        )
    ]


def screen_out(
    command: ScreenOutLead, lead: Submitted, ctx: Context[TopicRules]
) -> list[LeadEvent]:
    """Only on a ground the charter names; and a personal appeal is handed on, not turned away."""
    if lead.personal or command.category == PERSONAL:
        raise Refused("must-be-transferred")
    if command.category not in ctx.rules.exclusions:
        raise Refused("no-such-exclusion", exclusions=sorted(ctx.rules.exclusions))

    return [LeadScreenedOut(**dict(command), submitter=lead.submitter)]


def acknowledge(
    command: AcknowledgeTransfer, lead: Transferred, ctx: Context[TopicRules]
) -> list[LeadEvent]:
    """A unit answers for itself; clerks may enter what a unit wrote on paper."""
    if command.receipt_no == lead.receipt_no:
        return []
    if lead.receipt_no:
        raise Refused("already-acknowledged", receipt_no=lead.receipt_no)
    if ctx.actor.role == UNIT and ctx.actor.unit != lead.to_unit:
        raise Refused("not-your-unit", unit=lead.to_unit)

    return [TransferAcknowledged(**dict(command), to_unit=lead.to_unit, submitter=lead.submitter)]


def adopt(command: AdoptLead, lead: Submitted, ctx: Context[TopicRules]) -> list[LeadEvent]:
    """What was brought as personal is group interest only with as much evidence as asked for."""
    needed = ctx.rules.evidence_pieces
    given = len(set(command.evidence))
    if lead.personal and given < needed:
        raise Refused("individual-appeal", given=given, needed=needed)

    return [
        LeadAdopted(
            **dict(command), origin=lead.origin, adopter=ctx.actor.id, submitter=lead.submitter
        )
    ]


def claims(event: LeadEvent) -> Sequence[Claim]:
    """No two leads share a receipt number."""
    return [("receipt", event.receipt)] if isinstance(event, LeadSubmitted) else ()


LEAD: Decider[Lead, LeadCommand, LeadEvent, TopicRules] = Decider(
    category="lead",
    commands=LeadCommand,
    events=EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
