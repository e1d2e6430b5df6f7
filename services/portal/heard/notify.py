"""What the portal looks into of what notify says."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class DeadlineSet(Heard):
    """The first a deadline says; again where its clock was started anew."""

    source: ClassVar = "notify"

    topic_id: UUID
    unit: str
    due: date
    why: str
    params: dict[str, str]
    count: dict[str, Any] | None = None


class DeadlineMet(Heard):
    """The reply came."""

    source: ClassVar = "notify"

    late_days: int


class DeadlineLifted(Heard):
    """The unit gave the item back."""

    source: ClassVar = "notify"


class DeadlineBreached(Heard):
    """The day has passed without a reply."""

    source: ClassVar = "notify"


class WarningLevelRaised(Heard):
    """The day comes near: blue, yellow, red."""

    source: ClassVar = "notify"

    level: str


class DeadlinePaused(Heard):
    """The clock stands still."""

    source: ClassVar = "notify"

    since: date
    reason: str


class DeadlineResumed(Heard):
    """The clock runs again, to another day."""

    source: ClassVar = "notify"

    due: date
    count: dict[str, Any] | None
    reason: str


class DeadlineExtended(Heard):
    """The unit has until another day."""

    source: ClassVar = "notify"

    topic_id: UUID
    unit: str
    due: date
    count: dict[str, Any] | None
    reason: str


class NoticeSent(Heard):
    """The first a notice says."""

    source: ClassVar = "notify"

    topic_id: UUID | None
