"""The public pages over HTTP: what everybody reads there, whatever is asked for."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from tests.outcomes import examples as came
from tests.portal.shared_with_all import AREAS, CLINIC, DAY, LATE, ROAD, SAID, TITLE, TOWN, VILLAGE
from tests.portal.test_pages import log_in
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres

pytestmark = pytest.mark.servers

COUNTY, PROVINCE = "511623000000", "510000000000"


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    async with told_portal(pg, SAID, AREAS, DAY) as portal:
        yield portal


def plain(page: httpx.Response) -> str:
    """What a page says, without tags and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def listed(page: httpx.Response) -> list[str]:
    """The titles a list shows, in order, whatever is marked in them."""
    found = re.findall(r'<h[23]><a href="/topics/[^"]+">(.*?)</a></h[23]>', page.text)
    return [re.sub("</?mark>", "", unescape(one)) for one in found]


async def get(told: ToldPortal, path: str, **asked: str) -> httpx.Response:
    """A page as a visitor sees it."""
    async with told.client() as client:
        page = await client.get(path, params=asked or None)
    assert 200 == page.status_code, path
    return page


async def test_every_figure_of_a_home_leads_to_as_many_matters(told: ToldPortal) -> None:
    for code in (PROVINCE, COUNTY, TOWN):
        home = await get(told, f"/places/{code}")
        cards = re.findall(r'<a href="(/places/[^"]+)"><b>(\d+)</b>', home.text)
        assert 4 == len(cards)
        for to, n in cards:
            assert int(n) == len(listed(await get(told, unescape(to)))), to


async def test_tiles_tell_what_is_under_way_late_and_solved(told: ToldPortal) -> None:
    home = plain(await get(told, f"/places/{COUNTY}"))
    assert "城南镇" in home
    assert re.search(r"在办 1 办结 [01]( 逾期 1)?", home)


async def test_a_home_names_the_next_meeting_and_the_latest_result(told: ToldPortal) -> None:
    home = await get(told, f"/places/{COUNTY}")
    assert "2099年4月2日 09:00" in home.text
    assert "𠮷祥路口" in home.text
    assert "有事来协商" in home.text
    assert TITLE in home.text.split('id="results"')[1]


async def test_who_has_an_office_begins_with_the_own_work_and_may_look_at_the_public_home(
    told: ToldPortal,
) -> None:
    async with told.client() as client:
        await log_in(client, "clerk")
        first = await client.get("/")
        home = await client.get(f"/places/{COUNTY}")
    async with told.client() as client:
        await log_in(client, "cppcc")
        board = await client.get("/")
    assert (303, f"/areas/{COUNTY}") == (board.status_code, board.headers["location"])
    assert (303, "/awaiting") == (first.status_code, first.headers["location"])
    assert f'href="/areas/{COUNTY}"' in home.text
    assert f'class="desk" href="/areas/{COUNTY}"' not in (await get(told, f"/places/{COUNTY}")).text


async def test_what_is_found_is_marked_in_the_title_or_where_it_stands(told: ToldPortal) -> None:
    wall = f"/places/{COUNTY}/matters"
    assert "<mark>5G</mark>路灯" in (await get(told, wall, q="5g")).text
    assert "<mark>𠮷</mark>祥路" in (await get(told, wall, q="𠮷")).text
    page = await get(told, wall, q="三条街")
    assert [TITLE] == listed(page)
    assert "要跨<mark>三条街</mark>" in page.text


async def test_a_place_is_found_by_its_name(told: ToldPortal) -> None:
    page = await get(told, f"/places/{PROVINCE}/matters", q="北辰社区居委会")
    assert [TITLE] == listed(page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "late"}, [LATE]), ({"state": "open"}, [LATE]), ({"state": "closed"}, [TITLE]),
        ({"stage": "assigned"}, [LATE]), ({"stage": "told"}, [TITLE]), ({"state": "ended"}, []),
        ({"origin": "resident"}, [LATE, TITLE]), ({"origin": "party"}, []),
        ({"year": "2026"}, [LATE, TITLE]), ({"year": "1999"}, []),
        ({"by": "oldest"}, [TITLE, LATE]),
        ({"q": "停车", "state": "closed"}, []), ({"q": "<script>'%"}, []),
        ({"q": "x" * 500, "year": "9" * 90, "state": "?", "by": "?", "after": "NaN_x"}, []),
        ({"after": "1e9_" + str(CLINIC)}, [LATE, TITLE]),
    ],
)  # fmt: skip
async def test_the_wall_shows_what_is_asked_for(
    told: ToldPortal, asked: dict[str, str], found: list[str]
) -> None:
    assert found == listed(await get(told, f"/places/{COUNTY}/matters", **asked))


@pytest.mark.parametrize("code", ["1", "999999999999", "x", "%00", "511623000000x"])
async def test_an_area_there_is_not_has_no_page(told: ToldPortal, code: str) -> None:
    async with told.client() as client:
        for page in ("", "/matters", "/cases", "/rankings"):
            assert 404 == (await client.get(f"/places/{code}{page}")).status_code


async def test_a_topic_tells_who_is_to_act_by_when_and_why(told: ToldPortal) -> None:
    page = plain(await get(told, f"/topics/{ROAD}"))
    assert "县卫生健康局" in page
    assert "应于2026年5月31日前答复" in page
    assert "已逾期" in page
    assert "按县规则的答复天数" in page
    assert "自2026年3月2日起61个工作日（跳过休息日29天），至2026年5月31日" in page


async def test_a_topic_tells_what_came_of_it(told: ToldPortal) -> None:
    page = plain(await get(told, f"/topics/{CLINIC}"))
    for words in (
        "A 已解决", "十日内返工", "家门口的卫生服务中心要建了。", "应参加 7 人", "通过",
        "家门口的卫生服务中心", "中心已建成并接诊。", "协商协出来的卫生服务中心", "群众确认已解决",
        "群众评价：已解决 1 人，没有解决 1 人",
    ):  # fmt: skip
        assert words in page, words
    assert str(came.VOICE) not in page


async def test_a_topic_is_passed_on_by_its_address_as_a_picture(told: ToldPortal) -> None:
    page = await get(told, f"/topics/{CLINIC}")
    assert f'value="{told.url}/topics/{CLINIC}"' in page.text
    picture = await get(told, f"/topics/{CLINIC}/qr")
    assert "image/svg+xml" == picture.headers["content-type"].split(";")[0]
    assert picture.text.startswith("<svg ")


async def test_who_is_in_office_goes_on_from_the_public_page(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "village")
        page = await client.get(f"/topics/{CLINIC}")
    assert f'href="/matters/{CLINIC}"' in page.text
    assert VILLAGE in page.text


async def test_what_everybody_may_see_is_of_now_whatever_day_an_address_names(
    told: ToldPortal,
) -> None:
    async with told.client() as client:
        for path in (f"/places/{COUNTY}", f"/places/{COUNTY}/matters", f"/places/{COUNTY}/rankings",
                     f"/places/{COUNTY}/cases", f"/topics/{CLINIC}", "/open"):  # fmt: skip
            now = await client.get(path)
            then = await client.get(f"{path}?as_of=2020-01-01")
            assert 200 == now.status_code == then.status_code, path
            assert main_of(now.text) == main_of(then.text), path
            assert 'name="as_of"' not in now.text, path


def main_of(text: str) -> str:
    """What a page says, without the addresses and ids that are made anew each time."""
    return re.sub(r'(href|action|value|id|src)="[^"]*"', "", text.partition("<main")[2])
