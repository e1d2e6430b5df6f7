"""An assessment sheet (考核表) as it is filled in: who has which score, and what is appealed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Literal
from uuid import UUID

from services.portal.pages.ranking import Row, Rows, Scored, scores_of

CENT = Decimal("0.01")
Phase = Literal["open", "published", "frozen"]

Place = tuple[str, str]
"""A subject and a dimension."""


@dataclass(frozen=True)
class Subject:
    """One office, with its score in each dimension. Total and place: None until all are given."""

    kind: str
    name: str
    scores: tuple[Scored | None, ...]
    total: Decimal | None
    place: int | None


@dataclass(frozen=True)
class Sheet:
    """One assessor's sheet of one period."""

    row: Row
    weights: tuple[tuple[str, str], ...]
    subjects: tuple[Subject, ...]
    appeals: Mapping[Place, Row]
    """Those that are not answered yet."""

    told: Rows
    """What was appealed, turned down and amended, in order."""

    @property
    def phase(self) -> Phase:
        """How far it is."""
        if self.row["frozen_at"]:
            return "frozen"
        return "published" if self.row["published_at"] else "open"

    @property
    def empty(self) -> list[Place]:
        """The places that nobody has scored, line by line."""
        return [
            (one.name, name)
            for one in self.subjects
            for (name, _), score in zip(self.weights, one.scores, strict=True)
            if score is None
        ]

    @property
    def places(self) -> int:
        """How many scores there are to give."""
        return len(self.subjects) * len(self.weights)

    def score(self, place: Place) -> Scored | None:
        """What stands in a place."""
        at = [name for name, _ in self.weights].index(place[1])
        return next(one.scores[at] for one in self.subjects if one.name == place[0])

    def has(self, place: Place) -> bool:
        """Whether there is such a place."""
        names = {name for name, _ in self.weights}
        return place[1] in names and place[0] in {one.name for one in self.subjects}

    def kind(self, name: str) -> str:
        """What kind of office a subject is."""
        return next(one.kind for one in self.subjects if one.name == name)


def sheet_of(row: Row, points: Rows) -> Sheet:
    """Put together from the rows of the view. Totals and places are those of the scores of now."""
    weights = tuple((one["dimension"], one["weight"]) for one in json.loads(row["weights"]))
    scores, subjects = scores_of(points), json.loads(row["subjects"])
    lines = {
        one["name"]: tuple(scores.get((one["name"], name)) for name, _ in weights)
        for one in subjects
    }
    shares = [Fraction(weight) for _, weight in weights]
    totals = {name: _total(line, shares) for name, line in lines.items() if None not in line}
    whole = len(totals) == len(subjects)
    told = [one for one in points if one["type"] != "ScoreRecorded"]
    return Sheet(
        row,
        weights,
        tuple(
            Subject(
                one["kind"],
                one["name"],
                lines[one["name"]],
                _to_the_cent(totals.get(one["name"])),
                _place(totals, one["name"]) if whole else None,
            )
            for one in subjects
        ),
        _unanswered(told),
        told,
    )


def _total(line: Sequence[Scored | None], shares: Sequence[Fraction]) -> Fraction:
    pairs = zip(line, shares, strict=True)
    return sum((Fraction(one.score) * share for one, share in pairs if one), Fraction(0))


def _to_the_cent(total: Fraction | None) -> Decimal | None:
    if total is None:
        return None
    return (Decimal(total.numerator) / total.denominator).quantize(CENT, ROUND_HALF_UP)


def _place(totals: Mapping[str, Fraction], name: str) -> int:
    """Equal totals share a place."""
    return 1 + sum(other > totals[name] for other in totals.values())


def _unanswered(told: Rows) -> dict[Place, Row]:
    found: dict[Place, Row] = {}
    for one in told:
        place = one["subject"], one["dimension"]
        if one["type"] == "ScoreAppealed":
            found[place] = one
        else:
            found.pop(place, None)
    return found


def days_of(period: str) -> tuple[date, date]:
    """The first day of a period, and the first after it: '2026', '2026-H1', '2026-Q3'."""
    year, part = int(period[:4]), period[5:]
    months = {"": 12, "H": 6, "Q": 3}[part[:1]]
    first = months * (int(part[1]) - 1) if part else 0
    end = first + months
    return date(year, first + 1, 1), date(year + end // 12, end % 12 + 1, 1)


def periods(today: date) -> list[str]:
    """What may be assessed now: this year and the last, whole or in parts that have begun."""
    parts = ("", *(f"-H{n}" for n in (1, 2)), *(f"-Q{n}" for n in (1, 2, 3, 4)))
    both = [f"{year}{part}" for year in (today.year, today.year - 1) for part in parts]
    return [one for one in both if days_of(one)[0] <= today]


@dataclass(frozen=True)
class Proof:
    """A fact that a score may rest on."""

    id: UUID
    title: str
    what: str
    """The title of its matter; empty where it belongs to none."""

    matter_id: UUID | None
    at: Any
    chosen: bool
