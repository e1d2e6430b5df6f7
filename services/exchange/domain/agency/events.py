"""What an agency (接入机构) says. Facts that hold or end it name the subscriptions concerned."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from services.exchange.words.agencies import (
    AgencyId,
    AgencyKind,
    AgencyName,
    Areas,
    Channel,
    InFlight,
    Kinds,
    Name,
    PerMinute,
    Places,
    Purpose,
    Reason,
    SubscriptionId,
    Url,
)
from shared.kernel.areas import AreaCode
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry

Concerned = Annotated[tuple[UUID, ...], Field(title="涉及的订阅")]


class AgencyRegistered(Event):
    """An agency may ask for subscriptions, within these quotas."""

    label: ClassVar[str] = "接入机构登记"

    agency_id: AgencyId
    area: AreaCode = Field(title="所在地区")
    name: Name
    kind: AgencyKind
    places: Places
    per_minute: PerMinute
    in_flight: InFlight


class QuotasChanged(Event):
    """From now on it may take so much."""

    label: ClassVar[str] = "配额调整"

    agency_id: AgencyId
    places: Places
    per_minute: PerMinute
    in_flight: InFlight


class AgencySuspended(Event):
    """Nothing goes to the agency until it is resumed."""

    label: ClassVar[str] = "机构接入暂停"

    agency_id: AgencyId
    reason: Reason
    subscriptions: Concerned


class AgencyResumed(Event):
    """It goes on where it was."""

    label: ClassVar[str] = "机构接入恢复"

    agency_id: AgencyId
    subscriptions: Concerned


class AgencyRemoved(Event):
    """It is connected no more."""

    label: ClassVar[str] = "接入机构注销"

    agency_id: AgencyId
    reason: Reason
    subscriptions: Concerned


class SubscriptionAsked(Event):
    """The agency wants to be told; one of its places is taken."""

    label: ClassVar[str] = "订阅申请"

    agency_id: AgencyId
    subscription_id: SubscriptionId
    area: AreaCode = Field(title="机构所在地区")
    agency: AgencyName
    areas: Areas
    kinds: Kinds
    channel: Channel
    url: Url
    purpose: Purpose


class PlaceFreed(Event):
    """A subscription is over, and its place free."""

    label: ClassVar[str] = "订阅名额释放"

    agency_id: AgencyId
    subscription_id: SubscriptionId


type AgencyEvent = (
    AgencyRegistered
    | QuotasChanged
    | AgencySuspended
    | AgencyResumed
    | AgencyRemoved
    | SubscriptionAsked
    | PlaceFreed
)

EVENTS: Registry[AgencyEvent] = registry(AgencyEvent)
