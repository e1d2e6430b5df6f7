"""What a venue says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import Centre, HostKind, Quality, Rank
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Said(Event):
    venue_id: UUID = Field(title="阵地编号")


class _SaidOfMoney(_Said):
    line: str = Field(title="经费科目")
    year: int = Field(title="年度")
    amount: int = Field(title="金额(元)")
    voucher: str = Field(title="文号或凭证号")


class VenueEstablished(_Said):
    """There is a venue, and this is expected of it.

    `ranks` need a convenor; `children_least` to `children_most` venues of the type `children` stand
    below it (None: any number); `activities_min` activities are held in a year.
    """

    label: ClassVar[str] = "阵地设立"

    type: str = Field(title="阵地类型")
    name: str = Field(title="阵地名称")
    host_kind: HostKind = Field(title="设立单位类别")
    host: str = Field(title="设立单位")
    shared_with: tuple[Centre, ...] = Field(title="共用平台")
    parent_id: UUID | None = Field(title="上级阵地编号")
    ranks: tuple[Rank, ...] = Field(title="应任命的召集人")
    standard: tuple[str, ...] = Field(title="六有标准")
    children: str | None = Field(title="下级阵地类型")
    children_least: int | None = Field(title="下级阵地最少")
    children_most: int | None = Field(title="下级阵地最多")
    activities_min: int = Field(title="年度最少活动次数")


class VenueStandardChecked(_Said):
    """Each of the six was looked at."""

    label: ClassVar[str] = "六有核验"

    met: dict[str, bool] = Field(title="六有")
    remark: str = Field(title="核验意见")


class VenueSuspended(_Said):
    """The venue rests."""

    label: ClassVar[str] = "阵地暂停"

    reason: str = Field(title="理由")


class VenueResumed(_Said):
    """The venue is used again."""

    label: ClassVar[str] = "阵地恢复"


class ConvenorAppointed(_Said):
    """Somebody convenes here, and is what the charter asks for in that rank."""

    label: ClassVar[str] = "召集人任命"

    rank: Rank = Field(title="召集人次序")
    person: str = Field(title="召集人账号")
    qualities: tuple[Quality, ...] = Field(title="具备的身份")


class ConvenorRelieved(_Said):
    """Somebody convenes here no longer."""

    label: ClassVar[str] = "召集人解任"

    rank: Rank = Field(title="召集人次序")
    person: str = Field(title="召集人账号")
    reason: str = Field(title="理由")


class BudgetAllotted(_SaidOfMoney):
    """The venue has money for a year."""

    label: ClassVar[str] = "经费安排"


class BudgetSpent(_SaidOfMoney):
    """The venue has spent some of it."""

    label: ClassVar[str] = "经费支出"

    purpose: str = Field(title="用途")


class VenueOffered(_Said):
    """A consultation may be held here: the venue is in use, and its convenors fit the rule."""

    label: ClassVar[str] = "阵地提供"

    consultation_id: UUID = Field(title="协商编号")
    name: str = Field(title="阵地名称")


class VenueOffersWithdrawn(_Said):
    """The consultations that the venue was offered for must look for another."""

    label: ClassVar[str] = "阵地收回"

    consultations: tuple[UUID, ...] = Field(title="协商编号")


class VenueActivityHeld(_Said):
    """A consultation was held here."""

    label: ClassVar[str] = "阵地活动"

    consultation_id: UUID = Field(title="协商编号")
    on: date = Field(title="日期")


type VenueEvent = (
    VenueEstablished
    | VenueStandardChecked
    | VenueSuspended
    | VenueResumed
    | ConvenorAppointed
    | ConvenorRelieved
    | BudgetAllotted
    | BudgetSpent
    | VenueOffered
    | VenueOffersWithdrawn
    | VenueActivityHeld
)

EVENTS: Registry[VenueEvent] = registry(VenueEvent)
