"""What a membership says."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from services.meetings.words import EndReason
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry

Obstacle = Literal["", "ended", "party-member", "already-paired"]
"""Why there is no pair; nothing where there is one."""


class _Said(Event):
    member_id: UUID = Field(title="委员编号")


class _SaidOfPair(_Said):
    partner_id: UUID = Field(title="结对委员编号")


class MemberAdmitted(_Said):
    """Somebody is a member for one term. The name is sealed."""

    label: ClassVar[str] = "委员登记"

    name: str = Field(title="姓名", json_schema_extra={"sealed": True})
    account: str = Field(title="账号编号")
    party_member: bool = Field(title="中共党员")
    standing: bool = Field(title="常务委员")
    sector: str = Field(title="界别")
    district: str = Field(title="片区")
    term: int = Field(title="届次")


class PairProposed(_SaidOfPair):
    """A Party member is to be paired with another member, whose record must answer."""

    label: ClassVar[str] = "拟结对"


class PairAnswered(_SaidOfPair):
    """The record of the member who was to be paired answered the Party member's."""

    label: ClassVar[str] = "结对答复"

    obstacle: Obstacle = Field(title="不能结对的原因")


class MembersPaired(_SaidOfPair):
    """A Party member and a member outside the Party keep in touch."""

    label: ClassVar[str] = "委员结对"


class PairDeclined(_SaidOfPair):
    """The pair could not be."""

    label: ClassVar[str] = "未能结对"

    obstacle: str = Field(title="不能结对的原因")


class PairEnded(_SaidOfPair):
    """The pair is no more, or is not to be. Said on both sides."""

    label: ClassVar[str] = "解除结对"

    reason: str = Field(title="理由")


class DutyRecorded(_Said):
    """The member did something; `points` is what it counts by the charter."""

    label: ClassVar[str] = "履职登记"

    kind: str = Field(title="履职类别")
    on: date = Field(title="日期")
    reference: str = Field(title="事由")
    points: int = Field(title="分值")


class DutyReportFiled(_Said):
    """A member of the standing committee reported on a year."""

    label: ClassVar[str] = "述职"

    year: int = Field(title="年度")
    content: str = Field(title="述职内容")


class MemberEvaluated(_Said):
    """A year was evaluated, for good: the points counted of each kind, their sum, the grade."""

    label: ClassVar[str] = "履职综合评价"

    year: int = Field(title="年度")
    points: dict[str, int] = Field(title="各类得分")
    total: int = Field(title="总分")
    grade: str = Field(title="等次")


class ObserverAssigned(_Said):
    """The member observes a session of the standing committee."""

    label: ClassVar[str] = "安排列席"

    session: str = Field(title="常委会会议")
    on: date = Field(title="会议日期")
    batch: int = Field(title="批次")


class MembershipEnded(_Said):
    """Somebody is a member no more."""

    label: ClassVar[str] = "委员资格终止"

    reason: EndReason = Field(title="原因")


type MemberEvent = (
    MemberAdmitted
    | PairProposed
    | PairAnswered
    | MembersPaired
    | PairDeclined
    | PairEnded
    | DutyRecorded
    | DutyReportFiled
    | MemberEvaluated
    | ObserverAssigned
    | MembershipEnded
)

EVENTS: Registry[MemberEvent] = registry(MemberEvent)
