"""What the portal hears of what becomes of agencies' subscriptions."""

from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class SubscriptionDeclined(Heard):
    """It never began."""

    source: ClassVar = "exchange"

    subscription_id: UUID


class SubscriptionRevoked(Heard):
    """It is over: revoked by either side, ended by a 410, or with its agency."""

    source: ClassVar = "exchange"

    subscription_id: UUID
