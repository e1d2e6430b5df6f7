"""What a deadline (期限) says."""

from typing import ClassVar

from pydantic import Field

from services.notify.words import DeadlineId, Due, Params, TopicId, Unit, Why
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class DeadlineSet(Event):
    """A unit has to reply by a day, for a reason that can be told."""

    label: ClassVar[str] = "期限设定"

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due
    why: Why
    params: Params


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

    deadline_id: DeadlineId
    topic_id: TopicId
    unit: Unit
    due: Due


type DeadlineEvent = DeadlineSet | DeadlineMet | DeadlineLifted | DeadlineBreached

EVENTS: Registry[DeadlineEvent] = registry(DeadlineEvent)
