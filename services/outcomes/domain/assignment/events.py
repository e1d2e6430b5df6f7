"""What an assignment (交办事项) says."""

from datetime import date
from typing import Any, ClassVar

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
    version: ClassVar[int] = 2

    assignment_id: w.AssignmentId
    unit: w.Unit
    progress: w.Content
    evidence: w.Evidence


class AssignmentArbitrated(Event):
    """An authority decided who handles it; it is not given back again."""

    label: ClassVar[str] = "裁定承办"
    version: ClassVar[int] = 2

    assignment_id: w.AssignmentId
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    lead_unit: w.Unit
    assist_units: w.Units
    former_unit: w.Unit | None = Field(title="原承办单位")
    reason: w.Reason
    due: w.Due


class CosignGiven(Event):
    """An assisting unit signed what is going to be replied."""

    label: ClassVar[str] = "会签"

    assignment_id: w.AssignmentId
    unit: w.Unit
    round: w.Round
    opinion: w.Content


class ExtensionRequested(Event):
    """The lead unit asks for more time."""

    label: ClassVar[str] = "延期申请"

    assignment_id: w.AssignmentId
    topic_id: w.TopicId
    unit: w.Unit
    until: date = Field(title="延至")
    reason: w.Reason


class ExtensionGranted(Event):
    """The lead unit has until another day."""

    label: ClassVar[str] = "同意延期"

    assignment_id: w.AssignmentId
    topic_id: w.TopicId
    unit: w.Unit
    due: w.Due
    reason: w.Reason


class ExtensionDeclined(Event):
    """The day stands."""

    label: ClassVar[str] = "不同意延期"

    assignment_id: w.AssignmentId
    topic_id: w.TopicId
    unit: w.Unit
    reason: w.Reason


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


class SolutionConfirmed(Event):
    """Those whom it concerns find it solved."""

    label: ClassVar[str] = "群众确认解决"

    assignment_id: w.AssignmentId
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    round: w.Round
    remark: w.Content


class SolutionDisputed(Event):
    """Those whom it concerns do not find it solved."""

    label: ClassVar[str] = "群众认为未解决"

    assignment_id: w.AssignmentId
    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    round: w.Round
    remark: w.Content


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


class PauseNoted(Event):
    """The clock stands still."""

    label: ClassVar[str] = "暂停计时记录"

    assignment_id: w.AssignmentId


class DueNoted(Event):
    """The clock runs to another day."""

    label: ClassVar[str] = "期限记录"

    assignment_id: w.AssignmentId
    due: w.Due


type AssignmentEvent = (
    AssignmentOpened
    | AssignmentAccepted
    | AssignmentReturned
    | HandlingProgressReported
    | AssignmentArbitrated
    | CosignGiven
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionDeclined
    | HandlingReplied
    | SolutionConfirmed
    | SolutionDisputed
    | HandlingRejected
    | PauseNoted
    | DueNoted
)


def _v1_had_no_evidence(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"evidence": []}


def _v1_named_no_former_unit(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"former_unit": None}


EVENTS: Registry[AssignmentEvent] = registry(
    AssignmentEvent,
    {
        ("HandlingProgressReported", 1): _v1_had_no_evidence,
        ("AssignmentArbitrated", 1): _v1_named_no_former_unit,
    },
)
