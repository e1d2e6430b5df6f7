"""What a delivery (送达) says. Only notify reads it: the category is restricted."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from services.notify.words import NoticeId, Text
from services.notify.words.channels import (
    Attempt,
    Channel,
    DeliveryId,
    MessageId,
    SubscriptionId,
    Told,
)
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class DeliveryPlanned(Event):
    """A notice will be carried to an account, not before `send_at`."""

    label: ClassVar[str] = "送达安排"

    delivery_id: DeliveryId
    notice_id: NoticeId
    account: SubscriptionId
    channel: Channel
    text: Text
    send_at: AwareDatetime = Field(title="发送时间")


class DeliveryBegun(Event):
    """A message is about to be sent. `again`: one before it may have arrived."""

    label: ClassVar[str] = "开始发送"

    delivery_id: DeliveryId
    attempt: Attempt
    message_id: MessageId
    again: bool = Field(title="可能重复")


class NoticeDelivered(Event):
    """The channel took it; said once. `perhaps_twice`: it may have taken one before."""

    label: ClassVar[str] = "已送达"

    delivery_id: DeliveryId
    attempt: Attempt
    told: Told
    perhaps_twice: bool = Field(title="可能重复")


class DeliveryFailed(Event):
    """The channel did not take it; it is tried again."""

    label: ClassVar[str] = "发送失败"

    delivery_id: DeliveryId
    attempt: Attempt
    told: Told
    unsure: bool = Field(title="可能已送达")
    send_at: AwareDatetime = Field(title="重试时间")


class DeliveryGivenUp(Event):
    """It will not be tried again; the notice is in the inbox all the same."""

    label: ClassVar[str] = "未能送达"

    delivery_id: DeliveryId
    told: Told


type DeliveryEvent = (
    DeliveryPlanned | DeliveryBegun | NoticeDelivered | DeliveryFailed | DeliveryGivenUp
)

EVENTS: Registry[DeliveryEvent] = registry(DeliveryEvent)
