"""How far matters came, month by month: what the boards of leaders are drawn from."""

from pathlib import Path

from services.portal.heard import desks, meetings, notify, outcomes, topics
from shared.runtime.projection import Projection

COURSE = Projection(
    "course",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.LeadSubmitted,
        topics.LeadResubmitted,
        topics.LeadAdopted,
        topics.TopicProposed,
        topics.TopicApproved,
        topics.TopicClosed,
        meetings.MeetingHeld,
        outcomes.OutcomeAdopted,
        outcomes.OutcomeEndorsed,
        outcomes.MajorOutcomeEscalated,
        outcomes.ItemAssigned,
        outcomes.OutcomeUpreported,
        desks.AssignmentOpened,
        desks.AssignmentAccepted,
        desks.AssignmentReturned,
        desks.AssignmentArbitrated,
        desks.ExtensionGranted,
        desks.HandlingReplied,
        desks.HandlingRejected,
        desks.SolutionConfirmed,
        desks.SolutionDisputed,
        notify.DeadlineSet,
        notify.DeadlinePaused,
        notify.DeadlineResumed,
        notify.DeadlineExtended,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
