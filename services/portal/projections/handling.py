"""What units have in hand: clocks, promises made on the spot, and follow-ups."""

from pathlib import Path

from services.portal.heard import meetings, notify, outcomes, topics
from shared.runtime.projection import Projection

HANDLING = Projection(
    "handling",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.TopicProposed,
        meetings.CommitmentMade,
        outcomes.AssignmentOpened,
        outcomes.AssignmentArbitrated,
        outcomes.AssignmentAccepted,
        outcomes.AssignmentReturned,
        outcomes.HandlingReplied,
        outcomes.HandlingRejected,
        outcomes.FollowUpScheduled,
        outcomes.FollowUpConducted,
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
