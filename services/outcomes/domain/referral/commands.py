"""What a referral (纪检反馈) may be asked. It lies at the county: nobody of a town may ask it."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import SYSTEM, Command

STAFF = frozenset({w.CPPCC})
OURSELVES = frozenset({SYSTEM})


class NoteCommitment(Command):
    """Note what a unit promised on the spot."""

    label: ClassVar[str] = "记录当场表态"
    may: ClassVar[frozenset[str]] = OURSELVES

    referral_id: w.ReferralId
    area: w.Area
    topic_id: w.TopicId
    unit: w.Unit
    promise: w.Content
    due: date = Field(title="承诺期限")


class NoteBreach(Command):
    """Note that the unit let a deadline of the same matter pass."""

    label: ClassVar[str] = "记录逾期"
    may: ClassVar[frozenset[str]] = OURSELVES

    referral_id: w.ReferralId
    area: w.Area
    topic_id: w.TopicId
    unit: w.Unit
    due: w.Due


class NotePoorEvaluation(Command):
    """Note that the handling of the unit did not pass a secret ballot."""

    label: ClassVar[str] = "记录测评未通过"
    may: ClassVar[frozenset[str]] = OURSELVES

    referral_id: w.ReferralId
    area: w.Area
    topic_id: w.TopicId
    unit: w.Unit
    evaluation_id: w.EvaluationId


class RecordStrongReaction(Command):
    """Record how strongly people or members speak of it."""

    label: ClassVar[str] = "记录强烈反映"
    may: ClassVar[frozenset[str]] = STAFF

    referral_id: w.ReferralId
    by: w.FeedbackTo = Field(title="反映方")
    record: w.Content


class AllegeInaction(Command):
    """Say that the unit promised and did nothing, and ask for approval to refer it."""

    label: ClassVar[str] = "提出不作为反映"
    may: ClassVar[frozenset[str]] = STAFF

    referral_id: w.ReferralId
    summary: w.Content


class ApproveReferral(Command):
    """Decide for the Party group whether it is referred."""

    label: ClassVar[str] = "审批纪检反馈"
    may: ClassVar[frozenset[str]] = frozenset({w.PARTY})

    referral_id: w.ReferralId
    agrees: bool = Field(title="同意")
    reason: w.Reason


class ReferToDiscipline(Command):
    """Hand it to the discipline inspection, under a document number."""

    label: ClassVar[str] = "反馈纪检监察"
    may: ClassVar[frozenset[str]] = STAFF

    referral_id: w.ReferralId
    number: w.Number


class ReceiveDisciplineResult(Command):
    """Record what the discipline inspection answered."""

    label: ClassVar[str] = "登记纪检处理结果"
    may: ClassVar[frozenset[str]] = STAFF

    referral_id: w.ReferralId
    result: w.Content


type ReferralCommand = (
    NoteCommitment
    | NoteBreach
    | NotePoorEvaluation
    | RecordStrongReaction
    | AllegeInaction
    | ApproveReferral
    | ReferToDiscipline
    | ReceiveDisciplineResult
)
