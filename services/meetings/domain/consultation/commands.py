"""What a consultation may be asked."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.meetings.words import (
    DOOR,
    ORGANISERS,
    RECORDERS,
    UNIT,
    AgendaItem,
    Form,
    InvitedBy,
    Kind,
    Line,
    Mode,
    Party,
    Text,
    WorkPlanField,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    consultation_id: UUID = Field(title="协商编号")


class _Prepare(_Ask):
    may: ClassVar = ORGANISERS


class _Record(_Ask):
    may: ClassVar = RECORDERS


class PlanConsultation(_Ask):
    """Begin to prepare a consultation because its topic was approved."""

    label: ClassVar[str] = "列入协商"
    may: ClassVar = frozenset({SYSTEM})

    area: LocalArea = Field(title="所在区划")
    topic_id: UUID = Field(title="议题编号")
    title: str = Field(title="议题名称")
    proposer: str = Field(title="提出人")


class NoteResearch(_Ask):
    """Note that a research report on the topic is there."""

    label: ClassVar[str] = "记入调研报告"
    may: ClassVar = frozenset({SYSTEM})

    area: LocalArea = Field(title="所在区划")
    topic_id: UUID = Field(title="议题编号")
    research_id: UUID = Field(title="调研编号")


class NoteVenue(_Ask):
    """Note that a venue was offered. The last one offered counts."""

    label: ClassVar[str] = "记入协商阵地"
    may: ClassVar = frozenset({SYSTEM})

    venue_id: UUID = Field(title="阵地编号")
    name: str = Field(title="阵地名称")


class DropVenue(_Ask):
    """Note that the venue is not to be had any more."""

    label: ClassVar[str] = "收回协商阵地"
    may: ClassVar = frozenset({SYSTEM})

    venue_id: UUID = Field(title="阵地编号")


class DetermineParties(_Prepare):
    """Say who must be heard: the people affected, a responsible unit, and others as needed."""

    label: ClassVar[str] = "明确协商主体"

    parties: tuple[Party, ...] = Field(title="协商主体", max_length=100)


class IssueWorkPlan(_Prepare):
    """Issue the work plan, with every field that the charter asks for."""

    label: ClassVar[str] = "印发工作方案"

    fields: dict[WorkPlanField, Text] = Field(title="方案内容")


class ScheduleConsultation(_Prepare):
    """Fix time, place, form and mode. Without research there is no consultation."""

    label: ClassVar[str] = "协商排期"

    starts: AwareDatetime = Field(title="开始时间")
    place: Line = Field(title="地点")
    form: Form = Field(title="协商形式")
    mode: Mode = Field(title="协商方式")
    urgency: str = Field(
        default="", title="紧急事由", description="仅急事现场协商填写", max_length=200
    )


class SetAgenda(_Prepare):
    """Say what is dealt with in which order, and how long each may take. The last one stands."""

    label: ClassVar[str] = "拟定议程"

    items: tuple[AgendaItem, ...] = Field(title="议程", min_length=1, max_length=30)


class RecordInvitation(_Record):
    """Record that one side was asked to come by other means than the notices of the platform."""

    label: ClassVar[str] = "登记邀请"

    kind: Kind = Field(title="类别")
    name: Line = Field(title="单位或群体", description="不写群众姓名")
    how: InvitedBy = Field(title="邀请方式")


class GivePriorNotice(_Record):
    """Tell the parties beforehand what will be discussed."""

    label: ClassVar[str] = "提前通报"

    content: Text = Field(title="通报内容")


class CheckIn(_Record):
    """Record who is there: an office or a group, and how many people. The last count stands.

    A member (委员) may be recorded alone, so that attendance shows in the own duty file.
    """

    label: ClassVar[str] = "签到"

    kind: Kind = Field(title="类别")
    name: Line = Field(title="单位或群体")
    people: int = Field(default=1, title="人数", ge=1, le=100_000)
    member_id: UUID | None = Field(
        default=None, title="委员", description="委员本人签到时填写,人数为1"
    )


class CheckInHere(_Ask):
    """Record that somebody showed the code on the wall: a member, a leader, or a unit's person.

    The edge asks it for whoever is logged in, in the role of the door; nobody else may. Who was
    counted before is not counted again.
    """

    label: ClassVar[str] = "扫码签到"
    may: ClassVar = frozenset({DOOR})

    kind: Kind = Field(title="类别")
    name: Line = Field(title="单位或群体")
    member_id: UUID | None = Field(default=None, title="委员")


class OpenConsultation(_Record):
    """Open the meeting; the people affected and a responsible unit must be there."""

    label: ClassVar[str] = "协商开始"


class BeginAgendaItem(_Record):
    """Go on to an item of the agenda; its time runs from now."""

    label: ClassVar[str] = "进入议程"

    no: int = Field(title="第几项", ge=1, le=30)


class RecordStatement(_Record):
    """Record what one side said, and which member spoke for it, if one did."""

    label: ClassVar[str] = "记录发言"

    speaker: Line = Field(title="发言方", description="单位或群体,不写群众姓名")
    text: Text = Field(title="发言要点")
    member_id: UUID | None = Field(
        default=None, title="委员", description="委员发言时填写,该委员应已签到"
    )


class MakeCommitment(_Ask):
    """Record what a unit that is there promises on the spot."""

    label: ClassVar[str] = "当场表态"
    may: ClassVar = RECORDERS | {UNIT}

    unit: Line = Field(title="表态单位")
    promise: Text = Field(title="承诺")
    due: date = Field(title="期限")


class RecordConsensus(_Record):
    """Record an item that all agree on. The last word on an item number counts."""

    label: ClassVar[str] = "记录共识"

    item_no: int = Field(title="序号", ge=1, le=99)
    text: Text = Field(title="共识内容")
    unit: str = Field(
        default="", title="责任单位", description="仅形成共识、无需办理的可不填", max_length=200
    )
    general: bool = Field(default=False, title="普遍性问题")


class RecordDissent(_Record):
    """Record an item that not all agree on, and whether it is a general matter (普遍性)."""

    label: ClassVar[str] = "记录分歧"

    item_no: int = Field(title="序号", ge=1, le=99)
    text: Text = Field(title="分歧内容")
    general: bool = Field(default=False, title="普遍性问题")


class SignRecord(_Prepare):
    """Sign the record for the sides named; with that the consultation has been held."""

    label: ClassVar[str] = "签认活动记录"

    signed_by: tuple[Kind, ...] = Field(title="签认方", min_length=1, max_length=5)


class PostponeConsultation(_Prepare):
    """Take back time and place; parties, work plan and research remain."""

    label: ClassVar[str] = "协商延期"

    reason: Line = Field(title="理由")


class CancelConsultation(_Prepare):
    """Give the consultation up."""

    label: ClassVar[str] = "取消协商"

    reason: Line = Field(title="理由")


type ConsultationCommand = (
    PlanConsultation
    | NoteResearch
    | NoteVenue
    | DropVenue
    | DetermineParties
    | IssueWorkPlan
    | ScheduleConsultation
    | SetAgenda
    | RecordInvitation
    | GivePriorNotice
    | CheckIn
    | CheckInHere
    | OpenConsultation
    | BeginAgendaItem
    | RecordStatement
    | MakeCommitment
    | RecordConsensus
    | RecordDissent
    | SignRecord
    | PostponeConsultation
    | CancelConsultation
)
