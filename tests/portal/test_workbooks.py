"""Sheets as workbooks: what the page shows, as typed cells that open safely anywhere."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal

import httpx
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.portal.edge.paper.books import book_of
from services.portal.edge.paper.handing import disposition
from services.portal.edge.paper.looks import Frame
from services.portal.pages.lists import SHEETS
from services.portal.pages.papers.grid import TEXT_MOST, Grid, Head, Written, tab
from services.portal.pages.sheets import Sheet
from services.portal.pages.texts import read
from shared.kernel.areas import level
from tests.portal.hands import HANDS, WATER
from tests.portal.ledgers import CARE, LEDGER_TOLD, TITLES
from tests.portal.test_pages import log_in
from tests.portal.told import COUNTY, TOWN, VILLAGE, ToldPortal, told_portal
from tests.servers import Postgres

TEXTS = read()
FRAME = Frame("同心", "第 &P 页 共 &N 页", "……")
each = pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)


def book(body: bytes) -> Worksheet:
    """The first sheet of a workbook."""
    sheet = load_workbook(io.BytesIO(body)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def head_of(sheet: Worksheet) -> int:
    """The number of the row that holds the headings: the one above the frozen line."""
    assert isinstance(sheet.freeze_panes, str)
    return int(sheet.freeze_panes[1:]) - 1


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows below the headings, by heading."""
    first, *rest = sheet.iter_rows(min_row=head_of(sheet), values_only=True)
    return [dict(zip(map(str, first), row, strict=True)) for row in rest]


def above(sheet: Worksheet) -> str:
    """Everything that is stated above the headings."""
    rows = sheet.iter_rows(max_row=head_of(sheet) - 1, values_only=True)
    return "\n".join(str(one) for row in rows for one in row if one)


def made(*cells: object, heads: tuple[Head, ...] = (Head("甲"),)) -> Worksheet:
    """A workbook of one row."""
    return book(book_of([Written(Grid("表", "表", heads), [cells])], FRAME))  # type: ignore[list-item]


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after a year of activities and what units have in hand."""
    async with told_portal(pg, [*HANDS, *LEDGER_TOLD]) as portal:
        yield portal


@pytest.fixture
async def clerk(told: ToldPortal) -> AsyncIterator[httpx.AsyncClient]:
    async with told.client() as client:
        await log_in(client, "clerk")
        yield client


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=2", "=cmd|' /C calc'!A0"])
def test_what_somebody_typed_is_text_and_never_a_formula(text: str) -> None:
    cell = made(text)["A3"]
    assert text == cell.value
    assert "s" == cell.data_type
    assert cell.quotePrefix


def test_rare_characters_markup_and_long_texts_survive() -> None:
    rare = "𠮷 㐂 <b>&amp;</b> 🎈 שלום"
    assert rare == made(rare)["A3"].value
    long = made("长" * (TEXT_MOST + 1000))["A3"].value
    assert isinstance(long, str)
    assert long.endswith("……")
    assert 32_767 > len(long)


def test_cells_are_numbers_and_days_and_moments_are_those_of_china() -> None:
    heads = (Head("日", "day"), Head("刻", "moment"), Head("钱", "money"), Head("率", "percent"))
    late = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    sheet = made(date(2026, 3, 1), late, Decimal("12.50"), 0.85, heads=heads)
    assert "2026-03-01 00:00:00" == str(sheet["A3"].value)
    assert "2026-03-02 04:30:00" == str(sheet["B3"].value)
    assert 12.5 == sheet["C3"].value
    assert (0.85, "0.0%") == (sheet["D3"].value, sheet["D3"].number_format)


def test_a_workbook_is_ready_to_be_printed() -> None:
    sheet = made("甲")
    assert ("landscape", "9") == (sheet.page_setup.orientation, str(sheet.page_setup.paperSize))
    assert "$2:$2" == sheet.print_title_rows
    assert "&P" in str(sheet.oddFooter.center.text)
    assert "A2:A3" == sheet.auto_filter.ref


def test_sheets_are_called_what_sheets_may_be_called() -> None:
    assert "a b" == tab("a:b")
    assert 31 == len(tab("长" * 40))
    twice = [Written(Grid("同名", "同名", [Head("甲")]), [])] * 2
    names = load_workbook(io.BytesIO(book_of(twice, FRAME))).sheetnames
    assert ["同名", "同名 (2)"] == names


def test_a_file_may_have_a_chinese_name_and_no_line_break() -> None:
    header = disposition('台账\r\n"2026".xlsx')["Content-Disposition"]
    assert header.isascii()
    assert "\n" not in header
    assert "filename*=UTF-8''%E5%8F%B0%E8%B4%A6" in header


@pytest.mark.servers
@each
async def test_every_sheet_is_a_workbook_with_the_columns_of_its_page(
    clerk: httpx.AsyncClient, sheet: Sheet
) -> None:
    code = next(one for one in (COUNTY, TOWN, VILLAGE) if level(one) in sheet.levels)
    answer = await clerk.get(f"/areas/{code}/{sheet.name}.xlsx")
    assert 200 == answer.status_code, answer.text
    found = book(answer.content)
    told = TEXTS.sheets[sheet.name]
    labels = [told.columns[one.key] for one in sheet.columns]
    heads = [str(one.value) for one in found[head_of(found)]]
    assert labels == [one for one in heads if one in labels]
    assert told.title in str(found["A1"].value)
    page = await clerk.get(f"/areas/{code}/{sheet.name}")
    assert f'href="{sheet.name}.xlsx' in page.text or told.empty in page.text


@pytest.mark.servers
@each
async def test_a_workbook_is_for_those_who_may_read_the_page(
    told: ToldPortal, sheet: Sheet
) -> None:
    code = next(one for one in (COUNTY, TOWN, VILLAGE) if level(one) in sheet.levels)
    for login in ("elsewhere", "resident", "town", "unit", "gu"):
        async with told.client() as client:
            await log_in(client, login)
            page = await client.get(f"/areas/{code}/{sheet.name}")
            file = await client.get(f"/areas/{code}/{sheet.name}.xlsx")
            assert page.status_code == file.status_code, login
    async with told.client() as visitor:
        assert 303 == (await visitor.get(f"/areas/{code}/{sheet.name}.xlsx")).status_code


@pytest.mark.servers
async def test_the_ledger_holds_real_numbers_days_words_and_names(
    clerk: httpx.AsyncClient,
) -> None:
    answer = await clerk.get(f"/areas/{COUNTY}/ledger.xlsx", params={"year": 2026})
    sheet = book(answer.content)
    row = next(
        one for one in rows_of(sheet) if one[TEXTS.sheets.ledger.columns.title] == TITLES[CARE]
    )
    columns = TEXTS.sheets.ledger.columns
    assert 2 == row[columns.agreed]
    assert isinstance(row[columns.day], datetime)
    assert "小微协商" in str(row[columns.form])
    assert "委员 3" in str(row[columns.attendees])
    assert "●" in str(row[columns.needs])
    assert "（工作人员）" in above(sheet)


@pytest.mark.servers
async def test_a_workbook_is_filtered_sorted_and_dated_as_its_page_and_says_so(
    clerk: httpx.AsyncClient,
) -> None:
    asked = {"unit": WATER, "by": "-item_no"}
    sheet = book((await clerk.get(f"/areas/{COUNTY}/overdue.xlsx", params=asked)).content)
    columns = TEXTS.sheets.overdue.columns
    assert {WATER} == {row[columns.unit] for row in rows_of(sheet)}
    assert f"{columns.unit}:{WATER}" in above(sheet)
    asked = {"as_of": "2026-03-02"}
    page = await clerk.get(f"/areas/{COUNTY}/ledger.xlsx", params=asked)
    while page.status_code == 202:
        page = await clerk.get(f"/areas/{COUNTY}/ledger.xlsx", params=asked)
    assert "截至：2026年3月2日" in above(book(page.content))
