"""What units and offices are measured by: tasks, promises and evaluations."""

from pathlib import Path

from services.portal.heard import desks, meetings, notify, polls, topics
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
        polls.EvaluationOpened,
        polls.EvaluationTallied,
        polls.EvaluationRecounted,
        polls.EvaluationReported,
        notify.DeadlineSet,
        notify.DeadlineMet,
        notify.DeadlinePaused,
        notify.DeadlineResumed,
        notify.DeadlineExtended,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
