"""What a subscription (通知订阅) may be asked: by the person whose it is, and nobody else."""

from typing import ClassVar

from pydantic import Field

from services.notify.words import EVERYBODY, TopicId
from services.notify.words.channels import Channel, SealedAddress, SubscriptionId, Wishes
from shared.kernel.areas import AreaCode
from shared.kernel.message import Command


class _Ask(Command):
    may: ClassVar[frozenset[str]] = EVERYBODY

    subscription_id: SubscriptionId
    area: AreaCode = Field(title="所属地区")


class ChooseChannels(_Ask):
    """Say by which channels, and at what times, to be told what."""

    label: ClassVar[str] = "设置通知方式"

    wishes: Wishes = Field(title="通知方式")


class GiveAddress(_Ask):
    """Say where a channel reaches me. The address is sealed."""

    label: ClassVar[str] = "填写通知地址"

    channel: Channel
    address: SealedAddress


class RemoveAddress(_Ask):
    """Be told by this channel no more."""

    label: ClassVar[str] = "删除通知地址"

    channel: Channel


class TryChannel(_Ask):
    """Send a message to an address of mine, to see that it arrives."""

    label: ClassVar[str] = "发送测试通知"

    channel: Channel


class FollowMatter(_Ask):
    """Be told of every step of a matter."""

    label: ClassVar[str] = "关注事项"

    topic_id: TopicId


class UnfollowMatter(_Ask):
    """Be told of a matter no more, whatever brought it to me."""

    label: ClassVar[str] = "取消关注"

    topic_id: TopicId


type SubscriptionCommand = (
    ChooseChannels | GiveAddress | RemoveAddress | TryChannel | FollowMatter | UnfollowMatter
)
