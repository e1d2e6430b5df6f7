"""The polls of matters: what is voted on, how far it is, and the result once it is counted."""

from pathlib import Path

from services.portal.heard import polls
from shared.runtime.projection import Projection

POLLS = Projection(
    "polls",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        polls.EvaluationOpened,
        polls.PollOpened,
        polls.EvaluationTallied,
        polls.EvaluationRecounted,
        polls.EvaluationReported,
    ],
    sources=("outcomes",),
)
