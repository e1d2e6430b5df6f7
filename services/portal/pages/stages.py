"""How far a matter is: canonical stages from the facts, and the county's own stages over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.portal.rules import Canonical, Stage

Progress = Literal["ahead", "underway", "done", "skipped"]
"""Skipped: the matter went on without it, as an outcome may come of research without a meeting."""


@dataclass(frozen=True)
class Mark:
    """How often one kind of fact was said about a matter, and when first and last."""

    n: int
    first_at: datetime
    last_at: datetime


Marks = Mapping[str, Mark]
"""By type of fact; feedback also by whom it was given to: 'FeedbackGiven/people'."""


@dataclass(frozen=True)
class Sign:
    """What shows that a stage has begun, and that it is done: any of these, or all of those."""

    begins: frozenset[str]
    ends: frozenset[str]


def _sign(begins: str, ends: str) -> Sign:
    return Sign(frozenset(begins.split()) | frozenset(ends.split()), frozenset(ends.split()))


SIGNS: dict[Canonical, Sign] = {
    "SOURCE": _sign("LeadSubmitted LeadAdopted", "TopicProposed"),
    "SCREEN": _sign("", "TopicCriteriaAssessed"),
    "APPROVE": _sign("TopicReportFiled TopicReviewedByPartyBody", "TopicApproved"),
    "PARTIES": _sign("", "PartiesDetermined"),
    "WORKPLAN": _sign("", "WorkPlanIssued"),
    "NOTICE": _sign("", "PriorNoticeGiven"),
    "RESEARCH": _sign("ResearchPlanned ResearchConducted", "ResearchReportFiled"),
    "MEET": _sign("ConsultationScheduled ConsultationOpened", "MeetingHeld"),
    "RECORD": _sign("MeetingHeld MinutesDrafted", "MinutesIssued"),
    "ROUTE": _sign("OutcomeSubmitted", "OutcomeAdopted"),
    "HANDLE": _sign("ItemAssigned", "HandlingReplied"),
    "FEEDBACK": _sign("FeedbackGiven", "FeedbackGiven/members FeedbackGiven/people"),
    "FOLLOWUP": _sign("FollowUpScheduled", "FollowUpConducted"),
    "PLAN": _sign("", "PlanNoted"),
    "EVALUATE": _sign("EvaluationOpened", "EvaluationTallied"),
    "CASE": _sign("CaseDrafted", "CasePublished"),
    "PUBLICITY": _sign("", "MediaReported"),
    "CLOSE": _sign("", "TopicClosed"),
}
"""What shows how far each stage is."""

NOT_FOR_ALL: frozenset[Canonical] = frozenset({"PLAN", "FOLLOWUP", "EVALUATE", "CASE", "PUBLICITY"})
"""Stages that a matter may do without: as long as they have not begun, nothing waits for them."""

AFTER_MEETING: tuple[Canonical, ...] = ("ROUTE", "HANDLE", "FEEDBACK")

# A stage that may be gone through several times is done when it ended as often as it began.
ROUNDS: dict[Canonical, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "MEET": (
        ("ConsultationScheduled",),
        ("MeetingHeld", "ConsultationPostponed", "ConsultationCancelled"),
    ),
    "HANDLE": (("ItemAssigned", "HandlingRejected"), ("HandlingReplied", "AssignmentReturned")),
    "FOLLOWUP": (("FollowUpScheduled",), ("FollowUpConducted",)),
}


@dataclass(frozen=True)
class Stand:
    """One step of the bar: the county's label, and how far it is."""

    label: str
    provisional: bool
    progress: Progress
    at: datetime | None
    """When it was done, or else when it began."""


def read_marks(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mark]:
    """The marks of one matter, from the rows of the view."""
    marks: dict[str, Mark] = {}
    for row in rows:
        mark = Mark(row["n"], row["first_at"], row["last_at"])
        whole = marks.get(row["type"])
        marks[row["type"]] = _together(whole, mark) if whole else mark
        if row["detail"]:
            marks[f"{row['type']}/{row['detail']}"] = mark
    return marks


def progress(stage: Canonical, marks: Marks) -> Progress:
    """How far one canonical stage is."""
    sign = SIGNS[stage]
    if not sign.begins & marks.keys():
        return "ahead"
    if not sign.ends <= marks.keys() or _rounds_open(stage, marks) > 0:
        return "underway"
    return "done"


def bar(stages: Iterable[Stage], marks: Marks) -> list[Stand]:
    """The stage bar of a matter in the county's own words."""
    if "ReportDrafted" in marks and "MeetingHeld" not in marks:
        # What was issued is a report: no meeting, whose record would be signed, was held.
        marks = {name: mark for name, mark in marks.items() if name != "MinutesIssued"}
    return [_step(stage, marks) for stage in stages]


def is_closed(marks: Marks) -> bool:
    """Whether the matter has come to its end, and was not taken up again."""
    return _times(("TopicClosed", "TopicEnded"), marks) > _times(("TopicReopened",), marks)


def latest(steps: list[Stand]) -> Stand:
    """The step a matter has come to: the furthest that is not ahead."""
    reached = (step for step in reversed(steps) if step.progress in {"underway", "done"})
    return next(reached, steps[0])


def _step(stage: Stage, marks: Marks) -> Stand:
    begun = [one for one in stage.of if SIGNS[one].begins & marks.keys()]
    types = frozenset[str]().union(*(SIGNS[one].begins for one in begun)) & marks.keys()
    if not types:
        is_past = is_closed(marks) or _is_passed_over(stage, marks)
        return Stand(stage.label, stage.provisional, "skipped" if is_past else "ahead", None)
    counted = [one for one in stage.of if one in begun or one not in NOT_FOR_ALL]
    if is_closed(marks) or all(progress(one, marks) == "done" for one in counted):
        at = max(marks[name].last_at for name in types)
        return Stand(stage.label, stage.provisional, "done", at)
    at = min(marks[name].first_at for name in types)
    return Stand(stage.label, stage.provisional, "underway", at)


def _is_passed_over(stage: Stage, marks: Marks) -> bool:
    """Whether what the stage comes before has begun without it.

    襄城: “专题协商调研14次,形成调研报告14篇”, “批转相关部门学习、研究、落实”, with no meeting.
    """
    if stage.of[-1] in AFTER_MEETING or stage.of[-1] == "CLOSE":
        return False
    return not NOT_FOR_ALL.issuperset(stage.of) and progress("ROUTE", marks) != "ahead"


def _rounds_open(stage: Canonical, marks: Marks) -> int:
    begun, ended = ROUNDS.get(stage, ((), ()))
    return _times(begun, marks) - _times(ended, marks)


def _times(types: tuple[str, ...], marks: Marks) -> int:
    return sum(marks[name].n for name in types if name in marks)


def _together(one: Mark, other: Mark) -> Mark:
    return Mark(
        one.n + other.n,
        min(one.first_at, other.first_at),
        max(one.last_at, other.last_at),
    )
