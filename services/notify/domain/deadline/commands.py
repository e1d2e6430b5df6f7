"""What a deadline (期限) may be asked. Only facts and the clock ask it."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from services.notify.words import Area, DeadlineId, Due, Params, TopicId, Unit, Why
from shared.kernel.message import SYSTEM, Command

OURSELVES = frozenset({SYSTEM})


class SetDeadline(Command):
    """Start a clock, or start it again with another day."""

    label: ClassVar[str] = "设定期限"
    may: ClassVar[frozenset[str]] = OURSELVES

    deadline_id: DeadlineId
    area: Area
    topic_id: TopicId
    unit: Unit
    due: Due
    why: Why
    params: Params


class MeetDeadline(Command):
    """Stop the clock: the reply came at this time."""

    label: ClassVar[str] = "按期答复"
    may: ClassVar[frozenset[str]] = OURSELVES

    deadline_id: DeadlineId
    met_at: datetime = Field(title="答复时间")


class LiftDeadline(Command):
    """Stop the clock: the unit gave the item back."""

    label: ClassVar[str] = "解除期限"
    may: ClassVar[frozenset[str]] = OURSELVES

    deadline_id: DeadlineId


class BreachDeadline(Command):
    """Say that this day has passed without a reply."""

    label: ClassVar[str] = "认定逾期"
    may: ClassVar[frozenset[str]] = OURSELVES

    deadline_id: DeadlineId
    due: Due


type DeadlineCommand = SetDeadline | MeetDeadline | LiftDeadline | BreachDeadline
