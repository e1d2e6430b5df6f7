"""The ledger (活动台账): every consultation and how far it came; and the case library."""

from pathlib import Path

from services.portal.heard import desks, meetings, outcomes, topics
from shared.runtime.projection import Projection

LEDGER = Projection(
    "ledger",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.TopicProposed,
        topics.TopicCriteriaAssessed,
        topics.TopicApproved,
        topics.TopicReturned,
        topics.TopicWithdrawn,
        topics.TopicClosed,
        topics.TopicEnded,
        topics.TopicReopened,
        meetings.ConsultationPlanned,
        meetings.ConsultationScheduled,
        meetings.ConsultationPostponed,
        meetings.ConsultationCancelled,
        meetings.MeetingHeld,
        outcomes.MinutesDrafted,
        outcomes.ReportDrafted,
        outcomes.MinutesIssued,
        outcomes.OutcomeEndorsed,
        outcomes.OutcomeAdopted,
        outcomes.MediaReported,
        desks.AssignmentOpened,
        desks.AssignmentAccepted,
        desks.AssignmentReturned,
        desks.AssignmentArbitrated,
        desks.ExtensionGranted,
        desks.HandlingReplied,
        desks.HandlingRejected,
        desks.SolutionConfirmed,
        desks.SolutionDisputed,
        desks.FollowUpScheduled,
        desks.FollowUpConducted,
        outcomes.FeedbackGiven,
        outcomes.CaseNoted,
        outcomes.CasePublished,
        outcomes.OutcomeClosed,
    ],
    sources=("topics", "meetings", "outcomes"),
)
