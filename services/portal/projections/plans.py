"""What a county set out to consult on, in which forms it did, and where: plans, forms, venues."""

from pathlib import Path

from services.portal.heard import meetings, outcomes, plans, topics
from shared.runtime.projection import Projection

PLANS = Projection(
    "plans",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        plans.PlanDrafted,
        plans.PlanReturned,
        plans.PlanApproved,
        plans.PlanIssued,
        plans.PlanItemAdded,
        plans.PlanItemDeferred,
        plans.TopicAdoptedIntoPlan,
        topics.TopicProposed,
        topics.TopicApproved,
        topics.TopicReturned,
        topics.TopicWithdrawn,
        topics.TopicClosed,
        topics.TopicReopened,
        plans.VenueEstablished,
        plans.VenueStandardChecked,
        plans.VenueSuspended,
        plans.VenueResumed,
        plans.ConvenorAppointed,
        plans.ConvenorRelieved,
        plans.BudgetAllotted,
        plans.BudgetSpent,
        plans.VenueActivityHeld,
        meetings.MeetingHeld,
        outcomes.OutcomeAdopted,
        outcomes.OutcomeEndorsed,
        outcomes.MajorOutcomeEscalated,
        outcomes.ItemAssigned,
        outcomes.OutcomeUpreported,
    ],
    sources=("topics", "meetings", "outcomes"),
)
