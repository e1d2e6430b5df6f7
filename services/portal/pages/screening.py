"""Decisions on leads as they come in one form: which letter takes each, and what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.portal.pages.filled import Filled
from shared.kernel.errors import Invalid


@dataclass(frozen=True)
class Decision:
    """One way to decide. `fields` are those of the command that people fill in; a decision that is
    `alone` is taken on one lead at a time, all others on as many as are picked.
    """

    command: str
    letter: str
    fields: tuple[str, ...]
    alone: bool = False


DECISIONS = (
    Decision("AdoptLead", "a", ("title", "evidence")),
    Decision("ScreenOutLead", "x", ("category", "reason")),
    Decision("ReturnLeadForFix", "r", ("reason",)),
    Decision("TransferAppeal", "t", ("to_unit", "reason")),
    Decision("MergeLead", "m", ("into", "reason")),
    Decision("SplitLead", "s", ("parts", "reason"), alone=True),
)
BY_NAME = {one.command: one for one in DECISIONS}

LINES = ("evidence", "parts")
"""Fields with a line for each of several things."""

LEADS_MAX = 50
"""How many leads one form decides on."""


def picked(filled: Filled) -> list[UUID]:
    """The leads that are ticked, or else the one that is open. Raises Invalid."""
    came = filled.get("lead") or filled.get("open") or ""
    texts = [came] if isinstance(came, str) else list(came)
    try:
        ids = list(dict.fromkeys(UUID(one) for one in texts if one))
    except ValueError as error:
        raise Invalid("malformed", reason=str(error)) from error
    if not ids or len(ids) > LEADS_MAX:
        raise Invalid("pick-leads", most=LEADS_MAX)
    return ids


def decision_of(filled: Filled) -> Decision:
    """What was decided. Raises Invalid."""
    name = filled.get("decision", "")
    if not isinstance(name, str) or name not in BY_NAME:
        raise Invalid("pick-decision")
    return BY_NAME[name]


def data_of(
    decision: Decision, row: Mapping[str, Any], filled: Filled, *, several: bool
) -> dict[str, Any]:
    """The data of the command for one lead; each of several keeps its own title."""
    data: dict[str, Any] = {"lead_id": str(row["matter_id"])}
    for name in decision.fields:
        value = filled.get(f"{decision.command}.{name}", "")
        text = (value if isinstance(value, str) else "\n".join(value)).strip()
        if name in LINES:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            data[name] = [{"title": one} for one in lines] if name == "parts" else lines
        elif text:
            data[name] = text
    if decision.command == "AdoptLead" and (several or not data.get("title")):
        data["title"] = row["title"]
    return data


def opened(filled: Filled) -> str:
    """The decision that somebody is about to take: the one sent, or the first with words in it."""
    named = str(filled.get("decision", ""))
    begun = (one.command for one in DECISIONS if _words_for(one, filled))
    return named if named in BY_NAME else next(begun, "")


def written(filled: Filled) -> list[str]:
    """What somebody wrote for the decision that was not taken, one text each."""
    named = opened(filled)
    return _words_for(BY_NAME[named], filled) if named else []


def _words_for(decision: Decision, filled: Filled) -> list[str]:
    """Without the title, which every form is drawn with, and what is only picked."""
    names = (f"{decision.command}.{one}" for one in ("evidence", "parts", "reason", "to_unit"))
    return [one for name in names if isinstance(one := filled.get(name), str) and one.strip()]
