"""How workbooks look, on the screen and in print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.portal.pages.papers.grid import Grid, Kind

FONT, SIZE = "宋体", 10
WIDE, SCALE = 220, 60
"""Up to so many characters all columns are fitted on a page; wider ones go on beside it."""

A4 = 9
NUMBERS: dict[Kind, str] = {
    "count": "#,##0",
    "number": "0.00",
    "money": "#,##0.00",
    "percent": "0.0%",
    "day": 'yyyy"年"m"月"d"日"',
    "moment": "yyyy-mm-dd hh:mm",
}


@dataclass(frozen=True)
class Frame:
    """What stands around every grid: who made it, and 'page so many of so many'."""

    author: str
    pages: str
    cut: str
    """What a text ends in that is longer than a cell holds."""


class Formats:
    """How each kind of cell looks."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        def made(**more: Any) -> Format:
            return book.add_format({"font_name": FONT, "font_size": SIZE, "valign": "top"} | more)

        text = made(text_wrap=True, border=1)
        self.title = made(font_size=16, bold=True, valign="vcenter")
        self.note = made(font_size=9, font_color="#555555")
        middle = {"align": "center", "valign": "vcenter"}
        self.head = made(bold=True, text_wrap=True, border=1, bg_color="#EDEDED", **middle)
        self.quoted = made(text_wrap=True, border=1, quote_prefix=True)
        self.numbers = {kind: made(border=1, num_format=form) for kind, form in NUMBERS.items()}
        plain: Sequence[Kind] = ("text", "lines")
        self.cells: dict[Kind, Format] = {**dict.fromkeys(plain, text), **self.numbers}
        self.texts: dict[Kind, Format] = dict.fromkeys(self.cells, text)
        self.numbers |= dict.fromkeys(plain, text)


def print_setup(sheet: Worksheet, grid: Grid, frame: Frame) -> None:
    """A4 across, the header on every page, and which page of how many it is."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    if sum(head.wide for head in grid.heads) <= WIDE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(SCALE)
        sheet.repeat_columns(0)
    sheet.set_footer(f"&L{grid.title[:80].replace('&', '&&')}&C{frame.pages}")
