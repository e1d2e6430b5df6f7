"""A ledger of half a million activities as a workbook: how long, in how much memory, beside pages.

The rows are made in the tables of the view; then a clerk asks for the workbook as for any other.
"""

import asyncio
import time
from statistics import quantiles
from typing import Any

import asyncpg
import httpx
import openpyxl
import psutil

from services.portal.edge.paper.books import Book
from services.portal.edge.paper.looks import Frame
from services.portal.pages.papers.grid import Grid, Head
from tests.portal.hands import HANDS
from tests.portal.ledgers import LEDGER_TOLD
from tests.portal.test_pages import log_in
from tests.portal.told import COUNTY, ToldPortal, told_portal
from tests.servers import Postgres

ROWS = 500_000
SAMPLE = 20_000
MIB = 2**20
LOOK_S = 0.25
MADE = """
INSERT INTO portal__ledger.topics (topic_id, area, title, origin, state, criteria)
SELECT md5('topic' || n)::uuid, '511623100013', '第' || n || '号议题:北辰社区停车难', 'resident',
       'TopicApproved', '{"group-interest": true, "feasible": true}'
  FROM generate_series(1, $1::integer) n;
INSERT INTO portal__ledger.activities (consultation_id, topic_id, area, charter, planned_on, state,
       starts, place, form, mode, attendees, items)
SELECT md5('meeting' || n)::uuid, md5('topic' || n)::uuid, '511623100013', '511623@1',
       '2026-01-01', 'MeetingHeld', timestamptz '2026-01-02' + n * interval '1 minute',
       '北辰社区议事厅', 'small', 'site', '{"masses": 12, "member": 3}',
       '[{"no": 1, "text": "划车位", "agreed": true, "general": false, "unit": "县交通局"}]'
  FROM generate_series(1, $1::integer) n;
ANALYZE portal__ledger.topics;
ANALYZE portal__ledger.activities
"""


async def figures(pg: Postgres) -> dict[str, dict[str, Any]]:
    """Seconds and MiB of the workbook, milliseconds of pages meanwhile."""
    async with told_portal(pg, [*HANDS, *LEDGER_TOLD]) as portal:
        await _make(portal)
        async with portal.client() as client:
            await log_in(client, "clerk")
            took, most, pages = await _fetched(client)
    peers = _peers()
    return {
        "xlsx.500k_s": _figure(took, "s", 120, peers),
        "xlsx.500k_mib": _figure(most / MIB, "MiB", 300),
        "xlsx.page_p95_ms": _figure(quantiles(pages, n=20)[-1], "ms", None),
    }


async def _make(portal: ToldPortal) -> None:
    async with asyncpg.create_pool(portal.dsn, min_size=1, max_size=1) as pool:
        for statement in MADE.split(";"):
            await pool.execute(statement, *([ROWS] if "$1" in statement else []), timeout=300)


async def _fetched(client: httpx.AsyncClient) -> tuple[float, float, list[float]]:
    began, most, pages = time.perf_counter(), 0.0, []
    asked = await client.get(f"/areas/{COUNTY}/ledger.xlsx", params={"year": 2026})
    assert 303 == asked.status_code, asked.text
    at = asked.headers["location"]
    while True:
        look = time.perf_counter()
        page = await client.get(at)
        pages.append((time.perf_counter() - look) * 1000)
        most = max(most, *(one.memory_info().rss for one in psutil.Process().children()))
        if f"{at}/file" in page.text:
            break
        assert "meta http-equiv" in page.text, page.text
        await asyncio.sleep(LOOK_S)
    size = 0
    async with client.stream("GET", f"{at}/file") as file:
        async for piece in file.aiter_bytes():
            size += len(piece)
    assert size > MIB
    return time.perf_counter() - began, most, pages


def _peers() -> dict[str, float]:
    """Thousands of rows a second, of 25 columns: what writes them here, and what else could."""
    rows = [["北辰社区停车难"] * 19 + [12] * 6] * SAMPLE
    heads = [Head("列", "text")] * 19 + [Head("数", "count")] * 6

    began = time.perf_counter()
    book = Book("/dev/null", Frame("", "", ""))
    book.begin(Grid("表", "表", heads))
    book.add(rows)
    book.finish()
    ours = time.perf_counter() - began

    began = time.perf_counter()
    other = openpyxl.Workbook(write_only=True)
    sheet = other.create_sheet()
    for row in rows:
        sheet.append(row)
    other.save("/dev/null")
    theirs = time.perf_counter() - began
    return {
        "xlsxwriter krows/s": round(SAMPLE / ours / 1000, 1),
        "openpyxl krows/s": round(SAMPLE / theirs / 1000, 1),
    }


def _figure(
    value: float, unit: str, limit: float | None, peers: dict[str, float] | None = None
) -> dict[str, Any]:
    return {"value": round(value, 1), "unit": unit, "limit": limit, "peers": peers or {}}
