"""What notify hears of what outcomes says."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import AliasChoices, Field

from services.notify.heard.steps import OfTopic


class _ByOutcomes(OfTopic):
    source: ClassVar[str] = "outcomes"


class OutcomeSubmitted(_ByOutcomes):
    """The minutes await decisions."""


class OutcomeAdopted(_ByOutcomes):
    """A body took the outcome up."""

    body: str
    instruction: str


class ItemAssigned(_ByOutcomes):
    """A unit has to reply by a day. Until its second version the fact knew one `unit` only."""

    at: datetime
    assignment_id: UUID
    text: str
    lead_unit: str = Field(validation_alias=AliasChoices("lead_unit", "unit"))
    assist_units: tuple[str, ...] = ()
    due: date
    due_set_by: str = "charter"


class AssignmentReturned(_ByOutcomes):
    """A unit gave an item back."""

    assignment_id: UUID
    unit: str
    reason: str
    counter_proposal: str


class AssignmentArbitrated(_ByOutcomes):
    """An authority decided which unit handles an item, and until when."""

    at: datetime
    assignment_id: UUID
    lead_unit: str
    assist_units: tuple[str, ...] = ()
    former_unit: str | None = None
    reason: str
    due: date


class ExtensionGranted(_ByOutcomes):
    """A unit has until another day."""

    assignment_id: UUID
    due: date
    reason: str


class HandlingReplied(_ByOutcomes):
    """A unit replied."""

    at: datetime
    assignment_id: UUID
    unit: str
    result_class: str


class HandlingRejected(_ByOutcomes):
    """A reply does not hold: the unit has to reply anew, by another day."""

    at: datetime
    assignment_id: UUID
    unit: str
    reason: str
    due: date


class FollowUpScheduled(_ByOutcomes):
    """Somebody has to go and look."""

    kind: str
    due: date
    led_by: str


class FeedbackGiven(_ByOutcomes):
    """Members, or the people concerned, are told what was done."""

    to: str
    content: str
