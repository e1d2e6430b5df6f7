"""The sheets over pace, over what was passed on, and over what is worth a visit or a story."""

from services.portal.pages.sheets import EVERY, Column, Filter, Rows, Sheet
from shared.kernel.areas import Level

ABOVE: tuple[Level, ...] = ("everywhere", "province", "city", "county")


def with_days(rows: Rows) -> Rows:
    """Days to one decimal."""
    return [
        {
            **row,
            **{
                key: None if row[key] is None else f"{row[key]:.1f}"
                for key in ("median", "nine_tenths")
            },
        }
        for row in rows
    ]


UPREPORTS = Sheet(
    name="upreports",
    view="pace",
    statement="upreports of area",
    columns=(
        Column("headline"),
        Column("title", "matter"),
        Column("area", "area"),
        Column("form", "word"),
        Column("upreported_on", "day"),
        Column("adopted_by", "words"),
    ),
    levels=EVERY,
    filters=(Filter("form", ("proposal", "public-opinion")),),
)
"""转报与采用: what could not be agreed on and was passed on, and who adopted it."""

TIME_IN_STAGE = Sheet(
    name="time-in-stage",
    view="pace",
    statement="time in stage",
    columns=(
        Column("from_step", "word"),
        Column("to_step", "word"),
        Column("matters", "count"),
        Column("median", "text"),
        Column("nine_tenths", "text"),
    ),
    levels=EVERY,
    shape=with_days,
)
"""环节用时: the median matter, from step to step."""

SAMPLE = Sheet(
    name="sample",
    view="pace",
    statement="sample of area",
    columns=(
        Column("title", "matter"),
        Column("area", "area"),
        Column("closed_on", "day"),
        Column("digest"),
        Column("seed"),
    ),
    levels=ABOVE,
    filters=(Filter("seed"),),
)
"""抽查清单: drawn by a published seed."""

EXEMPLARS = Sheet(
    name="exemplars",
    view="pace",
    statement="cases of area",
    columns=(
        Column("headline", "matter"),
        Column("area", "area"),
        Column("published_on", "day"),
        Column("solved", "yes"),
        Column("closed", "yes"),
        Column("reported", "yes"),
        Column("adopted", "yes"),
    ),
    levels=ABOVE,
)
"""典型案例推荐: those first of which most came."""
