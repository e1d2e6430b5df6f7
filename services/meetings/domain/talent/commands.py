"""What a talent may be asked."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.meetings.words import (
    CPPCC,
    ORGANISERS,
    ExitReason,
    Line,
    Measure,
    Sealed,
    SealedOrNot,
    Slug,
    Text,
    Year,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import Command


class _Ask(Command):
    may: ClassVar = frozenset({CPPCC})

    talent_id: UUID = Field(title="人才编号")


class AdmitTalent(_Ask):
    """Take somebody into the pool of an area who has agreed to it. Who is wanted after the term is
    admitted again.
    """

    label: ClassVar[str] = "人才入库"
    may: ClassVar = ORGANISERS

    area: LocalArea = Field(title="所在区划")
    name: Sealed = Field(title="姓名")
    contact: SealedOrNot = Field(default="", title="联系方式")
    group: Slug = Field(title="人才来源")
    specialties: tuple[Line, ...] = Field(title="专业领域", min_length=1, max_length=10)
    willing: bool = Field(title="本人同意入库")


class AssessTalent(_Ask):
    """Say how a talent did in a year that is over; too many failed years end the admission."""

    label: ClassVar[str] = "人才考核"

    year: Year = Field(title="年度")
    grade: Slug = Field(title="考核等次")
    remark: Text = Field(title="考核意见")


class RewardTalent(_Ask):
    """Honour a talent, by a document that is named."""

    label: ClassVar[str] = "人才奖励"

    document: Line = Field(title="文号")
    honour: Line = Field(title="奖励名称")
    reason: Line = Field(title="事由")


class SanctionTalent(_Ask):
    """Warn a talent, or leave one out of draws for a time, by a document that is named."""

    label: ClassVar[str] = "人才惩戒"

    document: Line = Field(title="文号")
    measure: Measure = Field(title="措施")
    reason: Line = Field(title="事由")


class ExitTalent(_Ask):
    """Let a talent leave the pool."""

    label: ClassVar[str] = "人才退出"
    may: ClassVar = ORGANISERS

    reason: ExitReason = Field(title="原因")


type TalentCommand = AdmitTalent | AssessTalent | RewardTalent | SanctionTalent | ExitTalent
