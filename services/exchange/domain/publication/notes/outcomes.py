"""What everybody is told of what came of a consultation."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from services.exchange.domain.publication.notes.facts import PublicFact
from services.exchange.words import AssignmentId, CaseId, Count, EvaluationId, OutcomeId, Unit


class MinutesIssued(PublicFact):
    """The minutes of a consultation have a number; what they say is no part of it."""

    label: ClassVar[str] = "公开:纪要印发"

    outcome_id: OutcomeId
    number: str = Field(title="文号")


class OutcomeSubmitted(PublicFact):
    """The outcome went to the bodies that decide."""

    label: ClassVar[str] = "公开:成果报送"

    outcome_id: OutcomeId


class OutcomeAdopted(PublicFact):
    """A body that received the outcome takes it up."""

    label: ClassVar[str] = "公开:成果采纳"

    outcome_id: OutcomeId


class ItemAssigned(PublicFact):
    """A unit has to act on an item of the outcome, by a day."""

    label: ClassVar[str] = "公开:交办"

    outcome_id: OutcomeId
    assignment_id: AssignmentId
    item_no: int = Field(title="序号", ge=1)
    unit: Unit
    due: date = Field(title="期限")


class DeadlineExtended(PublicFact):
    """The unit has until this day; why, is between offices."""

    label: ClassVar[str] = "公开:办理延期"

    assignment_id: AssignmentId
    unit: Unit
    due: date = Field(title="期限")


class HandlingReplied(PublicFact):
    """The unit replied: A solved, B begun, C planned, D kept for reference."""

    label: ClassVar[str] = "公开:办理答复"

    assignment_id: AssignmentId
    unit: Unit
    result_class: str = Field(title="办理结果")


class HandlingRejected(PublicFact):
    """The reply does not hold: the unit works on."""

    label: ClassVar[str] = "公开:重新办理"

    assignment_id: AssignmentId


class FollowUpConducted(PublicFact):
    """Somebody went back and looked."""

    label: ClassVar[str] = "公开:跟踪开展"

    assignment_id: AssignmentId
    passed: bool = Field(title="通过")


class SolutionConfirmed(PublicFact):
    """Those whom it concerns find it solved."""

    label: ClassVar[str] = "公开:群众确认解决"

    assignment_id: AssignmentId


class SolutionDisputed(PublicFact):
    """Those whom it concerns do not find it solved."""

    label: ClassVar[str] = "公开:群众认为未解决"

    assignment_id: AssignmentId


class FeedbackGiven(PublicFact):
    """Members, or the people, were told; what the people were told is for everybody."""

    label: ClassVar[str] = "公开:反馈"

    outcome_id: OutcomeId
    to: Literal["members", "people"] = Field(title="反馈对象")
    content: str | None = Field(title="反馈内容")


class EvaluationTallied(PublicFact):
    """The ballots of an evaluation are counted. Without a quorum there is no verdict."""

    label: ClassVar[str] = "公开:测评结果"

    evaluation_id: EvaluationId
    of: str = Field(title="测评对象")
    voters: int = Field(ge=0, title="应参加人数")
    taken: int = Field(ge=0, title="发出票数")
    cast: int = Field(ge=0, title="收回票数")
    counts: tuple[Count, ...] = Field(title="各档票数")
    verdict: str = Field(title="测评结论")


class CasePublished(PublicFact):
    """A case is in the library, for others to learn from."""

    label: ClassVar[str] = "公开:典型案例入库"

    case_id: CaseId
    headline: str = Field(title="案例标题")


class MediaReported(PublicFact):
    """A medium reported on what came of it."""

    label: ClassVar[str] = "公开:媒体报道"

    outcome_id: OutcomeId
    outlet: str = Field(title="媒体")
    headline: str = Field(title="报道标题")
