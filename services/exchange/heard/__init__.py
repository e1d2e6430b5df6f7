"""What exchange hears: the steps of every matter, in the words that are for everybody."""

from services.exchange.heard.clocks import DeadlineExtended
from services.exchange.heard.meetings import (
    CommitmentMade,
    ConsultationCancelled,
    ConsultationPostponed,
    ConsultationScheduled,
    MeetingHeld,
)
from services.exchange.heard.outcomes import (
    CasePublished,
    EvaluationTallied,
    FeedbackGiven,
    FollowUpConducted,
    HandlingRejected,
    HandlingReplied,
    ItemAssigned,
    MediaReported,
    MinutesIssued,
    OutcomeAdopted,
    OutcomeSubmitted,
    SolutionConfirmed,
    SolutionDisputed,
)
from services.exchange.heard.steps import LooseStep, Step
from services.exchange.heard.topics import (
    TopicApproved,
    TopicClosed,
    TopicEnded,
    TopicProposed,
    TopicPublicised,
    TopicReopened,
)

__all__ = [
    "CasePublished",
    "CommitmentMade",
    "ConsultationCancelled",
    "ConsultationPostponed",
    "ConsultationScheduled",
    "DeadlineExtended",
    "EvaluationTallied",
    "FeedbackGiven",
    "FollowUpConducted",
    "HandlingRejected",
    "HandlingReplied",
    "ItemAssigned",
    "LooseStep",
    "MediaReported",
    "MeetingHeld",
    "MinutesIssued",
    "OutcomeAdopted",
    "OutcomeSubmitted",
    "SolutionConfirmed",
    "SolutionDisputed",
    "Step",
    "TopicApproved",
    "TopicClosed",
    "TopicEnded",
    "TopicProposed",
    "TopicPublicised",
    "TopicReopened",
]
