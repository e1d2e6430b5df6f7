"""What a yearly plan says."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import Issuer, PlanBody
from shared.kernel.areas import AreaCode
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Said(Event):
    plan_id: UUID = Field(title="计划编号")


class _SaidOfItem(_Said):
    item_no: int = Field(title="序号")


class PlanDrafted(_Said):
    """The plan of a year was begun."""

    label: ClassVar[str] = "计划起草"

    area: AreaCode = Field(title="所在区划")
    year: int = Field(title="年度")
    title: str = Field(title="计划名称")
    drafter: str = Field(title="起草人")


class PlanItemAdded(_SaidOfItem):
    """An item stands in the draft, or stands there otherwise than before."""

    label: ClassVar[str] = "列入计划事项"

    title: str = Field(title="事项名称")
    led_by: str = Field(title="牵头单位")
    month: int | None = Field(title="计划月份")


class PlanApproved(_Said):
    """The body that the charter names has settled the plan; `items` is how many stand in it."""

    label: ClassVar[str] = "计划议定"

    year: int = Field(title="年度")
    by: PlanBody = Field(title="议定机构")
    items: int = Field(title="事项数")


class PlanReturned(_Said):
    """The body wants another draft."""

    label: ClassVar[str] = "计划退回"

    by: PlanBody = Field(title="议定机构")
    reason: str = Field(title="意见")


class PlanIssued(_Said):
    """The plan is out. `min_planned_share` (%) is how much of the year's topics it should hold."""

    label: ClassVar[str] = "计划印发"

    year: int = Field(title="年度")
    number: str = Field(title="文号")
    issuers: tuple[Issuer, ...] = Field(title="印发机构")
    min_planned_share: int = Field(title="计划内议题最低占比(%)")


class TopicAdoptedIntoPlan(_SaidOfItem):
    """A topic serves an item of the plan."""

    label: ClassVar[str] = "议题列入计划"

    topic_id: UUID = Field(title="议题编号")
    title: str = Field(title="事项名称")
    year: int = Field(title="年度")
    adopter: str = Field(title="列入人")


class PlanItemDeferred(_SaidOfItem):
    """An item was put off."""

    label: ClassVar[str] = "计划事项顺延"

    reason: str = Field(title="理由")


type PlanEvent = (
    PlanDrafted
    | PlanItemAdded
    | PlanApproved
    | PlanReturned
    | PlanIssued
    | TopicAdoptedIntoPlan
    | PlanItemDeferred
)

EVENTS: Registry[PlanEvent] = registry(PlanEvent)
