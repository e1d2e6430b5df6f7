"""The sheets over the ledger: the activities of a year with all they came to, and the cases."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.portal.pages.sheets import EVERY, Column, Filter, Mark, Row, Rows, Sheet

FIVE = ("theme", "activity", "solved", "case", "media")
"""惠民 五个一: “明确1个主题、开展1次协商活动、解决1个问题、形成1个典型案例、媒体宣传报道1次等”."""

ASKED_BEYOND_TWO = frozenset(FIVE[2:])
"""What a county asks for among its closing needs if it follows the five; the first two hold
everywhere."""

NEEDS = (
    "record", "adoption", "reply", "follow-up", "confirmed", "solved", "case", "media",
    "feedback-to-members", "feedback-to-people",
)  # fmt: skip
ANSWERED = ("HandlingReplied", "SolutionConfirmed")
FORMS = ("plenary", "chairpersons", "standing-committee", "special-committee", "small")
ORIGINS = ("resident", "clerk", "member", "party", "agency")
SECTIONS = ("background", "participants", "process", "opinions", "effect")

Task = Mapping[str, Any]
Found = dict[str, str | None]
"""What is done, by its name, and the anchor of the fact that shows it; None: no fact by itself."""


def with_all_it_came_to(rows: Rows) -> Rows:
    """Each activity with its items counted, its handling summed up, and its marks."""
    return [_entry(row) for row in rows]


def in_sections(rows: Rows) -> Rows:
    """Each case with its five sections."""
    return [{**row, **json.loads(row["sections"])} for row in rows]


def _entry(row: Row) -> Row:
    items = json.loads(row["items"] or "[]")
    tasks: Sequence[Task] = json.loads(row["tasks"])
    proofs = json.loads(row["proofs"])
    found = _found(row, items, tasks, proofs)
    needs = frozenset(row["rules"]["outcomes"]["closing_needs"])
    five = FIVE if needs >= ASKED_BEYOND_TWO else ()
    return {
        **row,
        "criteria": [name for name, met in json.loads(row["criteria"] or "{}").items() if met],
        "attendees": json.loads(row["attendees"] or "null"),
        "items": [item["text"] for item in items],
        "agreed": sum(item["agreed"] for item in items) if items else None,
        "apart": sum(not item["agreed"] for item in items) if items else None,
        "units": _units(row, tasks),
        "due": _due(tasks),
        "classes": Counter(task["class"] for task in tasks if task["state"] in ANSWERED),
        "members_on": _day(proofs.get("FeedbackGiven/members")),
        "people_on": _day(proofs.get("FeedbackGiven/people")),
        "five": _marks(row, five, found),
        "needs": _marks(row, [one for one in NEEDS if one in needs - {*five}], found),
    }


def _units(row: Row, tasks: Sequence[Task]) -> list[str]:
    """Those that have an item in hand, and those that the outcome was passed on to (批转)."""
    endorsed = json.loads(row["endorsed"] or "[]")
    return list(dict.fromkeys([*(task["unit"] for task in tasks), *endorsed]))


def _due(tasks: Sequence[Task]) -> date | None:
    """The next day by which something is to be answered; once all is, the last of them."""
    open_ = [task["due"] for task in tasks if task["state"] not in ANSWERED]
    days = [min(open_)] if open_ else [task["due"] for task in tasks]
    return date.fromisoformat(max(days)) if days else None


def _found(row: Row, items: Sequence[Row], tasks: Sequence[Task], proofs: Row) -> Found:
    """The closing needs that are met, by the same rules as the outcome itself is closed by."""
    said: Found = {
        name: proofs[type_]["at"]
        for name, type_ in (
            ("theme", "TopicApproved"),
            ("activity", "MeetingHeld"),
            ("record", "MeetingHeld" if row["consultation_id"] else "MinutesIssued"),
            ("adoption", "OutcomeAdopted"),
            ("case", "CaseNoted"),
            ("media", "MediaReported"),
            ("feedback-to-members", "FeedbackGiven/members"),
            ("feedback-to-people", "FeedbackGiven/people"),
        )
        if type_ in proofs
    }
    return said | (_handled(items, tasks) if row["outcome_id"] else {})


def _handled(items: Sequence[Row], tasks: Sequence[Task]) -> Found:
    """What the handling shows. Nothing is answered as long as an item has not found its unit."""
    answered = [task for task in tasks if task["state"] in ANSWERED]
    holds = [task for task in answered if not task["awaits"]]
    placed = len(tasks) >= sum(item["agreed"] and bool(item["unit"]) for item in items)
    solved = [task for task in holds if task["class"] == "A"]
    done = {
        "reply": (placed and len(answered) == len(tasks), answered),
        "follow-up": (placed and len(holds) == len(tasks), holds),
        "confirmed": (placed and all(t["state"] == "SolutionConfirmed" for t in tasks), answered),
        "solved": (bool(solved), solved),
    }
    return {
        name: f"outcomes-{shown[-1]['position']}" if shown else None
        for name, (is_done, shown) in done.items()
        if is_done
    }


def _marks(row: Row, names: Sequence[str], found: Found) -> list[Mark]:
    """A mark for each; what is done leads to the fact that shows it, what is not to what is due."""
    matter = f"/matters/{row['matter_id']}"
    return [Mark(name, name in found, f"{matter}#{found.get(name) or 'next'}") for name in names]


def _day(proof: Mapping[str, str] | None) -> date | None:
    return date.fromisoformat(proof["day"]) if proof else None


LEDGER = Sheet(
    name="ledger",
    view="ledger",
    statement="ledger of year",
    columns=(
        Column("title", "matter"),
        Column("no", "count"),
        Column("area", "area"),
        Column("state", "word"),
        Column("day", "day"),
        Column("origin", "word"),
        Column("criteria", "words"),
        Column("place"),
        Column("form", "word"),
        Column("mode", "word"),
        Column("convenor", "person"),
        Column("attendees", "people"),
        Column("number"),
        Column("items", "lines"),
        Column("agreed", "count"),
        Column("apart", "count"),
        Column("units", "words"),
        Column("due", "day"),
        Column("classes", "people"),
        Column("members_on", "day"),
        Column("people_on", "day"),
        Column("five", "marks"),
        Column("needs", "marks"),
        Column("story", "text", "/areas/{area}/cases?headline={story}"),
        Column("media"),
    ),
    levels=EVERY,
    filters=(
        Filter("state", (
            "MeetingHeld", "research", "ConsultationPlanned", "ConsultationScheduled",
            "ConsultationPostponed", "ConsultationCancelled",
        )),
        Filter("form", FORMS),
        Filter("units"),
        Filter("title"),
    ),
    shape=with_all_it_came_to,
)  # fmt: skip
"""活动台账: a row for each consultation, and for each outcome that came of research alone."""

CASES = Sheet(
    name="cases",
    view="ledger",
    statement="cases of areas",
    columns=(
        Column("headline", "matter"),
        Column("area", "area"),
        Column("origin", "word"),
        Column("form", "word"),
        *(Column(one, "prose") for one in SECTIONS),
        Column("basis", "word"),
        Column("published_on", "day"),
    ),
    levels=EVERY,
    filters=(Filter("form", (*FORMS, "research")), Filter("origin", ORIGINS), Filter("headline")),
    shape=in_sections,
)
"""案例库: published cases with their five sections; de-identified, or with consent."""
