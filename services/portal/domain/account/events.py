"""What an account says."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class AccountOpened(Event):
    """A person may enter. The name is ciphertext of the vault."""

    label: ClassVar = "账号开设"

    account_id: UUID = Field(title="账号")
    login: str = Field(title="登录名")
    name: str = Field(title="姓名")


class AppointmentGranted(Event):
    """The person acts in this role, within this area, in this term; perhaps in somebody's stead.

    Without `since` at once, without `until` until it is revoked; both days count. `deputy_for` is
    an account, `of_appointment` the appointment that is lent: it ends with that one.
    """

    label: ClassVar = "任职授予"
    version: ClassVar[int] = 2

    account_id: UUID = Field(title="账号")
    appointment_id: UUID = Field(title="任职")
    role: str = Field(title="角色")
    within: str = Field(title="区域")
    unit: str = Field(title="单位")
    since: date | None = Field(title="任期起")
    until: date | None = Field(title="任期止")
    deputy_for: UUID | None = Field(title="被代理人")
    of_appointment: UUID | None = Field(title="被代理的任职")


class AppointmentRevoked(Event):
    """The person no longer acts in that role."""

    label: ClassVar = "任职撤销"

    account_id: UUID = Field(title="账号")
    appointment_id: UUID = Field(title="任职")


class TokenMade(Event):
    """A program may act for the person until that day. The name is ciphertext of the vault."""

    label: ClassVar = "访问令牌创建"

    account_id: UUID = Field(title="账号")
    token_id: UUID = Field(title="令牌")
    appointment_id: UUID = Field(title="任职")
    name: str = Field(title="名称")
    scope: str = Field(title="权限")
    until: date = Field(title="有效期至")


class TokenRevoked(Event):
    """It may no longer."""

    label: ClassVar = "访问令牌撤销"

    account_id: UUID = Field(title="账号")
    token_id: UUID = Field(title="令牌")


class AccountClosed(Event):
    """Nobody enters under this account any more."""

    label: ClassVar = "账号注销"

    account_id: UUID = Field(title="账号")


AccountEvent = (
    AccountOpened
    | AppointmentGranted
    | AppointmentRevoked
    | TokenMade
    | TokenRevoked
    | AccountClosed
)


def _v1_knew_no_terms(data: dict[str, Any]) -> dict[str, Any]:
    return data | dict.fromkeys(("since", "until", "deputy_for", "of_appointment"))


EVENTS: Registry[AccountEvent] = registry(
    AccountEvent, {("AppointmentGranted", 1): _v1_knew_no_terms}
)
