"""What the portal looks into of what outcomes says of the units' desks, and who looked after it."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


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
    unit: str
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


class ExtensionGranted(Heard):
    """The unit has until another day."""

    source: ClassVar = "outcomes"

    due: date


class HandlingProgressReported(Heard):
    """A unit said how far the work is."""

    source: ClassVar = "outcomes"

    progress: str


class HandlingRated(Heard):
    """Somebody whom it concerns said whether it is solved; the first a rating says."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    assignment_id: UUID
    round: int
    voice: UUID
    solved: bool
    satisfaction: str


class SolutionConfirmed(Heard):
    """Those whom it concerns find it solved."""

    source: ClassVar = "outcomes"


class SolutionDisputed(Heard):
    """Those whom it concerns do not find it solved."""

    source: ClassVar = "outcomes"
