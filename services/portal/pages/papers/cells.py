"""The rows of a sheet as cells of a spreadsheet: the same values that its page shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.portal.pages.papers import grid
from services.portal.pages.papers.grid import Cell, Head
from services.portal.pages.render import day
from services.portal.pages.sheets import Column, Kind, Mark, Row, Saying, Sheet
from services.portal.pages.texts import Texts

Word = Callable[[Row, Any], str]

HELD: Mapping[Kind, grid.Kind] = {
    "day": "day",
    "count": "count",
    "money": "money",
    "percent": "percent",
    "rate": "percent",
    "lines": "lines",
    "prose": "lines",
    "sayings": "lines",
    "marks": "lines",
}
"""What a spreadsheet keeps of each kind of column; all others are text."""

WIDTHS: Mapping[Kind, int] = {"matter": 30, "area": 12, "yes": 8, "word": 12, "marks": 26}


@dataclass(frozen=True)
class Tongue:
    """What is needed to tell the values of a sheet: names of areas, rules, people, small values."""

    texts: Texts
    told: Texts
    word: Word
    area_name: Callable[[str], str]
    rule_name: Callable[[str], str]
    names: Mapping[str, str]


def heads(sheet: Sheet, told: Texts, of: str) -> list[Head]:
    """The columns; a rate has two, its share and of how many that is. `of` names the second."""
    found = []
    for column in sheet.columns:
        label, kind = told.columns[column.key], HELD.get(column.kind, "text")
        found.append(Head(label, kind, WIDTHS.get(column.kind, 0)))
        if column.kind == "rate":
            found.append(Head(of.format(column=label), "text", 10))
    return found


def cells(sheet: Sheet, row: Row, tongue: Tongue) -> list[Cell]:
    """One row, in the order of `heads`."""
    found: list[Cell] = []
    for column in sheet.columns:
        value = row[column.key]
        found.append(cell(column, row, value, tongue))
        if column.kind == "rate":
            found.append(f"{value.n}/{value.d}" if value else None)
    return found


def cell(column: Column, row: Row, value: Any, tongue: Tongue) -> Cell:
    """One value; what the page shows as a dash is an empty cell."""
    if value in (None, "", [], {}):
        return None
    match column.kind:
        case "count" | "money" | "percent" | "day" | "text" | "matter" | "prose" | "persons":
            return value if isinstance(value, int | float | date) else _plain(value)
        case "rate":
            return float(value.share)
        case "lines":
            return "\n".join(map(str, value))
    return _told(column.kind, row, value, tongue)


def _plain(value: Any) -> Cell:
    return value if hasattr(value, "as_tuple") else str(value)


def _told(kind: Kind, row: Row, value: Any, tongue: Tongue) -> str | None:
    match kind:
        case "yes" | "provisional" | "state" | "key":
            return _by_the_texts(kind, value, tongue.texts)
        case "area":
            return tongue.area_name(value)
        case "rule":
            return tongue.rule_name(value)
        case "person":
            return tongue.names.get(value)
    return _in_words(kind, row, value, tongue)


def _by_the_texts(kind: Kind, value: Any, texts: Texts) -> str | None:
    match kind:
        case "yes":
            return str(texts.site.yes if value else texts.site.no)
        case "provisional":
            return str(texts.site.provisional) if value else None
        case "state":
            return str(texts.words.states.get(value, value))
    return str(texts.words.charter_keys.get(value, value))


def _in_words(kind: Kind, row: Row, value: Any, tongue: Tongue) -> str:
    word = tongue.word
    match kind:
        case "words":
            return "、".join(word(row, one) for one in value)
        case "people":
            return "、".join(f"{word(row, one)} {n}" for one, n in value.items())
        case "marks":
            return "\n".join(_mark(one, row, word) for one in value)
        case "sayings":
            return "\n".join(_said(one, row, tongue) for one in value)
    return word(row, value)


def _mark(mark: Mark, row: Row, word: Word) -> str:
    return f"{'●' if mark.done else '○'} {word(row, mark.label)}"


def _said(saying: Saying, row: Row, tongue: Tongue) -> str:
    values = {
        name: day(one) if isinstance(one, date) else tongue.word(row, one)
        for name, one in saying.values.items()
    }
    return str(tongue.told.sayings[saying.key].format(**values))


def stated(filters: Sequence[tuple[str, str]]) -> str:
    """How a table was filtered, in one line: '状态:已召开;形式:小微协商'."""
    return ";".join(f"{label}:{value}" for label, value in filters if value)
