"""What a follow-up (回头看, 回头督, 问效) says."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class FollowUpScheduled(Event):
    """Somebody will go back and look."""

    label: ClassVar[str] = "跟踪安排"

    followup_id: w.FollowupId
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    assignment_id: w.AssignmentId
    item_no: w.ItemNo
    round: w.Round
    kind: w.FollowUpKind
    due: date = Field(title="跟踪日期")
    led_by: w.Line = Field(title="牵头")


class FollowUpConducted(Event):
    """Somebody went and looked."""

    label: ClassVar[str] = "跟踪开展"

    followup_id: w.FollowupId
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    assignment_id: w.AssignmentId
    item_no: w.ItemNo
    round: w.Round
    kind: w.FollowUpKind
    passed: bool = Field(title="通过")
    findings: w.Content


type FollowUpEvent = FollowUpScheduled | FollowUpConducted

EVENTS: Registry[FollowUpEvent] = registry(FollowUpEvent)
