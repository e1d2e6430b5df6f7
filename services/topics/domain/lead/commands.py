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
    Sealed,
    Slug,
    Text,
    Title,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import Command


class SubmitLead(Command):
    """Bring a matter to the county. The title names nobody; private words come sealed."""

    label: ClassVar[str] = "提交线索"
    may: ClassVar = frozenset({RESIDENT, CLERK, CONVENOR, MEMBER, CPPCC, PARTY, UNIT})

    lead_id: UUID = Field(title="线索编号")
    area: LocalArea = Field(title="所在区划")
    title: Title = Field(title="事项名称", description="不写个人姓名、电话")
    origin: Origin = Field(title="来源")
    personal: bool = Field(default=False, title="个人诉求", description="只涉及一人一户的请打勾")
    proxy: bool = Field(default=False, title="代为填报")
    words: Sealed = Field(default="", title="反映人原话")
    contact: Sealed = Field(default="", title="联系方式")


class ScreenOutLead(Command):
    """Turn a lead away on one of the grounds of the charter, with a reason."""

    label: ClassVar[str] = "不予受理"
    may: ClassVar = SCREENERS

    lead_id: UUID = Field(title="线索编号")
    category: Slug = Field(title="不予受理情形")
    reason: Line = Field(title="理由")


class TransferAppeal(Command):
    """Hand a personal appeal to the unit that handles it by its own rules."""

    label: ClassVar[str] = "转交个人诉求"
    may: ClassVar = SCREENERS

    lead_id: UUID = Field(title="线索编号")
    to_unit: Line = Field(title="转交单位")
    reason: Line = Field(title="理由")


class AcknowledgeTransfer(Command):
    """Confirm that a transferred appeal has arrived, under the receiver's own number."""

    label: ClassVar[str] = "转交回执"
    may: ClassVar = frozenset({UNIT, CLERK, CPPCC})

    lead_id: UUID = Field(title="线索编号")
    receipt_no: Line = Field(title="收文号")


class AdoptLead(Command):
    """Let a lead become a topic. A personal one needs named evidence of group interest."""

    label: ClassVar[str] = "采用线索"
    may: ClassVar = SCREENERS

    lead_id: UUID = Field(title="线索编号")
    title: Title = Field(title="议题名称")
    summary: Text = Field(default="", title="议题说明")
    evidence: tuple[Line, ...] = Field(
        default=(), title="群体利益佐证", description="每行一件,如“41户联名,3月1日”", max_length=20
    )


type LeadCommand = SubmitLead | ScreenOutLead | TransferAppeal | AcknowledgeTransfer | AdoptLead
