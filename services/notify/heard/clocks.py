"""What notify hears of what its own deadlines say."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from services.notify.heard.steps import OfTopic
from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class OfClock(OfTopic):
    """A step of a unit's deadline."""

    unit: str


class _ByNotify(OfClock):
    source: ClassVar[str] = "notify"


class DeadlineBreached(_ByNotify):
    """The day has passed."""

    due: date


class DeadlineEscalated(_ByNotify):
    """The day has long passed, and the next level is told."""

    due: date
    to: str
    days_late: int


class ReminderSent(_ByNotify):
    """The day comes near."""

    due: date
    days_left: int


class WarningLevelRaised(_ByNotify):
    """The day comes nearer."""

    due: date
    level: str
    days_left: int


class DeadlinePaused(_ByNotify):
    """The clock stands still."""

    reason: str


class DeadlineResumed(_ByNotify):
    """The clock runs again, to another day."""

    due: date


class DeadlineExtended(_ByNotify):
    """The unit has more time."""

    due: date
    reason: str


class ChannelTried(Heard):
    """Somebody wants to see whether a channel reaches them."""

    source: ClassVar[str] = "notify"

    fact_id: UUID
    position: int
    area: AreaCode
    subscription_id: UUID
    channel: str
