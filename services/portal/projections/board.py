"""How often what happened: the boards of village, town, county, city and province."""

from pathlib import Path

from shared.runtime.projection import Projection

BOARD = Projection(
    "board",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[],
    sources=("topics", "meetings", "outcomes", "notify"),
)
