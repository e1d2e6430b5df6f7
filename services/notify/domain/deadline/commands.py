"""What a deadline (期限) may be asked. Facts and the clock run it; people may pause it."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from services.notify.words import (
    APPROVERS,
    Approval,
    Area,
    DeadlineId,
    Due,
    Mark,
    Params,
    Reason,
    Rung,
    Since,
    TopicId,
    Unit,
    Why,
)
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
    since: Since
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


class PassMark(Command):
    """Say that the moment of this reminder or warning has come."""

    label: ClassVar[str] = "到期催办预警"
    may: ClassVar[frozenset[str]] = OURSELVES

    deadline_id: DeadlineId
    mark: Mark = Field(title="催办或预警")


class EscalateDeadline(Command):
    """Tell the next level of a day that was missed."""

    label: ClassVar[str] = "逐级督促"
    may: ClassVar[frozenset[str]] = OURSELVES

    deadline_id: DeadlineId
    rung: Rung = Field(title="督促层级")


class PauseDeadline(Command):
    """Stop the clock for a while, as somebody approved."""

    label: ClassVar[str] = "暂停计时"
    may: ClassVar[frozenset[str]] = APPROVERS

    deadline_id: DeadlineId
    reason: Reason
    approval: Approval


class ResumeDeadline(Command):
    """Let the clock run again; the working days of the pause are given back."""

    label: ClassVar[str] = "恢复计时"
    may: ClassVar[frozenset[str]] = APPROVERS

    deadline_id: DeadlineId
    reason: Reason
    approval: Approval


class ExtendDeadline(Command):
    """Give the unit until another day, as those who assigned the item granted."""

    label: ClassVar[str] = "延长期限"
    may: ClassVar[frozenset[str]] = OURSELVES

    deadline_id: DeadlineId
    due: Due
    reason: Reason


type DeadlineCommand = (
    SetDeadline
    | MeetDeadline
    | LiftDeadline
    | BreachDeadline
    | PassMark
    | EscalateDeadline
    | PauseDeadline
    | ResumeDeadline
    | ExtendDeadline
)
