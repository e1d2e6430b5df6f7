"""The story of one matter, from the facts."""

from pathlib import Path

from services.portal.heard import desks, meetings, notify, outcomes, polls, topics
from shared.runtime.projection import Projection

STORY = Projection(
    "story",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.LeadSubmitted,
        topics.TopicProposed,
        meetings.ResearchPlanned,
        meetings.ResearchNoted,
        meetings.ConsultationPlanned,
        outcomes.MinutesDrafted,
        outcomes.ResearchReportNoted,
        polls.EvaluationOpened,
        outcomes.CaseDrafted,
        meetings.DrawOpened,
        desks.AssignmentOpened,
        desks.FollowUpScheduled,
        desks.HandlingRated,
        notify.DeadlineSet,
        notify.NoticeSent,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
