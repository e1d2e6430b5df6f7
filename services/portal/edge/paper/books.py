"""Writes workbooks row by row. It runs in the process of a `Press`, never in that of the pages.

Whatever people typed is written as text: nothing they type is a formula, a link or a number.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from services.portal.edge.paper.looks import Formats, Frame, print_setup
from services.portal.pages.papers.grid import TEXT_MOST, Cell, Cells, Grid, Kind, Written, tab
from shared.runtime.clock import SHANGHAI

RISKY = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for a formula, once somebody edits the cell."""

ROWS_MOST = 1_000_000
"""Rows of one sheet of a workbook, which holds 1,048,576; the rest goes on in another."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


class Book:
    """A workbook in the making. Rows are written as they come, and not kept."""

    def __init__(self, to: str | BinaryIO, frame: Frame, folder: str | None = None) -> None:
        self._book = xlsxwriter.Workbook(to, OPTIONS | {"tmpdir": folder})
        self._frame = frame
        self._formats = Formats(self._book)
        self._grid: Grid | None = None
        self._sheet: Worksheet
        self._writers: Sequence[Callable[[Worksheet, int, int, Any], object]] = ()
        self._row = 0
        self._parts = 0
        self._rows = 0

    def begin(self, grid: Grid) -> None:
        """Another sheet: its heading, its columns, how it is printed."""
        self._end()
        self._grid, self._parts = grid, 0
        if self._rows == 0 and not self._book.worksheets():
            notes, author = "\n".join(grid.notes), self._frame.author
            about = {"title": grid.title, "author": author, "comments": notes}
            self._book.set_properties(about)
        self._writers = [partial(self._write, head.kind) for head in grid.heads]
        self._part()

    def add(self, rows: Iterable[Cells]) -> None:
        """Rows below those that are there."""
        for row in rows:
            if self._row - self._head > ROWS_MOST:
                self._end()
                self._part()
            for column, value in enumerate(row):
                if value is not None:
                    self._writers[column](self._sheet, self._row, column, value)
            self._row += 1

    def finish(self) -> None:
        """Write it out."""
        self._end()
        self._book.close()

    def _part(self) -> None:
        grid = self._grid
        assert grid
        self._parts += 1
        more = f" {self._parts}" if self._parts > 1 else ""
        self._sheet = sheet = self._book.add_worksheet(self._free(tab(grid.name), more))
        print_setup(sheet, grid, self._frame)
        for column, head in enumerate(grid.heads):
            sheet.set_column(column, column, head.wide, self._formats.cells[head.kind])
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, grid.title + more, self._formats.title)
        for row, note in enumerate(grid.notes, 1):
            sheet.write_string(row, 0, note, self._formats.note)
        self._head = len(grid.notes) + 1
        sheet.set_row(self._head, 32)
        for column, head in enumerate(grid.heads):
            sheet.write_string(self._head, column, head.label, self._formats.head)
        sheet.freeze_panes(self._head + 1, 1)
        sheet.repeat_rows(self._head)
        self._row = self._head + 1

    def _free(self, name: str, more: str) -> str:
        """A name that no other sheet of the book has."""
        taken = {one.get_name().casefold() for one in self._book.worksheets()}
        for n in range(1, len(taken) + 2):
            again = more if n == 1 else f"{more} ({n})"
            if (found := name[: 31 - len(again)] + again).casefold() not in taken:
                return found
        raise AssertionError("one more name than there are is free")

    def _end(self) -> None:
        if self._grid and self._grid.heads:
            last, right = max(self._row - 1, self._head), len(self._grid.heads) - 1
            self._sheet.autofilter(self._head, 0, last, right)

    def _write(self, kind: Kind, sheet: Worksheet, row: int, column: int, value: Cell) -> None:
        match value:
            case str():
                text = value if len(value) <= TEXT_MOST else value[:TEXT_MOST] + self._frame.cut
                formats = self._formats
                format_ = formats.quoted if text.startswith(RISKY) else formats.texts[kind]
                sheet.write_string(row, column, text, format_)
            case datetime():
                local = value.astimezone(SHANGHAI).replace(tzinfo=None)
                if kind == "day":
                    local = datetime(local.year, local.month, local.day)  # noqa: DTZ001 - a cell has no zone
                sheet.write_datetime(row, column, local, self._formats.cells[kind])
            case date():
                sheet.write_datetime(row, column, value, self._formats.cells[kind])
            case _:
                sheet.write_number(row, column, value, self._formats.numbers[kind])


def book_of(parts: Sequence[Written], frame: Frame) -> bytes:
    """A whole workbook at once, for what is short."""
    to = io.BytesIO()
    book = Book(to, frame)
    for part in parts:
        book.begin(part.grid)
        book.add(part.rows)
    book.finish()
    return to.getvalue()


_under_way: dict[str, Book] = {}


def begin(path: str, grid: Grid, frame: Frame) -> None:
    """A workbook that is written in steps, each asked for by itself, into this file."""
    _under_way[path] = book = Book(path, frame, str(Path(path).parent))
    book.begin(grid)


def add(path: str, rows: Sequence[Cells]) -> None:
    """More rows of it."""
    _under_way[path].add(rows)


def finish(path: str) -> int:
    """Close it; its size in bytes."""
    _under_way.pop(path).finish()
    return Path(path).stat().st_size
