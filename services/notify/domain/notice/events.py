"""What a notice (通知) says."""

from typing import ClassVar

from pydantic import Field

from services.notify.words import NoticeId, Params, Recipient, Text, TopicId
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class NoticeSent(Event):
    """Somebody is told about one step of a matter; the inbox is the channel."""

    label: ClassVar[str] = "通知发送"

    notice_id: NoticeId
    topic_id: TopicId | None = Field(title="议题")
    to: Recipient
    text: Text
    params: Params


class NoticeRead(Event):
    """One of those told has read it."""

    label: ClassVar[str] = "通知已读"

    notice_id: NoticeId
    reader: str = Field(title="阅读人")


type NoticeEvent = NoticeSent | NoticeRead

EVENTS: Registry[NoticeEvent] = registry(NoticeEvent)
