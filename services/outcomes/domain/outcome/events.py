"""What an outcome (协商成果) says."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from services.outcomes import words as w
from services.outcomes.domain.outcome import notes
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class MinutesDrafted(Event):
    """The minutes were drawn up from the signed record."""

    label: ClassVar[str] = "纪要起草"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    consultation_id: w.ConsultationId
    items: tuple[w.Item, ...] = Field(title="协商条目")


class ReportDrafted(Event):
    """What research alone leads to was drawn up."""

    label: ClassVar[str] = "调研成果起草"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    research_id: w.ResearchId
    items: tuple[w.Item, ...] = Field(title="意见建议条目")


class MinutesSaved(Event):
    """Somebody worded one part of the minutes anew; `nth` counts its wordings from 1."""

    label: ClassVar[str] = "纪要修改"

    outcome_id: w.OutcomeId
    section: w.MinutesSection
    nth: w.Wording
    text: str = Field(title="文字")


class MinutesIssued(Event):
    """The minutes have a number and may be sent."""

    label: ClassVar[str] = "纪要印发"
    version: ClassVar[int] = 2

    outcome_id: w.OutcomeId
    topic_id: w.TopicId | None = Field(title="议题")
    number: w.Number


class OutcomeSubmitted(Event):
    """The minutes went to the bodies that decide."""

    label: ClassVar[str] = "成果报送"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    to: w.Bodies


class OutcomeCopied(Event):
    """A copy went to one body the charter names (抄送, 备案)."""

    label: ClassVar[str] = "成果抄送"

    outcome_id: w.OutcomeId
    to: w.Body


class OutcomeAdopted(Event):
    """A body that received the outcome takes it up."""

    label: ClassVar[str] = "成果采纳"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    body: w.Body
    instruction: w.Prose = Field(title="批示意见")


class OutcomeFiled(Event):
    """It is on file with one body the charter names (备案)."""

    label: ClassVar[str] = "成果备案"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    at_body: w.Body


class OutcomeEndorsed(Event):
    """A body that received the outcome passed it on to units."""

    label: ClassVar[str] = "成果批转"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    body: w.Body
    units: w.EndorsedTo
    instruction: w.Prose = Field(title="批转意见")


class MajorOutcomeEscalated(Event):
    """A body above is asked to charge somebody with what concerns the whole county."""

    label: ClassVar[str] = "提请县委责成"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    to: w.Body
    charged: w.Line = Field(title="提请责成单位")
    reason: w.Reason


class ItemAssigned(Event):
    """A unit has to act on an item, by a day."""

    label: ClassVar[str] = "交办"
    version: ClassVar[int] = 2

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    assignment_id: w.AssignmentId
    item_no: w.ItemNo
    text: w.ItemText
    lead_unit: w.Unit
    assist_units: w.Units
    via: w.Via
    due: w.Due
    due_set_by: Literal["charter", "assigner"] = Field(title="期限依据")


class OutcomeUpreported(Event):
    """An item was passed on upwards."""

    label: ClassVar[str] = "转报"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    form: w.UpreportForm
    headline: w.Line = Field(title="转报标题")


class UpreportAdopted(Event):
    """What was passed on was adopted."""

    label: ClassVar[str] = "转报采用"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    item_no: w.ItemNo
    form: w.UpreportForm
    by: w.AdoptedBy


class ReasonRecorded(Event):
    """It is written why an item is not passed on."""

    label: ClassVar[str] = "说明理由"

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    reason: w.Reason


class FeedbackGiven(Event):
    """Members, or the people concerned, were told."""

    label: ClassVar[str] = "反馈"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    to: w.FeedbackTo
    content: w.Content


class MediaReported(Event):
    """A medium reported on it."""

    label: ClassVar[str] = "媒体报道"
    version: ClassVar[int] = 2

    outcome_id: w.OutcomeId
    topic_id: w.TopicId | None = Field(title="议题")
    outlet: w.Line = Field(title="媒体")
    headline: w.Line = Field(title="报道标题")


class OutcomeClosed(Event):
    """Nothing is left to do."""

    label: ClassVar[str] = "成果闭环"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId


type OutcomeEvent = (
    MinutesDrafted
    | notes.ResearchReportNoted
    | ReportDrafted
    | MinutesSaved
    | MinutesIssued
    | OutcomeSubmitted
    | OutcomeCopied
    | OutcomeFiled
    | OutcomeEndorsed
    | MajorOutcomeEscalated
    | OutcomeAdopted
    | ItemAssigned
    | OutcomeUpreported
    | UpreportAdopted
    | ReasonRecorded
    | notes.ReturnNoted
    | notes.ReplyNoted
    | notes.FollowUpNoted
    | FeedbackGiven
    | MediaReported
    | notes.CaseNoted
    | notes.SolutionNoted
    | OutcomeClosed
)


def _v1_knew_one_unit(data: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in data.items() if name != "unit"}
    return rest | {
        "lead_unit": data["unit"],
        "assist_units": [],
        "via": "assign",
        "due_set_by": "charter",
    }


def _v1_did_not_name_its_matter(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"topic_id": None}


EVENTS: Registry[OutcomeEvent] = registry(
    OutcomeEvent,
    {
        ("ItemAssigned", 1): _v1_knew_one_unit,
        ("MinutesIssued", 1): _v1_did_not_name_its_matter,
        ("MediaReported", 1): _v1_did_not_name_its_matter,
    },
)
