"""What questions about people and notices answer: the forms of JSON, with a title a field."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal.edge.api.answers import Answer


class Notice(Answer):
    """One notice for me."""

    known_by: ClassVar = ("notice_id",)

    notice_id: UUID = Field(title="通知编号")
    sentence: str = Field(title="内容")
    title: str = Field(title="事项")
    topic_id: UUID | None = Field(title="事项编号")
    sent_at: datetime = Field(title="发送时间")
    is_read: bool = Field(title="已读")


class Delivered(Answer):
    """Who was told what, how, and what became of it."""

    sentence: str = Field(title="内容")
    topic_id: UUID | None = Field(title="事项编号")
    name: str = Field(title="收件人")
    channel: str = Field(title="方式")
    state: str = Field(title="状态")
    send_at: datetime = Field(title="应发时间")
    since: datetime = Field(title="状态时间")


class Office(Answer):
    """One appointment."""

    appointment_id: UUID = Field(title="任职编号")
    role: str = Field(title="角色")
    within: str = Field(title="任职地区")
    unit: str = Field(title="单位")
    since: date | None = Field(default=None, title="任期起")
    until: date | None = Field(default=None, title="任期止")
    deputy_for: UUID | None = Field(default=None, title="代理谁")


class Account(Answer):
    """Somebody who may enter. Without a name where it was erased or locked."""

    known_by: ClassVar = ("account_id",)

    account_id: UUID = Field(title="账号编号")
    area: str = Field(title="所属地区")
    login: str = Field(title="登录名")
    name: str | None = Field(title="姓名")
    opened_at: datetime = Field(title="开设时间")
    closed: bool = Field(title="已注销")
    held: list[Office] = Field(title="任职")


class Me(Answer):
    """As whom this token acts, and what it is good for."""

    account_id: UUID = Field(title="账号编号")
    name: str = Field(title="姓名")
    scope: str = Field(title="权限", description="read, ask")
    current: Office = Field(title="当前任职")
    held: list[Office] = Field(title="任职")
