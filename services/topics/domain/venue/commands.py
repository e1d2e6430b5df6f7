"""What a venue may be asked."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import (
    CLERK,
    CPPCC,
    ORGANISERS,
    Centre,
    HostKind,
    Line,
    Quality,
    Rank,
    Slug,
    Text,
    Title,
    Year,
    Yuan,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    may: ClassVar = frozenset({CPPCC})

    venue_id: UUID = Field(title="阵地编号")


class _AskMoney(_Ask):
    line: Slug = Field(title="经费科目")
    year: Year = Field(title="年度")
    amount: Yuan = Field(title="金额(元)")
    voucher: Line = Field(title="文号或凭证号")


class EstablishVenue(_Ask):
    """Set up a venue: where it stands, whose it is, and with whom it shares its rooms."""

    label: ClassVar[str] = "设立协商阵地"

    area: LocalArea = Field(title="所在区划")
    type: Slug = Field(title="阵地类型")
    name: Title = Field(title="阵地名称")
    host_kind: HostKind = Field(title="设立单位类别")
    host: Line = Field(title="设立单位")
    shared_with: frozenset[Centre] = Field(default=frozenset(), title="共用平台")
    parent_id: UUID | None = Field(default=None, title="上级阵地编号")


class CheckVenueStandard(_Ask):
    """Say of each of the six (六有) whether the venue has it. The last check counts."""

    label: ClassVar[str] = "核验六有"
    may: ClassVar = ORGANISERS

    met: dict[Line, bool] = Field(title="六有")
    remark: Text = Field(default="", title="核验意见")


class SuspendVenue(_Ask):
    """Let a venue rest; what it was offered for must look for another."""

    label: ClassVar[str] = "暂停阵地"

    reason: Line = Field(title="理由")


class ResumeVenue(_Ask):
    """Let a resting venue be used again."""

    label: ClassVar[str] = "恢复阵地"


class AppointConvenor(_Ask):
    """Appoint a convenor who is what the charter asks for in that rank."""

    label: ClassVar[str] = "任命召集人"

    rank: Rank = Field(title="召集人次序")
    person: Line = Field(title="召集人账号")
    qualities: frozenset[Quality] = Field(title="具备的身份")


class RelieveConvenor(_Ask):
    """End a convenor's appointment."""

    label: ClassVar[str] = "解任召集人"

    rank: Rank = Field(title="召集人次序")
    reason: Line = Field(title="理由")


class AllotBudget(_AskMoney):
    """Give the venue money for a year, under one line of the budget."""

    label: ClassVar[str] = "安排经费"


class SpendBudget(_AskMoney):
    """Book what was spent under one line of a year's budget; never more than is left."""

    label: ClassVar[str] = "支出经费"
    may: ClassVar = frozenset({CPPCC, CLERK})

    purpose: Line = Field(title="用途")


class OfferVenue(_Ask):
    """Offer the venue for a consultation; its convenors must be what the charter asks for."""

    label: ClassVar[str] = "提供协商阵地"
    may: ClassVar = ORGANISERS

    consultation_id: UUID = Field(title="协商编号")


class NoteActivity(_Ask):
    """Note that a consultation was held here."""

    label: ClassVar[str] = "记入阵地活动"
    may: ClassVar = frozenset({SYSTEM})

    consultation_id: UUID = Field(title="协商编号")
    on: date = Field(title="日期")


type VenueCommand = (
    EstablishVenue
    | CheckVenueStandard
    | SuspendVenue
    | ResumeVenue
    | AppointConvenor
    | RelieveConvenor
    | AllotBudget
    | SpendBudget
    | OfferVenue
    | NoteActivity
)
