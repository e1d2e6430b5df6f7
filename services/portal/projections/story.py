"""The story of one matter, from the facts."""

from pathlib import Path

from services.portal import heard
from shared.runtime.projection import Projection

STORY = Projection(
    "story",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        heard.LeadSubmitted,
        heard.TopicProposed,
        heard.ResearchPlanned,
        heard.ResearchNoted,
        heard.ConsultationPlanned,
        heard.MinutesDrafted,
        heard.AssignmentOpened,
        heard.FollowUpScheduled,
        heard.DeadlineSet,
        heard.NoticeSent,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
