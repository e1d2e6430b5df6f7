"""Papers over HTTP: the documents of a matter, and jobs that only the asker sees."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import docx
import httpx
import pytest

from services.portal.edge.paper import handing, sheets
from services.portal.edge.people.newcomers import account_of
from tests.portal.hands import HANDS
from tests.portal.ledgers import CARE, LEDGER_TOLD, PARKING, consultation, outcome_of
from tests.portal.test_pages import log_in
from tests.portal.test_workbooks import book, rows_of
from tests.portal.told import COUNTY, ToldPortal, told_portal
from tests.servers import Postgres

pytestmark = pytest.mark.servers

LOOK_S = 0.3
LOOKS = 200
PAPERS = f"/matters/{PARKING}/papers"


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after a year of activities."""
    async with told_portal(pg, [*HANDS, *LEDGER_TOLD]) as portal:
        yield portal


@pytest.fixture
async def clerk(told: ToldPortal) -> AsyncIterator[httpx.AsyncClient]:
    async with told.client() as client:
        await log_in(client, "clerk")
        yield client


async def test_a_matter_lists_its_documents_and_gives_each_in_two_forms(
    clerk: httpx.AsyncClient,
) -> None:
    page = await patiently(clerk, PAPERS)
    assert 200 == page.status_code
    for kind, stream in (("approval", PARKING), ("notice", consultation(PARKING)),
                         ("outcome-report", outcome_of(PARKING))):  # fmt: skip
        at = f"{PAPERS}/{kind}/{stream}"
        assert f'href="{at}.pdf"' in page.text
        pdf, word = await patiently(clerk, f"{at}.pdf"), await patiently(clerk, f"{at}.docx")
        assert [200, 200] == [pdf.status_code, word.status_code], pdf.text
        assert b"%PDF-" == pdf.content[:5]
        assert b"PK" == word.content[:2]
        assert "nosniff" == pdf.headers["x-content-type-options"]
        assert pdf.headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize("path", [
    f"{PAPERS}/nothing/{PARKING}.pdf", f"{PAPERS}/approval/{uuid4()}.pdf",
    f"{PAPERS}/approval/{PARKING}.exe", f"{PAPERS}/case/{PARKING}.pdf",
    f"{PAPERS}/approval/{CARE}.pdf", f"/matters/{uuid4()}/papers", f"{PAPERS}/approval/x.pdf",
])  # fmt: skip
async def test_a_document_that_there_is_not_is_said_in_a_sentence(
    clerk: httpx.AsyncClient, path: str
) -> None:
    answer = await clerk.get(path)
    assert 404 == answer.status_code
    assert "没有" in answer.text


async def test_documents_are_for_those_who_may_see_the_matter(told: ToldPortal) -> None:
    for path in (PAPERS, f"{PAPERS}/approval/{PARKING}.pdf"):
        async with told.client() as visitor:
            assert 303 == (await visitor.get(path)).status_code
        async with told.client() as stranger:
            await log_in(stranger, "elsewhere")
            assert 403 == (await stranger.get(path)).status_code


async def test_a_long_workbook_is_a_job_that_only_the_asker_sees(
    told: ToldPortal, clerk: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "LONG", 0)
    asked = await clerk.get(f"/areas/{COUNTY}/ledger.xlsx", params={"year": 2026})
    assert 303 == asked.status_code
    at = asked.headers["location"]
    page = await done(clerk, at)
    assert f'href="{at}/file"' in page.text
    file = await clerk.get(f"{at}/file")
    assert 200 == file.status_code
    assert file.headers["content-length"] == str(len(file.content))
    monkeypatch.setattr(handing, "LONG", 5_000)
    short = await clerk.get(f"/areas/{COUNTY}/ledger.xlsx", params={"year": 2026})
    assert rows_of(book(short.content)) == rows_of(book(file.content))
    assert at in (await clerk.get("/paper/jobs")).text
    async with told.client() as other:
        await log_in(other, "cppcc")
        for path in (at, f"{at}/file"):
            assert 404 == (await other.get(path)).status_code
        assert at not in (await other.get("/paper/jobs")).text
    async with told.client() as visitor:
        assert 303 == (await visitor.get(f"{at}/file")).status_code


async def test_a_job_whose_process_went_away_says_so_and_can_be_asked_for_again(
    told: ToldPortal, clerk: httpx.AsyncClient
) -> None:
    job_id, address = uuid4(), f"/areas/{COUNTY}/ledger.xlsx?year=2026"
    await _job(told, job_id, address, "running", timedelta(minutes=-5))
    page = await clerk.get(f"/paper/jobs/{job_id}")
    assert "已中断" in page.text
    assert f'href="{address}"' in page.text
    assert "refresh" not in page.text
    assert 404 == (await clerk.get(f"/paper/jobs/{job_id}/file")).status_code


async def test_what_is_older_than_a_day_is_let_go(
    told: ToldPortal, clerk: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = uuid4()
    await _job(told, old, "/old", "done", timedelta(days=-2))
    monkeypatch.setattr(handing, "LONG", 0)
    await clerk.get(f"/areas/{COUNTY}/overdue.xlsx", params={"state": "paused"})
    assert 404 == (await clerk.get(f"/paper/jobs/{old}")).status_code


async def patiently(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """The answer, once the process that sets type is there: a slow machine says 503 before."""
    for _ in range(LOOKS):
        answer = await client.get(path)
        if answer.status_code != 503:
            return answer
        await asyncio.sleep(LOOK_S)
    raise AssertionError("nothing is set")


async def done(client: httpx.AsyncClient, at: str) -> httpx.Response:
    """The page of a job once it has ended."""
    for _ in range(LOOKS):
        page = await client.get(at)
        assert 200 == page.status_code
        if "refresh" not in page.text:
            return page
        await asyncio.sleep(LOOK_S)
    raise AssertionError("the job does not end")


async def _job(told: ToldPortal, job_id: UUID, address: str, state: str, ago: timedelta) -> None:
    connection = await asyncpg.connect(told.dsn)
    try:
        await connection.execute(
            "INSERT INTO portal__paper.jobs (job_id, account, label, address, file, state, made_at,"
            " beat_at) VALUES ($1, $2, '台账', $3, '台账.xlsx', $4, now() + $5, now() + $5)",
            job_id, account_of("clerk"), address, state, ago,
        )  # fmt: skip
    finally:
        await connection.close()


async def test_matters_indicators_and_rankings_are_workbooks_too(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get("/matters", params={"title": "停车"})
    assert "/matters.xlsx?" in page.text
    matters = rows_of(book((await patiently(clerk, "/matters.xlsx?title=停车")).content))
    assert ["北辰社区停车难"] == [row["事项"] for row in matters]
    indicators = await patiently(clerk, f"/areas/{COUNTY}/indicators.xlsx")
    (county, *_) = rows_of(book(indicators.content))
    assert "邻水县" in county.values()
    assert 404 == (await clerk.get(f"/areas/{COUNTY}/ranking.xlsx")).status_code


@pytest.mark.parametrize("sheet", ["ledger", "units", "cases"])
async def test_a_sheet_is_printed_as_it_is_filtered(clerk: httpx.AsyncClient, sheet: str) -> None:
    page = await clerk.get(f"/areas/{COUNTY}/{sheet}?year=2026")
    assert f"{sheet}.pdf?" in page.text
    pdf = await patiently(clerk, f"/areas/{COUNTY}/{sheet}.pdf?year=2026")
    word = await patiently(clerk, f"/areas/{COUNTY}/{sheet}.docx?year=2026")
    assert [200, 200] == [pdf.status_code, word.status_code], pdf.text
    assert b"%PDF-" == pdf.content[:5]
    opened = docx.Document(io.BytesIO(word.content))
    excel = book((await patiently(clerk, f"/areas/{COUNTY}/{sheet}.xlsx?year=2026")).content)
    (table,) = opened.tables
    assert len(rows_of(excel)) == len(table.rows) - 1
    assert opened.sections[0].page_width > opened.sections[0].page_height


async def test_nothing_and_too_much_are_not_printed(
    clerk: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = await patiently(clerk, f"/areas/{COUNTY}/ledger.pdf?year=1999")
    monkeypatch.setattr(sheets, "PRINTED_MAX", 1)
    much = await patiently(clerk, f"/areas/{COUNTY}/ledger.pdf?year=2026")
    assert [409, 409] == [nothing.status_code, much.status_code]
    assert "Excel" in much.text
    assert "超过 1 行" in much.text
