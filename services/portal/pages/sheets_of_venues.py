"""The sheets over venues (阵地): what each has and lacks, where there are none, and the money."""

from services.portal.pages.sheets import LOCAL, Around, Column, Mark, Row, Rows, Saying, Sheet
from shared.kernel.areas import level

COUNTS = ("activities", "activities_min", "children_here", "children_least", "children_most")
NONE = {"venues": 0, "villages_with": 0, "has_own": False, "up_to_standard": 0, "activities": 0}


def beside_the_six(rows: Rows) -> Rows:
    """Each venue with a sign for each of the county's six, and what is short in words."""
    return [
        {
            **row,
            "six": [Mark(one, one in row["met"]) for one in row["standard"]],
            "shared_with": [Saying("body", {"body": one}) for one in row["shared_with"]],
            "children": _children(row),
            "warnings": [Saying(one, _counts(row)) for one in row["warnings"]],
            "activities_min": row["activities_min"] or None,
        }
        for row in rows
    ]


def _children(row: Row) -> list[Saying]:
    return [Saying("children", _counts(row))] if row["children_most"] is not None else []


def _counts(row: Row) -> Row:
    return {name: row[name] for name in COUNTS}


def with_those_without(rows: Rows, around: Around) -> Rows:
    """Every town below, also where nobody has set up a venue yet."""
    there = {row["area"]: row for row in rows}
    own = [around.code] if around.code in there else []
    below = around.below(around.code) if level(around.code) == "county" else []
    return [_covered(area, there.get(area, NONE), around) for area in (*own, *below)]


def _covered(area: str, row: Row, around: Around) -> Row:
    villages = len(around.below(area)) if level(area) == "town" else None
    return {
        **row,
        "area": area,
        "year": around.year,
        "villages": villages,
        "share": row["villages_with"] / villages if villages else None,
    }


VENUES = Sheet(
    name="venues",
    view="plans",
    statement="venues of areas",
    columns=(
        Column("name"),
        Column("type", "word"),
        Column("area", "area"),
        Column("host"),
        Column("shared_with", "sayings"),
        Column("six", "marks"),
        Column("checked_on", "day"),
        Column("convenors", "persons"),
        Column("activities", "count"),
        Column("activities_min", "count"),
        Column("children", "sayings"),
        Column("warnings", "sayings"),
        Column("allotted", "money"),
        Column("spent", "money"),
        Column("suspended_on", "day"),
        Column("suspended_for"),
    ),
    levels=LOCAL,
    shape=beside_the_six,
)
"""协商阵地: each room, its 六有, who convenes, what a year has brought. What is short warns."""

COVERAGE = Sheet(
    name="coverage",
    view="plans",
    statement="coverage of areas",
    columns=(
        Column("area", "area"),
        Column("has_own", "yes"),
        Column("villages", "count"),
        Column("villages_with", "count"),
        Column("share", "percent"),
        Column("venues", "count", to="/areas/{area}/venues?year={year}"),
        Column("up_to_standard", "count"),
        Column("activities", "count"),
    ),
    levels=("county",),
    judge=with_those_without,
)
"""阵地覆盖: town by town, how many of its villages have a venue in use."""

BUDGET = Sheet(
    name="budget",
    view="plans",
    statement="budget of areas",
    columns=(
        Column("line", "word"),
        Column("venues", "count"),
        Column("allotted", "money"),
        Column("spent", "money"),
        Column("unspent", "money"),
        Column("rate", "percent"),
    ),
    levels=LOCAL,
)
"""阵地经费: what was allotted and spent in a year, by line of the budget."""
