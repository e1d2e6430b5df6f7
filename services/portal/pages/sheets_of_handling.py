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
        Column("unit", "unit"),
        Column("due", "day"),
        Column("late", "count"),
        Column("state", "word"),
        Column("level", "colour"),
        Column("item"),
        Column("area", "area"),
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

FOLLOW_UPS = Sheet(
    name="calendar",
    view="handling",
    statement="follow-ups of year",
    columns=(
        Column("due", "day"),
        Column("kind", "word"),
        Column("title", "matter"),
        Column("item"),
        Column("unit", "unit"),
        Column("area", "area"),
        Column("led_by"),
        Column("state", "word"),
        Column("made_on", "day"),
        Column("month", "word"),
    ),
    levels=EVERY,
    filters=(
        Filter("state", ("ahead", "missed", "passed", "failed")),
        Filter("kind", ("look-back", "press-back", "effect-check")),
    ),
    group="month",
)
"""回头看日历: by month, who goes back to look at what, and what came of it."""

COMMITMENTS = Sheet(
    name="commitments",
    view="handling",
    statement="promises of year",
    columns=(
        Column("unit", "unit"),
        Column("promise"),
        Column("title", "matter"),
        Column("area", "area"),
        Column("made_on", "day"),
        Column("due", "day"),
        Column("state", "word"),
        Column("done_on", "day"),
        Column("classes"),
    ),
    levels=EVERY,
    filters=(Filter("state", ("kept", "broken", "open", "unproven")), Filter("unit")),
)
"""表态兑现: what units promised on the spot, and whether they kept it.

A promise names a unit and a day, not an item. It is measured by all items of its matter that lie
with that unit now (those it gave back are not its own any more). It is

kept      if each of them has a reply that still stands (no follow-up or dispute sent it back), none
          of these is a D (留作参考), and the last of them was given on the promised day or before;
open      if it is not kept, and the day is not over;
broken    if the day is over, and some item was answered later, or with a D, or not at all;
unproven  if the day is over, and no item of the matter ever came to the unit: the facts do not say.
"""
