"""The life of a topic (协商议题).

nothing ──propose, raise──▶ proposed ──every body agrees──▶ approved ──close, end──▶ closed
                              │  ▲     ──or the plan does──▶  │   ▲  ◀───reopen────
                              │  │                            publicise, claim, note plan
                              │  assess, file report, note plan
                              ├──one body says no──▶ returned
                              └──withdraw──────────▶ withdrawn
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.topics.domain.topic import commands as asked
from services.topics.domain.topic import events as said
from services.topics.rules import TopicRules
from services.topics.words import Criterion
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[TopicRules]
type Facts = list[said.TopicEvent]


@dataclass(frozen=True)
class Nothing:
    """Nobody has put it forward."""


@dataclass(frozen=True)
class Proposed:
    """Waiting for the bodies that must agree.

    `submitter` brought the lead, if there was one; `criteria` and `excluded` are as last assessed.
    """

    title: str
    proposer: str
    submitter: str | None
    criteria: Mapping[Criterion, bool] = field(default_factory=dict)
    excluded: str | None = None
    told: frozenset[str] = frozenset()
    agreed: frozenset[str] = frozenset()
    planned: said.PlanNoted | None = None


@dataclass(frozen=True)
class Approved:
    """To be consulted on, for the first time or, once reopened, in another round."""

    title: str
    proposer: str
    posted: frozenset[str] = frozenset()
    group: str = ""
    planned: said.PlanNoted | None = None
    round: int = 1


@dataclass(frozen=True)
class Returned:
    """One body did not agree."""


@dataclass(frozen=True)
class Withdrawn:
    """The proposer took it back."""


@dataclass(frozen=True)
class Closed:
    """The matter has come to its end, and may come up again."""

    was: Approved


type Topic = Nothing | Proposed | Approved | Returned | Withdrawn | Closed


def evolve(topic: Topic, event: said.TopicEvent) -> Topic:
    """The topic after one more fact."""
    match topic, event:
        case Nothing(), said.TopicProposed() as e:
            return Proposed(title=e.title, proposer=e.proposer, submitter=e.submitter)
        case Proposed() as p, said.TopicCriteriaAssessed() as e:
            return replace(p, criteria=e.criteria, excluded=e.excluded)
        case Proposed() as p, said.TopicReportFiled() as e:
            return replace(p, told=p.told | {e.to})
        case Proposed() as p, said.TopicReviewedByPartyBody(agrees=True) as e:
            return replace(p, agreed=p.agreed | {e.body})
        case Proposed() as p, said.TopicApproved():
            return Approved(title=p.title, proposer=p.proposer, planned=p.planned)
        case (Proposed() | Approved()) as p, said.PlanNoted() as e:
            return replace(p, planned=e)
        case Approved() as a, said.TopicClaimed() as e:
            return replace(a, group=e.group)
        case Proposed(), said.TopicReturned():
            return Returned()
        case Proposed(), said.TopicWithdrawn():
            return Withdrawn()
        case Approved() as a, said.TopicPublicised() as e:
            return replace(a, posted=a.posted | {e.where})
        case Approved() as a, said.TopicClosed() | said.TopicEnded():
            return Closed(a)
        case Closed() as d, said.TopicReopened() as e:
            return replace(d.was, round=e.round)
        case _:
            return topic


def decide(command: asked.TopicCommand, topic: Topic, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, topic:
        case (asked.ProposeTopic() | asked.RaiseTopic()) as c, Nothing():
            return propose(c, ctx)
        case asked.RaiseTopic(), _:
            return []
        case asked.AssessCriteria() as c, Proposed() as p:
            return assess(c, p, ctx)
        case asked.FileReport() as c, Proposed() as p:
            return file_report(c, p, ctx)
        case asked.ReviewTopic() as c, Proposed() as p:
            return review(c, p, ctx)
        case asked.WithdrawTopic() as c, Proposed() as p:
            return withdraw(c, p, ctx)
        case asked.WithdrawTopic(), Withdrawn():
            return []
        case asked.PublicizeTopic() as c, Approved() as a:
            return [] if c.where in a.posted else [said.TopicPublicised(**dict(c))]
        case asked.ClaimTopic() as c, Approved() as a:
            return claim(c, a, ctx)
        case asked.NotePlan() as c, (Proposed() | Approved()) as p:
            return note_plan(c, p, ctx)
        case asked.ReopenTopic() as c, Closed() as d:
            return reopen(c, d.was, ctx)
        case asked.CloseTopic() as c, Approved() as a:
            return [said.TopicClosed(**dict(c), title=a.title, proposer=a.proposer)]
        case asked.EndTopic() as c, Approved() as a:
            return [said.TopicEnded(**dict(c), title=a.title, proposer=a.proposer)]
        case asked.CloseTopic() | asked.EndTopic(), Closed():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, topic=type(topic).__name__)


def propose(command: asked.ProposeTopic | asked.RaiseTopic, ctx: Ctx) -> Facts:
    """Whoever asks is the proposer; of a topic raised from a lead, whoever adopted the lead."""
    told = {"proposer": ctx.actor.id, "lead_id": None, "submitter": None}
    return [said.TopicProposed(**told | command.model_dump(exclude={"area"}))]


def assess(command: asked.AssessCriteria, topic: Proposed, ctx: Ctx) -> Facts:
    """Each criterion of the charter gets its yes or no, none is left out and none invented."""
    if strange := command.criteria.keys() - ctx.rules.criteria:
        raise Refused("no-such-criterion", strange=sorted(strange))
    if missing := ctx.rules.criteria - command.criteria.keys():
        raise Refused("criteria-missing", missing=sorted(missing))
    if command.excluded and command.excluded not in ctx.rules.exclusions:
        raise Refused("no-such-exclusion", exclusions=sorted(ctx.rules.exclusions))
    if (command.criteria, command.excluded) == (topic.criteria, topic.excluded):
        return []

    assessed = said.TopicCriteriaAssessed(**dict(command))
    now = replace(topic, criteria=command.criteria, excluded=command.excluded)
    return [assessed, *_by_plan(now, command.topic_id, ctx)]


def file_report(command: asked.FileReport, topic: Proposed, ctx: Ctx) -> Facts:
    """英山: "由召集人向县政协党组,向所在地或所在单位党委(党组),分别书面报告"."""
    if command.to in topic.told:
        return []
    if command.to not in ctx.rules.reviewers:
        raise Refused("not-asked", asked=sorted(ctx.rules.reviewers))

    return [said.TopicReportFiled(**dict(command))]


def review(command: asked.ReviewTopic, topic: Proposed, ctx: Ctx) -> Facts:
    """英山: "由党委(党组)审核把关、研究确定". A no needs no further ground than its reason."""
    if command.agrees and command.body in topic.agreed:
        return []
    _may_review(command, topic, ctx)
    if command.agrees:
        _meets_criteria(topic, ctx.rules)

    reviewed = said.TopicReviewedByPartyBody(**dict(command))
    if not command.agrees:
        return [reviewed, _returned(command, topic)]
    agreed = topic.agreed | {command.body}
    if ctx.rules.lacking(agreed) or topic.told - agreed:
        return [reviewed]
    approved = said.TopicApproved(
        topic_id=command.topic_id, title=topic.title, proposer=topic.proposer
    )
    return [reviewed, approved]


def _may_review(command: asked.ReviewTopic, topic: Proposed, ctx: Ctx) -> None:
    """Nobody reviews the own topic, nobody speaks for a body that is not theirs."""
    if ctx.actor.id in (topic.proposer, topic.submitter):
        raise Refused("own-topic")
    if command.body not in ctx.rules.reviewers:
        raise Refused("not-asked", asked=sorted(ctx.rules.reviewers))
    if ctx.actor.unit != command.body:
        raise Refused("not-your-body", body=command.body, yours=ctx.actor.unit)
    if untold := ctx.rules.lacking(topic.told) or {command.body} - topic.told:
        raise Refused("report-missing", to=sorted(untold))


def _meets_criteria(topic: Proposed, rules: TopicRules) -> None:
    """邻水: five principles are the gate, "政治性" to "可行性"."""
    if missing := rules.criteria - topic.criteria.keys():
        raise Refused("criteria-missing", missing=sorted(missing))
    if unmet := [name for name, met in topic.criteria.items() if not met]:
        raise Refused("criteria-unmet", unmet=sorted(unmet))
    if topic.excluded:
        raise Refused("excluded", category=topic.excluded)


def _returned(command: asked.ReviewTopic, topic: Proposed) -> said.TopicReturned:
    return said.TopicReturned(
        topic_id=command.topic_id,
        body=command.body,
        reason=command.reason,
        proposer=topic.proposer,
    )


def withdraw(command: asked.WithdrawTopic, topic: Proposed, ctx: Ctx) -> Facts:
    """Only the proposer, and only before it is decided."""
    if ctx.actor.id != topic.proposer:
        raise Refused("not-the-proposer")

    return [said.TopicWithdrawn(**dict(command))]


def note_plan(command: asked.NotePlan, topic: Proposed | Approved, ctx: Ctx) -> Facts:
    """惠民 settles the topics of a year by its plan; elsewhere the plan only counts them."""
    noted = said.PlanNoted(**dict(command))
    if topic.planned == noted:
        return []
    if isinstance(topic, Approved):
        return [noted]

    return [noted, *_by_plan(replace(topic, planned=noted), command.topic_id, ctx)]


def _by_plan(topic: Proposed, topic_id: UUID, ctx: Ctx) -> Facts:
    """The plan's approver has settled the item; whoever proposed the topic did not put it there."""
    if not (ctx.rules.plan.approves_topics and topic.planned):
        return []
    if topic.planned.adopter in (topic.proposer, topic.submitter):
        return []
    met = {name for name, met in topic.criteria.items() if met}
    if topic.excluded or met != ctx.rules.criteria:
        return []
    return [said.TopicApproved(topic_id=topic_id, title=topic.title, proposer=topic.proposer)]


def claim(command: asked.ClaimTopic, topic: Approved, ctx: Ctx) -> Facts:
    """宜昌伍家岗: topics are published, and groups of members claim them (议题认领)."""
    if command.group == topic.group:
        return []
    if topic.group:
        raise Refused("already-claimed", group=topic.group)

    return [said.TopicClaimed(**dict(command), claimer=ctx.actor.id)]


def reopen(command: asked.ReopenTopic, topic: Approved, ctx: Ctx) -> Facts:
    """What was settled and is not is taken up again: with new research, in another round."""
    if ctx.actor.role not in ctx.rules.reopened_by:
        raise Refused("not-yours-to-reopen", reopened_by=sorted(ctx.rules.reopened_by))

    return [
        said.TopicReopened(
            **dict(command), round=topic.round + 1, title=topic.title, proposer=topic.proposer
        )
    ]


TOPIC: Decider[Topic, asked.TopicCommand, said.TopicEvent, TopicRules] = Decider(
    category="topic",
    commands=asked.TopicCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
