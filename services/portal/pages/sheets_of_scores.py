"""The sheets over units and their tasks, and over votes."""

import json

from services.portal.pages.rates import rate
from services.portal.pages.sheets import EVERY, LOCAL, Column, Filter, Row, Rows, Sheet


def with_rates(rows: Rows) -> Rows:
    """Each unit with what its counts come to; a rate of nothing is none."""
    return [
        {
            **row,
            "satisfied": rate(row["confirmed"], row["keyed"]),
            "votes": rate(row["passed"], row["voted"]),
            "honoured": rate(row["kept"], row["fallen_due"]),
            "days": None if row["days"] is None else f"{row['days']:.1f}",
        }
        for row in rows
    ]


def with_tally(rows: Rows) -> Rows:
    """Each vote with its tally; nobody's ballot is known here."""
    return [
        {**row, "tally": _tally(row), "back": rate(row["ballots"], row["voters"])} for row in rows
    ]


def _tally(row: Row) -> dict[str, int] | None:
    counts = json.loads(row["counts"]) if row["counts"] else []
    return {one["choice"]: one["ballots"] for one in counts} or None


def with_visits(rows: Rows) -> Rows:
    """How many of the visits passed."""
    return [{**row, "followed": rate(row["passed"], row["visits"])} for row in rows]


UNITS = Sheet(
    name="units",
    view="scores",
    statement="units of area",
    columns=(
        Column("unit", "unit"),
        Column("assigned", "count", to="task-list?unit={unit}&year={year}"),
        Column("accepted", "count"),
        Column("refused", "count"),
        Column("a", "count", to="deed-list?unit={unit}&year={year}"),
        Column("b", "count", to="deed-list?unit={unit}&year={year}"),
        Column("c", "count", to="deed-list?unit={unit}&year={year}"),
        Column("d", "count", to="deed-list?unit={unit}&year={year}"),
        Column("overdue", "count", to="overdue?unit={unit}&state=late"),
        Column("late", "count"),
        Column("rehandled", "count"),
        Column("satisfied", "rate"),
        Column("votes", "rate"),
        Column("promised", "count", to="commitments?unit={unit}&year={year}"),
        Column("honoured", "rate"),
        Column("days", "text"),
    ),
    levels=EVERY,
    shape=with_rates,
)
"""承办单位: what was given to each unit, and what it made of it."""

TASK_LIST = Sheet(
    name="task-list",
    view="scores",
    statement="tasks of area",
    columns=(
        Column("title", "matter"),
        Column("item"),
        Column("area", "area"),
        Column("unit", "unit"),
        Column("opened_on", "day"),
        Column("due", "day"),
    ),
    levels=EVERY,
    filters=(Filter("unit"),),
)
"""任务清单 (邻水): what is to be done."""

DUTY_LIST = Sheet(
    name="duty-list",
    view="scores",
    statement="tasks of area",
    columns=(
        Column("unit", "unit"),
        Column("assists", "lines"),
        Column("title", "matter"),
        Column("item"),
        Column("due", "day"),
        Column("late", "count"),
    ),
    levels=LOCAL,
    filters=(Filter("unit"),),
)
"""责任清单 (邻水): who leads, who assists, and by when."""

DEED_LIST = Sheet(
    name="deed-list",
    view="scores",
    statement="tasks of area",
    columns=(
        Column("title", "matter"),
        Column("item"),
        Column("unit", "unit"),
        Column("state", "word"),
        Column("progress"),
        Column("replied_on", "day"),
        Column("class", "word"),
        Column("followed", "rate"),
        Column("late", "count"),
    ),
    levels=EVERY,
    filters=(Filter("unit"),),
    shape=with_visits,
)
"""落实清单 (邻水): how far it is, what was replied, and who went back to look."""

EVALUATIONS = Sheet(
    name="evaluations",
    view="scores",
    statement="evaluations of area",
    columns=(
        Column("title", "matter"),
        Column("area", "area"),
        Column("forum", "word"),
        Column("opened_on", "day"),
        Column("units", "lines"),
        Column("back", "rate"),
        Column("tally", "people"),
        Column("verdict", "word"),
        Column("same", "yes"),
        Column("reported_on", "day"),
    ),
    levels=EVERY,
    shape=with_tally,
)
"""民主测评: tallies and verdicts."""
