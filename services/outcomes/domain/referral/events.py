"""What a referral (纪检反馈) says. Only this service reads it."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class CommitmentNoted(Event):
    """A unit promised something on the spot."""

    label: ClassVar[str] = "表态记录"

    referral_id: w.ReferralId
    topic_id: w.TopicId
    unit: w.Unit
    promise: w.Content
    due: date = Field(title="承诺期限")


class BreachNoted(Event):
    """The unit let a deadline of the same matter pass."""

    label: ClassVar[str] = "逾期记录"

    referral_id: w.ReferralId
    topic_id: w.TopicId
    unit: w.Unit
    due: w.Due


class PoorEvaluationNoted(Event):
    """The handling of the unit did not pass a secret ballot."""

    label: ClassVar[str] = "测评未通过记录"

    referral_id: w.ReferralId
    topic_id: w.TopicId
    unit: w.Unit
    evaluation_id: w.EvaluationId


class StrongReactionRecorded(Event):
    """People or members speak of it strongly."""

    label: ClassVar[str] = "强烈反映记录"

    referral_id: w.ReferralId
    by: w.FeedbackTo = Field(title="反映方")
    record: w.Content


class InactionAlleged(Event):
    """It is said that the unit promised and did nothing."""

    label: ClassVar[str] = "不作为反映"

    referral_id: w.ReferralId
    topic_id: w.TopicId
    unit: w.Unit
    summary: w.Content
    by: str = Field(title="提出人")


class DisciplineReferralApproved(Event):
    """The Party group agrees that it is referred."""

    label: ClassVar[str] = "纪检反馈审批"

    referral_id: w.ReferralId
    body: w.Body
    reason: w.Reason


class DisciplineReferralDeclined(Event):
    """The Party group does not agree; with new grounds it may be asked again."""

    label: ClassVar[str] = "纪检反馈未获批准"

    referral_id: w.ReferralId
    body: w.Body
    reason: w.Reason


class DisciplineReferred(Event):
    """The discipline inspection has it."""

    label: ClassVar[str] = "反馈纪检监察"

    referral_id: w.ReferralId
    topic_id: w.TopicId
    unit: w.Unit
    to: w.Body
    number: w.Number


class DisciplineResultReceived(Event):
    """The discipline inspection answered."""

    label: ClassVar[str] = "纪检处理结果"

    referral_id: w.ReferralId
    result: w.Content


type ReferralEvent = (
    CommitmentNoted
    | BreachNoted
    | PoorEvaluationNoted
    | StrongReactionRecorded
    | InactionAlleged
    | DisciplineReferralApproved
    | DisciplineReferralDeclined
    | DisciplineReferred
    | DisciplineResultReceived
)

EVENTS: Registry[ReferralEvent] = registry(ReferralEvent)
