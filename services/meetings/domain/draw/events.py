"""What a draw says. Talents appear by their opaque ids."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Said(Event):
    draw_id: UUID = Field(title="抽取编号")
    topic_id: UUID = Field(title="议题编号")


class DrawOpened(_Said):
    """There will be a draw; it is settled for what, how many, and where the seed will be found."""

    label: ClassVar[str] = "发起抽取"

    purpose: Literal["research", "consultation"] = Field(title="抽取用途")
    specialty: str = Field(title="专业领域")
    wanted: int = Field(title="抽取人数")
    seed_source: str = Field(title="随机数来源")
    seed_day: date = Field(title="随机数产生日期")


class PoolCommitted(_Said):
    """The pool is fixed: all who may be drawn, sorted, and the hash of that list."""

    label: ClassVar[str] = "封存人才库"

    pool: tuple[UUID, ...] = Field(title="可抽人才")
    pool_hash: str = Field(title="人才库摘要")


class TalentExcluded(_Said):
    """Somebody will not be drawn, being party to the dispute."""

    label: ClassVar[str] = "回避"

    talent_id: UUID = Field(title="人才编号")
    reason: str = Field(title="回避理由")


class TalentDrawn(_Said):
    """The seed is known, so it is known who goes, and in which order the others would."""

    label: ClassVar[str] = "随机抽取"

    seed: str = Field(title="随机数")
    published_in: str = Field(title="公布处")
    pool_hash: str = Field(title="人才库摘要")
    drawn: tuple[UUID, ...] = Field(title="抽中")
    reserve: tuple[UUID, ...] = Field(title="递补顺序")


class DrawnReplaced(_Said):
    """The first of the reserve goes in place of somebody drawn."""

    label: ClassVar[str] = "递补"

    talent_id: UUID = Field(title="人才编号")
    by: UUID = Field(title="递补人才编号")
    reason: str = Field(title="递补理由")


class DrawCancelled(_Said):
    """There is no draw."""

    label: ClassVar[str] = "取消抽取"

    reason: str = Field(title="理由")


type DrawEvent = (
    DrawOpened | PoolCommitted | TalentExcluded | TalentDrawn | DrawnReplaced | DrawCancelled
)

EVENTS: Registry[DrawEvent] = registry(DrawEvent)
