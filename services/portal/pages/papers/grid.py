"""A table as a spreadsheet holds it: its heading, what it states about itself, and typed cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "lines", "count", "number", "money", "percent", "day", "moment"]
"""What a cell holds, and so how it is written. A `moment` is told as clocks in China show it."""

Cell = str | int | float | Decimal | date | datetime | None
Cells = Sequence[Cell]

WIDTH_LEAST, WIDTH_MOST = 8, 60
TEXT_MOST = 32_000
"""Characters of one cell; spreadsheets hold 32,767."""

WIDTHS: Mapping[Kind, int] = {
    "text": 18,
    "lines": 40,
    "count": 9,
    "number": 10,
    "money": 13,
    "percent": 9,
    "day": 15,
    "moment": 20,
}


@dataclass(frozen=True)
class Head:
    """One column: what it is called, what its cells hold, how wide it is in characters."""

    label: str
    kind: Kind = "text"
    width: int = 0

    @property
    def wide(self) -> int:
        """Wide enough for its cells, and for its label in two lines."""
        label = len(self.label) + 2
        wanted = max(self.width or WIDTHS[self.kind], label if label <= 12 else -(-label // 2) + 2)
        return min(max(wanted, WIDTH_LEAST), WIDTH_MOST)


@dataclass(frozen=True)
class Grid:
    """What stands above the rows. `notes` are lines under the title: filters, day, who asked."""

    name: str
    title: str
    heads: Sequence[Head]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Written:
    """A grid with all its rows, where they are few."""

    grid: Grid
    rows: Iterable[Cells] = field(default_factory=tuple)


def tab(name: str) -> str:
    """What a sheet of a workbook may be called: at most 31 characters, and none of these."""
    kept = "".join(" " if one in "[]:*?/\\'" else one for one in name).strip()
    return kept[:31] or "1"
