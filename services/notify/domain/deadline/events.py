"""What a deadline (期限) says."""

from typing import Any, ClassVar

from pydantic import Field

from services.notify.words import (
    Above,
    Approval,
    Count,
    DeadlineId,
    Due,
    Level,
    Marks,
    Params,
    Reason,
    Rungs,
    Since,
    TopicId,
    Unit,
    Why,
    WorkingDaysLeft,
)
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class DeadlineSet(Event):
    """A unit has to reply by a day, for a reason that can be told."""

    label: ClassVar[str] = "期限设定"
    version: ClassVar[int] = 2

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    why: Why
    params: Params
    count: Count | None = Field(title="期限计算")
    marks: Marks


class DeadlineMet(Event):
    """The reply came, `late_days` after the day; 0 is in time."""

    label: ClassVar[str] = "期限内答复"

    deadline_id: DeadlineId
    late_days: int = Field(title="逾期天数", ge=0)


class DeadlineLifted(Event):
    """The clock stopped, for the unit gave the item back."""

    label: ClassVar[str] = "期限解除"

    deadline_id: DeadlineId


class DeadlineBreached(Event):
    """The day has passed without a reply."""

    label: ClassVar[str] = "逾期"
    version: ClassVar[int] = 2

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    rungs: Rungs


class DeadlineEscalated(Event):
    """Still no reply: the next level is told, on a day that `count` explains."""

    label: ClassVar[str] = "逐级督促"

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    to: Above
    days_late: int = Field(title="逾期工作日", ge=1)
    count: Count = Field(title="时间计算")
    rungs: Rungs


class ReminderSent(Event):
    """The unit is reminded that its day comes near."""

    label: ClassVar[str] = "催办"

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    days_left: WorkingDaysLeft
    marks: Marks


class WarningLevelRaised(Event):
    """The day comes nearer, and the reply is still not there."""

    label: ClassVar[str] = "蓝黄红预警"

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    level: Level
    days_left: WorkingDaysLeft
    marks: Marks


class DeadlinePaused(Event):
    """From `since` on the working days do not count."""

    label: ClassVar[str] = "暂停计时"

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    since: Since
    reason: Reason
    approval: Approval


class DeadlineResumed(Event):
    """The clock runs again, and its day has moved by the working days of the pause."""

    label: ClassVar[str] = "恢复计时"

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    count: Count = Field(title="期限计算")
    reason: Reason
    approval: Approval
    marks: Marks


class DeadlineExtended(Event):
    """The unit has until another day; the clock runs, however it stood before."""

    label: ClassVar[str] = "延期"

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    count: Count = Field(title="期限计算")
    reason: Reason
    marks: Marks


type DeadlineEvent = (
    DeadlineSet
    | DeadlineMet
    | DeadlineLifted
    | DeadlineBreached
    | DeadlineEscalated
    | ReminderSent
    | WarningLevelRaised
    | DeadlinePaused
    | DeadlineResumed
    | DeadlineExtended
)


def _v1_counted_nothing(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"count": None, "marks": []}


def _v1_told_nobody_else(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"rungs": []}


EVENTS: Registry[DeadlineEvent] = registry(
    DeadlineEvent,
    {
        ("DeadlineSet", 1): _v1_counted_nothing,
        ("DeadlineBreached", 1): _v1_told_nobody_else,
    },
)
