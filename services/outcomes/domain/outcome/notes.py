"""What an outcome (协商成果) notes because other streams of ours said it."""

from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import SYSTEM, Command, Event

OURSELVES = frozenset({SYSTEM})


class NoteResearchReport(Command):
    """Note that a report is there, from which an outcome may come without a meeting."""

    label: ClassVar[str] = "记录调研报告"
    may: ClassVar[frozenset[str]] = OURSELVES

    outcome_id: w.OutcomeId
    area: w.Area
    topic_id: w.TopicId
    research_id: w.ResearchId


class NoteReturn(Command):
    """Note that a unit gave an item back."""

    label: ClassVar[str] = "记录退件"
    may: ClassVar[frozenset[str]] = OURSELVES

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    unit: w.Unit


class NoteReply(Command):
    """Note that a unit replied, and which follow-ups its reply calls for."""

    label: ClassVar[str] = "记录答复"
    may: ClassVar[frozenset[str]] = OURSELVES

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    round: w.Round
    result_class: w.ResultClass
    awaits: tuple[w.FollowUpKind, ...] = Field(title="待跟踪")


class NoteFollowUp(Command):
    """Note what a follow-up found."""

    label: ClassVar[str] = "记录跟踪结果"
    may: ClassVar[frozenset[str]] = OURSELVES

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    round: w.Round
    kind: w.FollowUpKind
    passed: bool = Field(title="通过")


class NoteCase(Command):
    """Note that the case is in the library."""

    label: ClassVar[str] = "记录典型案例"
    may: ClassVar[frozenset[str]] = OURSELVES

    outcome_id: w.OutcomeId
    case_id: w.CaseId


class NoteSolution(Command):
    """Note whether those whom it concerns find it solved."""

    label: ClassVar[str] = "记录群众确认"
    may: ClassVar[frozenset[str]] = OURSELVES

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    round: w.Round
    confirmed: bool = Field(title="确认解决")


class ResearchReportNoted(Event):
    """A report is there, from which an outcome may come without a meeting."""

    label: ClassVar[str] = "调研报告记录"

    outcome_id: w.OutcomeId
    topic_id: w.TopicId
    research_id: w.ResearchId


class ReturnNoted(Event):
    """A unit gave an item back: it has to be assigned again."""

    label: ClassVar[str] = "退件记录"

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    unit: w.Unit


class ReplyNoted(Event):
    """A unit replied; these follow-ups have to look at it."""

    label: ClassVar[str] = "答复记录"

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    round: w.Round
    result_class: w.ResultClass
    awaits: tuple[w.FollowUpKind, ...] = Field(title="待跟踪")


class FollowUpNoted(Event):
    """A follow-up passed, or sent the item back to its unit."""

    label: ClassVar[str] = "跟踪结果记录"

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    round: w.Round
    kind: w.FollowUpKind
    passed: bool = Field(title="通过")


class CaseNoted(Event):
    """Its case is in the library."""

    label: ClassVar[str] = "典型案例记录"

    outcome_id: w.OutcomeId
    case_id: w.CaseId


class SolutionNoted(Event):
    """Those whom it concerns find it solved, or do not."""

    label: ClassVar[str] = "群众确认记录"

    outcome_id: w.OutcomeId
    item_no: w.ItemNo
    round: w.Round
    confirmed: bool = Field(title="确认解决")
