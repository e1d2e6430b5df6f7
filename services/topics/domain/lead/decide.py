"""The life of a lead (议题线索).

nothing ──submit──▶ submitted ──adopt─────▶ adopted
             │        │ ▲  ├──screen out──▶ screened out
             │        │ │  ├──transfer────▶ transferred ◀── acknowledge
             │        │ │  └──split───────▶ split ┄┄ each part is submitted as a lead of its own
             │        │ ├──unmerge───── merged (into another lead)
             │        │ └──resubmit──── returned (for something to be completed)
             └────────┴──merge, return──▶

邻水: "只将涉及群体利益的事纳入协商范畴,对于群众个人诉求,转交相关部门、乡镇按规定办理,严格弄清
政协协商和信访工作的界限". So a personal appeal has one way out, the transfer: it is neither merged
into a matter of many nor turned into one by splitting it.

A merged lead keeps its own stream: who brought it, and what was said. The other one notes it, and
where that one has come to its end, says so, and the merging is undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from services.topics.domain.lead import commands as asked
from services.topics.domain.lead import events as said
from services.topics.rules import TopicRules
from services.topics.words import CLERK, UNIT, Origin, SplitPart
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

PERSONAL = "for-oneself-or-kin"
PUBLIC = "public"
"""Who has no account; the portal asks in that name once it has seen the link of the receipt."""

type Ctx = Context[TopicRules]
type Facts = list[said.LeadEvent]


@dataclass(frozen=True)
class Nothing:
    """Nobody has brought it."""


@dataclass(frozen=True)
class _Brought:
    origin: Origin
    personal: bool
    proxy: bool
    place: str
    submitter: str
    joined: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Submitted(_Brought):
    """On the screening desk. `joined` are the leads that go on as part of it."""


@dataclass(frozen=True)
class Returned(_Brought):
    """With whoever brought it, to be completed."""


@dataclass(frozen=True, kw_only=True)
class Merged(_Brought):
    """Going on as part of another."""

    into: UUID


@dataclass(frozen=True)
class Split:
    """Going on as several others."""


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

    joined: frozenset[UUID] = frozenset()


type Lead = Nothing | Submitted | Returned | Merged | Split | Transferred | ScreenedOut | Adopted


def evolve(lead: Lead, event: said.LeadEvent) -> Lead:
    """The lead after one more fact."""
    match lead, event:
        case Nothing(), said.LeadSubmitted() as e:
            return Submitted(e.origin, e.personal, e.proxy, e.place, e.submitter)
        case Submitted() as s, said.LeadReturnedForFix():
            return Returned(**vars(s))
        case Returned() as r, said.LeadResubmitted() as e:
            return replace(_back(r), place=e.place)
        case Submitted() as s, said.LeadMerged() as e:
            return Merged(**vars(s), into=e.into)
        case Merged() as m, said.LeadUnmerged():
            return _back(m)
        case (Submitted() | Returned() | Merged() | Adopted()) as s, said.LeadJoined() as e:
            return replace(s, joined=s.joined | {e.merged})
        case (Submitted() | Returned() | Merged() | Adopted()) as s, said.LeadParted() as e:
            return replace(s, joined=s.joined - {e.merged})
        case Submitted(), said.LeadSplit():
            return Split()
        case ((Submitted() | Returned()), said.LeadScreenedOut()):
            return ScreenedOut()
        case ((Submitted() | Returned()), said.PersonalAppealTransferred() as e):
            return Transferred(to_unit=e.to_unit, submitter=e.submitter)
        case Transferred() as t, said.TransferAcknowledged() as e:
            return replace(t, receipt_no=e.receipt_no)
        case Submitted() as s, said.LeadAdopted():
            return Adopted(s.joined)
        case _:
            return lead


def _back(lead: _Brought) -> Submitted:
    brought = (lead.origin, lead.personal, lead.proxy, lead.place, lead.submitter, lead.joined)
    return Submitted(*brought)


def decide(command: asked.LeadCommand, lead: Lead, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, lead:
        case (asked.SubmitLead() | asked.OpenPart() | asked.TakeHandedOver()) as c, Nothing():
            return submit(c, ctx)
        case asked.ReturnLeadForFix() as c, Submitted() as s:
            return [said.LeadReturnedForFix(**dict(c), submitter=s.submitter)]
        case asked.ResubmitLead() as c, Returned() as r:
            return resubmit(c, r, ctx)
        case asked.CompleteHandedOver() as c, Returned() as r:
            return [said.LeadResubmitted(**dict(c), photos=(), submitter=r.submitter)]
        case asked.MergeLead() as c, Submitted() as s:
            return merge(c, s)
        case asked.UnmergeLead() as c, Merged() as m if c.into in (None, m.into):
            told = c.model_dump(exclude={"into"})
            return [said.LeadUnmerged(**told, into=m.into, submitter=m.submitter)]
        case (asked.NoteMerged() | asked.NoteUnmerged()) as c, _:
            return note(c, lead)
        case asked.SplitLead() as c, Submitted() as s:
            return split(c, s)
        case asked.ScreenOutLead() as c, (Submitted() | Returned()) as s:
            return screen_out(c, s, ctx)
        case asked.TransferAppeal() as c, (Submitted() | Returned()) as s:
            return [said.PersonalAppealTransferred(**dict(c), submitter=s.submitter)]
        case asked.TransferAppeal() as c, Transferred() as t if c.to_unit == t.to_unit:
            return []
        case asked.AcknowledgeTransfer() as c, Transferred() as t:
            return acknowledge(c, t, ctx)
        case asked.AdoptLead() as c, Submitted() as s:
            return adopt(c, s, ctx)
        case asked.AdoptLead(), Transferred() as t:
            raise Refused("personal-appeal", to_unit=t.to_unit)
        case asked.MergeLead() as c, Merged() as m if c.into == m.into:
            return []
        case (
            ((asked.OpenPart() | asked.TakeHandedOver()), _)
            | (asked.ReturnLeadForFix(), Returned())
            | (asked.ScreenOutLead(), ScreenedOut())
            | (asked.AdoptLead(), Adopted())
        ):
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, lead=type(lead).__name__)


def submit(command: asked.SubmitLead | asked.OpenPart | asked.TakeHandedOver, ctx: Ctx) -> Facts:
    """The receipt follows from the lead's id, in digits that can be read out on the telephone.

    Words, contact and photos of a part stay where they were given, and are found by the lineage.
    """
    told = {"submitter": ctx.actor.id, "split_from": None, "photos": (), "words": "", "contact": ""}
    brought = {"proxy": False} | told | command.model_dump(exclude={"area"})
    return [said.LeadSubmitted(**brought, receipt=f"{command.lead_id.int % 10**12:012}")]


def resubmit(command: asked.ResubmitLead, lead: Returned, ctx: Ctx) -> Facts:
    """Whoever brought it completes it, by account or receipt; clerks enter what they are told."""
    if ctx.actor.id not in (lead.submitter, PUBLIC) and ctx.actor.role != CLERK:
        raise Refused("not-the-submitter")

    return [said.LeadResubmitted(**dict(command), submitter=lead.submitter)]


def merge(command: asked.MergeLead, lead: Submitted) -> Facts:
    """A circle of leads would have no head: what goes on as part of this one is no place to go."""
    if lead.personal:
        raise Refused("must-be-transferred")
    if command.into == command.lead_id:
        raise Refused("same-lead")
    if command.into in lead.joined:
        raise Refused("merged-here", lead_id=command.into)

    return [said.LeadMerged(**dict(command), submitter=lead.submitter)]


def note(command: asked.NoteMerged | asked.NoteUnmerged, lead: Lead) -> Facts:
    """Who is merged late still joins a lead that has become a topic."""
    known = isinstance(lead, _Brought | Adopted) and command.merged in lead.joined
    if isinstance(command, asked.NoteUnmerged):
        return [said.LeadParted(**dict(command))] if known else []
    if known:
        return []
    if not isinstance(lead, Submitted | Returned | Adopted):
        return [said.MergeTurnedDown(lead_id=command.lead_id, merged=command.merged)]

    told = command.model_dump(exclude={"submitter"})
    return [said.LeadJoined(**told, merged_submitter=command.submitter)]


def split(command: asked.SplitLead, lead: Submitted) -> Facts:
    """The parts' ids follow from the lead's; a personal appeal has none but personal parts."""
    if lead.personal and not all(part.personal for part in command.parts):
        raise Refused("must-be-transferred")
    if lead.joined:
        raise Refused("others-merged-here", leads=sorted(lead.joined))

    parts = tuple(
        SplitPart(lead_id=uuid5(command.lead_id, f"part-{n}"), **dict(part))
        for n, part in enumerate(command.parts, start=1)
    )
    return [
        said.LeadSplit(
            lead_id=command.lead_id,
            parts=parts,
            reason=command.reason,
            origin=lead.origin,
            proxy=lead.proxy,
            place=lead.place,
            submitter=lead.submitter,
        )
    ]


def screen_out(command: asked.ScreenOutLead, lead: _Brought, ctx: Ctx) -> Facts:
    """Only on a ground the charter names; and a personal appeal is handed on, not turned away."""
    if lead.personal or command.category == PERSONAL:
        raise Refused("must-be-transferred")
    if command.category not in ctx.rules.exclusions:
        raise Refused("no-such-exclusion", exclusions=sorted(ctx.rules.exclusions))

    return [said.LeadScreenedOut(**dict(command), submitter=lead.submitter)]


def acknowledge(command: asked.AcknowledgeTransfer, lead: Transferred, ctx: Ctx) -> Facts:
    """A unit answers for itself; clerks may enter what a unit wrote on paper."""
    if command.receipt_no == lead.receipt_no:
        return []
    if lead.receipt_no:
        raise Refused("already-acknowledged", receipt_no=lead.receipt_no)
    if ctx.actor.role == UNIT and ctx.actor.unit != lead.to_unit:
        raise Refused("not-your-unit", unit=lead.to_unit)

    return [
        said.TransferAcknowledged(**dict(command), to_unit=lead.to_unit, submitter=lead.submitter)
    ]


def adopt(command: asked.AdoptLead, lead: Submitted, ctx: Ctx) -> Facts:
    """What was brought as personal is group interest only with as much evidence as asked for."""
    needed = ctx.rules.evidence_pieces
    given = len(set(command.evidence))
    if lead.personal and given < needed:
        raise Refused("individual-appeal", given=given, needed=needed)

    return [
        said.LeadAdopted(
            **dict(command), origin=lead.origin, adopter=ctx.actor.id, submitter=lead.submitter
        )
    ]


def claims(event: said.LeadEvent) -> Sequence[Claim]:
    """No two leads share a receipt number."""
    return [("receipt", event.receipt)] if isinstance(event, said.LeadSubmitted) else ()


LEAD: Decider[Lead, asked.LeadCommand, said.LeadEvent, TopicRules] = Decider(
    category="lead",
    commands=asked.LeadCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
