"""What exchange answers."""

from services.exchange.domain.agency import commands as agency
from services.exchange.domain.subscription import commands as subscription
from services.exchange.projections.agencies import (
    AGENCIES,
    AgenciesInArea,
    Agency,
    AgencyById,
    Holder,
    HolderOfKey,
    Stepped,
    StepsOfSubscription,
    Subscription,
    SubscriptionById,
    SubscriptionsOfAgency,
)
from services.exchange.projections.feed import FEED, PublicFact, PublicFacts
from shared.runtime.asked import Route, command, question

ROUTES: list[Route] = [
    command(agency.RegisterAgency),
    command(agency.ChangeQuotas),
    command(agency.SuspendAgency),
    command(agency.ResumeAgency),
    command(agency.RemoveAgency),
    command(agency.AskSubscription),
    command(subscription.ApproveSubscription),
    command(subscription.DeclineSubscription),
    command(subscription.IssueCredentials),
    command(subscription.PauseSubscription),
    command(subscription.ResumeSubscription),
    command(subscription.ReplaySubscription),
    command(subscription.RevokeSubscription),
    question(PublicFacts, FEED, "after", PublicFact),
    question(AgenciesInArea, AGENCIES, "in area", Agency),
    question(AgencyById, AGENCIES, "agency", Agency),
    question(SubscriptionsOfAgency, AGENCIES, "subscriptions of", Subscription),
    question(SubscriptionById, AGENCIES, "subscription", Subscription),
    question(StepsOfSubscription, AGENCIES, "steps of", Stepped),
    question(HolderOfKey, AGENCIES, "holder of key", Holder),
]
