"""What an assessment sheet (考核) says."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event, Message
from shared.kernel.registry import Registry, registry


class Weight(Message):
    """One dimension, and what part of the total it is: '1/6'."""

    dimension: w.Dimension
    weight: w.Share


class Standing(Message):
    """Where one subject stands. Equal totals share a rank."""

    subject: w.SubjectName
    total: w.Score
    rank: int = Field(title="名次", ge=1)


Standings = tuple[Standing, ...]


class SheetOpened(Event):
    """An assessor is going to score these subjects in these dimensions."""

    label: ClassVar[str] = "考核表建立"

    sheet_id: w.SheetId
    period: w.Period
    assessor: w.Assessor
    subjects: tuple[w.Subject, ...] = Field(title="考核对象")
    weights: tuple[Weight, ...] = Field(title="维度与权重")


class ScoreRecorded(Event):
    """A subject was scored in one dimension, because of these facts."""

    label: ClassVar[str] = "打分"

    sheet_id: w.SheetId
    subject: w.SubjectName
    dimension: w.Dimension
    score: w.Score
    evidence: w.Proof


class AssessmentPublished(Event):
    """Everybody can see the scores, and appeal until a day."""

    label: ClassVar[str] = "考核通报"

    sheet_id: w.SheetId
    period: w.Period
    assessor: w.Assessor
    standings: Standings = Field(title="排名")
    appeals_until: date = Field(title="申诉截止")


class ScoreAppealed(Event):
    """An office finds its score wrong."""

    label: ClassVar[str] = "考核申诉"

    sheet_id: w.SheetId
    subject: w.SubjectName
    dimension: w.Dimension
    reason: w.Reason


class AppealTurnedDown(Event):
    """The score stands."""

    label: ClassVar[str] = "申诉驳回"

    sheet_id: w.SheetId
    subject: w.SubjectName
    dimension: w.Dimension
    reason: w.Reason


class ScoreAmended(Event):
    """A published score was put right; what it was stays visible."""

    label: ClassVar[str] = "得分更正"

    sheet_id: w.SheetId
    subject: w.SubjectName
    dimension: w.Dimension
    before: w.Score
    score: w.Score
    evidence: w.Proof
    reason: w.Reason


class RankingFrozen(Event):
    """This is the ranking of the period."""

    label: ClassVar[str] = "排名定格"

    sheet_id: w.SheetId
    period: w.Period
    assessor: w.Assessor
    standings: Standings = Field(title="排名")


class RankingCorrected(Event):
    """The n-th visible correction of a ranking that was fixed already."""

    label: ClassVar[str] = "排名更正"

    sheet_id: w.SheetId
    period: w.Period
    assessor: w.Assessor
    number: int = Field(title="更正序号", ge=1)
    standings: Standings = Field(title="排名")


type SheetEvent = (
    SheetOpened
    | ScoreRecorded
    | AssessmentPublished
    | ScoreAppealed
    | AppealTurnedDown
    | ScoreAmended
    | RankingFrozen
    | RankingCorrected
)

EVENTS: Registry[SheetEvent] = registry(SheetEvent)
