"""What a pool says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Said(Event):
    pool_id: UUID = Field(title="人才库编号")


class TalentNoted(_Said):
    """A draw may take this talent."""

    label: ClassVar[str] = "记入人才"

    talent_id: UUID = Field(title="人才编号")
    specialties: tuple[str, ...] = Field(title="专业领域")
    until: date = Field(title="聘期至")


class SuspensionNoted(_Said):
    """No draw may take this talent until a day, that day included."""

    label: ClassVar[str] = "记入暂停"

    talent_id: UUID = Field(title="人才编号")
    until: date = Field(title="暂停至")


class TalentDropped(_Said):
    """No draw may take this talent any more."""

    label: ClassVar[str] = "记入退出"

    talent_id: UUID = Field(title="人才编号")


class PoolListed(_Said):
    """All whom a draw could take at that moment, by id."""

    label: ClassVar[str] = "列出人才库"

    draw_id: UUID = Field(title="抽取编号")
    talents: tuple[UUID, ...] = Field(title="可抽人才")


type PoolEvent = TalentNoted | SuspensionNoted | TalentDropped | PoolListed

EVENTS: Registry[PoolEvent] = registry(PoolEvent)
