"""Where an assessment sheet (考核) stands, and how facts move it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from services.outcomes.domain.sheet import events as said

Place = tuple[str, str]
"""A subject and a dimension."""

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Scores:
    """The plan, and what is written in it so far."""

    plan: said.SheetOpened
    given: Mapping[Place, Decimal] = field(default_factory=dict)

    def missing(self) -> int:
        """How many places are still empty."""
        return len(self.plan.subjects) * len(self.plan.weights) - len(self.given)

    def with_one(self, event: said.ScoreRecorded | said.ScoreAmended) -> "Scores":
        """The sheet with one more score."""
        place = (event.subject, event.dimension)
        return replace(self, given={**self.given, place: event.score})

    def standings(self) -> said.Standings:
        """The best first. Ranks follow from the exact totals, which are then shown to the cent."""
        totals = {subject.name: self._total(subject.name) for subject in self.plan.subjects}
        return tuple(
            said.Standing(
                subject=name,
                total=(Decimal(total.numerator) / total.denominator).quantize(CENT, ROUND_HALF_UP),
                rank=1 + sum(other > total for other in totals.values()),
            )
            for name, total in sorted(totals.items(), key=lambda one: (-one[1], one[0]))
        )

    def _total(self, subject: str) -> Fraction:
        return sum(
            (
                weight.weight * Fraction(self.given.get((subject, weight.dimension), Decimal(0)))
                for weight in self.plan.weights
            ),
            start=Fraction(0),
        )


@dataclass(frozen=True)
class Nothing:
    """Nobody is assessed."""


@dataclass(frozen=True)
class Open:
    """Being filled in."""

    scores: Scores


@dataclass(frozen=True)
class Published:
    """Seen by all; `appeals` are those not answered yet."""

    scores: Scores
    until: date
    appeals: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Frozen:
    """Fixed; what changes now is a correction."""

    scores: Scores
    corrections: int = 0


type Sheet = Nothing | Open | Published | Frozen


def evolve(sheet: Sheet, event: said.SheetEvent) -> Sheet:
    """The sheet after one more fact."""
    match event:
        case said.SheetOpened() as e if isinstance(sheet, Nothing):
            return Open(Scores(e))
        case said.ScoreRecorded() as e if isinstance(sheet, Open):
            return Open(sheet.scores.with_one(e))
        case said.AssessmentPublished() as e if isinstance(sheet, Open):
            return Published(sheet.scores, e.appeals_until)
        case said.ScoreAppealed() as e if isinstance(sheet, Published):
            return replace(sheet, appeals=sheet.appeals | {(e.subject, e.dimension)})
        case said.AppealTurnedDown() as e if isinstance(sheet, Published):
            return replace(sheet, appeals=sheet.appeals - {(e.subject, e.dimension)})
        case said.ScoreAmended() as e if isinstance(sheet, Published):
            scores = sheet.scores.with_one(e)
            return replace(sheet, scores=scores, appeals=sheet.appeals - {(e.subject, e.dimension)})
        case said.ScoreAmended() as e if isinstance(sheet, Frozen):
            return replace(sheet, scores=sheet.scores.with_one(e))
        case said.RankingFrozen() if isinstance(sheet, Published):
            return Frozen(sheet.scores)
        case said.RankingCorrected() as e if isinstance(sheet, Frozen):
            return replace(sheet, corrections=e.number)
        case _:
            return sheet
