"""What an outcome (协商成果) may be asked."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from services.outcomes.domain.outcome import notes
from shared.kernel.message import Command

ORGANISERS = frozenset({w.CPPCC, w.CONVENOR, w.CLERK})
AUTHORITIES = frozenset({w.PARTY, w.LEADER})
STAFF = frozenset({w.CPPCC})


class DraftMinutes(Command):
    """Draw up the minutes from the signed record of a meeting."""

    label: ClassVar[str] = "起草纪要"
    may: ClassVar[frozenset[str]] = notes.OURSELVES

    outcome_id: w.OutcomeId
    area: w.Area
    topic_id: w.TopicId
    consultation_id: w.ConsultationId
    items: tuple[w.Item, ...] = Field(title="协商条目")


class DraftReport(Command):
    """Draw up what research alone leads to, where no meeting is held."""

    label: ClassVar[str] = "起草调研成果"
    may: ClassVar[frozenset[str]] = STAFF

    outcome_id: w.OutcomeId
    items: tuple[w.Item, ...] = Field(title="意见建议条目", min_length=1)


class SaveMinutes(Command):
    """Keep a new wording of one part of the minutes; every earlier one stays in the record.

    `base` is the version it was written over, 0 for the words drawn up from the facts: two who
    write at once do not overwrite one another.
    """

    label: ClassVar[str] = "修改纪要"
    may: ClassVar[frozenset[str]] = ORGANISERS

    outcome_id: w.OutcomeId
    section: w.MinutesSection
    base: int = Field(title="据以修改的稿次", ge=0)
    text: w.Section = Field(title="文字")


class IssueMinutes(Command):
    """Issue the minutes under a document number."""

    label: ClassVar[str] = "印发纪要"
    may: ClassVar[frozenset[str]] = ORGANISERS

    outcome_id: w.OutcomeId
    number: w.Number


class SubmitOutcome(Command):
    """Send the minutes to the bodies that decide; the copies the charter asks for go with them."""

    label: ClassVar[str] = "报送成果"
    may: ClassVar[frozenset[str]] = ORGANISERS

    outcome_id: w.OutcomeId
    to: w.Bodies


class AdoptOutcome(Command):
    """Take the outcome up, for one body that received it (批示, 采纳)."""

    label: ClassVar[str] = "采纳成果"
    may: ClassVar[frozenset[str]] = AUTHORITIES

    outcome_id: w.OutcomeId
    body: w.Body
    instruction: w.Prose = Field(title="批示意见")


class EndorseOutcome(Command):
    """Pass the outcome on to units, for one body that received it, to study and carry out."""

    label: ClassVar[str] = "批转"
    may: ClassVar[frozenset[str]] = AUTHORITIES

    outcome_id: w.OutcomeId
    body: w.Body
    units: w.EndorsedTo
    instruction: w.Prose = Field(title="批转意见")


class EscalateOutcome(Command):
    """Ask a body above to charge somebody with what concerns the whole county."""

    label: ClassVar[str] = "提请责成"
    may: ClassVar[frozenset[str]] = STAFF

    outcome_id: w.OutcomeId
    to: w.Body
    charged: w.Line = Field(title="提请责成单位")
    reason: w.Reason


class AssignItem(Command):
    """Give one agreed item to a unit. Party and government assign; the CPPCC only asks them to.

    Without `due`, the charter's working days for a reply count from today.
    """

    label: ClassVar[str] = "交办"
    may: ClassVar[frozenset[str]] = AUTHORITIES

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    lead_unit: w.Unit
    assist_units: w.Units = ()
    via: w.Via = "assign"
    due: date | None = Field(title="办理期限", default=None)


class UpreportItem(Command):
    """Pass on an item that was not agreed although it concerns many."""

    label: ClassVar[str] = "转报"
    may: ClassVar[frozenset[str]] = STAFF

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    form: w.UpreportForm
    headline: w.Line = Field(title="转报标题")


class RecordUpreportAdoption(Command):
    """Record that what was passed on was adopted, and by which level."""

    label: ClassVar[str] = "登记转报采用"
    may: ClassVar[frozenset[str]] = STAFF

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    by: w.AdoptedBy


class RecordReason(Command):
    """Write down why a general item that was not agreed is not passed on."""

    label: ClassVar[str] = "说明理由"
    may: ClassVar[frozenset[str]] = STAFF

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    reason: w.Reason


class GiveFeedback(Command):
    """Tell members, or the people concerned, what was adopted and done."""

    label: ClassVar[str] = "反馈"
    may: ClassVar[frozenset[str]] = ORGANISERS | {w.MEMBER}

    outcome_id: w.OutcomeId
    to: w.FeedbackTo
    content: w.Content


class ReportMedia(Command):
    """Record that a medium reported on it."""

    label: ClassVar[str] = "登记媒体报道"
    may: ClassVar[frozenset[str]] = ORGANISERS

    outcome_id: w.OutcomeId
    outlet: w.Line = Field(title="媒体")
    headline: w.Line = Field(title="报道标题")


class CloseOutcome(Command):
    """Close the outcome: everything the charter needs for it has been done."""

    label: ClassVar[str] = "闭环销号"
    may: ClassVar[frozenset[str]] = STAFF

    outcome_id: w.OutcomeId


type OutcomeCommand = (
    DraftMinutes
    | DraftReport
    | SaveMinutes
    | IssueMinutes
    | SubmitOutcome
    | AdoptOutcome
    | EndorseOutcome
    | EscalateOutcome
    | AssignItem
    | UpreportItem
    | RecordUpreportAdoption
    | RecordReason
    | GiveFeedback
    | ReportMedia
    | CloseOutcome
    | notes.NoteResearchReport
    | notes.NoteReturn
    | notes.NoteReply
    | notes.NoteFollowUp
    | notes.NoteCase
    | notes.NoteSolution
)
