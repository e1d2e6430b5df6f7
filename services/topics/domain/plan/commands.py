"""What a yearly plan may be asked."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import CPPCC, ORGANISERS, PARTY, Issuer, Line, Text, Title, Year
from shared.kernel.areas import LocalArea
from shared.kernel.message import Command


class _Ask(Command):
    may: ClassVar = frozenset({CPPCC})

    plan_id: UUID = Field(title="计划编号")


class _AskItem(_Ask):
    item_no: int = Field(title="序号", ge=1, le=99)


class DraftPlan(_Ask):
    """Begin the plan of a year. An area has one plan a year."""

    label: ClassVar[str] = "起草年度计划"

    area: LocalArea = Field(title="所在区划")
    year: Year = Field(title="年度")
    title: Title = Field(title="计划名称")


class AddPlanItem(_AskItem):
    """Put an item into a plan that is not settled yet. The last word on an item number counts."""

    label: ClassVar[str] = "列入计划事项"

    title: Title = Field(title="事项名称")
    led_by: Line = Field(title="牵头单位")
    month: int | None = Field(default=None, title="计划月份", ge=1, le=12)


class DecidePlan(_Ask):
    """Settle the plan, or send it back, for the body that the charter names."""

    label: ClassVar[str] = "议定年度计划"
    may: ClassVar = frozenset({PARTY, CPPCC})

    agrees: bool = Field(title="同意")
    reason: Text = Field(default="", title="意见")


class IssuePlan(_Ask):
    """Issue the settled plan in the name of all the bodies that the charter asks for."""

    label: ClassVar[str] = "印发年度计划"

    number: Line = Field(title="文号")
    issuers: frozenset[Issuer] = Field(title="印发机构")


class AdoptIntoPlan(_AskItem):
    """Let a topic serve an item of the issued plan."""

    label: ClassVar[str] = "议题列入计划"
    may: ClassVar = ORGANISERS

    topic_id: UUID = Field(title="议题编号")


class DeferPlanItem(_AskItem):
    """Put an item off, and say why."""

    label: ClassVar[str] = "顺延计划事项"

    reason: Line = Field(title="理由")


type PlanCommand = DraftPlan | AddPlanItem | DecidePlan | IssuePlan | AdoptIntoPlan | DeferPlanItem
