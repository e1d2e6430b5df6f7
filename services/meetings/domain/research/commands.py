"""What a piece of research may be asked."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.meetings.words import CLERK, RESEARCHERS, Line, Text, Title
from shared.kernel.areas import LocalArea
from shared.kernel.message import Command


class PlanResearch(Command):
    """Say what is to be found out about a topic, and who goes."""

    label: ClassVar[str] = "安排调研"
    may: ClassVar = RESEARCHERS

    research_id: UUID = Field(title="调研编号")
    area: LocalArea = Field(title="所在区划")
    topic_id: UUID = Field(title="议题编号")
    questions: tuple[Line, ...] = Field(title="调研问题", min_length=1, max_length=30)
    team: tuple[Line, ...] = Field(
        title="调研组", description="单位或身份,不写群众姓名", min_length=1, max_length=30
    )
    members: frozenset[UUID] = Field(
        default=frozenset(), title="委员", description="调研组中的委员", max_length=30
    )
    round: int = Field(
        default=1, title="第几轮", description="议题重启后再次协商的填2、3……", ge=1, le=99
    )


class ConductResearch(Command):
    """Record one visit or inquiry: when, where, and what was found."""

    label: ClassVar[str] = "开展调研"
    may: ClassVar = RESEARCHERS | {CLERK}

    research_id: UUID = Field(title="调研编号")
    on: date = Field(title="调研日期")
    place: Line = Field(title="调研地点")
    findings: Text = Field(title="了解到的情况")


class FileResearchReport(Command):
    """Hand in the report; there must have been at least one visit or inquiry."""

    label: ClassVar[str] = "提交调研报告"
    may: ClassVar = RESEARCHERS

    research_id: UUID = Field(title="调研编号")
    title: Title = Field(title="报告题目")
    findings: Text = Field(title="主要情况")
    suggestions: tuple[Line, ...] = Field(title="意见建议", min_length=1, max_length=50)


type ResearchCommand = PlanResearch | ConductResearch | FileResearchReport
