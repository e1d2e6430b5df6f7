"""Open data: whole lists and pages of them, what changed since, and nothing twice."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from services.portal.edge.commons.opened import FETCHED_MAX, _fetched
from services.portal.pages.opened import LISTS, csv_line
from services.portal.pages.texts import read
from shared.runtime import clock
from tests.portal import ranked
from tests.portal.shared_with_all import AREAS, DAY, LATE, SAID, TITLE
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres

TEXTS = read().open
NAMES = [one.name for one in LISTS]
MATTERS = LISTS[0]


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    async with told_portal(pg, [*SAID, *ranked.SAID], AREAS, DAY) as portal:
        yield portal


async def get(told: ToldPortal, path: str, **headers: str) -> httpx.Response:
    async with told.client() as client:
        return await client.get(path, headers=headers)


def table(page: httpx.Response) -> list[dict[str, str]]:
    """The rows of a CSV file by the titles of their columns."""
    return list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))


def test_every_list_and_column_is_told() -> None:
    for one in LISTS:
        assert TEXTS.titles[one.name]
        assert TEXTS.notes[one.name]
        assert all(TEXTS.columns[name] for name in one.columns)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+86", "-3", "\t=1"])
def test_no_spreadsheet_reckons_with_a_cell(text: str) -> None:
    assert csv_line(MATTERS, {"title": text}, str).split(",")[1].strip('"').startswith("'")


@pytest.mark.servers
@pytest.mark.parametrize("name", NAMES)
async def test_a_list_is_the_same_as_csv_and_as_json(told: ToldPortal, name: str) -> None:
    lines = table(await get(told, f"/open/{name}.csv?area=511623000000"))
    answer = (await get(told, f"/open/{name}.json?area=511623000000")).json()
    assert lines
    assert len(lines) == len(answer["rows"])
    assert answer["columns"].keys() == answer["rows"][0].keys()
    assert answer["licence"]
    assert answer["next"] is None


@pytest.mark.servers
async def test_a_csv_file_says_that_it_is_utf_8_and_speaks_in_words(told: ToldPortal) -> None:
    page = await get(told, "/open/matters.csv")
    assert page.content.startswith(b"\xef\xbb\xbf")
    rows = {row["事项"]: row for row in table(page)}
    assert {TITLE, LATE} == rows.keys()
    assert ("群众", "北辰社区居委会") == (rows[TITLE]["来源"], rows[TITLE]["地区"])
    tally = table(await get(told, "/open/tallies.csv"))
    assert "满意 4；基本满意 1；不满意 2" == tally[0]["各档票数"]


@pytest.mark.servers
@pytest.mark.parametrize("name", NAMES)
async def test_pages_of_a_list_make_the_whole_of_it(told: ToldPortal, name: str) -> None:
    area = "area=511623102000" if name == "areas" else "area=510000000000"
    whole = (await get(told, f"/open/{name}.json?{area}")).json()["rows"]
    rows: list[Any] = []
    path = f"/open/{name}.json?{area}&limit=3"
    while path:
        answer = (await get(told, path)).json()
        rows, path = rows + answer["rows"], answer["next"]
    assert whole == rows


@pytest.mark.servers
async def test_what_changed_since_a_day_can_be_asked_for(told: ToldPortal) -> None:
    for since, found in (("2026-01-01", 2), ("2027-01-01", 0)):
        answer = (await get(told, f"/open/matters.json?modified_since={since}")).json()
        assert found == len(answer["rows"])
    assert 4 == (await get(told, "/open/matters.json?modified_since=yesterday")).status_code // 100


@pytest.mark.servers
async def test_who_has_a_list_already_is_not_sent_it_again(told: ToldPortal) -> None:
    first = await get(told, "/open/matters.json")
    same = await get(told, "/open/matters.json", **{"If-None-Match": first.headers["etag"]})
    since = {"If-Modified-Since": first.headers["last-modified"]}
    also = await get(told, "/open/matters.json", **since)
    other = await get(told, "/open/matters.csv", **{"If-None-Match": first.headers["etag"]})
    assert [304, 304, 200] == [one.status_code for one in (same, also, other)]
    assert b"" == same.content


@pytest.mark.servers
@pytest.mark.parametrize("path", ["nothing.csv", "matters", "matters.xml", "matters.csv?area=1"])
async def test_a_list_there_is_not_is_not_sent(told: ToldPortal, path: str) -> None:
    assert 404 == (await get(told, f"/open/{path}")).status_code


@pytest.mark.servers
async def test_only_published_rankings_are_open(told: ToldPortal) -> None:
    rows = table(await get(told, "/open/rankings.csv"))
    assert str(ranked.SECRET) not in {row["考核表编号"] for row in rows}
    assert {str(ranked.BEFORE)} < {row["考核表编号"] for row in rows}


@pytest.mark.servers
async def test_the_library_and_the_rankings_are_read_by_everybody(told: ToldPortal) -> None:
    cases = await get(told, "/places/511623000000/cases?q=三条街")
    assert "家门口的卫生服务中心" in cases.text
    assert "要跨<mark>三条街</mark>" in cases.text
    assert "家门口" not in (await get(told, "/places/511623000000/cases?theme=roads")).text
    assert "家门口" in (await get(told, "/places/511623000000/cases?theme=health")).text
    page = await get(told, "/places/511623000000/rankings")
    for words in ("总分 =", "公布以后的更正", "分更正为", "分子/分母"):
        assert words in page.text, words


@pytest.mark.servers
async def test_who_asks_all_the_time_is_asked_to_wait(told: ToldPortal) -> None:
    busy = "203.0.113.9"
    for _ in range(FETCHED_MAX):
        _fetched.count(busy, clock.now())
    path = "/open/matters.json?limit=1"
    refused = await get(told, path, **{"X-Forwarded-For": busy})
    other = await get(told, path, **{"X-Forwarded-For": "203.0.113.10"})
    assert [429, 200] == [refused.status_code, other.status_code]
    assert 0 < int(refused.headers["retry-after"])
