"""How matters go through a county: where, with whom, on what research, and how fast."""

from pathlib import Path

from services.portal.heard import conversion, desks, meetings, outcomes, plans, topics
from shared.runtime.projection import Projection

PACE = Projection(
    "pace",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.TopicProposed,
        topics.TopicApproved,
        topics.TopicClosed,
        plans.VenueEstablished,
        plans.VenueSuspended,
        plans.VenueResumed,
        plans.VenueStandardChecked,
        topics.PersonalAppealTransferred,
        topics.TransferAcknowledged,
        meetings.ResearchReportFiled,
        meetings.ConsultationScheduled,
        meetings.MeetingHeld,
        outcomes.MinutesDrafted,
        outcomes.ReportDrafted,
        conversion.OutcomeSubmitted,
        outcomes.OutcomeAdopted,
        outcomes.OutcomeEndorsed,
        outcomes.MajorOutcomeEscalated,
        outcomes.ItemAssigned,
        outcomes.OutcomeUpreported,
        conversion.UpreportAdopted,
        outcomes.MediaReported,
        desks.HandlingReplied,
        desks.HandlingRejected,
        outcomes.FeedbackGiven,
        outcomes.CasePublished,
    ],
    sources=("topics", "meetings", "outcomes"),
)
