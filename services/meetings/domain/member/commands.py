"""What a membership may be asked."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.meetings.words import (
    CPPCC,
    MEMBER,
    RECORDERS,
    EndReason,
    Line,
    Sealed,
    Slug,
    Text,
    Year,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    may: ClassVar = frozenset({CPPCC})

    member_id: UUID = Field(title="委员编号")


class _AskOfPair(_Ask):
    partner_id: UUID = Field(title="结对委员编号")


class AdmitMember(_Ask):
    """Enter a member for one term. Who is elected again is entered again, for the new term."""

    label: ClassVar[str] = "登记委员"

    area: LocalArea = Field(title="所在区划")
    name: Sealed = Field(title="姓名")
    account: str = Field(default="", title="账号编号", max_length=64)
    party_member: bool = Field(title="中共党员")
    standing: bool = Field(title="常务委员")
    sector: Line = Field(title="界别")
    district: str = Field(default="", title="片区", max_length=80)
    term: int = Field(title="届次", ge=1, le=99)


class PairMembers(_AskOfPair):
    """Pair a Party member with a member who is not (双联); the other's own record answers."""

    label: ClassVar[str] = "委员结对"


class AnswerPair(_AskOfPair):
    """Answer, from the record of the member who is not in the Party, whether the pair can be."""

    label: ClassVar[str] = "答复结对"
    may: ClassVar = frozenset({SYSTEM})


class NotePair(_AskOfPair):
    """Note, in the record of the Party member, what was answered."""

    label: ClassVar[str] = "记入结对答复"
    may: ClassVar = frozenset({SYSTEM})

    obstacle: str = Field(title="不能结对的原因")


class EndPair(_AskOfPair):
    """End a pair; the other side hears of it."""

    label: ClassVar[str] = "解除结对"
    may: ClassVar = frozenset({CPPCC, SYSTEM})

    reason: Line = Field(title="理由")


class RecordDuty(_Ask):
    """Put something the member did into the duty file. The charter says what it counts."""

    label: ClassVar[str] = "登记履职"
    may: ClassVar = RECORDERS

    kind: Slug = Field(title="履职类别")
    on: date = Field(title="日期")
    reference: Line = Field(title="事由", description="会议名称、提案编号等,不写群众姓名")


class FileDutyReport(_Ask):
    """Report on the own year as a member of the standing committee (述职)."""

    label: ClassVar[str] = "提交述职报告"
    may: ClassVar = frozenset({MEMBER, CPPCC})

    year: Year = Field(title="年度")
    content: Text = Field(title="述职内容")


class EvaluateMember(_Ask):
    """Evaluate a year that is over, from the duty file alone; that year's file is then closed."""

    label: ClassVar[str] = "履职综合评价"

    year: Year = Field(title="年度")


class AssignObserver(_Ask):
    """Send the member to a session of the standing committee as an observer, in a batch."""

    label: ClassVar[str] = "安排列席常委会会议"

    session: Line = Field(title="常委会会议", description="如“第3次常委会会议”")
    on: date = Field(title="会议日期")
    batch: int = Field(title="批次", ge=1, le=50)


class EndMembership(_Ask):
    """End the membership, and every pair with it."""

    label: ClassVar[str] = "终止委员资格"

    reason: EndReason = Field(title="原因")


type MemberCommand = (
    AdmitMember
    | PairMembers
    | AnswerPair
    | NotePair
    | EndPair
    | RecordDuty
    | FileDutyReport
    | EvaluateMember
    | AssignObserver
    | EndMembership
)
