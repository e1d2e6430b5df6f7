"""How far a matter is: canonical stages from the facts, and the county's own stages over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.portal.rules import Canonical, Stage

Progress = Literal["ahead", "underway", "done"]


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
    "CLOSE": _sign("", "TopicClosed"),
}
"""The stages the engine keeps records of; PLAN, EVALUATE, CASE and PUBLICITY are not among them."""

# A stage that may be gone through several times is done when it ended as often as it began.
ROUNDS = {
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
    sign = SIGNS.get(stage)
    if sign is None or not sign.begins & marks.keys():
        return "ahead"
    if not sign.ends <= marks.keys() or _rounds_open(stage, marks) > 0:
        return "underway"
    return "done"


def bar(stages: Iterable[Stage], marks: Marks) -> list[Stand]:
    """The stage bar of a matter in the county's own words."""
    return [_step(stage, marks) for stage in stages]


def latest(steps: list[Stand]) -> Stand:
    """The step a matter has come to: the furthest that is not ahead."""
    return next((step for step in reversed(steps) if step.progress != "ahead"), steps[0])


def _step(stage: Stage, marks: Marks) -> Stand:
    recorded = [one for one in stage.of if one in SIGNS]
    reached = [progress(one, marks) for one in recorded]
    types = frozenset[str]().union(*(SIGNS[one].begins for one in recorded)) & marks.keys()
    if "TopicClosed" in marks or (reached and all(one == "done" for one in reached)):
        at = max((marks[name].last_at for name in types), default=None)
        return Stand(stage.label, stage.provisional, "done", at)
    if types:
        at = min(marks[name].first_at for name in types)
        return Stand(stage.label, stage.provisional, "underway", at)
    return Stand(stage.label, stage.provisional, "ahead", None)


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
