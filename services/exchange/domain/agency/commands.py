"""What an agency (接入机构) may be asked."""

from typing import ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.exchange.words.agencies import (
    OPERATOR,
    STAFF,
    AgencyId,
    AgencyKind,
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
from shared.kernel.message import SYSTEM, Command


class _ByOperators(Command):
    may: ClassVar[frozenset[str]] = frozenset({OPERATOR})

    agency_id: AgencyId


class RegisterAgency(_ByOperators):
    """Register an agency with its seat, so that its people can ask for subscriptions."""

    label: ClassVar[str] = "登记接入机构"

    area: AreaCode = Field(title="所在地区")
    name: Name
    kind: AgencyKind
    places: Places = 5
    per_minute: PerMinute = 600
    in_flight: InFlight = 1000


class ChangeQuotas(_ByOperators):
    """Set how much an agency may take."""

    label: ClassVar[str] = "调整配额"

    places: Places
    per_minute: PerMinute
    in_flight: InFlight


class SuspendAgency(_ByOperators):
    """Hold everything that goes to an agency, and let it do nothing, until it is resumed."""

    label: ClassVar[str] = "暂停机构接入"

    reason: Reason


class ResumeAgency(_ByOperators):
    """Let an agency go on where it was."""

    label: ClassVar[str] = "恢复机构接入"


class RemoveAgency(_ByOperators):
    """End the connection with an agency for good: its subscriptions are revoked."""

    label: ClassVar[str] = "注销接入机构"

    reason: Reason


class AskSubscription(Command):
    """Ask to be told of certain facts of certain areas, and say what for."""

    label: ClassVar[str] = "申请订阅"
    may: ClassVar[frozenset[str]] = frozenset({STAFF})

    agency_id: AgencyId
    subscription_id: SubscriptionId
    areas: Areas
    kinds: Kinds = ()
    channel: Channel
    url: Url = ""
    purpose: Purpose

    @model_validator(mode="after")
    def _is_told_where(self) -> Self:
        if (self.channel == "webhook") != bool(self.url):
            raise PydanticCustomError("url", "a webhook needs an address, and nothing else has one")
        return self


class FreePlace(Command):
    """Note that a subscription is over, so that another may be asked for."""

    label: ClassVar[str] = "释放订阅名额"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    agency_id: AgencyId
    subscription_id: SubscriptionId


type AgencyCommand = (
    RegisterAgency
    | ChangeQuotas
    | SuspendAgency
    | ResumeAgency
    | RemoveAgency
    | AskSubscription
    | FreePlace
)
