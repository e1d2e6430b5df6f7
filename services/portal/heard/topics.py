"""What the portal looks into of what topics says."""

from typing import ClassVar
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
    origin: str


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

    topic_id: UUID


class TopicReturned(Heard):
    """The matter will not be consulted on."""

    source: ClassVar = "topics"


class TopicWithdrawn(Heard):
    """The proposer took it back."""

    source: ClassVar = "topics"


class TopicClosed(Heard):
    """The matter has come to its end."""

    source: ClassVar = "topics"

    topic_id: UUID


class TopicEnded(Heard):
    """The matter ended without an outcome, for a reason."""

    source: ClassVar = "topics"


class TopicReopened(Heard):
    """A closed matter is taken up again."""

    source: ClassVar = "topics"


class TopicCriteriaAssessed(Heard):
    """The topic was checked against the criteria of its county."""

    source: ClassVar = "topics"

    criteria: dict[str, bool]


class LeadReturnedForFix(Heard):
    """Something is missing; whoever brought it is asked for it."""

    source: ClassVar = "topics"


class LeadResubmitted(Heard):
    """The lead came back completed."""

    source: ClassVar = "topics"

    title: str


class LeadMerged(Heard):
    """The lead goes on as part of another."""

    source: ClassVar = "topics"


class LeadUnmerged(Heard):
    """The lead goes on by itself again."""

    source: ClassVar = "topics"


class LeadSplit(Heard):
    """Each of its matters goes on as a lead of its own."""

    source: ClassVar = "topics"
