"""A ranking as it is read: places, scores with their evidence, what was appealed and corrected."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

Row = Mapping[str, Any]
Rows = Sequence[Row]

PUBLISHED, FROZEN = -1, 0


@dataclass(frozen=True)
class Scored:
    """One score: what it is, what it was before somebody put it right, and why it was given."""

    score: Decimal
    evidence: tuple[UUID, ...]
    before: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """Where one office stands. `change` is places gained since the period before; None: new."""

    subject: str
    place: int
    total: Decimal
    behind: Decimal
    change: int | None
    fixed: int | None
    """The place that was fixed, where a correction has moved it."""

    scores: tuple[Scored | None, ...]


@dataclass(frozen=True)
class Ranking:
    """One assessor's ranking of one period."""

    sheet: Row
    weights: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    issue: int
    issued_at: datetime
    points: Rows
    """What was appealed, turned down and amended, in order."""

    def best(self, dimension: int) -> Decimal:
        """The highest score in one dimension."""
        return max((one.score for line in self.lines if (one := line.scores[dimension])),
                   default=Decimal(0))  # fmt: skip

    def line_of(self, subject: str) -> Line | None:
        """Where an office stands; None where it is not among them."""
        return next((line for line in self.lines if line.subject == subject), None)

    def lost(self, line: Line) -> list[tuple[str, Decimal]]:
        """In which dimensions an office is behind the best, and by how much; the widest first."""
        gaps = [
            (name, self.best(no) - one.score)
            for no, (name, _) in enumerate(self.weights)
            if (one := line.scores[no])
        ]
        return sorted((gap for gap in gaps if gap[1]), key=lambda gap: -gap[1])


def before(sheet: Row, sheets: Rows) -> Row | None:
    """The sheet of the same assessor for the last period of the same length before this one."""
    earlier = [
        one
        for one in sheets
        if (one["area"], one["assessor"]) == (sheet["area"], sheet["assessor"])
        and len(one["period"]) == len(sheet["period"])
        and one["period"][4:6] == sheet["period"][4:6]
        and one["period"] < sheet["period"]
    ]
    return max(earlier, key=lambda one: one["period"], default=None)


def ranking(sheet: Row, last: Row | None, standings: Rows, points: Rows) -> Ranking:
    """Put together from the rows of the view; `last` is the sheet of the period before."""
    ours = [row for row in standings if row["sheet_id"] == sheet["sheet_id"]]
    issue = max(row["issue"] for row in ours)
    shown = [row for row in ours if row["issue"] == issue]
    fixed = {row["subject"]: row["place"] for row in ours if row["issue"] == FROZEN}
    earlier = _last_places(last, standings)
    weights = tuple((one["dimension"], one["weight"]) for one in json.loads(sheet["weights"]))
    scores = scores_of(points)
    first = max(row["total"] for row in shown)
    lines = tuple(
        Line(
            subject=row["subject"],
            place=row["place"],
            total=row["total"],
            behind=first - row["total"],
            change=earlier[row["subject"]] - row["place"] if row["subject"] in earlier else None,
            fixed=fixed[row["subject"]] if issue > FROZEN else None,
            scores=tuple(scores.get((row["subject"], name)) for name, _ in weights),
        )
        for row in sorted(shown, key=lambda one: (one["place"], one["subject"]))
    )
    told = [row for row in points if row["type"] != "ScoreRecorded"]
    return Ranking(sheet, weights, lines, issue, shown[0]["at"], told)


def _last_places(last: Row | None, standings: Rows) -> dict[str, int]:
    ours = [row for row in standings if last and row["sheet_id"] == last["sheet_id"]]
    issue = max((row["issue"] for row in ours), default=PUBLISHED)
    return {row["subject"]: row["place"] for row in ours if row["issue"] == issue}


def scores_of(points: Rows) -> dict[tuple[str, str], Scored]:
    """The last score in each place; what an amendment replaced stays beside it."""
    scores: dict[tuple[str, str], Scored] = {}
    for row in points:
        if row["type"] in {"ScoreRecorded", "ScoreAmended"}:
            place = row["subject"], row["dimension"]
            scores[place] = Scored(row["score"], tuple(row["evidence"]), row["before"])
    return scores
