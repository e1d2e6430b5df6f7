"""Every matter: where it is, how far it is, and who is late with it."""

from pathlib import Path

from services.portal import heard
from shared.runtime.projection import Projection

MATTERS = Projection(
    "matters",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        heard.LeadSubmitted,
        heard.LeadAdopted,
        heard.LeadScreenedOut,
        heard.PersonalAppealTransferred,
        heard.TransferAcknowledged,
        heard.TopicProposed,
        heard.TopicApproved,
        heard.TopicReturned,
        heard.TopicWithdrawn,
        heard.TopicClosed,
        heard.ResearchPlanned,
        heard.ResearchNoted,
        heard.ConsultationPlanned,
        heard.MinutesDrafted,
        heard.AssignmentOpened,
        heard.AssignmentAccepted,
        heard.AssignmentReturned,
        heard.HandlingReplied,
        heard.HandlingRejected,
        heard.FollowUpScheduled,
        heard.FeedbackGiven,
        heard.DeadlineSet,
        heard.NoticeSent,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
