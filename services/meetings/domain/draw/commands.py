"""What a draw may be asked."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from services.meetings.words import ORGANISERS, Line
from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    may: ClassVar = ORGANISERS

    draw_id: UUID = Field(title="抽取编号")


class OpenDraw(_Ask):
    """Say what a draw is for, and where its seed will be published, before anybody can know it."""

    label: ClassVar[str] = "发起抽取"

    area: LocalArea = Field(title="所在区划")
    topic_id: UUID = Field(title="议题编号")
    purpose: Literal["research", "consultation"] = Field(title="抽取用途")
    specialty: str = Field(
        default="", title="专业领域", description="不填为不限领域", max_length=200
    )
    wanted: int = Field(title="抽取人数", ge=1, le=50)
    seed_source: Line = Field(
        title="随机数来源", description="事先写明将以什么公开数据为准,如某日某期彩票开奖号码"
    )
    seed_day: date = Field(title="随机数产生日期")


class CommitPool(_Ask):
    """Fix the pool the draw takes from, for good."""

    label: ClassVar[str] = "封存人才库"
    may: ClassVar = frozenset({SYSTEM})

    talents: tuple[UUID, ...] = Field(title="可抽人才")


class ExcludeFromDraw(_Ask):
    """Leave out somebody who is party to the dispute, before the seed can be known."""

    label: ClassVar[str] = "回避"

    talent_id: UUID = Field(title="人才编号")
    reason: Line = Field(title="回避理由")


class PublishSeed(_Ask):
    """Enter the seed as it was published; it decides who is drawn."""

    label: ClassVar[str] = "公布随机数并抽取"

    seed: Line = Field(title="随机数")
    published_in: Line = Field(title="公布处", description="任何人可以查到的网址、报纸版面等")


class ReplaceDrawn(_Ask):
    """Let the next of the reserve go in place of somebody drawn, for a reason."""

    label: ClassVar[str] = "递补"

    talent_id: UUID = Field(title="人才编号")
    reason: Line = Field(title="递补理由")


class CancelDraw(_Ask):
    """Give the draw up; what was opened stays in the record."""

    label: ClassVar[str] = "取消抽取"

    reason: Line = Field(title="理由")


type DrawCommand = OpenDraw | CommitPool | ExcludeFromDraw | PublishSeed | ReplaceDrawn | CancelDraw
