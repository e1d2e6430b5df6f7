"""What a lead may be asked."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import (
    CLERK,
    CONVENOR,
    CPPCC,
    MEMBER,
    PARTY,
    RESIDENT,
    SCREENERS,
    UNIT,
    Line,
    Origin,
    Part,
    Photos,
    Place,
    Sealed,
    Slug,
    Text,
    Title,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command

SUBMITTERS = frozenset({RESIDENT, CLERK, CONVENOR, MEMBER, CPPCC, PARTY, UNIT})


class _Ask(Command):
    lead_id: UUID = Field(title="线索编号")


class SubmitLead(_Ask):
    """Bring a matter to the county. The title names nobody; private words come sealed."""

    label: ClassVar[str] = "提交线索"
    may: ClassVar = SUBMITTERS

    area: LocalArea = Field(title="所在区划")
    title: Title = Field(title="事项名称", description="不写个人姓名、电话")
    origin: Origin = Field(title="来源")
    personal: bool = Field(default=False, title="个人诉求", description="只涉及一人一户的请打勾")
    proxy: bool = Field(default=False, title="代为填报")
    place: Place = Field(default="", title="具体地点", description="不写门牌号和个人姓名")
    photos: Photos = Field(default=(), title="照片附件")
    words: Sealed = Field(default="", title="反映人原话")
    contact: Sealed = Field(default="", title="联系方式")


class OpenPart(_Ask):
    """Bring one part of a lead that was split as a lead of its own."""

    label: ClassVar[str] = "拆分立线索"
    may: ClassVar = frozenset({SYSTEM})

    area: LocalArea = Field(title="所在区划")
    split_from: UUID = Field(title="原线索编号")
    title: Title = Field(title="事项名称")
    origin: Origin = Field(title="来源")
    personal: bool = Field(title="个人诉求")
    proxy: bool = Field(title="代为填报")
    place: Place = Field(title="具体地点")
    submitter: str = Field(title="提交人")


class TakeHandedOver(_Ask):
    """Bring what another agency handed over, under the agency's own number, as a lead."""

    label: ClassVar[str] = "转来立线索"
    may: ClassVar = frozenset({SYSTEM})

    area: LocalArea = Field(title="所在区划")
    title: Title = Field(title="事项名称")
    origin: Origin = Field(title="来源")
    personal: bool = Field(title="个人诉求")
    place: Place = Field(title="具体地点")
    words: Sealed = Field(title="反映人原话")
    contact: Sealed = Field(title="联系方式")
    submitter: str = Field(title="提交人")
    agency: Line = Field(title="转来机构")
    agency_no: Line = Field(title="转来机构编号")


class CompleteHandedOver(_Ask):
    """Bring what an agency handed over again, completed as it was asked to."""

    label: ClassVar[str] = "转来补正"
    may: ClassVar = frozenset({SYSTEM})

    title: Title = Field(title="事项名称")
    place: Place = Field(title="具体地点")
    words: Sealed = Field(title="反映人原话")
    contact: Sealed = Field(title="联系方式")


class ReturnLeadForFix(_Ask):
    """Ask whoever brought the lead to complete it."""

    label: ClassVar[str] = "退回补正"
    may: ClassVar = SCREENERS

    reason: Line = Field(title="需补正的内容")


class ResubmitLead(_Ask):
    """Bring a lead again, completed. Words and contact left empty stay as they are."""

    label: ClassVar[str] = "补正后提交"
    may: ClassVar = SUBMITTERS

    title: Title = Field(title="事项名称", description="不写个人姓名、电话")
    place: Place = Field(default="", title="具体地点", description="不写门牌号和个人姓名")
    photos: Photos = Field(default=(), title="照片附件")
    words: Sealed = Field(default="", title="反映人原话")
    contact: Sealed = Field(default="", title="联系方式")


class MergeLead(_Ask):
    """Let a lead on the same matter go on as part of another one."""

    label: ClassVar[str] = "并案"
    may: ClassVar = SCREENERS

    into: UUID = Field(title="并入的线索编号")
    reason: Line = Field(title="理由")


class UnmergeLead(_Ask):
    """Let a merged lead go on by itself again; with `into`, only if it is merged into that one."""

    label: ClassVar[str] = "撤销并案"
    may: ClassVar = SCREENERS | {SYSTEM}

    into: UUID | None = Field(default=None, title="并入的线索编号")
    reason: Line = Field(title="理由")


class NoteMerged(_Ask):
    """Note that another lead goes on as part of this one."""

    label: ClassVar[str] = "记入并案"
    may: ClassVar = frozenset({SYSTEM})

    merged: UUID = Field(title="并来的线索编号")
    submitter: str = Field(title="并来线索的提交人")


class NoteUnmerged(_Ask):
    """Note that another lead goes on by itself again."""

    label: ClassVar[str] = "记入撤销并案"
    may: ClassVar = frozenset({SYSTEM})

    merged: UUID = Field(title="并来的线索编号")


class SplitLead(_Ask):
    """Make several leads of one that speaks of several matters."""

    label: ClassVar[str] = "拆分线索"
    may: ClassVar = SCREENERS

    parts: tuple[Part, ...] = Field(title="拆分为", min_length=2, max_length=9)
    reason: Line = Field(title="理由")


class ScreenOutLead(_Ask):
    """Turn a lead away on one of the grounds of the charter, with a reason."""

    label: ClassVar[str] = "不予受理"
    may: ClassVar = SCREENERS

    category: Slug = Field(title="不予受理情形")
    reason: Line = Field(title="理由")


class TransferAppeal(_Ask):
    """Hand a personal appeal to the unit that handles it by its own rules."""

    label: ClassVar[str] = "转交个人诉求"
    may: ClassVar = SCREENERS

    to_unit: Line = Field(title="转交单位")
    reason: Line = Field(title="理由")


class AcknowledgeTransfer(_Ask):
    """Confirm that a transferred appeal has arrived, under the receiver's own number."""

    label: ClassVar[str] = "转交回执"
    may: ClassVar = frozenset({UNIT, CLERK, CPPCC, SYSTEM})

    receipt_no: Line = Field(title="收文号")


class AdoptLead(_Ask):
    """Let a lead become a topic. A personal one needs named evidence of group interest."""

    label: ClassVar[str] = "采用线索"
    may: ClassVar = SCREENERS

    title: Title = Field(title="议题名称")
    summary: Text = Field(default="", title="议题说明")
    evidence: tuple[Line, ...] = Field(
        default=(), title="群体利益佐证", description="每行一件,如“41户联名,3月1日”", max_length=20
    )


type LeadCommand = (
    SubmitLead
    | OpenPart
    | TakeHandedOver
    | CompleteHandedOver
    | ReturnLeadForFix
    | ResubmitLead
    | MergeLead
    | UnmergeLead
    | NoteMerged
    | NoteUnmerged
    | SplitLead
    | ScreenOutLead
    | TransferAppeal
    | AcknowledgeTransfer
    | AdoptLead
)
