"""What whoever brought a matter is told of it: the own part, what is public, and what is asked."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.portal.pages.facts import Fact, Story
from services.portal.pages.render import day, minute
from services.portal.pages.teller import Teller

OWN: Mapping[str, tuple[str, ...]] = {
    "LeadSubmitted": (),
    "LeadReturnedForFix": ("reason",),
    "LeadResubmitted": (),
    "LeadMerged": ("reason",),
    "LeadUnmerged": ("reason",),
    "LeadSplit": ("reason",),
    "LeadScreenedOut": ("category", "reason"),
    "PersonalAppealTransferred": ("to_unit", "reason"),
    "TransferAcknowledged": ("to_unit", "receipt_no"),
    "LeadAdopted": ("title",),
}
"""Of the own lead: these facts, and these words of them."""

SAID = ("place", "starts", "unit", "promise", "class", "due", "content", "number", "outlet")
"""Of what is public: these words, where a fact has them."""

QUIET = frozenset({"ResearchPlanned", "MinutesDrafted", "ReportDrafted", "CaseDrafted",
                   "ConsultationOpened", "AssignmentOpened", "PlanNoted"})  # fmt: skip
"""Public, but no news to whoever waits for a result."""


@dataclass(frozen=True)
class Told:
    """One line of the course of a matter."""

    at: datetime
    title: str
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """The last reply of a unit. `rated` is what this voice said of it; None: nothing yet."""

    assignment_id: UUID
    outcome_id: UUID
    item_no: int
    round: int
    unit: str
    result: str
    content: str
    at: datetime
    rated: tuple[bool, str] | None
    stands: bool
    """Whether it has not been sent back since."""


def own(facts: Iterable[Fact], teller: Teller) -> list[Told]:
    """What was said of the lead itself, reasons included: they are for whoever brought it."""
    names = teller.texts.follow.said
    return [
        Told(
            one.at,
            str(teller.texts.follow.own[one.type]),
            tuple(
                (str(names[name]), teller.word(one.data[name])) for name in told if one.data[name]
            ),
        )
        for one in facts
        if (told := OWN.get(one.type)) is not None
    ]


def public(rows: Iterable[Mapping[str, Any]], teller: Teller) -> list[Told]:
    """What everybody may read, as rows of the view of it."""
    names = teller.texts.follow.said
    told = []
    for row in rows:
        said = json.loads(row["said"])
        if row["type"] in QUIET:
            continue
        label = teller.facts.get(row["type"], {}).get("label", row["type"])
        words = tuple(
            (str(names[name]), _word(said[name], teller)) for name in SAID if said.get(name)
        )
        told.append(Told(row["at"], teller.name(row["type"], label), words))
    return told


def answers(story: Story, voice: UUID) -> list[Answer]:
    """The last reply to each item, and what this voice said of it."""
    rated = {
        (fact.data["assignment_id"], fact.data["round"]): fact.data
        for fact in story.facts
        if fact.type == "HandlingRated" and fact.data["voice"] == str(voice)
    }
    found = []
    for thread in story.of_kind("assignment"):
        replies = thread.said("HandlingReplied")
        if not replies:
            continue
        last = replies[-1]
        mine = rated.get((str(thread.stream), last.data["round"]))
        found.append(
            Answer(
                assignment_id=thread.stream,
                outcome_id=UUID(last.data["outcome_id"]),
                item_no=last.data["item_no"],
                round=last.data["round"],
                unit=last.data["unit"],
                result=last.data["result_class"],
                content=last.data["content"],
                at=last.at,
                rated=(mine["solved"], mine["satisfaction"]) if mine else None,
                stands=thread.last("HandlingRejected") < thread.last("HandlingReplied"),
            )
        )
    return found


def _word(value: Any, teller: Teller) -> str:
    text = str(value)
    try:
        if len(text) == 10 and text[4] == "-":
            return day(date.fromisoformat(text))
        if "T" in text and text[4:5] == "-":
            return minute(datetime.fromisoformat(text))
    except ValueError:
        pass
    return teller.word(text)
