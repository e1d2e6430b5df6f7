"""Any sheet as a workbook: all rows of its page, as they are filtered, sorted and dated there."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.responses import Response

from services.portal.edge.boards.sheets import (
    Asked,
    Word,
    accounts_of,
    around_of,
    asked_of,
    params_of,
    ruled,
    sheet_of,
    sorted_by,
    words_of,
)
from services.portal.edge.paper.documents import give
from services.portal.edge.paper.handing import LONG, Table, dated, hand_out
from services.portal.edge.site import with_names
from services.portal.edge.visit import Visit
from services.portal.pages.papers.cells import Tongue, cells, heads, stated
from services.portal.pages.papers.grid import Cells, Grid
from services.portal.pages.papers.of_sheets import sheet_paper
from services.portal.pages.sheets import Row, Rows, Sheet
from services.portal.pages.texts import Texts
from shared.kernel.errors import Refused
from shared.runtime.sql import Statement
from shared.runtime.view import View

EVERY_ROW = 2_000_000_000
PRINTED_MAX = 300
"""Rows of a sheet on paper; of more than that a workbook is of more use."""


@dataclass(frozen=True)
class Asking:
    """One sheet of an area, as an address asks for it."""

    visit: Visit
    code: str
    sheet: Sheet
    view: View
    statement: Statement
    asked: Asked
    word: Word

    @property
    def turns_pages(self) -> bool:
        """Whether its statement gives the rows page by page, and may give very many."""
        return "most" in self.statement.params

    def params(self, most: int) -> dict[str, object]:
        """What its statement is asked with, for that many rows from the first on."""
        whole = {**params_of(self.visit, self.code, self.statement, self.asked)}
        return whole | ({"most": most, "skipped": 0} if self.turns_pages else {})


async def show_workbook(visit: Visit) -> Response:
    """The workbook, or the page of the job that makes it."""
    one = await _asking(visit)
    return await hand_out(visit, Table(_grid(one), await _count(one), partial(_rows, one)))


async def show_pdf(visit: Visit) -> Response:
    """The sheet to be printed."""
    return await _on_paper(visit, "pdf")


async def show_docx(visit: Visit) -> Response:
    """The sheet to be worked on in an office."""
    return await _on_paper(visit, "docx")


async def _on_paper(visit: Visit, form: str) -> Response:
    """Raises Refused where there is nothing to print, or too much."""
    one = await _asking(visit)
    rows: list[Cells] = []
    if await _count(one) <= PRINTED_MAX:
        async for some in _rows(one):
            rows += some
            if len(rows) > PRINTED_MAX:
                break
    if not 0 < len(rows) <= PRINTED_MAX:
        raise Refused("not-for-paper", most=PRINTED_MAX)
    return await give(visit, sheet_paper(dated(visit, _grid(one)), rows), form)


def _grid(one: Asking) -> Grid:
    visit = one.visit
    return Grid(
        name=_told(one).title,
        title=f"{visit.area_name(one.code)}{_told(one).title}",
        heads=heads(one.sheet, _told(one), visit.site.pages.texts.paper.of),
        notes=_notes(one),
    )


async def _asking(visit: Visit) -> Asking:
    site, code = visit.site, visit.path("code")
    sheet = sheet_of(visit, code)
    view = await visit.view(site.views.named(sheet.view))
    statement = view.projection.questions[sheet.statement]
    asked = asked_of(visit, sheet, statement)
    return Asking(visit, code, sheet, view, statement, asked, words_of(visit, code, sheet))


async def _count(one: Asking) -> int:
    """How many rows there are, where that is known before they are read."""
    if not one.turns_pages:
        return 0
    try:
        rows = await one.view.ask(one.sheet.statement, **one.params(1))
    except TimeoutError:  # So many that they are not even counted in time.
        return LONG + 1
    found: int = rows[0]["found"] if rows else 0
    return found


async def _rows(one: Asking) -> AsyncIterator[Sequence[Cells]]:
    names: dict[str, str] = {}
    async for page in _pages(one):
        await _learn(one, page, names)
        yield [cells(one.sheet, row, _tongue(one, names)) for row in page]


async def _pages(one: Asking) -> AsyncIterator[Rows]:
    sheet, around = one.sheet, around_of(one.visit, one.code, one.asked)
    keys = [column.key for column in sheet.columns if column.kind == "persons"]
    if not one.turns_pages:
        answer = await one.view.ask(sheet.statement, **one.params(EVERY_ROW))
        rows = sheet.shape(sheet.judge([ruled(one.visit, row) for row in answer], around))
        yield await with_names(one.visit.site, _sorted(one, rows), keys)
        return
    async for page in one.view.walk(sheet.statement, **one.params(EVERY_ROW)):
        rows = sheet.shape(sheet.judge([ruled(one.visit, row) for row in page], around))
        yield await with_names(one.visit.site, rows, keys)


def _sorted(one: Asking, rows: Rows) -> Sequence[Row]:
    return sorted_by(rows, one.asked.by) if one.asked.by else rows


async def _learn(one: Asking, rows: Rows, names: dict[str, str]) -> None:
    """The names of people who stand in these rows and in none before."""
    if fresh := accounts_of(one.sheet, rows) - names.keys():
        names |= dict.fromkeys(fresh, "") | await one.visit.site.names(fresh)


def _told(one: Asking) -> Texts:
    told: Texts = one.visit.site.pages.texts.sheets[one.sheet.name]
    return told


def _tongue(one: Asking, names: dict[str, str]) -> Tongue:
    visit = one.visit
    texts = visit.site.pages.texts
    return Tongue(texts, _told(one), one.word, visit.area_name, visit.rule_name, names)


def _notes(one: Asking) -> list[str]:
    """What is left out of the sheet, and how it is sorted, as its page says it."""
    visit, asked, told = one.visit, one.asked, _told(one)
    say = visit.site.pages.texts.paper
    columns = told.columns
    picked = [
        (columns[key], one.word({}, value) if value else "") for key, value in asked.filters.items()
    ]
    if "year" in one.statement.params:
        picked.insert(0, (visit.site.pages.texts.site.year, str(asked.year)))
    notes = [str(told.note), say.filtered.format(filters=stated(picked) or say.all)]
    if asked.by:
        turned = say.downwards if asked.by.startswith("-") else say.upwards
        notes.append(say.sorted.format(column=columns[asked.by.lstrip("-")], turned=turned))
    return notes
