"""What units and offices are measured by: tasks, promises and evaluations."""

from pathlib import Path

from services.portal.heard import assessing, desks, meetings, notify, topics
from shared.runtime.projection import Projection

SCORES = Projection(
    "scores",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.TopicProposed,
        meetings.CommitmentMade,
        desks.AssignmentOpened,
        desks.AssignmentAccepted,
        desks.AssignmentReturned,
        desks.AssignmentArbitrated,
        desks.ExtensionGranted,
        desks.HandlingProgressReported,
        desks.HandlingReplied,
        desks.HandlingRejected,
        desks.SolutionConfirmed,
        desks.SolutionDisputed,
        desks.FollowUpScheduled,
        desks.FollowUpConducted,
        assessing.EvaluationOpened,
        assessing.EvaluationTallied,
        assessing.EvaluationRecounted,
        assessing.EvaluationReported,
        notify.DeadlineSet,
        notify.DeadlineMet,
        notify.DeadlinePaused,
        notify.DeadlineResumed,
        notify.DeadlineExtended,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
