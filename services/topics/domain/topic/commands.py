"""What a topic may be asked."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import (
    CONVENOR,
    CPPCC,
    MEMBER,
    ORGANISERS,
    PARTY,
    Criterion,
    Line,
    Origin,
    PartyBody,
    Slug,
    Text,
    Title,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command


class ProposeTopic(Command):
    """Put a matter forward for consultation, without a lead."""

    label: ClassVar[str] = "提出议题"
    may: ClassVar = frozenset({MEMBER, PARTY, CPPCC, CONVENOR})

    topic_id: UUID = Field(title="议题编号")
    area: LocalArea = Field(title="所在区划")
    title: Title = Field(title="议题名称")
    summary: Text = Field(default="", title="议题说明")
    origin: Origin = Field(title="来源")


class RaiseTopic(Command):
    """Put a matter forward because its lead was adopted."""

    label: ClassVar[str] = "由线索提出议题"
    may: ClassVar = frozenset({SYSTEM})

    topic_id: UUID = Field(title="议题编号")
    area: LocalArea = Field(title="所在区划")
    lead_id: UUID = Field(title="线索编号")
    title: Title = Field(title="议题名称")
    summary: Text = Field(title="议题说明")
    origin: Origin = Field(title="来源")
    proposer: str = Field(title="提出人")
    submitter: str = Field(title="线索提交人")


class AssessCriteria(Command):
    """Check the topic against every criterion of the charter. The last assessment counts."""

    label: ClassVar[str] = "选题原则审查"
    may: ClassVar = ORGANISERS

    topic_id: UUID = Field(title="议题编号")
    criteria: dict[Criterion, bool] = Field(title="选题原则")
    excluded: Slug | None = Field(
        default=None, title="不予受理情形", description="属于其中一类才填写"
    )
    remark: Text = Field(default="", title="审查意见")


class FileReport(Command):
    """Send the written report on the topic to one of the bodies that decide on it."""

    label: ClassVar[str] = "报送书面报告"
    may: ClassVar = ORGANISERS

    topic_id: UUID = Field(title="议题编号")
    to: PartyBody = Field(title="报送对象")


class ReviewTopic(Command):
    """Say, for one body, whether the topic may go ahead."""

    label: ClassVar[str] = "审核议题"
    may: ClassVar = frozenset({PARTY})

    topic_id: UUID = Field(title="议题编号")
    body: PartyBody = Field(title="审核机构")
    agrees: bool = Field(title="同意")
    reason: Text = Field(default="", title="意见")


class PublicizeTopic(Command):
    """Post the approved topic where the people concerned can see it."""

    label: ClassVar[str] = "公示议题"
    may: ClassVar = ORGANISERS

    topic_id: UUID = Field(title="议题编号")
    where: Line = Field(title="公示地点")


class WithdrawTopic(Command):
    """Take back a topic that one has proposed oneself and that nobody has decided on yet."""

    label: ClassVar[str] = "撤回议题"
    may: ClassVar = frozenset({MEMBER, PARTY, CPPCC, CONVENOR})

    topic_id: UUID = Field(title="议题编号")
    reason: Line = Field(title="理由")


class ClaimTopic(Command):
    """Take charge of an approved topic, for a group of members or a committee."""

    label: ClassVar[str] = "认领议题"
    may: ClassVar = ORGANISERS | {MEMBER}

    topic_id: UUID = Field(title="议题编号")
    group: Line = Field(title="认领的小组或委室")


class NotePlan(Command):
    """Note that the topic serves an item of an issued plan."""

    label: ClassVar[str] = "记入年度计划"
    may: ClassVar = frozenset({SYSTEM})

    topic_id: UUID = Field(title="议题编号")
    plan_id: UUID = Field(title="计划编号")
    item_no: int = Field(title="序号")
    year: int = Field(title="年度")
    adopter: str = Field(title="列入人")


class ReopenTopic(Command):
    """Take up again a matter that was closed, and say why; it is consulted on once more."""

    label: ClassVar[str] = "重启议题"
    may: ClassVar = frozenset({CPPCC, PARTY})

    topic_id: UUID = Field(title="议题编号")
    reason: Line = Field(title="理由")


class EndTopic(Command):
    """End an approved matter without an outcome, and sign for the reason."""

    label: ClassVar[str] = "终止议题"
    may: ClassVar = frozenset({CPPCC, PARTY})

    topic_id: UUID = Field(title="议题编号")
    reason: Line = Field(title="理由")


class CloseTopic(Command):
    """End the matter because its outcome is closed."""

    label: ClassVar[str] = "闭环销号"
    may: ClassVar = frozenset({SYSTEM})

    topic_id: UUID = Field(title="议题编号")
    outcome_id: UUID = Field(title="成果编号")


type TopicCommand = (
    ProposeTopic
    | RaiseTopic
    | AssessCriteria
    | FileReport
    | ReviewTopic
    | PublicizeTopic
    | WithdrawTopic
    | ClaimTopic
    | NotePlan
    | ReopenTopic
    | CloseTopic
    | EndTopic
)
