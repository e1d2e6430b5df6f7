"""What the portal looks into of what outcomes says of an outcome and its case."""

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
    content: str


class ResearchReportNoted(Heard):
    """Perhaps the first an outcome says, when it comes of research alone."""

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
    body: str


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
    item_no: int


class OutcomeUpreported(Heard):
    """An item was passed on upwards."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    item_no: int
    form: str
    headline: str


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
