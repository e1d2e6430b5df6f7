"""What the portal looks into of how outcomes assesses: scores, appeals and rankings."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class SheetOpened(Heard):
    """An assessor is going to score offices."""

    source: ClassVar = "outcomes"

    period: str
    assessor: str
    subjects: tuple[dict[str, str], ...]
    weights: tuple[dict[str, str], ...]


class ScoreRecorded(Heard):
    """An office was scored in one dimension."""

    source: ClassVar = "outcomes"

    subject: str
    dimension: str
    score: Decimal
    evidence: tuple[UUID, ...]


class ScoreAmended(Heard):
    """A score was put right."""

    source: ClassVar = "outcomes"

    subject: str
    dimension: str
    before: Decimal
    score: Decimal
    evidence: tuple[UUID, ...]
    reason: str


class ScoreAppealed(Heard):
    """An office finds its score wrong."""

    source: ClassVar = "outcomes"

    subject: str
    dimension: str
    reason: str


class AppealTurnedDown(Heard):
    """The score stands."""

    source: ClassVar = "outcomes"

    subject: str
    dimension: str
    reason: str


class AssessmentPublished(Heard):
    """Everybody can see the scores."""

    source: ClassVar = "outcomes"

    appeals_until: date
    standings: tuple[dict[str, Any], ...]


class RankingFrozen(Heard):
    """This is the ranking of the period."""

    source: ClassVar = "outcomes"

    standings: tuple[dict[str, Any], ...]


class RankingCorrected(Heard):
    """A fixed ranking was visibly corrected."""

    source: ClassVar = "outcomes"

    number: int
    standings: tuple[dict[str, Any], ...]
