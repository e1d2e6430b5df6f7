"""Facts for everybody (公开事实), whose names and shapes are promised to other agencies.

No names of people, no proposer, no reason that offices give one another, and no sealed word is in
any of them: they say what the view `commons` of the portal says, and nothing beyond.
"""

from collections.abc import Mapping

from services.exchange.domain.publication.notes.facts import PublicFact
from services.exchange.domain.publication.notes.meetings import (
    CommitmentMade,
    ConsultationCancelled,
    ConsultationPostponed,
    ConsultationScheduled,
    MeetingHeld,
)
from services.exchange.domain.publication.notes.outcomes import (
    CasePublished,
    DeadlineExtended,
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
from services.exchange.domain.publication.notes.topics import (
    TopicApproved,
    TopicClosed,
    TopicEnded,
    TopicProposed,
    TopicPublicised,
    TopicReopened,
)
from services.exchange.words import Kind

__all__ = [
    "PUBLIC",
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
    "MediaReported",
    "MeetingHeld",
    "MinutesIssued",
    "OutcomeAdopted",
    "OutcomeSubmitted",
    "PublicFact",
    "SolutionConfirmed",
    "SolutionDisputed",
    "TopicApproved",
    "TopicClosed",
    "TopicEnded",
    "TopicProposed",
    "TopicPublicised",
    "TopicReopened",
]

PUBLIC: Mapping[Kind, type[PublicFact]] = {
    "TopicProposed": TopicProposed,
    "TopicApproved": TopicApproved,
    "TopicPublicised": TopicPublicised,
    "TopicClosed": TopicClosed,
    "TopicEnded": TopicEnded,
    "TopicReopened": TopicReopened,
    "ConsultationScheduled": ConsultationScheduled,
    "ConsultationPostponed": ConsultationPostponed,
    "ConsultationCancelled": ConsultationCancelled,
    "CommitmentMade": CommitmentMade,
    "MeetingHeld": MeetingHeld,
    "MinutesIssued": MinutesIssued,
    "OutcomeSubmitted": OutcomeSubmitted,
    "OutcomeAdopted": OutcomeAdopted,
    "ItemAssigned": ItemAssigned,
    "DeadlineExtended": DeadlineExtended,
    "HandlingReplied": HandlingReplied,
    "HandlingRejected": HandlingRejected,
    "FollowUpConducted": FollowUpConducted,
    "SolutionConfirmed": SolutionConfirmed,
    "SolutionDisputed": SolutionDisputed,
    "FeedbackGiven": FeedbackGiven,
    "EvaluationTallied": EvaluationTallied,
    "CasePublished": CasePublished,
    "MediaReported": MediaReported,
}
"""The shape of each kind."""
