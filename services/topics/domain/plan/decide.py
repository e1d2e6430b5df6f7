"""The life of a yearly plan (年度协商计划).

nothing ──draft──▶ drafted ──the approver agrees──▶ approved ──issue──▶ issued
                    │  ▲                             │                   │  ▲
                    │  add, defer, sent back         defer item          adopt topic, defer item

惠民: "年初县委召开常委会会议专题议定《协商工作计划》,并以县委、县政府、县政协文件印发".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.topics.domain.plan import commands as asked
from services.topics.domain.plan import events as said
from services.topics.rules import TopicRules
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[TopicRules]
type Facts = list[said.PlanEvent]


@dataclass(frozen=True)
class Item:
    """A matter of the year, and the topics that serve it."""

    added: said.PlanItemAdded
    topics: frozenset[UUID] = frozenset()
    deferred: bool = False


@dataclass(frozen=True)
class Nothing:
    """Nobody has begun it."""


@dataclass(frozen=True)
class _Plan:
    year: int
    drafter: str
    items: Mapping[int, Item] = field(default_factory=dict)


@dataclass(frozen=True)
class Drafted(_Plan):
    """Being written."""


@dataclass(frozen=True)
class Approved(_Plan):
    """Settled, and not out yet."""


@dataclass(frozen=True)
class Issued(_Plan):
    """Out; topics may serve its items."""


type Plan = Nothing | Drafted | Approved | Issued


def evolve(plan: Plan, event: said.PlanEvent) -> Plan:
    """The plan after one more fact."""
    match plan, event:
        case Nothing(), said.PlanDrafted() as e:
            return Drafted(e.year, e.drafter)
        case Drafted() as p, said.PlanItemAdded() as e:
            return replace(p, items={**p.items, e.item_no: Item(e)})
        case Drafted() as p, said.PlanApproved():
            return Approved(p.year, p.drafter, p.items)
        case Approved() as p, said.PlanIssued():
            return Issued(p.year, p.drafter, p.items)
        case Issued() as p, said.TopicAdoptedIntoPlan() as e if item := p.items.get(e.item_no):
            served = replace(item, topics=item.topics | {e.topic_id})
            return replace(p, items={**p.items, e.item_no: served})
        case (Drafted() | Approved() | Issued()) as p, said.PlanItemDeferred() as e if (
            item := p.items.get(e.item_no)
        ):
            return replace(p, items={**p.items, e.item_no: replace(item, deferred=True)})
        case _:
            return plan


def decide(command: asked.PlanCommand, plan: Plan, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, plan:
        case asked.DraftPlan() as c, Nothing():
            return [said.PlanDrafted(**dict(c), drafter=ctx.actor.id)]
        case asked.AddPlanItem() as c, Drafted() as p:
            return add_item(c, p)
        case asked.DecidePlan() as c, Drafted() as p:
            return settle(c, p, ctx)
        case asked.IssuePlan() as c, Approved() as p:
            return issue(c, p, ctx)
        case asked.AdoptIntoPlan() as c, Issued() as p:
            return adopt(c, p, ctx)
        case asked.DeferPlanItem() as c, (Drafted() | Approved() | Issued()) as p:
            return defer(c, p)
        case asked.DecidePlan(agrees=True), Approved():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, plan=type(plan).__name__)


def add_item(command: asked.AddPlanItem, plan: Drafted) -> Facts:
    """A number that was put off is not given to another matter of the same year."""
    added = said.PlanItemAdded(**dict(command))
    item = plan.items.get(command.item_no)
    if item and item.deferred:
        raise Refused("item-deferred", item_no=command.item_no)

    return [] if item and item.added == added else [added]


def settle(command: asked.DecidePlan, plan: Drafted, ctx: Ctx) -> Facts:
    """Only the approver settles it, never whoever drafted it, and never an empty one."""
    body = ctx.rules.plan.approver
    if ctx.actor.id == plan.drafter:
        raise Refused("own-plan")
    if ctx.actor.unit != body:
        raise Refused("not-your-body", body=body, yours=ctx.actor.unit)
    if not command.agrees:
        return [said.PlanReturned(plan_id=command.plan_id, by=body, reason=command.reason)]
    if not (items := sum(not item.deferred for item in plan.items.values())):
        raise Refused("no-items")

    return [said.PlanApproved(plan_id=command.plan_id, year=plan.year, by=body, items=items)]


def issue(command: asked.IssuePlan, plan: Approved, ctx: Ctx) -> Facts:
    """A document of three bodies is out when all three have put their names to it."""
    if strange := command.issuers - ctx.rules.plan.issuers:
        raise Refused("not-an-issuer", strange=sorted(strange))
    if missing := ctx.rules.plan.issuers - command.issuers:
        raise Refused("issuer-missing", missing=sorted(missing))

    return [
        said.PlanIssued(
            plan_id=command.plan_id,
            year=plan.year,
            number=command.number,
            issuers=tuple(sorted(command.issuers)),
            min_planned_share=ctx.rules.plan.min_planned_share,
        )
    ]


def adopt(command: asked.AdoptIntoPlan, plan: Issued, ctx: Ctx) -> Facts:
    """An item may need more than one topic; a topic serves one item."""
    item = _item(plan, command.item_no)
    if command.topic_id in item.topics:
        return []
    if item.deferred:
        raise Refused("item-deferred", item_no=command.item_no)
    for no, other in plan.items.items():
        if command.topic_id in other.topics:
            raise Refused("already-planned", item_no=no)

    return [
        said.TopicAdoptedIntoPlan(
            **dict(command), title=item.added.title, year=plan.year, adopter=ctx.actor.id
        )
    ]


def defer(command: asked.DeferPlanItem, plan: Drafted | Approved | Issued) -> Facts:
    """What is put off is not forgotten: the item stays in the plan, with the reason."""
    if _item(plan, command.item_no).deferred:
        return []

    return [said.PlanItemDeferred(**dict(command))]


def _item(plan: _Plan, item_no: int) -> Item:
    if item := plan.items.get(item_no):
        return item
    raise Refused("no-such-plan-item", items=sorted(plan.items))


def claims(event: said.PlanEvent) -> Sequence[Claim]:
    """An area has one plan a year."""
    return [("plan", f"{event.area}/{event.year}")] if isinstance(event, said.PlanDrafted) else ()


PLAN: Decider[Plan, asked.PlanCommand, said.PlanEvent, TopicRules] = Decider(
    category="plan",
    commands=asked.PlanCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
