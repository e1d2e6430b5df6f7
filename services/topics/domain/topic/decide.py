"""The life of a topic (协商议题).

nothing ──propose, raise──▶ proposed ──every body agrees──▶ approved ──close──▶ closed
                              │  ▲                          │   ▲
                              │  assess, file report        publicise
                              ├──one body says no──▶ returned
                              └──withdraw──────────▶ withdrawn
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.topics.domain.topic.commands import (
    AssessCriteria,
    CloseTopic,
    FileReport,
    ProposeTopic,
    PublicizeTopic,
    RaiseTopic,
    ReviewTopic,
    TopicCommand,
    WithdrawTopic,
)
from services.topics.domain.topic.events import (
    EVENTS,
    TopicApproved,
    TopicClosed,
    TopicCriteriaAssessed,
    TopicEvent,
    TopicProposed,
    TopicPublicised,
    TopicReportFiled,
    TopicReturned,
    TopicReviewedByPartyBody,
    TopicWithdrawn,
)
from services.topics.rules import TopicRules
from services.topics.words import Criterion
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


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


@dataclass(frozen=True)
class Approved:
    """To be consulted on."""

    title: str
    proposer: str
    posted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Returned:
    """One body did not agree."""


@dataclass(frozen=True)
class Withdrawn:
    """The proposer took it back."""


@dataclass(frozen=True)
class Closed:
    """The matter has come to its end."""


type Topic = Nothing | Proposed | Approved | Returned | Withdrawn | Closed


def evolve(topic: Topic, event: TopicEvent) -> Topic:
    """The topic after one more fact."""
    match topic, event:
        case Nothing(), TopicProposed() as e:
            return Proposed(title=e.title, proposer=e.proposer, submitter=e.submitter)
        case Proposed() as p, TopicCriteriaAssessed() as e:
            return replace(p, criteria=e.criteria, excluded=e.excluded)
        case Proposed() as p, TopicReportFiled() as e:
            return replace(p, told=p.told | {e.to})
        case Proposed() as p, TopicReviewedByPartyBody(agrees=True) as e:
            return replace(p, agreed=p.agreed | {e.body})
        case Proposed() as p, TopicApproved():
            return Approved(title=p.title, proposer=p.proposer)
        case Proposed(), TopicReturned():
            return Returned()
        case Proposed(), TopicWithdrawn():
            return Withdrawn()
        case Approved() as a, TopicPublicised() as e:
            return replace(a, posted=a.posted | {e.where})
        case Approved(), TopicClosed():
            return Closed()
        case _:
            return topic


def decide(command: TopicCommand, topic: Topic, ctx: Context[TopicRules]) -> list[TopicEvent]:
    """What may happen when."""
    match command, topic:
        case ProposeTopic() as c, Nothing():
            return propose(c, ctx)
        case RaiseTopic() as c, Nothing():
            return raise_from_lead(c)
        case RaiseTopic(), _:
            return []
        case AssessCriteria() as c, Proposed() as p:
            return assess(c, p, ctx)
        case FileReport() as c, Proposed() as p:
            return file_report(c, p, ctx)
        case ReviewTopic() as c, Proposed() as p:
            return review(c, p, ctx)
        case WithdrawTopic() as c, Proposed() as p:
            return withdraw(c, p, ctx)
        case WithdrawTopic(), Withdrawn():
            return []
        case PublicizeTopic() as c, Approved() as a:
            return [] if c.where in a.posted else [TopicPublicised(**dict(c))]
        case CloseTopic() as c, Approved() as a:
            return [TopicClosed(**dict(c), title=a.title, proposer=a.proposer)]
        case CloseTopic(), Closed():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, topic=type(topic).__name__)


def propose(command: ProposeTopic, ctx: Context[TopicRules]) -> list[TopicEvent]:
    """Whoever asks is the proposer."""
    return [
        TopicProposed(
            topic_id=command.topic_id,
            title=command.title,
            summary=command.summary,
            origin=command.origin,
            proposer=ctx.actor.id,
            lead_id=None,
            submitter=None,
        )
    ]


def raise_from_lead(command: RaiseTopic) -> list[TopicEvent]:
    """Whoever adopted the lead is the proposer."""
    return [
        TopicProposed(
            topic_id=command.topic_id,
            title=command.title,
            summary=command.summary,
            origin=command.origin,
            proposer=command.proposer,
            lead_id=command.lead_id,
            submitter=command.submitter,
        )
    ]


def assess(command: AssessCriteria, topic: Proposed, ctx: Context[TopicRules]) -> list[TopicEvent]:
    """Each criterion of the charter gets its yes or no, none is left out and none invented."""
    if strange := command.criteria.keys() - ctx.rules.criteria:
        raise Refused("no-such-criterion", strange=sorted(strange))
    if missing := ctx.rules.criteria - command.criteria.keys():
        raise Refused("criteria-missing", missing=sorted(missing))
    if command.excluded and command.excluded not in ctx.rules.exclusions:
        raise Refused("no-such-exclusion", exclusions=sorted(ctx.rules.exclusions))
    if (command.criteria, command.excluded) == (topic.criteria, topic.excluded):
        return []

    return [TopicCriteriaAssessed(**dict(command))]


def file_report(command: FileReport, topic: Proposed, ctx: Context[TopicRules]) -> list[TopicEvent]:
    """英山: "由召集人向县政协党组,向所在地或所在单位党委(党组),分别书面报告"."""
    if command.to in topic.told:
        return []
    if command.to not in ctx.rules.approved_by:
        raise Refused("not-asked", asked=sorted(ctx.rules.approved_by))

    return [TopicReportFiled(**dict(command))]


def review(command: ReviewTopic, topic: Proposed, ctx: Context[TopicRules]) -> list[TopicEvent]:
    """英山: "由党委(党组)审核把关、研究确定". A no needs no further ground than its reason."""
    if command.agrees and command.body in topic.agreed:
        return []
    _may_review(command, topic, ctx)
    if command.agrees:
        _meets_criteria(topic, ctx.rules)

    reviewed = TopicReviewedByPartyBody(**dict(command))
    if not command.agrees:
        return [reviewed, _returned(command, topic)]
    if ctx.rules.approved_by - topic.agreed - {command.body}:
        return [reviewed]
    approved = TopicApproved(topic_id=command.topic_id, title=topic.title, proposer=topic.proposer)
    return [reviewed, approved]


def _may_review(command: ReviewTopic, topic: Proposed, ctx: Context[TopicRules]) -> None:
    """Nobody reviews the own topic, nobody speaks for a body that is not theirs."""
    if ctx.actor.id in (topic.proposer, topic.submitter):
        raise Refused("own-topic")
    if command.body not in ctx.rules.approved_by:
        raise Refused("not-asked", asked=sorted(ctx.rules.approved_by))
    if ctx.actor.unit != command.body:
        raise Refused("not-your-body", body=command.body, yours=ctx.actor.unit)
    if untold := ctx.rules.approved_by - topic.told:
        raise Refused("report-missing", to=sorted(untold))


def _meets_criteria(topic: Proposed, rules: TopicRules) -> None:
    """邻水: five principles are the gate, "政治性" to "可行性"."""
    if missing := rules.criteria - topic.criteria.keys():
        raise Refused("criteria-missing", missing=sorted(missing))
    if unmet := [name for name, met in topic.criteria.items() if not met]:
        raise Refused("criteria-unmet", unmet=sorted(unmet))
    if topic.excluded:
        raise Refused("excluded", category=topic.excluded)


def _returned(command: ReviewTopic, topic: Proposed) -> TopicReturned:
    return TopicReturned(
        topic_id=command.topic_id,
        body=command.body,
        reason=command.reason,
        proposer=topic.proposer,
    )


def withdraw(command: WithdrawTopic, topic: Proposed, ctx: Context[TopicRules]) -> list[TopicEvent]:
    """Only the proposer, and only before it is decided."""
    if ctx.actor.id != topic.proposer:
        raise Refused("not-the-proposer")

    return [TopicWithdrawn(**dict(command))]


TOPIC: Decider[Topic, TopicCommand, TopicEvent, TopicRules] = Decider(
    category="topic",
    commands=TopicCommand,
    events=EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
