"""How areas and units are ranked: sheets of scores, what was frozen, and what was put right."""

from pathlib import Path

from services.portal.heard import assessing
from shared.runtime.projection import Projection

RANKINGS = Projection(
    "rankings",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        assessing.SheetOpened,
        assessing.ScoreRecorded,
        assessing.ScoreAmended,
        assessing.ScoreAppealed,
        assessing.AppealTurnedDown,
        assessing.AssessmentPublished,
        assessing.RankingFrozen,
        assessing.RankingCorrected,
    ],
    sources=("outcomes",),
)
