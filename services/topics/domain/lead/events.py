"""What a lead says."""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import Origin, SplitPart
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class LeadSubmitted(Event):
    """Somebody brought a matter, or it is one of several that another lead was `split_from`.

    `receipt` is the number to ask after it by: 12 digits. What an agency handed over has the name
    of the `agency` and its own number there.
    """

    label: ClassVar[str] = "线索提交"
    version: ClassVar[int] = 3

    lead_id: UUID = Field(title="线索编号")
    title: str = Field(title="事项名称")
    origin: Origin = Field(title="来源")
    personal: bool = Field(title="个人诉求")
    proxy: bool = Field(title="代为填报")
    words: str = Field(title="反映人原话", json_schema_extra={"sealed": True})
    contact: str = Field(title="联系方式", json_schema_extra={"sealed": True})
    submitter: str = Field(title="提交人")
    receipt: str = Field(title="回执号")
    place: str = Field(title="具体地点")
    photos: tuple[UUID, ...] = Field(title="照片附件")
    split_from: UUID | None = Field(title="原线索编号")
    agency: str = Field(default="", title="转来机构")
    agency_no: str = Field(default="", title="转来机构编号")


class LeadReturnedForFix(Event):
    """Something is missing; whoever brought the lead is asked for it."""

    label: ClassVar[str] = "退回补正"

    lead_id: UUID = Field(title="线索编号")
    reason: str = Field(title="需补正的内容")
    submitter: str = Field(title="提交人")


class LeadResubmitted(Event):
    """The lead came back completed. Empty words and contact: as they were."""

    label: ClassVar[str] = "补正后提交"

    lead_id: UUID = Field(title="线索编号")
    title: str = Field(title="事项名称")
    place: str = Field(title="具体地点")
    photos: tuple[UUID, ...] = Field(title="照片附件")
    words: str = Field(title="反映人原话", json_schema_extra={"sealed": True})
    contact: str = Field(title="联系方式", json_schema_extra={"sealed": True})
    submitter: str = Field(title="提交人")


class LeadMerged(Event):
    """The lead goes on as part of another; what it is and who brought it stays here."""

    label: ClassVar[str] = "并案"

    lead_id: UUID = Field(title="线索编号")
    into: UUID = Field(title="并入的线索编号")
    reason: str = Field(title="理由")
    submitter: str = Field(title="提交人")


class LeadUnmerged(Event):
    """The lead goes on by itself again."""

    label: ClassVar[str] = "撤销并案"

    lead_id: UUID = Field(title="线索编号")
    into: UUID = Field(title="曾并入的线索编号")
    reason: str = Field(title="理由")
    submitter: str = Field(title="提交人")


class LeadJoined(Event):
    """Another lead goes on as part of this one."""

    label: ClassVar[str] = "并案记入"

    lead_id: UUID = Field(title="线索编号")
    merged: UUID = Field(title="并来的线索编号")
    merged_submitter: str = Field(title="并来线索的提交人")


class LeadParted(Event):
    """A lead that was part of this one goes on by itself again."""

    label: ClassVar[str] = "撤销并案记入"

    lead_id: UUID = Field(title="线索编号")
    merged: UUID = Field(title="曾并来的线索编号")


class MergeTurnedDown(Event):
    """Another lead was merged into this one, but this one has come to its end elsewhere."""

    label: ClassVar[str] = "并案未成"

    lead_id: UUID = Field(title="线索编号")
    merged: UUID = Field(title="并来的线索编号")


class LeadSplit(Event):
    """The lead speaks of several matters; each goes on as a lead of its own."""

    label: ClassVar[str] = "线索拆分"

    lead_id: UUID = Field(title="线索编号")
    parts: tuple[SplitPart, ...] = Field(title="拆分为")
    reason: str = Field(title="理由")
    origin: Origin = Field(title="来源")
    proxy: bool = Field(title="代为填报")
    place: str = Field(title="具体地点")
    submitter: str = Field(title="提交人")


class LeadScreenedOut(Event):
    """The lead was turned away, and why."""

    label: ClassVar[str] = "不予受理"

    lead_id: UUID = Field(title="线索编号")
    category: str = Field(title="不予受理情形")
    reason: str = Field(title="理由")
    submitter: str = Field(title="提交人")


class PersonalAppealTransferred(Event):
    """A personal appeal went to the unit that handles it; it will never be a topic."""

    label: ClassVar[str] = "个人诉求转交"

    lead_id: UUID = Field(title="线索编号")
    to_unit: str = Field(title="转交单位")
    reason: str = Field(title="理由")
    submitter: str = Field(title="提交人")


class TransferAcknowledged(Event):
    """The unit has the appeal, under its own number."""

    label: ClassVar[str] = "转交回执"

    lead_id: UUID = Field(title="线索编号")
    to_unit: str = Field(title="转交单位")
    receipt_no: str = Field(title="收文号")
    submitter: str = Field(title="提交人")


class LeadAdopted(Event):
    """The lead is to become a topic, put forward by whoever adopted it."""

    label: ClassVar[str] = "线索采用"

    lead_id: UUID = Field(title="线索编号")
    title: str = Field(title="议题名称")
    summary: str = Field(title="议题说明")
    origin: Origin = Field(title="来源")
    evidence: tuple[str, ...] = Field(title="群体利益佐证")
    adopter: str = Field(title="采用人")
    submitter: str = Field(title="提交人")


type LeadEvent = (
    LeadSubmitted
    | LeadReturnedForFix
    | LeadResubmitted
    | LeadMerged
    | LeadUnmerged
    | LeadJoined
    | LeadParted
    | MergeTurnedDown
    | LeadSplit
    | LeadScreenedOut
    | PersonalAppealTransferred
    | TransferAcknowledged
    | LeadAdopted
)


def _v1_knew_no_place(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "place": "", "photos": [], "split_from": None}


def _v2_knew_no_agency(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "agency": "", "agency_no": ""}


EVENTS: Registry[LeadEvent] = registry(
    LeadEvent,
    {("LeadSubmitted", 1): _v1_knew_no_place, ("LeadSubmitted", 2): _v2_knew_no_agency},
)
