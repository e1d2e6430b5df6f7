"""The figures of a board: one row an area, one column a kind of fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MEASURES = (
    "LeadSubmitted",
    "PersonalAppealTransferred",
    "TopicProposed",
    "TopicApproved",
    "ResearchReportFiled",
    "MeetingHeld",
    "ConsensusRecorded",
    "ItemAssigned",
    "HandlingReplied",
    "FollowUpConducted",
    "DeadlineBreached",
    "TopicClosed",
)
"""The columns, in the order in which a matter goes through them."""


@dataclass(frozen=True)
class Row:
    """What happened in one area in one year, in the order of MEASURES."""

    area: str
    figures: Sequence[int]

    @property
    def is_empty(self) -> bool:
        """Nothing happened there."""
        return not any(self.figures)


def rows(counts: Iterable[Mapping[str, Any]], areas: Sequence[str]) -> list[Row]:
    """A row for each of the areas, in their order."""
    found = {(row["area"], row["type"]): row["n"] for row in counts}
    return [Row(area, [found.get((area, one), 0) for one in MEASURES]) for area in areas]
