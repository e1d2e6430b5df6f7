"""What an account may be asked."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.portal.words import IN_OFFICE, OPERATOR, RESIDENT, Role, Scope
from shared.kernel.areas import AreaCode
from shared.kernel.message import SYSTEM, Command


class OpenAccount(Command):
    """Let a person in. The name is sealed; passwords never come near the log."""

    label: ClassVar = "开设账号"
    may: ClassVar = frozenset({OPERATOR})

    account_id: UUID = Field(title="账号编号")
    area: AreaCode = Field(title="所属地区")
    login: str = Field(title="登录名", pattern=r"^[a-z][a-z0-9.-]{2,31}$")
    name: str = Field(
        title="姓名", min_length=1, max_length=400, json_schema_extra={"sealed": True}
    )


class GrantAppointment(Command):
    """Appoint the person to a role within an area, and where it is an office's, in that unit."""

    label: ClassVar = "授予任职"
    may: ClassVar = frozenset({OPERATOR})

    account_id: UUID = Field(title="账号编号")
    role: Role = Field(title="角色")
    within: AreaCode = Field(title="任职地区")
    unit: str = Field(default="", title="单位", max_length=60)
    since: date | None = Field(default=None, title="任期起")
    until: date | None = Field(default=None, title="任期止")

    @model_validator(mode="after")
    def _begins_first(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("term", "a term begins before it ends")
        return self


class AppointDeputy(Command):
    """Let this person act in somebody's stead for some days: the holder asks, or an operator.

    The account is the deputy's; `of_account` and `of_appointment` say for whom. Role, area and unit
    are those of the appointment that is lent.
    """

    label: ClassVar = "委托代理"
    may: ClassVar = IN_OFFICE

    account_id: UUID = Field(title="代理人账号")
    of_account: UUID = Field(title="被代理人账号")
    of_appointment: UUID = Field(title="被代理的任职")
    role: Role = Field(title="角色")
    within: AreaCode = Field(title="任职地区")
    unit: str = Field(default="", title="单位", max_length=60)
    since: date = Field(title="代理起")
    until: date = Field(title="代理止")


class RevokeAppointment(Command):
    """End an appointment from now on: an operator any, and everybody what they lent.

    What was done under it stays.
    """

    label: ClassVar = "撤销任职"
    may: ClassVar = IN_OFFICE

    account_id: UUID = Field(title="账号编号")
    appointment_id: UUID = Field(title="任职编号")


class MakeToken(Command):
    """Let a program act for me under one appointment. The token itself never comes near the log."""

    label: ClassVar = "创建访问令牌"
    may: ClassVar = IN_OFFICE | {RESIDENT}

    account_id: UUID = Field(title="账号编号")
    token_id: UUID = Field(title="令牌编号")
    appointment_id: UUID = Field(title="以何任职")
    name: str = Field(
        title="名称", min_length=1, max_length=400, json_schema_extra={"sealed": True}
    )
    scope: Scope = Field(title="权限")
    until: date = Field(title="有效期至")


class RevokeToken(Command):
    """Let that program in no more: whoever made the token, or an operator."""

    label: ClassVar = "撤销访问令牌"
    may: ClassVar = IN_OFFICE | {RESIDENT}

    account_id: UUID = Field(title="账号编号")
    token_id: UUID = Field(title="令牌编号")


class CloseAccount(Command):
    """Let somebody in no more, because what is known of the person was deleted or locked."""

    label: ClassVar = "注销账号"
    may: ClassVar = frozenset({SYSTEM})

    account_id: UUID = Field(title="账号编号")


AccountCommand = (
    OpenAccount
    | GrantAppointment
    | AppointDeputy
    | RevokeAppointment
    | MakeToken
    | RevokeToken
    | CloseAccount
)
