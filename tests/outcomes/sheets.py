"""Good examples of an assessment: three towns of 邻水, by the office for targets."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from services.outcomes.domain.sheet import events as said
from services.outcomes.words import Subject

SHEET_ID = UUID("01960000-0000-7000-8000-000000000007")
PROOF = (UUID("01960000-0000-7000-8000-000000000008"),)
ASSESSOR = "target-office"
TASKS, DUTIES, DEEDS = "任务清单", "责任清单", "落实清单"
DINGPING, CHENGNAN, GAOTAN = "鼎屏镇", "城南镇", "高滩镇"
TOWNS = (DINGPING, CHENGNAN, GAOTAN)

OPENED = said.SheetOpened(
    sheet_id=SHEET_ID,
    period="2026",
    assessor=ASSESSOR,
    subjects=tuple(Subject(kind="town", name=name) for name in TOWNS),
    weights=tuple(
        said.Weight(dimension=name, weight=Fraction(1, 3)) for name in (TASKS, DUTIES, DEEDS)
    ),
)


def score(subject: str, dimension: str, points: int) -> said.ScoreRecorded:
    """A town has so many points in one dimension."""
    return said.ScoreRecorded(
        sheet_id=SHEET_ID,
        subject=subject,
        dimension=dimension,
        score=Decimal(points),
        evidence=PROOF,
    )


SCORES = (
    *(score(DINGPING, one, points) for one, points in ((TASKS, 90), (DUTIES, 80), (DEEDS, 90))),
    *(score(CHENGNAN, one, points) for one, points in ((TASKS, 100), (DUTIES, 70), (DEEDS, 90))),
    *(score(GAOTAN, one, points) for one, points in ((TASKS, 80), (DUTIES, 80), (DEEDS, 91))),
)


def standings(*rows: tuple[str, str, int]) -> said.Standings:
    """Subject, total and rank of each."""
    return tuple(
        said.Standing(subject=subject, total=Decimal(total), rank=rank)
        for subject, total, rank in rows
    )


AT_FIRST = standings((CHENGNAN, "86.67", 1), (DINGPING, "86.67", 1), (GAOTAN, "83.67", 3))
PUBLISHED = said.AssessmentPublished(
    sheet_id=SHEET_ID,
    period="2026",
    assessor=ASSESSOR,
    standings=AT_FIRST,
    appeals_until=date(2026, 3, 9),
)
APPEALED = said.ScoreAppealed(
    sheet_id=SHEET_ID, subject=GAOTAN, dimension=DUTIES, reason="漏计两次协商。"
)
TURNED_DOWN = said.AppealTurnedDown(
    sheet_id=SHEET_ID, subject=GAOTAN, dimension=DUTIES, reason="两次均未形成纪要。"
)
AMENDED = said.ScoreAmended(
    sheet_id=SHEET_ID,
    subject=GAOTAN,
    dimension=DUTIES,
    before=Decimal(80),
    score=Decimal(90),
    evidence=PROOF,
    reason="补计两次协商。",
)
FROZEN = said.RankingFrozen(sheet_id=SHEET_ID, period="2026", assessor=ASSESSOR, standings=AT_FIRST)
CORRECTED = said.RankingCorrected(
    sheet_id=SHEET_ID,
    period="2026",
    assessor=ASSESSOR,
    number=1,
    standings=standings((GAOTAN, "87.00", 1), (CHENGNAN, "86.67", 2), (DINGPING, "86.67", 2)),
)
FACTS = (OPENED, *SCORES, PUBLISHED, APPEALED, TURNED_DOWN, AMENDED, FROZEN, CORRECTED)
