"""What an assignment (交办事项) may be asked."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import SYSTEM, Command

UNITS = frozenset({w.UNIT_OFFICE})
AUTHORITIES = frozenset({w.PARTY, w.LEADER})
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
    evidence: w.Evidence = ()


class ReplyHandling(Command):
    """Reply to the assignment, as its lead unit."""

    label: ClassVar[str] = "办理答复"
    may: ClassVar[frozenset[str]] = UNITS

    assignment_id: w.AssignmentId
    result_class: w.ResultClass
    content: w.Content


class ArbitrateAssignment(Command):
    """Decide who handles it after all, once the units have given it back often enough."""

    label: ClassVar[str] = "裁定承办单位"
    may: ClassVar[frozenset[str]] = AUTHORITIES

    assignment_id: w.AssignmentId
    lead_unit: w.Unit
    assist_units: w.Units = ()
    reason: w.Reason


class CoSign(Command):
    """Sign what the lead unit is going to reply, as an assisting unit."""

    label: ClassVar[str] = "会签"
    may: ClassVar[frozenset[str]] = UNITS

    assignment_id: w.AssignmentId
    opinion: w.Content


class RequestExtension(Command):
    """Ask for more time, as the lead unit, before the day is over."""

    label: ClassVar[str] = "申请延期"
    may: ClassVar[frozenset[str]] = UNITS

    assignment_id: w.AssignmentId
    until: date = Field(title="延至")
    reason: w.Reason


class ApproveExtension(Command):
    """Grant the time that was asked for, or do not."""

    label: ClassVar[str] = "审批延期"
    may: ClassVar[frozenset[str]] = AUTHORITIES

    assignment_id: w.AssignmentId
    agrees: bool = Field(title="同意")
    reason: w.Reason


class ConfirmSolved(Command):
    """Say whether it is solved, as one of those whom it concerns."""

    label: ClassVar[str] = "确认解决"
    may: ClassVar[frozenset[str]] = frozenset({w.MEMBER, w.RESIDENT, w.CONVENOR})

    assignment_id: w.AssignmentId
    solved: bool = Field(title="已解决")
    remark: w.Content


class RejectHandling(Command):
    """Send a reply back: a follow-up found that it does not hold."""

    label: ClassVar[str] = "重新办理"
    may: ClassVar[frozenset[str]] = OURSELVES

    assignment_id: w.AssignmentId
    round: w.Round
    reason: w.Reason


class NotePause(Command):
    """Note that the clock stands still."""

    label: ClassVar[str] = "记录暂停计时"
    may: ClassVar[frozenset[str]] = OURSELVES

    assignment_id: w.AssignmentId


class NoteDue(Command):
    """Note the day the clock runs to."""

    label: ClassVar[str] = "记录期限"
    may: ClassVar[frozenset[str]] = OURSELVES

    assignment_id: w.AssignmentId
    due: w.Due


type AssignmentCommand = (
    OpenAssignment
    | AcceptAssignment
    | ReturnAssignment
    | ReportProgress
    | ReplyHandling
    | ArbitrateAssignment
    | CoSign
    | RequestExtension
    | ApproveExtension
    | ConfirmSolved
    | RejectHandling
    | NotePause
    | NoteDue
)
