"""What a subscription (通知订阅) says. Only notify reads it: the category is restricted."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from services.notify.words import TopicId
from services.notify.words.channels import Channel, SealedAddress, SubscriptionId, Wishes
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class ChannelsChosen(Event):
    """From now on somebody is told in this way."""

    label: ClassVar[str] = "通知方式设置"

    subscription_id: SubscriptionId
    wishes: Wishes = Field(title="通知方式")


class AddressGiven(Event):
    """A channel reaches somebody here. The address is ciphertext of the vault."""

    label: ClassVar[str] = "通知地址填写"

    subscription_id: SubscriptionId
    channel: Channel
    address: SealedAddress


class AddressRemoved(Event):
    """A channel reaches somebody no more."""

    label: ClassVar[str] = "通知地址删除"

    subscription_id: SubscriptionId
    channel: Channel


class ChannelTried(Event):
    """Somebody wants to see whether a channel reaches them."""

    label: ClassVar[str] = "测试通知"

    subscription_id: SubscriptionId
    channel: Channel
    tried_at: datetime = Field(title="时间")


class MatterFollowed(Event):
    """Somebody wants to be told of a matter."""

    label: ClassVar[str] = "事项关注"

    subscription_id: SubscriptionId
    topic_id: TopicId


class MatterUnfollowed(Event):
    """Somebody wants to be told of a matter no more."""

    label: ClassVar[str] = "取消关注"

    subscription_id: SubscriptionId
    topic_id: TopicId


type SubscriptionEvent = (
    ChannelsChosen
    | AddressGiven
    | AddressRemoved
    | ChannelTried
    | MatterFollowed
    | MatterUnfollowed
)

EVENTS: Registry[SubscriptionEvent] = registry(SubscriptionEvent)
