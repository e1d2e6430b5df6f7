"""What a notice (通知) says."""

from typing import Any, ClassVar

from pydantic import Field

from services.notify.words import Accounts, Because, NoticeId, Params, Recipient, Text, TopicId
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class NoticeSent(Event):
    """Somebody is told about one step of a matter; the inbox is the channel."""

    label: ClassVar[str] = "通知发送"
    version: ClassVar[int] = 2

    notice_id: NoticeId
    topic_id: TopicId | None = Field(title="议题")
    to: Recipient
    text: Text
    params: Params
    because: Because


class NoticeAddressed(Event):
    """These accounts are told: who held the office, or followed the matter, at that moment."""

    label: ClassVar[str] = "收件人确定"

    notice_id: NoticeId
    accounts: Accounts


class NoticeRead(Event):
    """One of those told has read it."""

    label: ClassVar[str] = "通知已读"

    notice_id: NoticeId
    reader: str = Field(title="阅读人")


type NoticeEvent = NoticeSent | NoticeAddressed | NoticeRead


def _v1_knew_no_cause(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"because": ""}


EVENTS: Registry[NoticeEvent] = registry(NoticeEvent, {("NoticeSent", 1): _v1_knew_no_cause})
