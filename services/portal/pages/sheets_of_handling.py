"""The sheets over what units have in hand."""

import json
from collections.abc import Iterator
from datetime import date

from services.portal.pages.sheets import EVERY, Column, Filter, Row, Rows, Saying, Sheet

COLOURS = ("blue", "yellow", "red")


def why_that_day(rows: Rows) -> Rows:
    """Each clock with the reasons for its day: the rule, how it was counted, what moved it."""
    return [{**row, "because": list(_because(row))} for row in rows]


def _because(row: Row) -> Iterator[Saying]:
    params = json.loads(row["params"])
    yield Saying(row["why"], {"reason": params.get("reason", "")})
    if row["moved_by"] != "DeadlineSet":
        yield Saying(row["moved_by"], {"reason": row["moved_why"]})
    if row["counted"]:
        count = json.loads(row["counted"])
        count |= {"since": date.fromisoformat(count["since"]), "due": row["due"]}
        yield Saying(count["of"], count)
        if count["provisional"]:
            yield Saying("unpublished")
    if row["state"] == "paused":
        yield Saying("paused", {"since": row["paused_on"], "reason": row["paused_why"]})


OVERDUE = Sheet(
    name="overdue",
    view="handling",
    statement="late or warned",
    columns=(
        Column("title", "matter"),
        Column("item"),
        Column("unit", "unit"),
        Column("area", "area"),
        Column("state", "word"),
        Column("level", "colour"),
        Column("late", "count"),
        Column("due", "day"),
        Column("because", "sayings"),
    ),
    levels=EVERY,
    filters=(
        Filter("state", ("late", "warned", "paused")),
        Filter("level", COLOURS),
        Filter("unit"),
    ),
    sorts=("due", "unit", "area"),
    shape=why_that_day,
)
"""逾期与预警清单: clocks that are over, near, or standing still."""
