"""What a subscription (订阅) says. Other services may read all but addresses and credentials."""

from typing import ClassVar

from pydantic import Field

from services.exchange.words.agencies import (
    AgencyId,
    AgencyName,
    Areas,
    At,
    Channel,
    GivenUp,
    Hold,
    KeyDigest,
    Kinds,
    MessageId,
    Position,
    Purpose,
    Reason,
    SealedSecret,
    SubscriptionId,
    Url,
)
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class SubscriptionOpened(Event):
    """An agency asked for it, and waits."""

    label: ClassVar[str] = "订阅登记"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName
    areas: Areas
    kinds: Kinds
    channel: Channel
    url: Url
    purpose: Purpose


class ApprovalSought(Event):
    """Somebody in charge of all these areas has to decide; said without any address."""

    label: ClassVar[str] = "订阅待批准"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName
    areas: Areas
    purpose: Purpose


class SubscriptionApproved(Event):
    """It may be told, once it has credentials: everything from now on."""

    label: ClassVar[str] = "订阅批准"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName


class SubscriptionDeclined(Event):
    """It is not told."""

    label: ClassVar[str] = "订阅未获批准"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName
    reason: Reason


class CredentialsIssued(Event):
    """This key is good from now on; `old_until`: until when the one before is good as well."""

    label: ClassVar[str] = "凭据签发"

    subscription_id: SubscriptionId
    key_sha256: KeyDigest
    secret: SealedSecret
    issued_at: At
    old_until: At | None = Field(title="旧凭据有效期至")


class CredentialsChanged(Event):
    """It has new credentials; those themselves are said elsewhere, to nobody outside."""

    label: ClassVar[str] = "订阅凭据变更"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName
    old_until: At | None = Field(title="旧凭据有效期至")


class SubscriptionPaused(Event):
    """It is held by one more."""

    label: ClassVar[str] = "订阅暂停"

    subscription_id: SubscriptionId
    hold: Hold
    reason: Reason


class SubscriptionResumed(Event):
    """One of those who held it lets go."""

    label: ClassVar[str] = "订阅恢复"

    subscription_id: SubscriptionId
    hold: Hold


class SubscriptionReplayed(Event):
    """Everything is told once more since a moment, or after a position."""

    label: ClassVar[str] = "订阅重放"

    subscription_id: SubscriptionId
    since: At | None = Field(title="自何时起")
    after: Position | None = Field(title="自何位置后")


class RedeliveryAsked(Event):
    """One message is sent again; without its id all that were given up."""

    label: ClassVar[str] = "重新推送登记"

    subscription_id: SubscriptionId
    message_id: MessageId | None = Field(title="消息编号")


class WebhookTried(Event):
    """A message that says nothing is sent, to see whether it is taken."""

    label: ClassVar[str] = "测试推送登记"

    subscription_id: SubscriptionId


class RetentionNeared(Event):
    """Facts that were not taken are kept until `lost_at`, and not longer."""

    label: ClassVar[str] = "未取事实即将过期"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName
    waiting: int = Field(title="未取条数")
    oldest_at: At = Field(title="最早一条的时间")
    lost_at: At = Field(title="过期时间")


class MessagesGivenUp(Event):
    """A webhook did not take these, however often they were sent; somebody has to order more."""

    label: ClassVar[str] = "推送已放弃"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName
    given_up: GivenUp
    given_up_at: At


class SubscriptionRevoked(Event):
    """It is over."""

    label: ClassVar[str] = "订阅撤销"

    subscription_id: SubscriptionId
    agency_id: AgencyId
    agency: AgencyName
    reason: Reason


type SubscriptionEvent = (
    SubscriptionOpened
    | ApprovalSought
    | SubscriptionApproved
    | SubscriptionDeclined
    | CredentialsIssued
    | CredentialsChanged
    | SubscriptionPaused
    | SubscriptionResumed
    | SubscriptionReplayed
    | RedeliveryAsked
    | WebhookTried
    | RetentionNeared
    | MessagesGivenUp
    | SubscriptionRevoked
)

EVENTS: Registry[SubscriptionEvent] = registry(SubscriptionEvent)
