"""What a notice (通知) may be asked."""

from typing import ClassVar

from pydantic import Field

from services.notify.words import (
    EVERYBODY,
    Accounts,
    Anywhere,
    Because,
    NoticeId,
    Params,
    Recipient,
    Text,
    TopicId,
)
from shared.kernel.message import SYSTEM, Command


class SendNotice(Command):
    """Tell somebody about one step of a matter."""

    label: ClassVar[str] = "发送通知"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    notice_id: NoticeId
    area: Anywhere
    topic_id: TopicId | None = Field(title="议题", default=None)
    to: Recipient
    text: Text
    params: Params
    because: Because


class AddressNotice(Command):
    """Name the accounts that a notice is for, as they hold their offices and follow now."""

    label: ClassVar[str] = "确定收件人"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    notice_id: NoticeId
    accounts: Accounts


class ReadNotice(Command):
    """Mark a notice as read, for oneself."""

    label: ClassVar[str] = "标记已读"
    may: ClassVar[frozenset[str]] = EVERYBODY

    notice_id: NoticeId


type NoticeCommand = SendNotice | AddressNotice | ReadNotice
