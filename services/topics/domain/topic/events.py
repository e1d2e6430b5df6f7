"""What a topic says."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import Criterion, Origin, PartyBody
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class TopicProposed(Event):
    """Somebody put a matter forward for consultation, directly or by adopting a lead."""

    label: ClassVar[str] = "议题提出"

    topic_id: UUID = Field(title="议题编号")
    title: str = Field(title="议题名称")
    summary: str = Field(title="议题说明")
    origin: Origin = Field(title="来源")
    proposer: str = Field(title="提出人")
    lead_id: UUID | None = Field(title="线索编号")
    submitter: str | None = Field(title="线索提交人")


class TopicCriteriaAssessed(Event):
    """The topic was checked against the criteria; `excluded` is the ground that forbids it."""

    label: ClassVar[str] = "选题原则审查"

    topic_id: UUID = Field(title="议题编号")
    criteria: dict[Criterion, bool] = Field(title="选题原则")
    excluded: str | None = Field(title="不予受理情形")
    remark: str = Field(title="审查意见")


class TopicReportFiled(Event):
    """The written report went to one body."""

    label: ClassVar[str] = "书面报告"

    topic_id: UUID = Field(title="议题编号")
    to: PartyBody = Field(title="报送对象")


class TopicReviewedByPartyBody(Event):
    """One body said whether the topic may go ahead."""

    label: ClassVar[str] = "党委(党组)审核"

    topic_id: UUID = Field(title="议题编号")
    body: PartyBody = Field(title="审核机构")
    agrees: bool = Field(title="同意")
    reason: str = Field(title="意见")


class TopicApproved(Event):
    """Every body agreed: the matter will be consulted on."""

    label: ClassVar[str] = "议题确定"

    topic_id: UUID = Field(title="议题编号")
    title: str = Field(title="议题名称")
    proposer: str = Field(title="提出人")


class TopicReturned(Event):
    """One body did not agree; the matter may be put forward anew as another topic."""

    label: ClassVar[str] = "议题退回"

    topic_id: UUID = Field(title="议题编号")
    body: PartyBody = Field(title="审核机构")
    reason: str = Field(title="意见")
    proposer: str = Field(title="提出人")


class TopicPublicised(Event):
    """The approved topic was posted for all to see."""

    label: ClassVar[str] = "议题公示"

    topic_id: UUID = Field(title="议题编号")
    where: str = Field(title="公示地点")


class TopicWithdrawn(Event):
    """The proposer took the topic back."""

    label: ClassVar[str] = "议题撤回"

    topic_id: UUID = Field(title="议题编号")
    reason: str = Field(title="理由")


class TopicClosed(Event):
    """The outcome of the matter is closed, and with it the matter."""

    label: ClassVar[str] = "闭环销号"

    topic_id: UUID = Field(title="议题编号")
    outcome_id: UUID = Field(title="成果编号")
    title: str = Field(title="议题名称")
    proposer: str = Field(title="提出人")


class TopicEnded(Event):
    """The matter ends without an outcome, and it is said why: nothing ends silently."""

    label: ClassVar[str] = "议题终止"

    topic_id: UUID = Field(title="议题编号")
    reason: str = Field(title="理由")
    title: str = Field(title="议题名称")
    proposer: str = Field(title="提出人")


class TopicClaimed(Event):
    """A group of members or a committee has taken charge of the topic."""

    label: ClassVar[str] = "议题认领"

    topic_id: UUID = Field(title="议题编号")
    group: str = Field(title="认领的小组或委室")
    claimer: str = Field(title="认领人")


class PlanNoted(Event):
    """The topic serves an item of an issued plan."""

    label: ClassVar[str] = "年度计划记入"

    topic_id: UUID = Field(title="议题编号")
    plan_id: UUID = Field(title="计划编号")
    item_no: int = Field(title="序号")
    year: int = Field(title="年度")
    adopter: str = Field(title="列入人")


class TopicReopened(Event):
    """A closed matter is taken up again; `round` is 2 the first time."""

    label: ClassVar[str] = "议题重启"

    topic_id: UUID = Field(title="议题编号")
    reason: str = Field(title="理由")
    round: int = Field(title="第几轮")
    title: str = Field(title="议题名称")
    proposer: str = Field(title="提出人")


type TopicEvent = (
    TopicProposed
    | TopicCriteriaAssessed
    | TopicReportFiled
    | TopicReviewedByPartyBody
    | TopicApproved
    | TopicReturned
    | TopicPublicised
    | TopicWithdrawn
    | TopicClosed
    | TopicClaimed
    | PlanNoted
    | TopicReopened
    | TopicEnded
)

EVENTS: Registry[TopicEvent] = registry(TopicEvent)
