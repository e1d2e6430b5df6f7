"""What notify hears: the steps of every matter, and who is to be told about them."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import AliasChoices, Field

from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class Step(Heard):
    """One step of a matter; the fact's id tells notices of the same kind apart."""

    fact_id: UUID
    area: AreaCode


class OfTopic(Step):
    """A step of a matter that is a topic already."""

    topic_id: UUID


class _ByTopics(OfTopic):
    source: ClassVar[str] = "topics"


class _ByMeetings(OfTopic):
    source: ClassVar[str] = "meetings"


class _ByOutcomes(OfTopic):
    source: ClassVar[str] = "outcomes"


class LeadAdopted(Step):
    """A lead became the source of a topic."""

    source: ClassVar[str] = "topics"

    title: str
    submitter: str


class LeadScreenedOut(Step):
    """A lead was turned away."""

    source: ClassVar[str] = "topics"

    reason: str
    submitter: str


class PersonalAppealTransferred(Step):
    """A personal appeal went to the unit that handles it."""

    source: ClassVar[str] = "topics"

    to_unit: str
    submitter: str


class TopicProposed(_ByTopics):
    """A matter was put forward: those who screen it have work, and two people follow it."""

    title: str
    proposer: str
    submitter: str | None = None


class TopicReportFiled(_ByTopics):
    """A written report awaits a body's decision."""

    to: str


class TopicApproved(_ByTopics):
    """The matter will be consulted on."""

    title: str


class TopicReturned(_ByTopics):
    """A body did not agree."""

    body: str
    reason: str


class TopicClosed(_ByTopics):
    """The matter is closed."""

    title: str


class ConsultationScheduled(_ByMeetings):
    """Time and place are fixed."""

    title: str
    starts: datetime
    place: str


class MeetingHeld(_ByMeetings):
    """The consultation took place."""

    title: str


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


class OfClock(OfTopic):
    """A step of a unit's deadline."""

    unit: str


class _ByNotify(OfClock):
    source: ClassVar[str] = "notify"


class DeadlineBreached(_ByNotify):
    """The day has passed."""

    due: date


class ReminderSent(_ByNotify):
    """The day comes near."""

    due: date
    days_left: int


class WarningLevelRaised(_ByNotify):
    """The day comes nearer."""

    due: date
    level: str
    days_left: int


class DeadlinePaused(_ByNotify):
    """The clock stands still."""

    reason: str


class DeadlineResumed(_ByNotify):
    """The clock runs again, to another day."""

    due: date


class DeadlineExtended(_ByNotify):
    """The unit has more time."""

    due: date
    reason: str
