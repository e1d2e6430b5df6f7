"""What an assessment sheet (考核) may be asked."""

from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Command

ASSESSORS = frozenset({w.CPPCC, w.PARTY, w.LEADER})


class OpenSheet(Command):
    """Open the sheet of one assessor for one period. Only offices are assessed, never persons."""

    label: ClassVar[str] = "建立考核表"
    may: ClassVar[frozenset[str]] = ASSESSORS

    sheet_id: w.SheetId
    area: w.Area
    period: w.Period
    assessor: w.Assessor
    subjects: tuple[w.Subject, ...] = Field(title="考核对象", min_length=1, max_length=200)


class RecordScore(Command):
    """Score one subject in one dimension, and name the facts that show it."""

    label: ClassVar[str] = "打分"
    may: ClassVar[frozenset[str]] = ASSESSORS

    sheet_id: w.SheetId
    subject: w.SubjectName
    dimension: w.Dimension
    score: w.Score
    evidence: w.Proof


class PublishAssessment(Command):
    """Publish all scores; from now on they may be appealed against."""

    label: ClassVar[str] = "考核通报"
    may: ClassVar[frozenset[str]] = ASSESSORS

    sheet_id: w.SheetId


class AppealScore(Command):
    """Appeal against a score, as the office it was given to."""

    label: ClassVar[str] = "考核申诉"
    may: ClassVar[frozenset[str]] = frozenset({w.UNIT_OFFICE, w.CLERK, w.CONVENOR, w.PARTY})

    sheet_id: w.SheetId
    dimension: w.Dimension
    reason: w.Reason


class TurnDownAppeal(Command):
    """Say why a score stands."""

    label: ClassVar[str] = "驳回考核申诉"
    may: ClassVar[frozenset[str]] = ASSESSORS

    sheet_id: w.SheetId
    subject: w.SubjectName
    dimension: w.Dimension
    reason: w.Reason


class AmendScore(Command):
    """Put a published score right, and say why."""

    label: ClassVar[str] = "更正得分"
    may: ClassVar[frozenset[str]] = ASSESSORS

    sheet_id: w.SheetId
    subject: w.SubjectName
    dimension: w.Dimension
    score: w.Score
    evidence: w.Proof
    reason: w.Reason


class FreezeRanking(Command):
    """Fix the ranking of the period, when appeals are over and answered."""

    label: ClassVar[str] = "排名定格"
    may: ClassVar[frozenset[str]] = ASSESSORS

    sheet_id: w.SheetId


type SheetCommand = (
    OpenSheet
    | RecordScore
    | PublishAssessment
    | AppealScore
    | TurnDownAppeal
    | AmendScore
    | FreezeRanking
)
