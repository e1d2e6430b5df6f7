"""Reads an uploaded workbook, whoever made it. It runs in the process of a `Press`.

What a workbook may bring besides cells is refused before anything is unpacked: programs, links to
elsewhere, more than a table needs.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import openpyxl

from services.portal.pages.papers.imports import ROWS_MOST, cell_text

UNPACKED_MOST = 120 * 2**20
ENTRIES_MOST = 500
COLUMNS_MOST = 60
HEAD_MOST = 15
"""Rows among which the headings are looked for."""

EMPTY_MOST = 200
"""Empty rows after which a table has ended."""

Trouble = Literal[
    "import-no-workbook", "import-too-large", "import-macros", "import-links", "import-wrong-sheet",
    "import-too-many", "import-empty",
]  # fmt: skip


@dataclass(frozen=True)
class Table:
    """The rows below the headings, by their numbers in the file; or why there are none."""

    rows: Sequence[tuple[int, Sequence[str]]] = ()
    trouble: Trouble | None = None


def table(body: bytes, titles: Sequence[str]) -> Table:
    """The rows of the first sheet that has all these headings, in the order of the headings."""
    if trouble := _trouble(body):
        return Table(trouble=trouble)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(body), read_only=True, data_only=True, keep_links=False
        )
    except Exception:
        return Table(trouble="import-no-workbook")
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=COLUMNS_MOST, values_only=True)
            if found := _below(rows, titles):
                return found
    except Exception:
        return Table(trouble="import-no-workbook")
    finally:
        book.close()
    return Table(trouble="import-wrong-sheet")


def _trouble(body: bytes) -> Trouble | None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "import-no-workbook"
    names = [one.filename.lower() for one in entries]
    if len(entries) > ENTRIES_MOST or sum(one.file_size for one in entries) > UNPACKED_MOST:
        return "import-too-large"
    if any("vbaproject" in one or "macrosheets/" in one for one in names):
        return "import-macros"
    return "import-links" if any("externallinks/" in one for one in names) else None


def _below(rows: Iterable[Sequence[object]], titles: Sequence[str]) -> Table | None:
    """What stands below the headings; None where they are not there."""
    numbered = enumerate(([cell_text(one) for one in row] for row in rows), 1)
    places = _places(islice(numbered, HEAD_MOST), titles)
    if not places:
        return None
    found: list[tuple[int, Sequence[str]]] = []
    empty = 0
    for number, cells in numbered:
        picked = [cells[place] if place < len(cells) else "" for place in places]
        empty = 0 if any(one.strip() for one in picked) else empty + 1
        if empty > EMPTY_MOST:
            break
        if not empty:
            found.append((number, picked))
        if len(found) > ROWS_MOST:
            return Table(trouble="import-too-many")
    return Table(found) if found else Table(trouble="import-empty")


def _places(rows: Iterator[tuple[int, list[str]]], titles: Sequence[str]) -> list[int]:
    """In which columns the headings stand, once they were found among the first rows."""
    for _, cells in rows:
        heads = [one.strip().rstrip("*").strip() for one in cells]
        if set(titles) <= set(heads):
            return [heads.index(title) for title in titles]
    return []
