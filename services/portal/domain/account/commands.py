"""What an account may be asked."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal.words import OPERATOR, Role
from shared.kernel.areas import AreaCode
from shared.kernel.message import Command


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


class RevokeAppointment(Command):
    """End an appointment from now on; what was done under it stays."""

    label: ClassVar = "撤销任职"
    may: ClassVar = frozenset({OPERATOR})

    account_id: UUID = Field(title="账号编号")
    appointment_id: UUID = Field(title="任职编号")


AccountCommand = OpenAccount | GrantAppointment | RevokeAppointment
