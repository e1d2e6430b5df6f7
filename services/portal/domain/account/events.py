"""What an account says."""

from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class AccountOpened(Event):
    """A person may enter. The name is ciphertext of the vault."""

    label: ClassVar = "账号开设"

    account_id: UUID
    login: str
    name: str


class AppointmentGranted(Event):
    """The person acts in this role, within this area."""

    label: ClassVar = "任职授予"

    account_id: UUID
    appointment_id: UUID
    role: str
    within: str
    unit: str


class AppointmentRevoked(Event):
    """The person no longer acts in that role."""

    label: ClassVar = "任职撤销"

    account_id: UUID
    appointment_id: UUID


AccountEvent = AccountOpened | AppointmentGranted | AppointmentRevoked

EVENTS: Registry[AccountEvent] = registry(AccountEvent)
