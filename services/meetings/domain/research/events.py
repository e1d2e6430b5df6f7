"""What a piece of research says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class ResearchPlanned(Event):
    """It was settled what is to be found out about a topic, and by whom."""

    label: ClassVar[str] = "安排调研"

    research_id: UUID = Field(title="调研编号")
    topic_id: UUID = Field(title="议题编号")
    questions: tuple[str, ...] = Field(title="调研问题")
    team: tuple[str, ...] = Field(title="调研组")


class ResearchConducted(Event):
    """Somebody went and looked, or asked."""

    label: ClassVar[str] = "调研开展"

    research_id: UUID = Field(title="调研编号")
    topic_id: UUID = Field(title="议题编号")
    on: date = Field(title="调研日期")
    place: str = Field(title="调研地点")
    findings: str = Field(title="了解到的情况")


class ResearchReportFiled(Event):
    """The report is there; it opens the way to the consultation."""

    label: ClassVar[str] = "调研报告"

    research_id: UUID = Field(title="调研编号")
    topic_id: UUID = Field(title="议题编号")
    title: str = Field(title="报告题目")
    findings: str = Field(title="主要情况")
    suggestions: tuple[str, ...] = Field(title="意见建议")


type ResearchEvent = ResearchPlanned | ResearchConducted | ResearchReportFiled

EVENTS: Registry[ResearchEvent] = registry(ResearchEvent)
