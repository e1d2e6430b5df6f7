"""The board of leaders: what its view counts, what its charts say, and what a number opens into."""

import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest

from services.portal.domain import DECIDERS
from services.portal.pages.charts import Chart, Point, Series
from services.portal.projections.course import COURSE
from tests.portal import paced, ranked
from tests.portal.paced import CLINIC, HEALTH, LAND, LINSHUI, LUXIAN, ROAD, on
from tests.portal.test_pages import log_in
from tests.portal.test_paper_pages import patiently
from tests.portal.test_workbooks import book, rows_of
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

HERE = {"prefixes": ["511623%"], "year": 2026}
PAGED = HERE | {"most": 50, "skipped": 0}
PROVINCE = "510000000000"
NUMBERS = re.compile(r'<td><a href="([^"]+)"|<li[^>]*>\s*<a href="([^"]+)"')


@pytest.fixture(scope="module")
async def log(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose logs the spring was told."""
    async with history(pg, paced.SAID, frames=paced.FRAMES) as dsn:
        yield dsn


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after the spring and the rankings were told."""
    said, frames = [*paced.SAID, *ranked.SAID], [*paced.FRAMES, *ranked.FRAMES]
    async with told_portal(pg, said, frames=frames) as portal:
        yield portal


async def asked(dsn: str, question: str, **params: Any) -> list[dict[str, Any]]:
    async with filled(dsn, "portal", COURSE, DECIDERS) as view:
        return [dict(row) for row in await view.ask(question, **params)]


async def page(told: ToldPortal, login: str, path: str, **query: str) -> httpx.Response:
    async with told.client() as client:
        await log_in(client, login)
        return await client.get(path, params=query)


async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(log: str) -> None:
    await keeps_the_law(log, "portal", COURSE, DECIDERS)


async def test_a_matter_counts_once_for_each_step_it_came_to(log: str) -> None:
    columns = {"areas": [LINSHUI, LUXIAN], "patterns": ["511623%", "510521%"], "signs": [1, 1]}
    rows = await asked(log, "of areas by month", **columns, year=2026)
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row["area"], row["measure"]
        sums[key] = sums.get(key, 0) + row["n"]

    assert {
        "topic": 2, "approved": 2, "held": 2, "converted": 1, "replied": 1, "confirmed": 1,
        "disputed": 1, "spoke": 1, "closed": 1,
    } == {measure: n for (area, measure), n in sums.items() if area == LINSHUI}  # fmt: skip
    assert {"topic": 1, "approved": 1} == {
        measure: n for (area, measure), n in sums.items() if area == LUXIAN
    }


async def test_a_count_opens_into_as_many_matters(log: str) -> None:
    async with filled(log, "portal", COURSE, DECIDERS) as view:
        for measure, ids in (("held", {CLINIC, ROAD}), ("closed", {CLINIC})):
            for began in ("", "topic"):
                rows = await view.ask(
                    "matters that came so far", **PAGED, measure=measure, began=began, month=0
                )
                assert ids == {row["matter_id"] for row in rows}


async def test_what_was_disputed_first_and_then_confirmed_is_one_matter_that_is_solved(
    told: ToldPortal, log: str
) -> None:
    rows = await asked(
        log, "conversion of areas", areas=[LINSHUI], prefixes=["511623%"], within=["511623%"],
        year=2026,
    )  # fmt: skip
    judged = {row["measure"]: row["n"] for row in rows if row["began"] == "spoke"}
    assert (1, 1, 1) == tuple(judged[one] for one in ("spoke", "disputed", "confirmed"))
    board = await page(told, "clerk", f"/areas/{LINSHUI}/leading", year="2026")
    link = f"/areas/{LINSHUI}/leading/matters?measure=confirmed&amp;year=2026&amp;began=spoke"
    assert link in board.text
    to, query = link.partition("?")[0], {"measure": "confirmed", "year": "2026"}
    behind = await page(told, "clerk", to, **query, began="spoke")
    assert 200 == behind.status_code
    assert "当年评价过的事项" in behind.text
    unknown = await page(told, "clerk", to, **query, began="held")
    assert 404 == unknown.status_code


async def test_the_slowest_step_and_the_slowest_unit_come_first(log: str) -> None:
    between = await asked(log, "matters between", **PAGED, measure="held", began="approved")
    assert sorted((row["days"] for row in between), reverse=True) == [r["days"] for r in between]
    desks = await asked(log, "desks of area", **HERE)
    days = {row["unit"]: row["days"] for row in desks if row["days"]}
    assert {HEALTH: [20.0], LAND: [12.0]} == days
    tasks = await asked(log, "tasks of unit", **PAGED, unit=LAND)
    assert [ROAD, CLINIC] == [row["matter_id"] for row in tasks]


async def test_an_answer_is_late_from_the_day_after_its_day_and_not_while_its_clock_stands(
    log: str,
) -> None:
    prefixes = HERE["prefixes"]
    late = {
        n: await asked(log, "late in area", prefixes=prefixes, today=on(n)) for n in (60, 61, 400)
    }
    assert [] == late[60]
    assert [(HEALTH, 1)] == [(row["unit"], row["n"]) for row in late[61]]
    assert [HEALTH] == [row["unit"] for row in late[400]]


def test_a_chart_draws_no_series_without_a_number_and_tells_it_in_the_table() -> None:
    empty = Series("无", [Point(None, "—")])
    chart = Chart("x", "rows", ["甲"], [Series("有", [Point(0.5, "50% 1/2", "/a")]), empty])
    assert ["有"] == [one["name"] for one in chart.option["series"]]
    assert [{"value": 0.5, "to": "/a", "told": "50% 1/2"}] == chart.option["series"][0]["data"]
    assert 2 == len(chart.series)


async def test_every_number_of_a_board_opens_into_a_page(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "province")
        board = await client.get(f"/areas/{LINSHUI}/leading", params={"year": "2026"})
        links = {
            link.replace("&amp;", "&")
            for link in re.findall(
                r'<td><a href="([^"]+)"|<li[^>]*>\s*<a href="([^"]+)"',
                board.text.partition("<main")[2],
            )
            for link in link
            if link
        }
        opened = {
            link: (await client.get(link, follow_redirects=True)).status_code
            for link in sorted(links)
        }
    assert len([link for link in links if "/leading/" in link]) > 10
    assert {200} == set(opened.values()), opened


async def test_a_ranking_is_a_workbook_with_the_places_of_its_page(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "clerk")
        shown = await client.get(f"/areas/{LINSHUI}/ranking")
        answer = await patiently(client, f"/areas/{LINSHUI}/ranking.xlsx")
    assert 200 == answer.status_code
    rows = rows_of(book(answer.content))
    assert [1, 2, 2] == [row["名次"] for row in rows]
    for row in rows:
        assert str(row["考核对象"]) in shown.text


async def test_a_board_above_counties_says_what_may_be_compared(told: ToldPortal) -> None:
    far = await page(told, "province", f"/areas/{PROVINCE}/leading", year="2026")
    near = await page(told, "clerk", f"/areas/{LINSHUI}/leading", year="2026")
    assert "能不能直接比" in far.text
    assert "口径不同" in far.text
    assert "可以直接比" in far.text
    assert "能不能直接比" not in near.text


async def test_a_board_of_a_past_day_carries_the_day_into_every_link(told: ToldPortal) -> None:
    day = on(30).isoformat()
    async with told.client() as client:
        await log_in(client, "clerk")
        path = f"/areas/{LINSHUI}/leading"
        answer = await client.get(path, params={"as_of": day})
        for _ in range(600):
            if answer.status_code != 202:
                break
            answer = await client.get(path, params={"as_of": day})
    assert 200 == answer.status_code
    links = re.findall(r'href="(/areas/\d+/leading/[^"]+)"', answer.text)
    assert links
    assert all(f"as_of={day}" in link for link in links)
    assert date.fromisoformat(day).year == 2026


@pytest.mark.parametrize(
    "path",
    [
        "/leading/matters?measure=nothing",
        "/leading/matters?measure=held&began=<b>",
        "/leading/nothing?measure=held",
        "/leading/time?measure=held",
    ],
)
async def test_an_address_that_means_nothing_is_a_page_there_is_none_of(
    told: ToldPortal, path: str
) -> None:
    assert 404 == (await page(told, "clerk", f"/areas/{LINSHUI}{path}")).status_code


@pytest.mark.parametrize("unit", ["", "\0", "𠮷㐂\u202e" * 50, "<script>alert(1)</script>"])
async def test_a_unit_of_any_name_is_looked_for(told: ToldPortal, unit: str) -> None:
    answer = await page(told, "clerk", f"/areas/{LINSHUI}/leading/unit", unit=unit, month="99")
    assert 200 == answer.status_code
    assert "<script>alert" not in answer.text


async def test_the_lists_behind_a_board_are_for_those_who_may_read_it(told: ToldPortal) -> None:
    path = f"/areas/{LINSHUI}/leading/matters?measure=held"
    assert 403 == (await page(told, "elsewhere", path)).status_code
    assert 403 == (await page(told, "resident", path)).status_code
    assert 403 == (await page(told, "town", path)).status_code
