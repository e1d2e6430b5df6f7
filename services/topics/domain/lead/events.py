"""What a lead says."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import Origin
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class LeadSubmitted(Event):
    """Somebody brought a matter. `receipt` is the number to ask after it by: 12 digits."""

    label: ClassVar[str] = "线索提交"

    lead_id: UUID = Field(title="线索编号")
    title: str = Field(title="事项名称")
    origin: Origin = Field(title="来源")
    personal: bool = Field(title="个人诉求")
    proxy: bool = Field(title="代为填报")
    words: str = Field(title="反映人原话", json_schema_extra={"sealed": True})
    contact: str = Field(title="联系方式", json_schema_extra={"sealed": True})
    submitter: str = Field(title="提交人")
    receipt: str = Field(title="回执号")


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
    LeadSubmitted | LeadScreenedOut | PersonalAppealTransferred | TransferAcknowledged | LeadAdopted
)

EVENTS: Registry[LeadEvent] = registry(LeadEvent)
