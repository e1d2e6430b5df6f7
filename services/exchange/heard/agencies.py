"""What exchange hears of its own agencies and subscriptions."""

from typing import ClassVar
from uuid import UUID

from services.exchange.words import Kind
from services.exchange.words.agencies import Channel
from shared.kernel.message import Heard


class _OfAgency(Heard):
    source: ClassVar[str] = "exchange"

    agency_id: UUID


class SubscriptionAsked(_OfAgency):
    """An agency wants to be told."""

    subscription_id: UUID
    area: str
    agency: str
    areas: tuple[str, ...]
    kinds: tuple[Kind, ...]
    channel: Channel
    url: str
    purpose: str


class AgencySuspended(_OfAgency):
    """Nothing goes to it."""

    reason: str
    subscriptions: tuple[UUID, ...]


class AgencyResumed(_OfAgency):
    """It goes on."""

    subscriptions: tuple[UUID, ...]


class AgencyRemoved(_OfAgency):
    """It is connected no more."""

    reason: str
    subscriptions: tuple[UUID, ...]


class SubscriptionRevoked(_OfAgency):
    """One of its subscriptions is over."""

    subscription_id: UUID


class SubscriptionDeclined(_OfAgency):
    """One of its subscriptions never began."""

    subscription_id: UUID
