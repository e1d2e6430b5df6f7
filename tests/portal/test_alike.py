"""Titles that are alike: how it is counted, and who is shown what."""

from collections.abc import AsyncIterator

import pytest

from services.portal.pages.alike import common, pairs_of
from tests.portal.shared_with_all import AREAS, DAY, HIDDEN, SAID, TITLE, VILLAGE
from tests.portal.test_pages import log_in
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres


def test_pairs_leave_out_what_every_title_says() -> None:
    assert ["停车", "车难"] == pairs_of("关于停车难的问题")
    assert ["5g", "路灯"] == pairs_of("5G 路灯")
    assert [] == pairs_of("") == pairs_of("灯") == pairs_of("建议!")


def test_what_two_titles_share_is_told_in_whole_words() -> None:
    assert ("社区卫生", "中心") == common("社区卫生服务中心", ["社区", "区卫", "卫生", "中心"])


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    async with told_portal(pg, SAID, AREAS, DAY) as portal:
        yield portal


@pytest.mark.servers
async def test_who_types_is_shown_public_matters_alike_and_why(told: ToldPortal) -> None:
    async with told.client() as client:
        asked = {"area": VILLAGE, "title": "北辰社区需要卫生服务站"}
        page = await client.get("/similar", params=asked)
    assert TITLE in page.text
    assert "共有「北辰社区」「卫生服务」" in page.text
    assert HIDDEN not in page.text


@pytest.mark.servers
@pytest.mark.parametrize("title", ["", "灯", "养老食堂", "<b>%'", "x" * 5000, "𠮷", "\u202e停"])
async def test_nothing_alike_is_an_empty_hint(told: ToldPortal, title: str) -> None:
    async with told.client() as client:
        page = await client.get("/similar", params={"area": "no area", "title": title})
    assert (200, "") == (page.status_code, page.text.strip())


@pytest.mark.servers
async def test_leads_are_hinted_at_to_those_in_office_alone(told: ToldPortal) -> None:
    asked = {"area": VILLAGE, "title": f"线索{HIDDEN}"}
    seen = {}
    for login in ("village", "resident", "elsewhere"):
        async with told.client() as client:
            await log_in(client, login)
            seen[login] = HIDDEN in (await client.get("/similar", params=asked)).text
    assert {"village": True, "resident": False, "elsewhere": False} == seen
