"""Indicators, rankings and the register of charters over HTTP: what is read there, and by whom."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import httpx
import pytest

from services.portal.pages.lists import OVERVIEWS
from services.portal.pages.rates import INDICATORS
from services.portal.pages.texts import read
from tests.portal import paced, ranked
from tests.portal.paced import CLINIC, HEALTH, LINSHUI, LUXIAN, TOWN
from tests.portal.test_pages import log_in
from tests.portal.test_sheets import rows_of
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres

TEXTS = read()
PROVINCE = "510000000000"
YEAR = {"year": "2026"}
DISCIPLINE = ("纪检", "不作为")


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after the spring and the rankings were told."""
    said, frames = [*paced.SAID, *ranked.SAID], [*paced.FRAMES, *ranked.FRAMES]
    async with told_portal(pg, said, frames=frames) as portal:
        yield portal


@asynccontextmanager
async def as_(told: ToldPortal, login: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody's browser, logged in."""
    async with told.client() as client:
        await log_in(client, login)
        yield client


def plain(page: httpx.Response) -> str:
    """What a page says, without tags and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_every_indicator_says_in_one_sentence_what_it_counts() -> None:
    for one in INDICATORS:
        means = TEXTS.indicators[one.name].means
        assert means.endswith("。")
        assert 1 == means.count("。")
        assert TEXTS.indicators[one.name].label


@pytest.mark.servers
@pytest.mark.parametrize("one", OVERVIEWS, ids=lambda one: one.name)
async def test_an_overview_is_for_those_in_office_in_its_area(
    told: ToldPortal, one: object
) -> None:
    async def status(login: str, code: str) -> int:
        async with as_(told, login) as client:
            return (await client.get(f"/areas/{code}/{one.name}")).status_code  # type: ignore[attr-defined]

    assert 200 == await status("clerk", LINSHUI)
    assert 200 == await status("province", PROVINCE)
    assert 403 == await status("town", LINSHUI)
    assert 403 == await status("elsewhere", LINSHUI)
    assert 403 == await status("resident", LINSHUI)
    async with told.client() as visitor:
        answer = await visitor.get(f"/areas/{LINSHUI}/{one.name}")  # type: ignore[attr-defined]
        assert 303 == answer.status_code


@pytest.mark.servers
async def test_an_indicator_shows_what_it_was_counted_from_and_a_dash_for_nothing(
    told: ToldPortal,
) -> None:
    async with as_(told, "province") as client:
        linshui = plain(await client.get(f"/areas/{LINSHUI}/indicators", params=YEAR))
        luxian = plain(await client.get(f"/areas/{LUXIAN}/indicators", params=YEAR))
        compared = await client.get("/areas/511600000000/indicators", params=YEAR)
    assert "50% 1/2 转化率" in linshui
    assert "57% 8/14 群众代表占比" in linshui
    assert "16.0 n=2 平均用时（天）" in linshui
    assert "0% 0/1 转化率" in luxian
    assert "— 答复率" in luxian
    figures, scale = [row for row in rows_of(compared) if row[0] == "邻水县"]
    assert "100% 2/2" == " ".join(figures[1].split())
    assert ["2", "8% 2/25"] == [" ".join(cell.split()) for cell in scale[1:3]]


@pytest.mark.servers
@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.name)
async def test_every_figure_opens_into_the_cases_behind_it(told: ToldPortal, one: object) -> None:
    name = one.name  # type: ignore[attr-defined]
    async with as_(told, "clerk") as client:
        page = await client.get(f"/areas/{LINSHUI}/indicators", params=YEAR)
        link = f"/areas/{LINSHUI}/indicators/{name}?year=2026"
        assert link in page.text
        behind = await client.get(link)
    assert 200 == behind.status_code
    assert rows_of(behind)
    assert TEXTS.indicators[name].means in behind.text


@pytest.mark.servers
async def test_a_measure_there_is_none_of_is_not_there(told: ToldPortal) -> None:
    async with as_(told, "clerk") as client:
        assert 404 == (await client.get(f"/areas/{LINSHUI}/indicators/happiness")).status_code


@pytest.mark.servers
async def test_a_corrected_ranking_shows_what_was_fixed_and_what_was_put_right(
    told: ToldPortal,
) -> None:
    async with as_(told, "clerk") as client:
        page = await client.get(f"/areas/{LINSHUI}/ranking")
    rows = [[" ".join(cell.split()) for cell in row] for row in rows_of(page)]
    assert ["高滩镇", "1", "3", "87.00", "升 1 位", "—"] == rows[0][:6]
    assert ["城南镇", "2", "1", "86.67", "升 1 位", "0.33"] == rows[1][:6]
    assert ["鼎屏镇", "2", "1", "86.67", "降 1 位", "0.33"] == rows[2][:6]
    words = plain(page)
    assert "定格后第 1 次更正" in words
    assert "由 80 分更正为 90 分：补计两次协商。" in words
    assert "权重 1/3 省级默认，待确认" in words
    assert "80 90" in rows[0][7]


@pytest.mark.servers
async def test_a_fixed_ranking_is_shown_as_fixed_and_the_first_has_no_change(
    told: ToldPortal,
) -> None:
    async with as_(told, "clerk") as client:
        page = await client.get(f"/areas/{LINSHUI}/ranking", params={"of": str(ranked.BEFORE)})
    rows = rows_of(page)
    assert [["鼎屏镇", "1", "—"], ["高滩镇", "2", "—"], ["城南镇", "3", "—"]] == [
        [*row[:2], row[3]] for row in rows
    ]
    assert "排名已定格" in plain(page)


@pytest.mark.servers
async def test_a_town_reads_its_own_place_and_gaps(told: ToldPortal) -> None:
    async with as_(told, "town") as client:
        page = plain(await client.get(f"/areas/{TOWN}/ranking"))
        board = await client.get(f"/areas/{TOWN}")
    assert "鼎屏镇：第 2 名，共 3 个" in page
    assert "与第一名差 0.33 分" in page
    assert "任务清单 10 分；责任清单 10 分；落实清单 1 分" in page
    assert f'href="/areas/{TOWN}/ranking"' in board.text


@pytest.mark.servers
async def test_where_nothing_was_published_a_ranking_says_what_to_do(told: ToldPortal) -> None:
    async with as_(told, "elsewhere") as client:
        page = await client.get(f"/areas/{LUXIAN}/ranking")
    assert TEXTS.sheets.ranking.empty in page.text


@pytest.mark.servers
async def test_the_register_names_brands_versions_and_what_nobody_confirmed(
    told: ToldPortal,
) -> None:
    async with as_(told, "province") as client:
        page = await client.get(f"/areas/{PROVINCE}/charter-registry")
    rows = {row[0]: [" ".join(cell.split()) for cell in row[1:]] for row in rows_of(page)}
    assert {"泸县", "邻水县"} == rows.keys()
    assert ["有事来协商", "邻水县规则第 1 版", "2020年10月22日"] == rows["邻水县"][:3]
    assert "0/5" == rows["邻水县"][4]
    assert "邻水县规则第 1 版：2 个" == rows["邻水县"][5]


@pytest.mark.servers
async def test_a_unit_is_one_row_and_leads_to_its_tasks(told: ToldPortal) -> None:
    async with as_(told, "clerk") as client:
        page = await client.get(f"/areas/{LINSHUI}/units", params=YEAR)
        link = re.search(r'href="(task-list\?unit=%E5%8D%AB[^"]+|task-list[^"]+)"', page.text)
        assert link
        behind = await client.get(f"/areas/{LINSHUI}/{unescape(link[1])}")
    rows = {row[0]: [" ".join(cell.split()) for cell in row] for row in rows_of(page)}
    assert ["2", "1", "1"] == rows[HEALTH][1:4]
    assert "0% 0/1" == rows[HEALTH][11]
    assert rows_of(behind)


@pytest.mark.servers
async def test_votes_are_tallies_and_name_no_voter(told: ToldPortal) -> None:
    async with as_(told, "clerk") as client:
        page = await client.get(f"/areas/{LINSHUI}/evaluations", params=YEAR)
    words = plain(page)
    assert "满意 4 · 基本满意 1 · 不满意 2" in words
    assert "voter-1" not in page.text
    assert f"/matters/{CLINIC}" in page.text


@pytest.mark.servers
async def test_discipline_is_spoken_of_nowhere(told: ToldPortal) -> None:
    paths = [one.name for one in OVERVIEWS] + ["units", "task-list", "deed-list", "evaluations"]
    async with as_(told, "clerk") as client:
        for path in paths:
            text = plain(await client.get(f"/areas/{LINSHUI}/{path}", params=YEAR))
            assert not [word for word in DISCIPLINE if word in text], path
