"""What a piece of research says."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class ResearchPlanned(Event):
    """It was settled what is to be found out about a topic, and by whom.

    `members` are those of the team who are members (委员); `round` is 1, or more where the topic
    was reopened.
    """

    label: ClassVar[str] = "安排调研"
    version: ClassVar[int] = 3

    research_id: UUID = Field(title="调研编号")
    topic_id: UUID = Field(title="议题编号")
    questions: tuple[str, ...] = Field(title="调研问题")
    team: tuple[str, ...] = Field(title="调研组")
    members: tuple[UUID, ...] = Field(title="委员编号")
    round: int = Field(title="第几轮")


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
    version: ClassVar[int] = 2

    research_id: UUID = Field(title="调研编号")
    topic_id: UUID = Field(title="议题编号")
    title: str = Field(title="报告题目")
    findings: str = Field(title="主要情况")
    suggestions: tuple[str, ...] = Field(title="意见建议")
    round: int = Field(title="第几轮")


type ResearchEvent = ResearchPlanned | ResearchConducted | ResearchReportFiled


def _v1_knew_one_round(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "round": 1}


def _v2_knew_no_members(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "members": []}


EVENTS: Registry[ResearchEvent] = registry(
    ResearchEvent,
    {
        ("ResearchPlanned", 1): _v1_knew_one_round,
        ("ResearchPlanned", 2): _v2_knew_no_members,
        ("ResearchReportFiled", 1): _v1_knew_one_round,
    },
)
