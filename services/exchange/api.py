"""What exchange answers."""

from services.exchange.domain.agency import commands as agency
from services.exchange.domain.dispatch.commands import AcknowledgeDispatch
from services.exchange.domain.handover.commands import HandOver
from services.exchange.domain.subscription import commands as subscription
from services.exchange.projections.agencies import (
    AGENCIES,
    AgenciesInArea,
    Agency,
    AgencyById,
    AgencyNamed,
    Holder,
    HolderOfKey,
    Named,
    Stepped,
    StepsOfSubscription,
    Subscription,
    SubscriptionById,
    SubscriptionsOfAgency,
)
from services.exchange.projections.dispatches import (
    DISPATCHES,
    DispatchById,
    DispatchesInArea,
    DispatchesOfAgency,
    DispatchesOfLead,
    DispatchRow,
    DispatchWhole,
)
from services.exchange.projections.feed import FEED, PublicFact, PublicFacts
from services.exchange.projections.handovers import (
    HANDOVERS,
    Brought,
    First,
    HandoverById,
    HandoverRow,
    HandoversInArea,
    HandoversOfAgency,
    HandoversOfMatter,
    HandoverWhole,
    SameMatter,
)
from services.exchange.projections.objects import OBJECTS, OpenObject, OpenObjects
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
    command(subscription.RedeliverMessages),
    command(subscription.TryWebhook),
    command(subscription.RevokeSubscription),
    command(HandOver),
    command(AcknowledgeDispatch),
    question(HandoversOfAgency, HANDOVERS, "of agency", HandoverRow),
    question(HandoversInArea, HANDOVERS, "in area", HandoverRow),
    question(HandoverById, HANDOVERS, "one", HandoverWhole),
    question(HandoversOfMatter, HANDOVERS, "brought", Brought),
    question(SameMatter, HANDOVERS, "same matter", First),
    question(DispatchesOfAgency, DISPATCHES, "of agency", DispatchRow),
    question(DispatchesInArea, DISPATCHES, "in area", DispatchRow),
    question(DispatchesOfLead, DISPATCHES, "of lead", DispatchRow),
    question(DispatchById, DISPATCHES, "one", DispatchWhole),
    question(PublicFacts, FEED, "after", PublicFact),
    question(OpenObjects, OBJECTS, "in list", OpenObject),
    question(AgenciesInArea, AGENCIES, "in area", Agency),
    question(AgencyById, AGENCIES, "agency", Agency),
    question(AgencyNamed, AGENCIES, "agency named", Named),
    question(SubscriptionsOfAgency, AGENCIES, "subscriptions of", Subscription),
    question(SubscriptionById, AGENCIES, "subscription", Subscription),
    question(StepsOfSubscription, AGENCIES, "steps of", Stepped),
    question(HolderOfKey, AGENCIES, "holder of key", Holder),
]
