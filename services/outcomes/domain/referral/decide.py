"""The life of a referral (纪检反馈): one unit in one matter.

nothing ──note──▶ gathering ──allege──▶ alleged ──approve──▶ approved ──refer──▶ referred
           note, record ▲                  │                                     answered
                        └──────decline─────┘

邻水: “群众委员反映强烈、当场表态办理而又不作为的,反馈纪检监察部门处理”. So there has to be a
promise made on the spot, a deadline that passed, and either a failed evaluation or a strong
reaction on record. In a county whose charter has not switched it on, nothing is noted or said.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from services.outcomes.domain.referral import commands as asked
from services.outcomes.domain.referral import events as said
from services.outcomes.rules import OutcomeRules
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nothing is held against anybody."""


@dataclass(frozen=True)
class Gathering:
    """What is known so far; each kind of ground is the set of what was noted."""

    topic_id: UUID
    unit: str
    grounds: frozenset[said.ReferralEvent] = frozenset()
    declined: frozenset[said.ReferralEvent] | None = None

    def has(self, *kinds: type[said.ReferralEvent]) -> bool:
        """Whether there is a ground of one of these kinds."""
        return any(isinstance(ground, kinds) for ground in self.grounds)


@dataclass(frozen=True)
class Alleged:
    """Waiting for the Party group."""

    case: Gathering
    by: str


@dataclass(frozen=True)
class Approved:
    """May be referred."""

    case: Gathering


@dataclass(frozen=True)
class Referred:
    """With the discipline inspection, who may have answered."""

    answered: bool = False


type Ctx = Context[OutcomeRules]
type Referral = Nothing | Gathering | Alleged | Approved | Referred
type Facts = list[said.ReferralEvent]


def evolve(referral: Referral, event: said.ReferralEvent) -> Referral:
    """The referral after one more fact."""
    match referral, event:
        case (
            Nothing(),
            said.CommitmentNoted() | said.BreachNoted() | said.PoorEvaluationNoted() as e,
        ):
            return Gathering(e.topic_id, e.unit, frozenset({e}))
        case Gathering() as r, (
            said.CommitmentNoted()
            | said.BreachNoted()
            | said.PoorEvaluationNoted()
            | said.StrongReactionRecorded() as e
        ):
            return replace(r, grounds=r.grounds | {e})
        case Gathering() as r, said.InactionAlleged() as e:
            return Alleged(r, e.by)
        case Alleged() as r, said.DisciplineReferralApproved():
            return Approved(r.case)
        case Alleged() as r, said.DisciplineReferralDeclined():
            return replace(r.case, declined=r.case.grounds)
        case Approved(), said.DisciplineReferred():
            return Referred()
        case Referred(), said.DisciplineResultReceived():
            return Referred(answered=True)
        case _:
            return referral


def decide(command: asked.ReferralCommand, referral: Referral, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, referral:
        case asked.NoteCommitment() as c, Nothing() | Gathering() as r:
            return note(said.CommitmentNoted(**c.model_dump(exclude={"area"})), r, ctx)
        case asked.NoteBreach() as c, Nothing() | Gathering() as r:
            return note(said.BreachNoted(**c.model_dump(exclude={"area"})), r, ctx)
        case asked.NotePoorEvaluation() as c, Nothing() | Gathering() as r:
            return note(said.PoorEvaluationNoted(**c.model_dump(exclude={"area"})), r, ctx)
        case asked.NoteCommitment() | asked.NoteBreach() | asked.NotePoorEvaluation(), _:
            return []
        case asked.RecordStrongReaction() as c, Gathering() as r:
            return note(said.StrongReactionRecorded(**dict(c)), r, ctx)
        case asked.AllegeInaction() as c, Gathering() as r:
            return allege(c, r, ctx)
        case asked.ApproveReferral() as c, Alleged() as r:
            return approve(c, r, ctx)
        case asked.ReferToDiscipline() as c, Approved() as r:
            return refer(c, r, ctx)
        case asked.ReceiveDisciplineResult() as c, Referred(answered=False):
            return [said.DisciplineResultReceived(**dict(c))]
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, referral=type(referral).__name__
            )


def note(ground: said.ReferralEvent, referral: Nothing | Gathering, ctx: Ctx) -> Facts:
    """Off by default: a county that did not ask for it collects nothing about its units."""
    if not ctx.rules.referral.active:
        return []
    if isinstance(referral, Gathering) and ground in referral.grounds:
        return []

    return [ground]


def allege(command: asked.AllegeInaction, referral: Gathering, ctx: Ctx) -> Facts:
    """Promised, late, and more than one voice says so; and not again on what was declined."""
    if not referral.has(said.CommitmentNoted):
        raise Refused("no-commitment", unit=referral.unit)
    if not referral.has(said.BreachNoted):
        raise Refused("no-breach", unit=referral.unit)
    if not referral.has(said.PoorEvaluationNoted, said.StrongReactionRecorded):
        raise Refused("no-reaction", unit=referral.unit)
    if referral.grounds == referral.declined:
        raise Refused("nothing-new", unit=referral.unit)

    return [
        said.InactionAlleged(
            **dict(command), topic_id=referral.topic_id, unit=referral.unit, by=ctx.actor.id
        )
    ]


def approve(command: asked.ApproveReferral, referral: Alleged, ctx: Ctx) -> Facts:
    """The body of the charter decides, and nobody on their own allegation."""
    body = ctx.rules.referral.approved_by
    if ctx.actor.unit != body:
        raise Refused("not-your-body", body=body, yours=ctx.actor.unit)
    if ctx.actor.id == referral.by:
        raise Refused("own-allegation")

    verdict = said.DisciplineReferralApproved if command.agrees else said.DisciplineReferralDeclined
    return [verdict(referral_id=command.referral_id, body=body, reason=command.reason)]


def refer(command: asked.ReferToDiscipline, referral: Approved, ctx: Ctx) -> Facts:
    """It is handed over once, with a number."""
    return [
        said.DisciplineReferred(
            **dict(command),
            topic_id=referral.case.topic_id,
            unit=referral.case.unit,
            to=ctx.rules.referral.to,
        )
    ]


REFERRAL: Decider[Referral, asked.ReferralCommand, said.ReferralEvent, OutcomeRules] = Decider(
    category="referral",
    commands=asked.ReferralCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    restricted=True,
)
