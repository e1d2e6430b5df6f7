"""A table on paper: what a workbook holds, as print tells it, across the page."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from services.portal.pages.papers.grid import Cell, Cells, Grid, Kind
from services.portal.pages.papers.paper import Paper, table
from services.portal.pages.render import SHANGHAI

NARROW = 14
"""Columns that find room on A4; more of them are printed on A3."""

DAY_MORE = 4
"""What a day needs on paper beside its width on a screen: it is not broken."""


def sheet_paper(grid: Grid, rows: Sequence[Cells]) -> Paper:
    """The whole table under its notes."""
    kinds = [head.kind for head in grid.heads]
    told = [[printed(one, kind) for one, kind in zip(row, kinds, strict=True)] for row in rows]
    widths = [head.wide + DAY_MORE * (head.kind == "day") for head in grid.heads]
    body = table([head.label for head in grid.heads], told, widths)
    return Paper(
        kind="sheet",
        name=grid.name,
        title=grid.title,
        parts=[body],
        form="sheet",
        notes=list(grid.notes),
        large=len(grid.heads) > NARROW,
    )


def printed(cell: Cell, kind: Kind) -> str:
    """One value in as few signs as a narrow column needs."""
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell.astimezone(SHANGHAI):%Y-%m-%d}"
        case date():
            return cell.isoformat()
        case int() | float() | Decimal() if kind == "percent":
            return f"{cell:.0%}"
        case int() | float() | Decimal() if kind == "money":
            return f"{cell:,.2f}"
    return str(cell)
