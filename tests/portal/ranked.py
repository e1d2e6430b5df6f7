"""Two periods of assessment in 邻水: 2025 fixed, 2026 with a tie, appeals, fixed and corrected."""

from uuid import uuid5

from services.outcomes.domain.sheet import events as sheet
from tests.outcomes.sheets import (
    AMENDED,
    APPEALED,
    CHENGNAN,
    CORRECTED,
    DINGPING,
    FROZEN,
    GAOTAN,
    OPENED,
    PUBLISHED,
    SCORES,
    SHEET_ID,
    TURNED_DOWN,
    standings,
)
from tests.views import Frame, Said

BEFORE = uuid5(SHEET_ID, "2025")
SECRET = uuid5(SHEET_ID, "not yet published")
LAST_YEAR = standings((DINGPING, "90.00", 1), (GAOTAN, "85.00", 2), (CHENGNAN, "80.00", 3))
COUNTY = "511623000000"


def _of_last_year(fact: sheet.SheetEvent) -> Said:
    told = {"sheet_id": BEFORE}
    if not isinstance(fact, sheet.ScoreRecorded):
        told |= {"period": "2025"}
    if isinstance(fact, sheet.AssessmentPublished | sheet.RankingFrozen):
        told |= {"standings": LAST_YEAR}
    return "outcomes", BEFORE, fact.model_copy(update=told)


def _of_this_year(fact: sheet.SheetEvent) -> Said:
    return "outcomes", SHEET_ID, fact


SAID: list[Said] = [
    *(_of_last_year(fact) for fact in (OPENED, *SCORES, PUBLISHED, FROZEN)),
    *(_of_this_year(fact) for fact in (OPENED, *SCORES, PUBLISHED, APPEALED, TURNED_DOWN)),
    *(_of_this_year(fact) for fact in (FROZEN, AMENDED, CORRECTED)),
    (
        "outcomes",
        SECRET,
        OPENED.model_copy(update={"sheet_id": SECRET, "assessor": "county-cppcc"}),
    ),
]
FRAMES = [Frame(COUNTY) for _ in SAID]
