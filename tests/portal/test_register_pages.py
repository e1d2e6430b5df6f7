"""Registers over HTTP: units are entered and picked, and charters are known by their texts."""

import re
from collections.abc import AsyncIterator
from html import unescape
from uuid import uuid4

import httpx
import pytest

from tests.portal import paced
from tests.portal.conftest import COUNTY, Portal
from tests.portal.registered import FRAMES, SAID
from tests.portal.test_pages import csrf_of, lead_of, log_in
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres
from tests.topics.charters import ACTIVATED, CHARTER_ID, DEVIATION

pytestmark = pytest.mark.servers

REGISTER = f"/areas/{COUNTY}/do/RegisterUnit"


@pytest.fixture
async def cppcc(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        await log_in(client, "cppcc")
        yield client


@pytest.fixture
def name() -> str:
    return f"县{uuid4().hex[:6]}局"


async def filled(client: httpx.AsyncClient, path: str, **typed: str) -> httpx.Response:
    """Open a form, fill it in and send it."""
    page = await client.get(path)
    assert 200 == page.status_code, page.text
    hidden = dict(re.findall(r'name="(command_id|fixed)" value="([^"]*)"', page.text))
    form = {"csrf": csrf_of(page), **{key: unescape(value) for key, value in hidden.items()}}
    action = re.search(r'<form method="post" action="([^"]*/do/[^"]+)"', page.text)
    assert action
    return await client.post(unescape(action[1]), data=form | typed)


async def shown(client: httpx.AsyncClient, answer: httpx.Response) -> str:
    """What the page says that the answer leads to."""
    assert 303 == answer.status_code, answer.text
    page = await client.get(answer.headers["location"])
    return unescape(page.text)


async def test_a_unit_is_entered_renamed_and_retired(cppcc: httpx.AsyncClient, name: str) -> None:
    page = await shown(cppcc, await filled(cppcc, REGISTER, name=name, kind="department"))
    (rename,) = re.findall(rf'{name}.*?href="([^"]+RenameUnit[^"]+)"', page, re.DOTALL)
    renamed = await filled(cppcc, rename, name=f"{name}新", since="2026-01-05")
    page = await shown(cppcc, renamed)
    assert f"{name}新" in page
    retire = rename.replace("RenameUnit", "RetireUnit")
    gone = await filled(cppcc, retire, since="2026-02-05", reason="机构改革。")
    assert "已注销" in await shown(cppcc, gone)


async def test_two_units_of_a_county_do_not_share_a_name(
    cppcc: httpx.AsyncClient, name: str
) -> None:
    await shown(cppcc, await filled(cppcc, REGISTER, name=name, kind="department"))
    again = await filled(cppcc, REGISTER, name=name, kind="other")
    assert 409 == again.status_code
    assert f"“{name}”已经被使用了。" in unescape(again.text)


async def test_only_registrars_enter_units(portal: Portal) -> None:
    async with portal.client() as client:
        await log_in(client, "member")
        assert 403 == (await client.get(REGISTER)).status_code
        page = await client.get(f"/areas/{COUNTY}/unit-register")
        assert "RegisterUnit" not in page.text


async def test_forms_offer_the_units_of_the_county(
    portal: Portal, cppcc: httpx.AsyncClient, name: str
) -> None:
    await shown(cppcc, await filled(cppcc, REGISTER, name=name, kind="department"))
    async with portal.client() as visitor:
        lead_id = await lead_of(visitor, portal)
    page = unescape((await cppcc.get(f"/matters/{lead_id}")).text)
    (offered,) = re.findall(r'<datalist id="units">(.*?)</datalist>', page, re.DOTALL)
    assert f'<option value="{name}">' in offered
    assert re.search(r'name="to_unit"[^>]* list="units"', page)


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    """The portal after a charter that is not the one in the files was said to be in force."""
    theirs = ACTIVATED.model_copy(update={"charter": "511623@1"})
    said = [*paced.SAID, *SAID, ("topics", CHARTER_ID, theirs)]
    async with told_portal(pg, said, frames=[*paced.FRAMES, *FRAMES]) as portal:
        yield portal


async def test_the_register_of_charters_finds_a_text_that_was_changed(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "province")
        page = unescape((await client.get("/areas/510000000000/charter-registry")).text)
    county = r'<tr><th scope="row"><a[^>]*>([^<]+)</a></th>(.*?)</tr>'
    rows = dict(re.findall(county, page, re.DOTALL))
    assert "与生效文本不一致" in rows["邻水县"]
    assert f'href="/areas/{COUNTY}/deviations">1</a>' in rows["邻水县"]
    assert "生效文本尚未登记" in rows["泸县"]


async def test_deviations_are_listed_with_the_rule_that_was_left(told: ToldPortal) -> None:
    async with told.client() as client:
        await log_in(client, "clerk")
        page = unescape((await client.get(f"/areas/{COUNTY}/deviations")).text)
    for one in ("提前通报天数", DEVIATION.instead, DEVIATION.approved_by):
        assert one in page
