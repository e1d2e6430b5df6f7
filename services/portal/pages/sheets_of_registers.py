"""The sheets over the registers: units under all their names, and where charters were left."""

from services.portal.pages.sheets import EVERY, Column, Filter, Rows, Sheet

KINDS = ("department", "town", "committee", "enterprise", "other")


def with_what_may_be_done(rows: Rows) -> Rows:
    """Each unit that is still there can be renamed and retired."""
    return [
        {**row, "rename": "rename" if there else None, "retire": "retire" if there else None}
        for row in rows
        for there in [row["standing"] == "registered"]
    ]


UNIT_REGISTER = Sheet(
    name="unit-register",
    view="registers",
    statement="units of areas",
    columns=(
        Column("name"),
        Column("kind", "word"),
        Column("area", "area"),
        Column("short_names", "lines"),
        Column("aliases", "lines"),
        Column("standing", "word"),
        Column("since", "day"),
        Column("successor"),
        Column("reason", "prose"),
        Column("rename", "word", "/areas/{area}/do/RenameUnit?unit_id={unit_id}"),
        Column("retire", "word", "/areas/{area}/do/RetireUnit?unit_id={unit_id}"),
    ),
    levels=EVERY,
    filters=(Filter("kind", KINDS), Filter("name")),
    shape=with_what_may_be_done,
    begins="RegisterUnit",
)
"""承办单位名册."""

DEVIATIONS = Sheet(
    name="deviations",
    view="registers",
    statement="deviations of areas",
    columns=(
        Column("title", "matter"),
        Column("area", "area"),
        Column("version", "rule"),
        Column("key", "key"),
        Column("instead", "prose"),
        Column("reason", "prose"),
        Column("approved_by"),
        Column("day", "day"),
    ),
    levels=EVERY,
)
"""偏离备案."""
