"""What notify hears of what the portal says: who there is, and in which offices."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class AccountOpened(Heard):
    """Somebody may be told."""

    source: ClassVar[str] = "portal"

    account_id: UUID


class AppointmentGranted(Heard):
    """Somebody is told what is for this role, or unit, within this area."""

    source: ClassVar[str] = "portal"

    appointment_id: UUID
    role: str
    within: str
    unit: str
    since: date | None = None
    until: date | None = None
    of_appointment: UUID | None = None


class AppointmentRevoked(Heard):
    """Somebody is not any more."""

    source: ClassVar[str] = "portal"

    appointment_id: UUID
