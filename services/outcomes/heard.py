"""What outcomes hears: that a meeting was held, and what its own assignments and follow-ups say."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from services.outcomes.words import FollowUpKind, ResultClass, Verdict
from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class _Named(BaseModel):
    """Part of a fact: unknown fields are ignored here too."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Point(_Named):
    """One point of the record of a meeting."""

    no: int
    text: str
    agreed: bool
    general: bool
    unit: str = ""


class MeetingHeld(Heard):
    """Said by meetings: the consultation took place and its record is signed."""

    source: ClassVar[str] = "meetings"

    area: AreaCode
    consultation_id: UUID
    topic_id: UUID
    items: tuple[Point, ...]


class CasePublished(Heard):
    """Said by a case of ours: it is in the library."""

    source: ClassVar[str] = "outcomes"

    case_id: UUID
    outcome_id: UUID


class CommitmentMade(Heard):
    """Said by meetings: a unit promised something on the spot."""

    source: ClassVar[str] = "meetings"

    area: AreaCode
    topic_id: UUID
    unit: str
    promise: str
    due: date


class DeadlineBreached(Heard):
    """Said by notify: a unit let a deadline pass."""

    source: ClassVar[str] = "notify"

    area: AreaCode
    topic_id: UUID
    unit: str
    due: date


class EvaluationReported(Heard):
    """Said by an evaluation of ours: it is known how the handling of these units was seen."""

    source: ClassVar[str] = "outcomes"

    area: AreaCode
    evaluation_id: UUID
    topic_id: UUID
    units: tuple[str, ...]
    verdict: Verdict


class ResearchReportFiled(Heard):
    """Said by meetings: somebody looked into it, and wrote it down."""

    source: ClassVar[str] = "meetings"

    area: AreaCode
    research_id: UUID
    topic_id: UUID


class ItemAssigned(Heard):
    """Said by an outcome of ours. Until its second version it knew one `unit` only."""

    source: ClassVar[str] = "outcomes"

    area: AreaCode
    outcome_id: UUID
    topic_id: UUID
    assignment_id: UUID
    item_no: int
    text: str
    lead_unit: str = Field(validation_alias=AliasChoices("lead_unit", "unit"))
    assist_units: tuple[str, ...] = ()
    due: date


class AssignmentReturned(Heard):
    """Said by an assignment of ours: its item needs another unit."""

    source: ClassVar[str] = "outcomes"

    outcome_id: UUID
    item_no: int
    unit: str


class SolutionConfirmed(Heard):
    """Said by an assignment of ours: those whom it concerns find it solved."""

    source: ClassVar[str] = "outcomes"

    outcome_id: UUID
    item_no: int
    round: int


class SolutionDisputed(Heard):
    """Said by an assignment of ours: those whom it concerns do not find it solved."""

    source: ClassVar[str] = "outcomes"

    outcome_id: UUID
    item_no: int
    round: int


class HandlingRated(Heard):
    """Said by a rating of ours: whether those whom it concerns find it solved."""

    source: ClassVar[str] = "outcomes"

    area: AreaCode
    topic_id: UUID
    outcome_id: UUID
    assignment_id: UUID
    item_no: int
    round: int
    look_by: date | None


class PlannedFollowUp(_Named):
    """A follow-up that a reply calls for."""

    kind: FollowUpKind
    due: date
    led_by: str


class HandlingReplied(Heard):
    """Said by an assignment of ours: it is answered, and somebody will look."""

    source: ClassVar[str] = "outcomes"

    area: AreaCode
    assignment_id: UUID
    outcome_id: UUID
    topic_id: UUID
    item_no: int
    round: int
    result_class: ResultClass
    followups: tuple[PlannedFollowUp, ...]


class FollowUpConducted(Heard):
    """Said by a follow-up of ours: somebody looked."""

    source: ClassVar[str] = "outcomes"

    assignment_id: UUID
    outcome_id: UUID
    item_no: int
    round: int
    kind: FollowUpKind
    passed: bool
    findings: str


class DeadlinePaused(Heard):
    """Said by notify: the clock of an assignment stands still."""

    source: ClassVar[str] = "notify"

    deadline_id: UUID


class _ClockRuns(Heard):
    source: ClassVar[str] = "notify"

    deadline_id: UUID
    due: date


class DeadlineSet(_ClockRuns):
    """Said by notify: the clock of an assignment runs to this day."""


class DeadlineResumed(_ClockRuns):
    """Said by notify: it runs again."""


class DeadlineExtended(_ClockRuns):
    """Said by notify: it runs longer."""
