"""What units and offices are measured by: tasks, promises, evaluations and rankings."""

from pathlib import Path

from services.portal.heard import assessing, meetings, notify, outcomes, topics
from shared.runtime.projection import Projection

SCORES = Projection(
    "scores",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.TopicProposed,
        meetings.CommitmentMade,
        outcomes.AssignmentOpened,
        outcomes.AssignmentAccepted,
        outcomes.AssignmentReturned,
        outcomes.AssignmentArbitrated,
        outcomes.ExtensionGranted,
        outcomes.HandlingProgressReported,
        outcomes.HandlingReplied,
        outcomes.HandlingRejected,
        outcomes.SolutionConfirmed,
        outcomes.SolutionDisputed,
        outcomes.FollowUpScheduled,
        outcomes.FollowUpConducted,
        assessing.EvaluationOpened,
        assessing.EvaluationTallied,
        assessing.EvaluationRecounted,
        assessing.EvaluationReported,
        assessing.SheetOpened,
        assessing.ScoreRecorded,
        assessing.ScoreAmended,
        assessing.ScoreAppealed,
        assessing.AppealTurnedDown,
        assessing.AssessmentPublished,
        assessing.RankingFrozen,
        assessing.RankingCorrected,
        notify.DeadlineSet,
        notify.DeadlineMet,
        notify.DeadlinePaused,
        notify.DeadlineResumed,
        notify.DeadlineExtended,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
