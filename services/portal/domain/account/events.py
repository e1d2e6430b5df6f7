"""What an account says."""

from typing import ClassVar
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
    """The person acts in this role, within this area."""

    label: ClassVar = "任职授予"

    account_id: UUID = Field(title="账号")
    appointment_id: UUID = Field(title="任职")
    role: str = Field(title="角色")
    within: str = Field(title="区域")
    unit: str = Field(title="单位")


class AppointmentRevoked(Event):
    """The person no longer acts in that role."""

    label: ClassVar = "任职撤销"

    account_id: UUID = Field(title="账号")
    appointment_id: UUID = Field(title="任职")


AccountEvent = AccountOpened | AppointmentGranted | AppointmentRevoked

EVENTS: Registry[AccountEvent] = registry(AccountEvent)
