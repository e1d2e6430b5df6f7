"""What the portal hears: everything. Named here is what its views look into."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from shared.kernel.message import Heard


class LeadSubmitted(Heard):
    """Somebody brought a matter."""

    source: ClassVar = "topics"

    lead_id: UUID
    title: str
    submitter: str
    receipt: str


class TopicProposed(Heard):
    """A matter was put forward for consultation, perhaps because of a lead."""

    source: ClassVar = "topics"

    topic_id: UUID
    title: str
    proposer: str
    lead_id: UUID | None


class LeadScreenedOut(Heard):
    """The lead was turned away."""

    source: ClassVar = "topics"


class PersonalAppealTransferred(Heard):
    """The lead went to the unit that handles such appeals."""

    source: ClassVar = "topics"


class TransferAcknowledged(Heard):
    """The unit has it."""

    source: ClassVar = "topics"


class LeadAdopted(Heard):
    """The lead becomes a topic."""

    source: ClassVar = "topics"


class TopicApproved(Heard):
    """The matter will be consulted on."""

    source: ClassVar = "topics"


class TopicReturned(Heard):
    """The matter will not be consulted on."""

    source: ClassVar = "topics"


class TopicWithdrawn(Heard):
    """The proposer took it back."""

    source: ClassVar = "topics"


class TopicClosed(Heard):
    """The matter has come to its end."""

    source: ClassVar = "topics"


class ResearchPlanned(Heard):
    """The first a piece of research says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class ResearchNoted(Heard):
    """Perhaps the first a consultation says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class ConsultationPlanned(Heard):
    """Perhaps the first a consultation says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class MinutesDrafted(Heard):
    """The first an outcome says."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class FeedbackGiven(Heard):
    """Members, or the people concerned, were told."""

    source: ClassVar = "outcomes"

    to: Literal["members", "people"]


class AssignmentOpened(Heard):
    """An item lies on the desk of a unit; the first an assignment says."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    lead_unit: str
    due: date


class AssignmentAccepted(Heard):
    """The unit took it on."""

    source: ClassVar = "outcomes"


class AssignmentReturned(Heard):
    """The unit gave it back."""

    source: ClassVar = "outcomes"


class HandlingReplied(Heard):
    """The unit replied."""

    source: ClassVar = "outcomes"


class HandlingRejected(Heard):
    """The reply does not hold; the clock starts again."""

    source: ClassVar = "outcomes"

    due: date


class FollowUpScheduled(Heard):
    """The first a follow-up says."""

    source: ClassVar = "outcomes"

    topic_id: UUID


class DeadlineSet(Heard):
    """The first a deadline says."""

    source: ClassVar = "notify"

    topic_id: UUID


class NoticeSent(Heard):
    """The first a notice says."""

    source: ClassVar = "notify"

    topic_id: UUID | None
