"""The workbook that people fill in to import: headings, what each means, and lists to pick from."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from services.portal.edge.paper.looks import FONT
from services.portal.pages.papers.grid import tab
from services.portal.pages.papers.imports import ROWS_MOST, letter

LISTED_MOST = 3_000


@dataclass(frozen=True)
class Asked:
    """One column: its heading, what to write there, and the values that are offered."""

    title: str
    hint: str
    required: bool
    options: Sequence[str] = ()


def template(name: str, notes: Sequence[str], columns: Sequence[Asked], lists: str) -> bytes:
    """An empty table with its explanations; `lists` is the name of the sheet that holds values."""
    to = io.BytesIO()
    with xlsxwriter.Workbook(to, {"in_memory": True}) as book:
        wrapped, bold, head, must, text = (
            book.add_format({"font_name": FONT, **more})
            for more in (
                {"text_wrap": True, "valign": "top", "font_color": "#555555"},
                {"bold": True, "font_size": 16},
                {"bold": True, "border": 1, "bg_color": "#EDEDED"},
                {"bold": True, "border": 1, "bg_color": "#F8E0E0"},
                {"num_format": "@"},
            )
        )
        sheet, values = book.add_worksheet(tab(name)), book.add_worksheet(tab(lists))
        sheet.write_string(0, 0, name, bold)
        for row, note in enumerate(notes, 1):
            sheet.write_string(row, 0, note)
        hints = len(notes) + 1
        sheet.set_row(hints, 60)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, 22, text)
            sheet.write_string(hints, place, column.hint, wrapped)
            title = f"{column.title} *" if column.required else column.title
            sheet.write_string(hints + 1, place, title, must if column.required else head)
            values.set_column(place, place, 22, text)
            values.write_string(0, place, column.title, head)
            for row, option in enumerate(column.options[:LISTED_MOST], 1):
                values.write_string(row, place, option)
            if column.options:
                at = letter(place)
                last = min(len(column.options), LISTED_MOST) + 1
                sheet.data_validation(hints + 2, place, hints + 1 + ROWS_MOST, place, {
                    "validate": "list",
                    "source": f"='{tab(lists)}'!${at}$2:${at}${last}",
                    "error_type": "warning",
                })  # fmt: skip
        sheet.freeze_panes(hints + 2, 0)
    return to.getvalue()
