"""What the portal looks into of what outcomes says."""

from datetime import date
from typing import Any, ClassVar, Literal
from uuid import UUID

from shared.kernel.message import Heard


class MinutesDrafted(Heard):
    """The first an outcome says."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    consultation_id: UUID
    items: tuple[dict[str, Any], ...]


class FeedbackGiven(Heard):
    """Members, or the people concerned, were told."""

    source: ClassVar = "outcomes"

    to: Literal["members", "people"]
    topic_id: UUID


class AssignmentOpened(Heard):
    """An item lies on the desk of a unit; the first an assignment says."""

    source: ClassVar = "outcomes"

    outcome_id: UUID
    topic_id: UUID
    item_no: int
    text: str
    lead_unit: str
    due: date
    assist_units: tuple[str, ...]


class AssignmentArbitrated(Heard):
    """An authority decided which unit handles it."""

    source: ClassVar = "outcomes"

    lead_unit: str
    assist_units: tuple[str, ...]
    due: date


class AssignmentAccepted(Heard):
    """The unit took it on."""

    source: ClassVar = "outcomes"

    unit: str


class AssignmentReturned(Heard):
    """The unit gave it back."""

    source: ClassVar = "outcomes"

    unit: str


class HandlingReplied(Heard):
    """The unit replied: A solved, B begun, C planned, D kept for reference."""

    source: ClassVar = "outcomes"

    result_class: str
    topic_id: UUID
    round: int
    content: str


class HandlingRejected(Heard):
    """The reply does not hold; the clock starts again."""

    source: ClassVar = "outcomes"

    due: date
    topic_id: UUID
    unit: str


class FollowUpScheduled(Heard):
    """The first a follow-up says."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    assignment_id: UUID
    round: int
    kind: str
    due: date
    led_by: str


class FollowUpConducted(Heard):
    """Somebody went and looked."""

    source: ClassVar = "outcomes"

    passed: bool
    findings: str


class ResearchReportNoted(Heard):
    """Perhaps the first an outcome says, when it comes of research alone."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class EvaluationOpened(Heard):
    """The first an evaluation says."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class CaseDrafted(Heard):
    """The first a case says."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class OutcomeAdopted(Heard):
    """A body that received the outcome takes it up."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class OutcomeEndorsed(Heard):
    """A body that received the outcome passed it on to units."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    units: tuple[str, ...]


class MajorOutcomeEscalated(Heard):
    """A body above is asked to charge somebody."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class ItemAssigned(Heard):
    """A unit has to act on an item."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class OutcomeUpreported(Heard):
    """An item was passed on upwards."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    item_no: int
    form: str
    headline: str


class ExtensionGranted(Heard):
    """The unit has until another day."""

    source: ClassVar = "outcomes"

    due: date


class HandlingProgressReported(Heard):
    """A unit said how far the work is."""

    source: ClassVar = "outcomes"

    progress: str


class SolutionConfirmed(Heard):
    """Those whom it concerns find it solved."""

    source: ClassVar = "outcomes"


class SolutionDisputed(Heard):
    """Those whom it concerns do not find it solved."""

    source: ClassVar = "outcomes"


class ReportDrafted(Heard):
    """What research alone leads to was drawn up."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    items: tuple[dict[str, Any], ...]


class MinutesIssued(Heard):
    """The minutes have a number."""

    source: ClassVar = "outcomes"

    number: str


class MediaReported(Heard):
    """A medium reported on it."""

    source: ClassVar = "outcomes"

    outlet: str
    headline: str


class CaseNoted(Heard):
    """The case of the outcome is in the library."""

    source: ClassVar = "outcomes"


class CasePublished(Heard):
    """A case is in the library."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    outcome_id: UUID
    headline: str
    sections: dict[str, str]
    basis: str


class OutcomeClosed(Heard):
    """Nothing is left to do."""

    source: ClassVar = "outcomes"
