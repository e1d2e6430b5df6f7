"""Agencies and their subscriptions, as both sides look at them, and as keys are recognised."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from services.exchange.domain.agency.events import AgencyEvent
from services.exchange.domain.subscription.events import SubscriptionEvent
from services.exchange.words.agencies import NEIGHBOURS, OPERATOR, KeyDigest
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

AGENCIES = Projection(
    "agencies",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[*members(AgencyEvent), *members(SubscriptionEvent)],
    sources=("exchange",),
)


class AgenciesInArea(Question):
    """The agencies seated in an area, those that wait for an answer first."""

    may: ClassVar[frozenset[str] | None] = frozenset({OPERATOR})

    area: AreaCode
    most: int = Field(title="最多条数", default=500, ge=1, le=1000)


class AgencyById(Question):
    """One agency. The portal shows it to its people and to operators of its area."""

    may: ClassVar[frozenset[str] | None] = NEIGHBOURS

    agency_id: UUID


class AgencyNamed(Question):
    """The agency that bears a name, as its people hold their role in it."""

    may: ClassVar[frozenset[str] | None] = NEIGHBOURS

    name: str = Field(title="机构名称", max_length=60)


class SubscriptionsOfAgency(Question):
    """All subscriptions of an agency, the newest first, those that are over as well."""

    may: ClassVar[frozenset[str] | None] = NEIGHBOURS

    agency_id: UUID


class SubscriptionById(Question):
    """One subscription."""

    may: ClassVar[frozenset[str] | None] = NEIGHBOURS

    subscription_id: UUID


class StepsOfSubscription(Question):
    """What became of a subscription, the newest first."""

    may: ClassVar[frozenset[str] | None] = NEIGHBOURS

    subscription_id: UUID


class HolderOfKey(Question):
    """Which subscription an access key is good for at a moment. Only the portal asks, at its door.

    Nothing for a key that nobody has, or whose subscription is held or over.
    """

    key_sha256: KeyDigest
    now: datetime


class Named(BaseModel):
    """Whose page it is."""

    agency_id: UUID


class Agency(BaseModel):
    """`taken`: how many of its places are; `asked`: how many subscriptions wait for an answer."""

    agency_id: UUID
    area: str
    name: str
    kind: str
    registered_at: datetime
    places: int
    per_minute: int
    in_flight: int
    state: str
    reason: str
    taken: int
    asked: int


class Subscription(BaseModel):
    """`state`: asked, live, declined, revoked; `holds`: who paused it, while it is live."""

    subscription_id: UUID
    agency_id: UUID
    agency: str
    area: str
    areas: list[str]
    kinds: list[str]
    channel: str
    url: str
    purpose: str
    asked_at: datetime
    state: str
    since: datetime
    reason: str
    replay_since: datetime | None
    replay_after: int | None
    waiting: int | None
    lost_at: datetime | None
    holds: list[str]
    issued_at: datetime | None
    old_until: datetime | None


class Stepped(BaseModel):
    """One fact of its life: by whom, and why, where a reason was given."""

    position: int
    type: str
    at: datetime
    actor: str
    hold: str
    reason: str


class Holder(BaseModel):
    """Who comes with a key: an agency, as one of its subscriptions."""

    subscription_id: UUID
    agency_id: UUID
    name: str
    area: str
    per_minute: int
    areas: list[str]
    kinds: list[str]
    channel: str
