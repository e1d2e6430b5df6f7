"""What units have in hand: clocks, promises made on the spot, and follow-ups."""

from pathlib import Path

from services.portal.heard import desks, meetings, notify, topics
from shared.runtime.projection import Projection

HANDLING = Projection(
    "handling",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.TopicProposed,
        meetings.CommitmentMade,
        desks.AssignmentOpened,
        desks.AssignmentArbitrated,
        desks.AssignmentAccepted,
        desks.AssignmentReturned,
        desks.HandlingReplied,
        desks.HandlingRejected,
        desks.FollowUpScheduled,
        desks.FollowUpConducted,
        desks.HandlingRated,
        notify.DeadlineSet,
        notify.DeadlineMet,
        notify.DeadlineLifted,
        notify.DeadlineBreached,
        notify.WarningLevelRaised,
        notify.DeadlinePaused,
        notify.DeadlineResumed,
        notify.DeadlineExtended,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
