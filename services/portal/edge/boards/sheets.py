"""The page of a sheet: one table of an area, filtered, sorted and paged as its address says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from services.portal.edge.boards.board import year_in, years_of
from services.portal.edge.matters.acting import button
from services.portal.edge.paper.rows import import_of
from services.portal.edge.site import with_names
from services.portal.edge.visit import PAGE, Visit
from services.portal.pages.lists import SHEETS
from services.portal.pages.render import day
from services.portal.pages.sheets import SORTABLE, Around, Column, Row, Rows, Sheet
from shared.kernel.areas import EVERYWHERE, level
from shared.kernel.errors import Forbidden, Missing
from shared.runtime.sql import Statement

FORMS = ("xlsx", "pdf", "docx")
"""In which a sheet is handed out, see edge.paper."""

SHEET = {sheet.name: sheet for sheet in SHEETS}

Word = Callable[[Row, Any], str]


@dataclass(frozen=True)
class Asked:
    """What the address asks for, besides the area and the sheet."""

    year: int
    page: int
    by: str
    filters: Mapping[str, str]
    as_of: date | None = None

    def link(self, **other: Any) -> str:
        """The same with something else; another order or filter begins on the first page."""
        asked = {"as_of": self.as_of, "year": self.year, "by": self.by, **self.filters, **other}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


async def show_sheet(visit: Visit) -> Response:
    """One sheet of an area."""
    site, code = visit.site, visit.path("code")
    sheet = sheet_of(visit, code)
    behind = await visit.behind(site.views.named(sheet.view))
    live = await visit.watch("area", code)
    view = await visit.view(site.views.named(sheet.view))
    statement, word = view.projection.questions[sheet.statement], words_of(visit, code, sheet)
    asked = asked_of(visit, sheet, statement)
    answer = await view.ask(sheet.statement, **params_of(visit, code, statement, asked))
    judged = sheet.judge([ruled(visit, row) for row in answer], around_of(visit, code, asked))
    rows, found = page_of(sheet, statement, asked, judged, visit.window)
    return visit.page(
        "sheet.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        sheet=sheet,
        told=site.pages.texts.sheets[sheet.name],
        code=code,
        path=visit.person.within(site.areas.path(code)),
        begins=button(visit, sheet.begins, code),
        imports=import_of(visit, sheet.name, code),
        asked=asked,
        files={form: f"{visit.path('sheet')}.{form}{asked.link()}" for form in FORMS},
        years=await years_of(visit, code, asked.year) if "year" in statement.params else [],
        rows=await with_names(
            site, rows, [one.key for one in sheet.columns if one.kind == "persons"]
        ),
        found=found,
        pages=-(-found // PAGE),
        sorts=_sorts(sheet, statement),
        turns="most" not in statement.params,
        word=word,
        names=await site.names(accounts_of(sheet, rows)),
        spoken=lambda row, values: {name: _spoken(row, one, word) for name, one in values.items()},
        link_of=lambda column, row: visit.carry(_link_of(column, row)),
    )


def sheet_of(visit: Visit, code: str) -> Sheet:
    """The sheet of the address. Raises Missing, or Forbidden where it is not for this person."""
    site, actor = visit.site, visit.person.actor
    sheet = SHEET.get(visit.path("sheet"))
    if sheet is None or (code != EVERYWHERE and code not in site.areas):
        raise Missing("no-such-page")
    if level(code) not in sheet.levels:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    if actor.role not in sheet.may:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(sheet.may))
    return sheet


def asked_of(visit: Visit, sheet: Sheet, statement: Statement) -> Asked:
    """What the address asks for; what the sheet knows nothing of is left out."""
    by = visit.query("by")
    return Asked(
        year=year_in(visit),
        page=visit.page_number,
        by=by if by.removeprefix("-") in _sorts(sheet, statement) else "",
        filters={one.key: one.pick(visit.query(one.key)) for one in sheet.filters},
        as_of=visit.as_of,
    )


def around_of(visit: Visit, code: str, asked: Asked) -> Around:
    """What the rows are judged by."""
    site = visit.site
    charter = site.charters.current(code, visit.today)
    below = partial(site.areas.below, on=visit.as_of)
    return Around(code, asked.year, charter, site.charters.at, below)


def params_of(visit: Visit, code: str, statement: Statement, asked: Asked) -> dict[str, Any]:
    """The parameters that the statement names; a filter that is not filled in is empty."""
    known = {
        "prefixes": visit.site.prefixes(code, visit.as_of),
        "year": asked.year,
        "today": visit.today,
        "by": asked.by,
        **visit.window,
    }
    picked = dict.fromkeys(statement.params, "") | dict(asked.filters)
    return {name: known.get(name, picked[name]) for name in statement.params}


def page_of(
    sheet: Sheet, statement: Statement, asked: Asked, answer: Rows, window: Mapping[str, int]
) -> tuple[Rows, int]:
    """The rows of one page, and how many there are on all of them."""
    if "most" in statement.params:
        return sheet.shape(answer), answer[0]["found"] if answer else 0
    rows = sheet.shape(answer)
    if asked.by:
        rows = sorted_by(rows, asked.by)
    first = window["skipped"]
    return rows[first : first + window["most"]], len(rows)


def sorted_by(rows: Rows, by: str) -> Rows:
    """By one column, what has no value last; a '-' before it turns the order round."""
    key = by.removeprefix("-")
    known = [row for row in rows if row[key] is not None]
    unknown = [row for row in rows if row[key] is None]
    return [*sorted(known, key=lambda row: row[key], reverse=key != by), *unknown]


def _sorts(sheet: Sheet, statement: Statement) -> tuple[str, ...]:
    if "most" in statement.params:
        return sheet.sorts
    return tuple(column.key for column in sheet.columns if column.kind in SORTABLE)


def _spoken(row: Row, value: Any, word: Word) -> str:
    return day(value) if isinstance(value, date) else word(row, value)


def words_of(visit: Visit, code: str, sheet: Sheet) -> Word:
    """Small values as the county of a row calls them, or else the sheet, or else everybody."""
    site, told = visit.site, visit.site.pages.texts.sheets[sheet.name]
    own: Mapping[str, str] = dict(told["values"].items()) if "values" in told else {}
    known: dict[tuple[str, str], str] = {}

    def word(row: Row, value: Any) -> str:
        charter_id, text = row.get("charter", ""), str(value)
        if (charter_id, text) not in known:
            charter = site.charters.at(charter_id) if charter_id else site.charter(code)
            county = site.rules(charter).words.get(text) or own.get(text)
            known[charter_id, text] = county or visit.word(charter)(value)
        return known[charter_id, text]

    return word


def ruled(visit: Visit, answer: Row) -> Row:
    """A row that names its charter brings the tables of that charter along."""
    row = dict(answer)
    return (
        row | {"rules": visit.site.charters.at(row["charter"]).tables} if "charter" in row else row
    )


def accounts_of(sheet: Sheet, rows: Rows) -> set[str]:
    """The accounts whose names the rows show."""
    keys = [column.key for column in sheet.columns if column.kind == "person"]
    return {row[key] for row in rows for key in keys if row[key]}


class _Quoted:
    """A row as parts of an address; only what the address names is quoted, not all it knows."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getitem__(self, key: str) -> str:
        return quote(str(self._row[key]))


def _link_of(column: Column, row: Row) -> str:
    """Where the value of a cell leads; nowhere without one."""
    if row[column.key] in (None, 0, ""):
        return ""
    if column.to:
        return column.to.format_map(_Quoted(row))
    match column.kind:
        case "matter":
            return f"/matters/{row['matter_id']}" if row["matter_id"] else ""
        case "area":
            return f"/areas/{row[column.key]}"
    return ""
