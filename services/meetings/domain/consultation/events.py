"""What a consultation says."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from services.meetings.words import (
    AgendaItem,
    Commitment,
    Form,
    InvitedBy,
    Item,
    Kind,
    Mode,
    Party,
    WorkPlanField,
)
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Said(Event):
    consultation_id: UUID = Field(title="协商编号")


class _SaidToAll(_Said):
    """Others act on it, so it names the matter as well."""

    topic_id: UUID = Field(title="议题编号")


class ConsultationPlanned(_SaidToAll):
    """The topic is approved, so there will be a consultation."""

    label: ClassVar[str] = "列入协商"

    title: str = Field(title="议题名称")
    proposer: str = Field(title="提出人")


class ResearchNoted(_SaidToAll):
    """A research report on the topic is there. It may come before the topic is approved."""

    label: ClassVar[str] = "调研报告记入"

    research_id: UUID = Field(title="调研编号")


class VenueNoted(_Said):
    """A venue is there, and its convenors are who they should be."""

    label: ClassVar[str] = "协商阵地记入"

    venue_id: UUID = Field(title="阵地编号")
    name: str = Field(title="阵地名称")


class VenueDropped(_Said):
    """The venue is not to be had any more."""

    label: ClassVar[str] = "协商阵地收回"

    venue_id: UUID = Field(title="阵地编号")


class PartiesDetermined(_Said):
    """It is settled who must be heard."""

    label: ClassVar[str] = "明确协商主体"

    parties: tuple[Party, ...] = Field(title="协商主体")


class WorkPlanIssued(_Said):
    """The work plan is out."""

    label: ClassVar[str] = "工作方案印发"

    fields: dict[WorkPlanField, str] = Field(title="方案内容")


class ConsultationScheduled(_SaidToAll):
    """Time, place, form and mode are fixed; `research` are the reports it rests on."""

    label: ClassVar[str] = "协商排期"
    version: ClassVar[int] = 2

    title: str = Field(title="议题名称")
    starts: datetime = Field(title="开始时间")
    place: str = Field(title="地点")
    form: Form = Field(title="协商形式")
    mode: Mode = Field(title="协商方式")
    urgency: str = Field(title="紧急事由")
    venue_id: UUID | None = Field(title="阵地编号")
    research: tuple[UUID, ...] = Field(title="所依据的调研")
    proposer: str = Field(title="提出人")


class AgendaSet(_Said):
    """It is settled what is dealt with in which order."""

    label: ClassVar[str] = "议程拟定"

    items: tuple[AgendaItem, ...] = Field(title="议程")


class InvitationRecorded(_Said):
    """One side was asked to come."""

    label: ClassVar[str] = "邀请登记"

    kind: Kind = Field(title="类别")
    name: str = Field(title="单位或群体")
    how: InvitedBy = Field(title="邀请方式")


class PriorNoticeGiven(_SaidToAll):
    """The parties were told what will be discussed."""

    label: ClassVar[str] = "提前通报"

    content: str = Field(title="通报内容")


class AttendeeCheckedIn(_Said):
    """An office or group is there, with that many people; or one member, who is named by id."""

    label: ClassVar[str] = "签到"
    version: ClassVar[int] = 2

    kind: Kind = Field(title="类别")
    name: str = Field(title="单位或群体")
    people: int = Field(title="人数")
    member_id: UUID | None = Field(title="委员编号")


class ConsultationOpened(_Said):
    """The meeting has begun."""

    label: ClassVar[str] = "协商开始"


class AgendaItemBegun(_Said):
    """The meeting went on to this item of its agenda."""

    label: ClassVar[str] = "进入议程"

    no: int = Field(title="第几项")


class StatementRecorded(_Said):
    """One side spoke; perhaps it was a member who did."""

    label: ClassVar[str] = "发言"
    version: ClassVar[int] = 2

    speaker: str = Field(title="发言方")
    text: str = Field(title="发言要点")
    member_id: UUID | None = Field(title="委员编号")


class CommitmentMade(_SaidToAll):
    """A unit promised something on the spot."""

    label: ClassVar[str] = "当场表态"

    unit: str = Field(title="表态单位")
    promise: str = Field(title="承诺")
    due: date = Field(title="期限")


class ConsensusRecorded(_Said):
    """All agree on an item."""

    label: ClassVar[str] = "达成共识"

    item_no: int = Field(title="序号")
    text: str = Field(title="共识内容")
    unit: str = Field(title="责任单位")
    general: bool = Field(title="普遍性问题")


class DissentRecorded(_Said):
    """Not all agree on an item."""

    label: ClassVar[str] = "未尽一致"

    item_no: int = Field(title="序号")
    text: str = Field(title="分歧内容")
    general: bool = Field(title="普遍性问题")


class MeetingHeld(_SaidToAll):
    """The consultation took place and its record is signed.

    `attendees` counts people by kind; `counted` says whether it counts to the form's yearly quota,
    which needs the leaders that the charter asks for.
    """

    label: ClassVar[str] = "协商会议召开"
    version: ClassVar[int] = 2

    title: str = Field(title="议题名称")
    place: str = Field(title="地点")
    form: Form = Field(title="协商形式")
    mode: Mode = Field(title="协商方式")
    venue_id: UUID | None = Field(title="阵地编号")
    items: tuple[Item, ...] = Field(title="协商事项")
    commitments: tuple[Commitment, ...] = Field(title="当场表态")
    attendees: dict[Kind, int] = Field(title="到会人数")
    research: tuple[UUID, ...] = Field(title="所依据的调研")
    signed_by: tuple[Kind, ...] = Field(title="签认方")
    counted: bool = Field(title="计入年度次数")
    proposer: str = Field(title="提出人")


class ConsultationPostponed(_SaidToAll):
    """Time and place were taken back."""

    label: ClassVar[str] = "协商延期"

    reason: str = Field(title="理由")


class ConsultationCancelled(_SaidToAll):
    """The consultation was given up."""

    label: ClassVar[str] = "取消协商"

    reason: str = Field(title="理由")


type ConsultationEvent = (
    ConsultationPlanned
    | ResearchNoted
    | VenueNoted
    | VenueDropped
    | PartiesDetermined
    | WorkPlanIssued
    | ConsultationScheduled
    | AgendaSet
    | InvitationRecorded
    | PriorNoticeGiven
    | AttendeeCheckedIn
    | ConsultationOpened
    | AgendaItemBegun
    | StatementRecorded
    | CommitmentMade
    | ConsensusRecorded
    | DissentRecorded
    | MeetingHeld
    | ConsultationPostponed
    | ConsultationCancelled
)


def _v1_knew_no_venue(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "venue_id": None}


def _v1_knew_no_members(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "member_id": None}


EVENTS: Registry[ConsultationEvent] = registry(
    ConsultationEvent,
    {
        ("ConsultationScheduled", 1): _v1_knew_no_venue,
        ("AttendeeCheckedIn", 1): _v1_knew_no_members,
        ("StatementRecorded", 1): _v1_knew_no_members,
        ("MeetingHeld", 1): _v1_knew_no_venue,
    },
)
