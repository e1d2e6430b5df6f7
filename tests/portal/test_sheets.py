"""Sheets over HTTP: who may read them, how they are picked, sorted and paged, and their words."""

import importlib
import pkgutil
import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from services.portal import pages
from services.portal.edge.boards.sheets import Asked, page_of, sorted_by
from services.portal.edge.visit import PAGE
from services.portal.pages.lists import GROUPS, SHEETS, shelves
from services.portal.pages.sheets import Column, Sheet
from services.portal.pages.texts import read
from services.portal.projections.shown import SHOWN
from shared.kernel.areas import level
from shared.runtime.sql import statement
from tests.portal.hands import HANDS, TOPIC, WATER
from tests.portal.test_pages import log_in
from tests.portal.told import COUNTY, TOWN, VILLAGE, ToldPortal, told_portal
from tests.servers import Postgres

TEXTS = read()
VIEWS = {one.name: one for one in SHOWN}
each = pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)


@each
def test_every_sheet_asks_a_question_of_its_view_and_has_words_for_all_it_shows(
    sheet: Sheet,
) -> None:
    question = VIEWS[sheet.view].questions[sheet.statement]
    told = TEXTS.sheets[sheet.name]
    known = {"prefixes", "year", "today", "by", "most", "skipped"}
    assert set(question.params) <= known | {one.key for one in sheet.filters}
    assert {one.key for one in sheet.filters} <= set(question.params)
    assert {one.key for one in sheet.columns} == set(told.columns.names())
    assert all((told.title, told.note, told.empty))
    options = {option for one in sheet.filters for option in one.options}
    values = set(told["values"].names()) if "values" in told else set()
    assert set() == options - values - set(TEXTS.words["values"].names())
    assert not sheet.sorts or "by" in question.params


def test_no_two_pages_of_an_area_have_one_name_and_each_stands_in_one_group() -> None:
    names = [page.name for group in GROUPS for page in group.pages]
    assert len(names) == len(set(names))
    assert all(TEXTS.groups[group.name] for group in GROUPS)
    assert all(TEXTS.sheets[name].title for name in names)


def test_shelves_hold_what_a_role_may_read_and_what_is_personal_in_the_own_area_only() -> None:
    def names(role: str, *, own: bool) -> set[str]:
        return {name for shelf in shelves(COUNTY, role, own=own) for name in shelf.links}

    assert {"ledger", "members", "closed-loop", "charter-registry"} <= names("cppcc", own=True)
    assert {"members", "closed-loop"} <= names("cppcc", own=False) - names("unit", own=False)
    assert {"notices-told", "notice-settings"} == names("cppcc", own=True) - names(
        "cppcc", own=False
    )
    assert [] == shelves(COUNTY, "resident", own=True)
    assert "room" in {name for one in shelves(TOWN, "clerk", own=True) for name in one.links}


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after what units have in hand was told."""
    async with told_portal(pg, HANDS) as portal:
        yield portal


@pytest.fixture
async def clerk(told: ToldPortal) -> AsyncIterator[httpx.AsyncClient]:
    async with told.client() as client:
        await log_in(client, "clerk")
        yield client


def rows_of(page: httpx.Response) -> list[list[str]]:
    """The cells of each row, without tags."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", page.text, re.DOTALL)
    lines = [line for body in bodies for line in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines)
    return [[unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in row] for row in cells]


@pytest.mark.servers
@each
async def test_a_sheet_is_for_those_in_office_in_its_area(told: ToldPortal, sheet: Sheet) -> None:
    async def status(login: str, code: str) -> int:
        async with told.client() as client:
            await log_in(client, login)
            return (await client.get(f"/areas/{code}/{sheet.name}")).status_code

    code = next(one for one in (COUNTY, TOWN, VILLAGE) if level(one) in sheet.levels)
    assert 200 == await status("clerk", code)
    assert 403 == await status("elsewhere", code)
    assert 403 == await status("resident", code)
    async with told.client() as visitor:
        assert 303 == (await visitor.get(f"/areas/{code}/{sheet.name}")).status_code


@pytest.mark.servers
async def test_a_town_reads_its_own_sheet_and_not_its_countys(told: ToldPortal) -> None:
    async with told.client() as town:
        await log_in(town, "town")
        assert 200 == (await town.get(f"/areas/{TOWN}/overdue")).status_code
        assert 403 == (await town.get(f"/areas/{COUNTY}/overdue")).status_code


@pytest.mark.servers
@pytest.mark.parametrize("path", [f"/areas/{COUNTY}/nothing", "/areas/999999999999/overdue"])
async def test_a_sheet_that_is_not_there_is_said_in_a_sentence(
    clerk: httpx.AsyncClient, path: str
) -> None:
    answer = await clerk.get(path)
    assert 404 == answer.status_code
    assert "没有" in answer.text


@pytest.mark.servers
async def test_a_row_tells_everything_in_words_and_leads_to_its_matter(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(f"/areas/{COUNTY}/overdue", params={"state": "paused"})
    (row,) = rows_of(page)
    assert "集镇污水排放" == row[0]
    assert [WATER, "2026年1月15日", "—", "暂停计时", "—", "第3件事"] == row[1:7]
    assert "自2025年10月17日起90个日历日（其中休息日30天），至2026年1月15日" in row[8]
    assert "自2026年2月9日暂停计时：等待勘测" in row[8]
    assert f'<a href="/matters/{TOPIC}">' in page.text


@pytest.mark.servers
async def test_what_is_picked_stays_picked_in_links_and_can_be_cleared(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(f"/areas/{COUNTY}/overdue", params={"unit": "水利", "state": ""})
    assert 1 == len(rows_of(page))
    assert 'name="unit" value="水利"' in page.text
    sorts = [unescape(one) for one in re.findall(r'href="(\?[^"]*by=unit[^"]*)"', page.text)]
    assert sorts
    assert all("unit=%E6%B0%B4%E5%88%A9" in one for one in sorts)
    none = await clerk.get(f"/areas/{COUNTY}/overdue", params={"unit": "没有这个单位"})
    assert [] == rows_of(none)
    assert TEXTS.sheets.overdue.empty in none.text
    assert TEXTS.site.clear in none.text


@pytest.mark.servers
async def test_an_address_that_was_tampered_with_picks_nothing_and_breaks_nothing(
    clerk: httpx.AsyncClient,
) -> None:
    whole = rows_of(await clerk.get(f"/areas/{COUNTY}/overdue"))
    wrong = {
        "state": "x' OR 1=1",
        "level": "pink",
        "by": "charter; DROP",
        "page": "-1",
        "year": "x",
    }
    assert whole == rows_of(await clerk.get(f"/areas/{COUNTY}/overdue", params=wrong))


@pytest.mark.servers
async def test_a_board_names_the_sheets_of_its_level(clerk: httpx.AsyncClient) -> None:
    board = (await clerk.get(f"/areas/{COUNTY}")).text
    shown = {one.name for one in SHEETS if f'href="/areas/{COUNTY}/{one.name}"' in board}
    assert {one.name for one in SHEETS if "county" in one.levels} == shown
    assert all(str(TEXTS.groups[group.name]) in board for group in GROUPS)


@pytest.mark.servers
async def test_a_sheet_names_every_group_and_the_pages_of_its_own(clerk: httpx.AsyncClient) -> None:
    page = (await clerk.get(f"/areas/{COUNTY}/overdue")).text
    (nav,) = re.findall(r'<nav class="sheets".*?</nav>', page, re.DOTALL)
    assert [str(TEXTS.groups[group.name]) for group in GROUPS] == re.findall(
        r"<li><a[^>]*>([^<]+)</a></li>", nav.partition("</ul>")[0]
    )
    assert f'<a href="/areas/{COUNTY}/overdue" aria-current="page">' in nav
    assert f'"/areas/{COUNTY}/commitments"' in nav
    assert f'"/areas/{COUNTY}/budget"' not in nav


def test_what_has_no_value_comes_last_whichever_way_it_is_sorted() -> None:
    rows = [{"n": 2}, {"n": None}, {"n": 3}]
    assert [2, 3, None] == [row["n"] for row in sorted_by(rows, "n")]
    assert [3, 2, None] == [row["n"] for row in sorted_by(rows, "-n")]


def test_a_statement_that_pages_by_itself_says_how_many_there_are() -> None:
    sheet = Sheet("x", "x", "x", columns=(Column("n", "count"),), levels=("county",))
    whole = statement("x", "SELECT n FROM x")
    paged = statement("x", "SELECT n, found FROM x LIMIT :most OFFSET :skipped")
    rows = [{"n": n, "found": 700} for n in range(PAGE + 2)]
    second, window = Asked(2026, 2, "-n", {}), {"most": PAGE, "skipped": PAGE}
    assert ([{"n": 1, "found": 700}, {"n": 0, "found": 700}], PAGE + 2) == page_of(
        sheet, whole, second, rows, window
    )
    assert (rows, 700) == page_of(sheet, paged, second, rows, window)


def test_every_sheet_that_is_written_stands_in_a_group() -> None:
    modules = [one.name for one in pkgutil.iter_modules(pages.__path__)]
    written = [
        sheet
        for name in modules
        if name.startswith("sheets_of")
        for sheet in vars(importlib.import_module(f"{pages.__name__}.{name}")).values()
        if isinstance(sheet, Sheet)
    ]
    assert {sheet.name for sheet in written} == {sheet.name for sheet in SHEETS}
