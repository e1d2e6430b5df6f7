"""What a talent says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.meetings.words import ExitReason, Measure
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Said(Event):
    talent_id: UUID = Field(title="人才编号")


class TalentAdmitted(_Said):
    """Somebody may be drawn until a day, that day included. Name and contact are sealed."""

    label: ClassVar[str] = "人才入库"

    name: str = Field(title="姓名", json_schema_extra={"sealed": True})
    contact: str = Field(title="联系方式", json_schema_extra={"sealed": True})
    group: str = Field(title="人才来源")
    specialties: tuple[str, ...] = Field(title="专业领域")
    until: date = Field(title="聘期至")


class TalentAssessed(_Said):
    """How a talent did in a year."""

    label: ClassVar[str] = "人才考核"

    year: int = Field(title="年度")
    grade: str = Field(title="考核等次")
    passed: bool = Field(title="合格")
    remark: str = Field(title="考核意见")


class TalentRewarded(_Said):
    """A talent was honoured."""

    label: ClassVar[str] = "人才奖励"

    document: str = Field(title="文号")
    honour: str = Field(title="奖励名称")
    reason: str = Field(title="事由")


class TalentSanctioned(_Said):
    """A talent was warned, or is left out of draws until a day, that day included."""

    label: ClassVar[str] = "人才惩戒"

    document: str = Field(title="文号")
    measure: Measure = Field(title="措施")
    reason: str = Field(title="事由")
    until: date | None = Field(title="暂停至")


class TalentExited(_Said):
    """Somebody is in the pool no more."""

    label: ClassVar[str] = "人才退出"

    reason: ExitReason = Field(title="原因")


type TalentEvent = (
    TalentAdmitted | TalentAssessed | TalentRewarded | TalentSanctioned | TalentExited
)

EVENTS: Registry[TalentEvent] = registry(TalentEvent)
