"""What waits to be done, for whom, and since when: for lists, and for the figure in a menu."""

from pathlib import Path

from services.portal.heard import (
    commons,
    conversion,
    desks,
    meetings,
    notify,
    outcomes,
    polls,
    reviews,
    topics,
)
from shared.runtime.projection import Projection

WAITING = Projection(
    "waiting",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.LeadSubmitted,
        topics.LeadResubmitted,
        topics.TopicProposed,
        commons.TopicReportFiled,
        commons.TopicReviewedByPartyBody,
        meetings.ResearchPlanned,
        meetings.ResearchNoted,
        meetings.ConsultationPlanned,
        meetings.ConsultationScheduled,
        meetings.ConsultationPostponed,
        outcomes.MinutesDrafted,
        outcomes.ResearchReportNoted,
        outcomes.ReportDrafted,
        outcomes.OutcomeAdopted,
        outcomes.FeedbackGiven,
        outcomes.ItemAssigned,
        outcomes.OutcomeUpreported,
        outcomes.CaseDrafted,
        conversion.OutcomeSubmitted,
        reviews.ReturnNoted,
        reviews.ReasonRecorded,
        desks.AssignmentOpened,
        desks.AssignmentArbitrated,
        desks.FollowUpScheduled,
        polls.EvaluationOpened,
        notify.DeadlineSet,
        notify.DeadlinePaused,
        notify.DeadlineResumed,
        notify.DeadlineExtended,
    ],
    sources=("topics", "meetings", "outcomes", "notify"),
)
