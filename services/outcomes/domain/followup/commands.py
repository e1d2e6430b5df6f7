"""What a follow-up (回头看, 回头督, 问效) may be asked."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import SYSTEM, Command


class ScheduleFollowUp(Command):
    """Plan to go back and look at what a reply says was done."""

    label: ClassVar[str] = "安排跟踪"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    followup_id: w.FollowupId
    area: w.Area
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    assignment_id: w.AssignmentId
    item_no: w.ItemNo
    round: w.Round
    kind: w.FollowUpKind
    due: date = Field(title="跟踪日期")
    led_by: w.Line = Field(title="牵头")


class ConductFollowUp(Command):
    """Say what was found on the spot, and whether the reply holds. Never asked of the unit."""

    label: ClassVar[str] = "开展跟踪"
    may: ClassVar[frozenset[str]] = frozenset({w.CPPCC, w.CONVENOR, w.MEMBER})

    followup_id: w.FollowupId
    passed: bool = Field(title="通过")
    findings: w.Content


type FollowUpCommand = ScheduleFollowUp | ConductFollowUp
