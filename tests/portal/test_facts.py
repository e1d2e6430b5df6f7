"""The facts of a matter as streams: each is of one kind, whatever was written down first."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.portal.pages.facts import Story
from services.portal.pages.offers import Scene, offers
from services.portal.pages.steps import STEPS
from shared.runtime.charter import Charters
from tests.drafts import FOLDER

ASSIGNMENT = UUID("0190aaaa-0000-7000-8000-00000000aa01")
UNIT = "县卫生健康局"
RULES = Charters(FOLDER).at("default@1").tables


def row(source: str, category: str, type_: str, **data: Any) -> dict[str, Any]:
    """A row of the view, as it comes first of its stream."""
    return {
        "source": source, "position": 1, "stream": ASSIGNMENT, "category": category, "revision": 1,
        "type": type_, "area": "511623000000", "charter": "5116@1", "actor": "policy/system",
        "at": datetime(2026, 3, 2, tzinfo=UTC), "data": json.dumps(data),
    }  # fmt: skip


def test_a_unit_is_asked_to_accept_even_if_its_clock_was_started_first() -> None:
    clock = row("notify", "deadline", "DeadlineSet", unit=UNIT)
    opened = row("outcomes", "assignment", "AssignmentOpened", lead_unit=UNIT)
    for rows in ([clock, opened], [opened, clock]):
        due = offers(STEPS, Scene(Story.of(rows), RULES))
        assert "AcceptAssignment" in {one.step.command for one in due}
