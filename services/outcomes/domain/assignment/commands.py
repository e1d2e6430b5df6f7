"""What an assignment (交办事项) may be asked."""

from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import SYSTEM, Command

UNITS = frozenset({w.UNIT_OFFICE})
OURSELVES = frozenset({SYSTEM})


class OpenAssignment(Command):
    """Lay an item on the desk of a unit; again, if the unit before gave it back."""

    label: ClassVar[str] = "登记交办"
    may: ClassVar[frozenset[str]] = OURSELVES

    assignment_id: w.AssignmentId
    area: w.Area
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    text: w.ItemText
    lead_unit: w.Unit
    assist_units: w.Units
    due: w.Due


class AcceptAssignment(Command):
    """Take the assignment on, as its lead unit."""

    label: ClassVar[str] = "接收"
    may: ClassVar[frozenset[str]] = UNITS

    assignment_id: w.AssignmentId


class ReturnAssignment(Command):
    """Give the assignment back before accepting it, and say who should have it."""

    label: ClassVar[str] = "退件"
    may: ClassVar[frozenset[str]] = UNITS

    assignment_id: w.AssignmentId
    reason: w.Reason
    counter_proposal: w.Line = Field(title="建议承办单位")


class ReportProgress(Command):
    """Say how far the work is, as lead or assisting unit."""

    label: ClassVar[str] = "报告进展"
    may: ClassVar[frozenset[str]] = UNITS

    assignment_id: w.AssignmentId
    progress: w.Content


class ReplyHandling(Command):
    """Reply to the assignment, as its lead unit."""

    label: ClassVar[str] = "办理答复"
    may: ClassVar[frozenset[str]] = UNITS

    assignment_id: w.AssignmentId
    result_class: w.ResultClass
    content: w.Content


class RejectHandling(Command):
    """Send a reply back: a follow-up found that it does not hold."""

    label: ClassVar[str] = "重新办理"
    may: ClassVar[frozenset[str]] = OURSELVES

    assignment_id: w.AssignmentId
    round: w.Round
    reason: w.Reason


type AssignmentCommand = (
    OpenAssignment
    | AcceptAssignment
    | ReturnAssignment
    | ReportProgress
    | ReplyHandling
    | RejectHandling
)
