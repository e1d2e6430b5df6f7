"""What a delivery (送达) may be asked: only by those of our own who carry notices out."""

from typing import ClassVar

from pydantic import Field

from services.notify.words import Area, NoticeId, Text
from services.notify.words.channels import (
    Attempt,
    Channel,
    DeliveryId,
    MessageId,
    SubscriptionId,
    Told,
    Wishes,
)
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    delivery_id: DeliveryId


class PlanDelivery(_Ask):
    """Carry a notice to an account by a channel, when its person wants it."""

    label: ClassVar[str] = "安排送达"

    area: Area
    notice_id: NoticeId
    account: SubscriptionId
    channel: Channel
    text: Text
    wishes: Wishes | None = Field(title="本人设置", default=None)


class BeginDelivery(_Ask):
    """Note that a message is about to be sent: after this, nobody knows whether it was."""

    label: ClassVar[str] = "开始发送"

    attempt: Attempt
    message_id: MessageId


class RecordDelivery(_Ask):
    """Note that the channel took the message."""

    label: ClassVar[str] = "记录送达"

    attempt: Attempt
    told: Told


class FailDelivery(_Ask):
    """Note that the channel did not take it; `unsure`: or took it and did not say so."""

    label: ClassVar[str] = "记录发送失败"

    attempt: Attempt
    told: Told
    permanent: bool = Field(title="不再重试")
    unsure: bool = Field(title="可能已送达")


class DropDelivery(_Ask):
    """Note that nobody wants it any more at this address."""

    label: ClassVar[str] = "取消送达"

    told: Told


type DeliveryCommand = PlanDelivery | BeginDelivery | RecordDelivery | FailDelivery | DropDelivery
