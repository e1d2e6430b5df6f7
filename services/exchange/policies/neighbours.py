"""What follows for subscriptions from what is decided about agencies, and the other way round."""

from services.exchange.domain.agency.commands import FreePlace
from services.exchange.domain.subscription.commands import (
    OpenSubscription,
    PauseSubscription,
    ResumeSubscription,
    RevokeSubscription,
)
from services.exchange.heard import agencies as heard
from shared.kernel.policy import policy


def open_the_subscription(fact: heard.SubscriptionAsked) -> OpenSubscription:
    """What an agency asks for has a life of its own from here on."""
    return OpenSubscription(**fact.model_dump(exclude={"position", "fact_id", "at"}))


def pause_the_subscriptions(fact: heard.AgencySuspended) -> list[PauseSubscription]:
    """Who is suspended is told nothing."""
    return [
        PauseSubscription(subscription_id=one, reason=fact.reason) for one in fact.subscriptions
    ]


def resume_the_subscriptions(fact: heard.AgencyResumed) -> list[ResumeSubscription]:
    """What was paused for another reason stays paused."""
    return [ResumeSubscription(subscription_id=one) for one in fact.subscriptions]


def revoke_the_subscriptions(fact: heard.AgencyRemoved) -> list[RevokeSubscription]:
    """Who is connected no more is told no more."""
    return [
        RevokeSubscription(subscription_id=one, reason=fact.reason) for one in fact.subscriptions
    ]


def free_the_place(fact: heard.SubscriptionRevoked) -> FreePlace:
    """What is over makes room for another."""
    return FreePlace(agency_id=fact.agency_id, subscription_id=fact.subscription_id)


def free_the_place_declined(fact: heard.SubscriptionDeclined) -> FreePlace:
    """What was turned down takes no room."""
    return FreePlace(agency_id=fact.agency_id, subscription_id=fact.subscription_id)


NEIGHBOURS = (
    policy(open_the_subscription),
    policy(pause_the_subscriptions),
    policy(resume_the_subscriptions),
    policy(revoke_the_subscriptions),
    policy(free_the_place),
    policy(free_the_place_declined),
)
