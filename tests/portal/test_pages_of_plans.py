"""The sheets of plans, forms, venues and people over HTTP: exact rows, rights, and files."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from uuid import uuid4

import docx
import httpx
import pytest

from services.portal.pages.luck import is_proven
from tests.portal import people_at_work as work
from tests.portal import planned as year
from tests.portal.examples import HISTORY
from tests.portal.test_pages import log_in
from tests.portal.test_sheets import rows_of
from tests.portal.told import COUNTY, TOWN, ToldPortal, told_portal
from tests.servers import Postgres

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after the year and the work of people were told."""
    notices = [one for one in HISTORY if one[0] == "notify"]
    said = [*year.YEAR, *work.WORK, *notices]
    areas = year.AREAS | work.AREAS
    async with told_portal(pg, said, areas, year.STEP, keys=work.KEYS) as portal:
        yield portal


async def seen(told: ToldPortal, login: str, path: str) -> httpx.Response:
    """A page as somebody sees it."""
    async with told.client() as client:
        await log_in(client, login)
        return await client.get(path)


async def rows(told: ToldPortal, sheet: str, login: str = "cppcc") -> list[list[str]]:
    """The rows of a sheet of the county."""
    page = await seen(told, login, f"/areas/{COUNTY}/{sheet}")
    assert 200 == page.status_code, page.text
    return rows_of(page)


async def test_the_grid_shows_each_item_and_its_steps(told: ToldPortal) -> None:
    grid = await rows(told, "plan-items?year=2026")

    assert ["城乡道路与住房安全", "群众看病难", "集镇污水治理", "殡葬改革"] == [
        row[0] for row in grid
    ]
    assert ["已转化", "已协商", "已销号", "已顺延"] == [row[2] for row in grid]
    assert "—" not in grid[2][4:9]
    assert "等待上级规划" == grid[3][-1]


async def test_the_plan_tells_its_share_beside_what_the_county_wants(told: ToldPortal) -> None:
    ((*_, topics, planned, share, least, enough, provisional),) = await rows(
        told, "year-plans?year=2026"
    )
    assert ("5", "4", "80%", "51%", "是") == (topics, planned, share, least, enough)
    assert "省级默认，待确认" == provisional


async def test_every_form_of_the_charter_has_a_row_in_its_own_words(told: ToldPortal) -> None:
    assert [
        ["全体会议广泛协商", "0", "0", "1", "否", "0", "—", "—", "省级默认，待确认"],
        ["主席会议专题协商", "3", "2", "2", "是", "1", "1", "67%", "省级默认，待确认"],
        ["常委会重点协商", "0", "0", "4", "否", "0", "1", "—", "省级默认，待确认"],
        ["专委会对口协商", "0", "0", "—", "—", "0", "—", "—", "—"],
        ["小微协商", "2", "2", "—", "—", "0", "—", "0%", "—"],
    ] == [[one or "—" for one in row] for row in await rows(told, "forms?year=2026")]


async def test_behind_what_does_not_count_stands_the_session_without_its_leader(
    told: ToldPortal,
) -> None:
    (short,) = await rows(told, "sessions?year=2026&form=chairpersons&counted=no")
    assert ("擂鼓坪公路质量", "12", "0", "1", "否") == (short[0], *short[6:10])


async def test_venues_warn_and_towns_without_any_are_listed(told: ToldPortal) -> None:
    shown = {row[0]: row for row in await rows(told, "venues?year=2026")}
    coverage = await rows(told, "coverage?year=2026")

    assert "下级阵地偏少" in shown["鼎屏协商驿站"][11]
    assert "本年活动不足：1 次，应有 2 次" in shown["鼎屏协商驿站"][11]
    assert "召集人未到位" in shown["栀子村协商议事室"][11]
    assert "房屋维修" == shown["石永村协商议事室"][-1]
    assert ["lin", "—"] == [shown[one][7] for one in ("鼎屏协商驿站", "栀子村协商议事室")]
    assert len(coverage) > 20
    assert 1 == sum(row[5] != "0" for row in coverage)


async def test_a_town_reads_its_venues_and_not_the_countys(told: ToldPortal) -> None:
    assert 200 == (await seen(told, "town", f"/areas/{TOWN}/venues?year=2026")).status_code
    assert 403 == (await seen(told, "town", f"/areas/{COUNTY}/venues")).status_code


@pytest.mark.parametrize("sheet", ["members", "observers", "strangers", "talents", "fields"])
async def test_files_of_people_are_for_the_staff(told: ToldPortal, sheet: str) -> None:
    assert 200 == (await seen(told, "cppcc", f"/areas/{COUNTY}/{sheet}")).status_code
    for login in ("gu", "unit", "resident"):
        assert 403 == (await seen(told, login, f"/areas/{COUNTY}/{sheet}")).status_code, login


async def test_staff_see_all_members_by_sector_and_cannot_rank_them(told: ToldPortal) -> None:
    page = await seen(told, "cppcc", f"/areas/{COUNTY}/members?year=2026&by=-duties")

    assert ["顾远山", {"孟繁星", "已依法删除"}] == [
        rows_of(page)[0][0],
        {row[0] for row in rows_of(page)[1:]},
    ]
    assert [] == re.findall(r"[?&;]by=", page.text)


async def test_a_member_sees_the_own_file_and_nobody_elses(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "gu")
        to_own = await client.get("/duty-file")
        own = await client.get(f"{to_own.headers['location']}?year=2026")
        others = await client.get(f"/members/{work.MENG}")

    assert f"/members/{work.GU}" == to_own.headers["location"]
    for text in ("顾远山", "擂鼓坪公路质量", "公路质量调研报告", "全年参会六次。", "孟繁星"):
        assert text in own.text, text
    assert 403 == others.status_code


async def test_staff_elsewhere_see_no_file(told: ToldPortal) -> None:
    assert 200 == (await seen(told, "cppcc", f"/members/{work.MENG}")).status_code
    assert 403 == (await seen(told, "town", f"/members/{work.MENG}")).status_code
    assert 403 == (await seen(told, "elsewhere", f"/members/{work.MENG}")).status_code
    assert 404 == (await seen(told, "cppcc", f"/members/{uuid4()}")).status_code


async def test_who_is_no_member_is_told_so(told: ToldPortal) -> None:
    page = await seen(told, "clerk", "/duty-file")
    assert 200 == page.status_code
    assert "还没有对应的委员身份" in page.text


async def test_a_draw_is_proven_and_names_only_for_the_staff(told: ToldPortal) -> None:
    for_staff = await seen(told, "cppcc", f"/draws/{work.DRAW}")
    for_a_unit = await seen(told, "unit", f"/draws/{work.DRAW}")

    for page in (for_staff, for_a_unit):
        assert "已重新计算" in page.text
        assert work.SEED in page.text
        assert "当日住院" in page.text
        assert "bound method" not in page.text
    assert "罗启明" in for_staff.text
    assert "罗启明" not in for_a_unit.text


def test_a_draw_with_another_seed_or_pool_is_not_proven() -> None:
    draw = {"pool_hash": work.HASH, "seed": work.SEED, "luck": list(work.LUCK)}
    out = {work.FEI}
    assert is_proven(draw, work.TALENTS, out)
    assert not is_proven(draw | {"seed": "1"}, work.TALENTS, out)
    assert not is_proven(draw, work.TALENTS[1:], out)
    assert not is_proven(draw, work.TALENTS, set())
    assert not is_proven(draw | {"luck": list(reversed(work.LUCK))}, work.TALENTS, out)


async def test_a_draw_that_was_cancelled_says_why(told: ToldPortal) -> None:
    assert "双方已和解" in (await seen(told, "cppcc", f"/draws/{work.CANCELLED}")).text


async def test_a_duty_file_is_printed_for_whoever_may_see_its_page(told: ToldPortal) -> None:
    path = f"/members/{work.GU}/file"
    word = await set_(told, "gu", f"{path}.docx?year=2026")
    opened = docx.Document(io.BytesIO(word.content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(one.text for one in opened.paragraphs), *cells])
    for said in ("顾远山", "擂鼓坪公路质量", "公路质量调研报告", "全年参会六次。", "孟繁星"):
        assert said in text, said
    pdf = await set_(told, "cppcc", f"{path}.pdf?year=2026")
    assert b"%PDF-" == pdf.content[:5]
    assert 403 == (await set_(told, "meng", f"{path}.pdf?year=2026")).status_code
    assert 404 == (await set_(told, "cppcc", f"{path}.exe")).status_code


async def set_(told: ToldPortal, login: str, path: str) -> httpx.Response:
    """The answer, once the process that sets type is there."""
    for _ in range(200):
        answer = await seen(told, login, path)
        if answer.status_code != 503:
            return answer
        await asyncio.sleep(0.3)
    raise AssertionError("nothing is set")
