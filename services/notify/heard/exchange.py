"""What notify hears of what exchange says: agencies, what they are told, and what they are handed.

The area of such a fact is the seat of the agency, or where the matter lies; it may be a province.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from typing import ClassVar
from uuid import UUID

from services.notify.heard.steps import Step
from shared.kernel.areas import EVERYWHERE, AreaCode, lineage


class OfAgency(Step):
    """A step that concerns an agency; its people hold their office under its name."""

    agency: str


class _ByExchange(OfAgency):
    source: ClassVar[str] = "exchange"


class _OfSubscription(_ByExchange):
    subscription_id: UUID


class ApprovalSought(_OfSubscription):
    """An agency wants to be told of these areas."""

    areas: tuple[AreaCode, ...]
    purpose: str

    @property
    def all_areas(self) -> str:
        """The smallest area that contains them all: who is in charge of it may decide."""
        return reduce(_both, self.areas)


class SubscriptionApproved(_OfSubscription):
    """It may be told."""


class SubscriptionDeclined(_OfSubscription):
    """It is not told."""

    reason: str


class CredentialsChanged(_OfSubscription):
    """Somebody of the agency made a key."""


class SubscriptionRevoked(_OfSubscription):
    """It is told no more."""

    reason: str


class RetentionNeared(_OfSubscription):
    """What it did not take is soon kept no more."""

    waiting: int
    lost_at: datetime


class MessagesGivenUp(_OfSubscription):
    """What its address did not take is sent no more."""

    given_up: int


class _OfDispatch(_ByExchange):
    dispatch_id: UUID
    title: str
    due: datetime


class DispatchOffered(_OfDispatch):
    """A matter is with the agency now."""


class DispatchReminded(_OfDispatch):
    """The agency did not confirm it in time."""

    nth: int


def _both(one: str, other: str) -> str:
    shared: Sequence[str] = [code for code in lineage(one) if code in lineage(other)]
    return shared[-1] if shared else EVERYWHERE
