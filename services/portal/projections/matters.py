"""Every matter: where it is, and how far it is."""

from pathlib import Path

from services.portal.heard import desks, meetings, notify, outcomes, polls, topics
from shared.runtime.projection import Projection

MATTERS = Projection(
    "matters",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.LeadSubmitted,
        topics.LeadReturnedForFix,
        topics.LeadResubmitted,
        topics.LeadMerged,
        topics.LeadUnmerged,
        topics.LeadSplit,
        topics.LeadAdopted,
        topics.LeadScreenedOut,
        topics.PersonalAppealTransferred,
        topics.TransferAcknowledged,
        topics.TopicProposed,
        topics.TopicApproved,
        topics.TopicReturned,
        topics.TopicWithdrawn,
        topics.TopicClosed,
        topics.TopicEnded,
        topics.TopicReopened,
        meetings.ResearchPlanned,
        meetings.ResearchNoted,
        meetings.ConsultationPlanned,
        outcomes.MinutesDrafted,
        outcomes.ResearchReportNoted,
        polls.EvaluationOpened,
        outcomes.CaseDrafted,
        meetings.DrawOpened,
        desks.AssignmentOpened,
        desks.AssignmentArbitrated,
        desks.ExtensionGranted,
        desks.AssignmentAccepted,
        desks.AssignmentReturned,
        desks.HandlingReplied,
        desks.HandlingRejected,
        desks.FollowUpScheduled,
        desks.HandlingRated,
        outcomes.FeedbackGiven,
        notify.DeadlineSet,
        notify.NoticeSent,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
