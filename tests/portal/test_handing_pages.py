"""What goes to and fro between agencies and an area, on the pages of both sides."""

from html import unescape
from urllib.parse import urlparse
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser

from tests.portal.agencies import Agency, browser, registered
from tests.portal.conftest import COUNTY, VILLAGE, Portal
from tests.portal.everywhere import Page
from tests.portal.seeing import all_defects
from tests.portal.test_browser import asked
from tests.portal.test_file_pages import soon

pytestmark = pytest.mark.servers

NEW = "/agency/handovers/new"
WORDS = "家里老人晚上出门看不清台阶"


@pytest.fixture(scope="module")
async def agency(portal: Portal) -> Agency:
    return await registered(portal)


def matter(**more: str) -> dict[str, str]:
    """What is typed into the form: another matter each time."""
    mark = uuid4().hex[:8]
    told = {"number": f"RX-{mark}", "title": f"北辰小区台阶破损{mark}", "area": VILLAGE}
    return told | {"place": "三栋门口", "words": WORDS, "contact": "何女士 13900000000"} | more


async def form_of(client: httpx.AsyncClient, path: str) -> dict[str, str]:
    """The one thing that is hidden in the form besides the place."""
    page = (await client.get(path)).text
    return {"csrf": page.split('name="csrf" value="')[1].split('"')[0]}


async def brought(client: httpx.AsyncClient, typed: dict[str, str]) -> str:
    """The page of what was handed over by hand, as its address begins."""
    answer = await client.post(NEW, data=await form_of(client, NEW) | typed)
    assert 303 == answer.status_code, answer.text
    return answer.headers["Location"]


async def shows(client: httpx.AsyncClient, path: str, *texts: str) -> str:
    """A page, once it shows all of this."""
    answer = await soon(
        lambda: client.get(path), lambda one: all(text in unescape(one.text) for text in texts)
    )
    return unescape(answer.text)


async def test_what_is_handed_over_by_hand_is_seen_on_both_sides(
    portal: Portal, agency: Agency
) -> None:
    typed = matter()
    async with browser(portal, agency.login) as hotline:
        to = await brought(hotline, typed)
        one = urlparse(to).path
        page = await shows(hotline, to, "已收到", "已立为线索")
        assert WORDS not in page
        receipt = page.split("回执号</dt><dd>")[1].split("<")[0]
        assert await shows(hotline, "/agency/handovers", typed["number"], receipt, "确定协商议题")
        again = await brought(hotline, typed)
        assert one == urlparse(again).path
        found = f"/agency/handovers?text={typed['number'].lower()}&step=accepted"
        assert typed["title"] in await shows(hotline, found)
        none = f"/agency/handovers?text={typed['number']}&step=closed"
        assert "没有符合条件" in await shows(hotline, none)
    lead = f"/matters/{one.rpartition('/')[2]}"
    async with browser(portal, "clerk") as clerk:
        assert await shows(clerk, f"/areas/{COUNTY}/handovers", agency.name, typed["number"])
        assert await shows(clerk, lead, "机构往来", agency.name, typed["number"])
        assert typed["title"] in await shows(clerk, one)
    async with browser(portal, "operator") as operator:
        assert await shows(operator, f"/agencies/{agency.agency_id}", "转来事项")
        mine = f"/areas/{COUNTY}/handovers?agency={agency.agency_id}"
        assert await shows(operator, mine, "只看", typed["title"])
        other = f"/areas/{COUNTY}/handovers?agency={uuid4()}"
        assert typed["title"] not in await shows(operator, other)


async def test_nothing_typed_is_lost_when_the_answer_is_no_or_the_place_is_another(
    portal: Portal, agency: Agency
) -> None:
    typed = matter()
    async with browser(portal, agency.login) as hotline:
        await brought(hotline, typed)
        hidden = await form_of(hotline, NEW)
        other = typed | {"title": "别的事情", "words": "还有话要说"}
        taken = await hotline.post(NEW, data=hidden | other)
        assert 409 == taken.status_code
        for text in (typed["title"], "别的事情", "还有话要说", typed["number"], typed["contact"]):
            assert text in unescape(taken.text)
        wrong = await hotline.post(NEW, data=hidden | other | {"title": ""})
        assert 422 == wrong.status_code
        assert "还有话要说" in wrong.text
        moved = await hotline.post(NEW, data=hidden | other | {"to": "511623105000"})
        assert 200 == moved.status_code
        assert "还有话要说" in moved.text
        assert 'name="area" value="511623105000"' in moved.text
        for nowhere in ({"to": "511699999999"}, {"to": "no"}, {"area": "511699999999"}):
            refused = await hotline.post(NEW, data=hidden | other | nowhere)
            assert 422 == refused.status_code
            assert "还有话要说" in refused.text
        assert 404 == (await hotline.get(f"{NEW}?area=511699999999")).status_code


async def test_what_was_returned_is_completed_under_its_number(
    portal: Portal, agency: Agency
) -> None:
    typed = matter()
    async with browser(portal, agency.login) as hotline:
        one = urlparse(await brought(hotline, typed)).path
        await shows(hotline, one, "已立为线索")
        fix = {"lead_id": one.rpartition("/")[2], "reason": "请写明是哪一级台阶"}
        await asked(portal, "clerk", "topics", "ReturnLeadForFix", fix)
        await shows(hotline, one, "请写明是哪一级台阶", "补正后再转")
        page = await shows(hotline, f"{one}/complete", typed["number"], typed["title"])
        assert f'name="area" value="{VILLAGE}"' in page
        await brought(hotline, typed | {"title": typed["title"] + "第三级"})
        await shows(hotline, one, "已补正")


async def test_what_is_given_to_an_agency_is_confirmed_by_hand(
    portal: Portal, agency: Agency
) -> None:
    typed = matter(personal="yes")
    async with browser(portal, agency.login) as hotline, browser(portal, "clerk") as clerk:
        one = urlparse(await brought(hotline, typed)).path
        await shows(hotline, one, "已立为线索")
        lead_id = one.rpartition("/")[2]
        moved = {"lead_id": lead_id, "to_unit": agency.name, "reason": "只涉及一户"}
        await asked(portal, "clerk", "topics", "TransferAppeal", moved)
        page = await shows(hotline, "/agency/dispatches?standing=waiting", typed["title"])
        path = "/dispatches/" + page.split('href="/dispatches/')[1].split('"')[0]
        assert WORDS in await shows(hotline, path, "13900000000")
        assert await shows(clerk, f"/areas/{COUNTY}/dispatches", typed["title"], "等待签收")
        led = await clerk.get(path)
        assert (303, f"/matters/{lead_id}") == (led.status_code, led.headers["Location"])
        hidden = await form_of(hotline, path)
        answer = await hotline.post(path, data=hidden | {"number": "长" * 81})
        assert 422 == answer.status_code
        assert "长" * 81 in answer.text
        answer = await hotline.post(path, data=hidden | {"number": "SL-7"})
        assert 303 == answer.status_code, answer.text
        await shows(hotline, answer.headers["Location"], "已签收", "SL-7")
        again = await hotline.post(path, data=hidden | {"number": "SL-8"})
        assert 409 == again.status_code
        assert "SL-7" in again.text
        done = f"/areas/{COUNTY}/dispatches?standing=acknowledged&text=SL-7"
        assert typed["title"] in await shows(clerk, done)
        assert await shows(clerk, f"/matters/{lead_id}", "转给 " + agency.name, "SL-7")


async def test_nobody_else_sees_what_an_agency_handed_over(portal: Portal, agency: Agency) -> None:
    typed = matter()
    async with browser(portal, agency.login) as hotline:
        one = urlparse(await brought(hotline, typed)).path
        await shows(hotline, one, typed["title"])
    other = await registered(portal)
    for login, codes in ((other.login, {404}), ("member", {403}), ("health", {403})):
        async with browser(portal, login) as somebody:
            for path in (one, f"{one}/complete"):
                answer = await somebody.get(path)
                assert answer.status_code in codes, (login, path)
                assert typed["title"] not in answer.text
            theirs = await somebody.get(f"/areas/{COUNTY}/handovers")
            assert 403 == theirs.status_code
    async with browser(portal, other.login) as somebody:
        assert "还没有转来过事项" in (await somebody.get("/agency/handovers")).text
        assert "还没有转给本机构的事项" in (await somebody.get("/agency/dispatches")).text
    async with browser(portal, "elsewhere") as elsewhere:
        assert 403 == (await elsewhere.get(one)).status_code


@pytest.mark.browser
@pytest.mark.slow
async def test_the_pages_of_agencies_bar_nobody(
    chromium: Browser, portal: Portal, agency: Agency
) -> None:
    async with browser(portal, agency.login) as hotline:
        one = urlparse(await brought(hotline, matter())).path
        await shows(hotline, one, "已立为线索")
        page = await shows(hotline, "/agency/dispatches", "转办事项")
        given = [Page("/dispatches/{dispatch_id}", "/dispatches/" + part.split('"')[0])
                 for part in page.split('href="/dispatches/')[1:2]]  # fmt: skip
        own = [Page(path, path) for path in ("/agency/handovers", NEW, "/agency/dispatches")]
        seen = [Page("/handovers/{handover_id}", one), *given]
        token = await form_of(hotline, NEW)
        await hotline.post("/tour", data=token | {"go": "skip"})
        defects = await all_defects(chromium, hotline, [*own, *seen], set())
    assert "" == "\n".join(defects)
