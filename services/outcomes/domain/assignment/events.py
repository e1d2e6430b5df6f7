"""What an assignment (交办事项) says."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event, Message
from shared.kernel.registry import Registry, registry


class PlannedFollowUp(Message):
    """A follow-up the charter asks for after a reply."""

    kind: w.FollowUpKind
    due: date = Field(title="跟踪日期")
    led_by: w.Line = Field(title="牵头")


class AssignmentOpened(Event):
    """An item lies on the desk of a unit."""

    label: ClassVar[str] = "交办登记"

    assignment_id: w.AssignmentId
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    text: w.ItemText
    lead_unit: w.Unit
    assist_units: w.Units
    due: w.Due


class AssignmentAccepted(Event):
    """The lead unit took it on."""

    label: ClassVar[str] = "单位接收"

    assignment_id: w.AssignmentId
    unit: w.Unit


class AssignmentReturned(Event):
    """The unit gave it back, and proposed another."""

    label: ClassVar[str] = "退件"

    assignment_id: w.AssignmentId
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    unit: w.Unit
    reason: w.Reason
    counter_proposal: w.Line = Field(title="建议承办单位")


class HandlingProgressReported(Event):
    """A unit said how far the work is."""

    label: ClassVar[str] = "办理进展"

    assignment_id: w.AssignmentId
    unit: w.Unit
    progress: w.Content


class HandlingReplied(Event):
    """The lead unit replied; `followups` is what the charter then asks for."""

    label: ClassVar[str] = "办理答复"

    assignment_id: w.AssignmentId
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    unit: w.Unit
    round: w.Round
    result_class: w.ResultClass
    content: w.Content
    followups: tuple[PlannedFollowUp, ...] = Field(title="跟踪安排")


class HandlingRejected(Event):
    """The reply of this round does not hold: the unit works on, and its clock starts again."""

    label: ClassVar[str] = "重新办理"

    assignment_id: w.AssignmentId
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    unit: w.Unit
    round: w.Round
    reason: w.Reason
    due: w.Due


type AssignmentEvent = (
    AssignmentOpened
    | AssignmentAccepted
    | AssignmentReturned
    | HandlingProgressReported
    | HandlingReplied
    | HandlingRejected
)

EVENTS: Registry[AssignmentEvent] = registry(AssignmentEvent)
