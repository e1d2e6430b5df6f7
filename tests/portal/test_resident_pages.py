"""Forms of residents over HTTP: whatever is typed, nothing breaks and nothing is lost."""

import re
from html import unescape
from uuid import uuid4

import httpx
import pytest

from tests.portal.conftest import VILLAGE, Portal
from tests.portal.test_file_pages import form, soon, visitor

pytestmark = pytest.mark.servers

HOSTILE = (
    "<script>alert(1)</script>", "𠮷㐂 🙂🙂", "\u202eמעקה שבור", "'; DROP TABLE events; --",
    "{{ 7 * 7 }}", "%s %d {title}", "好" * 80, "桥\0断了",
)  # fmt: skip
HUGE = "长" * 20_000


async def link_of(client: httpx.AsyncClient, **typed: str) -> str:
    """The secret link of a new matter, once it is shown."""
    answer = await client.post("/raise", data=await form(client, **typed))
    assert 303 == answer.status_code, answer.text
    link = answer.headers["location"].partition("?")[0]
    await soon(lambda: client.get(link), lambda r: r.status_code == 200)
    return str(link)


def csrf_of(text: str) -> str:
    """The token that the page's forms send back."""
    return re.findall(r'name="csrf" value="([^"]+)"', text)[0]


@pytest.mark.parametrize("title", HOSTILE)
async def test_any_title_is_shown_as_it_was_typed(portal: Portal, title: str) -> None:
    async with visitor(portal) as client:
        page = (await client.get(await link_of(client, title=title, words=title))).text

    assert title.replace("\0", "") in unescape(page)
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""}, {"title": "一"}, {"title": HUGE}, {"where": HUGE, "title": ""},
        {"area": "000000000000"}, {"area": "x"}, {"area": ""}, {"area": "510000000000"},
        {"title": "\0"}, {"command_id": "x", "title": ""}, {"room": "x", "title": ""},
        {"drop": "x", "title": ""}, {"to": "x"}, {"to": "510000000000"}, {"check": "yes"},
    ],
)  # fmt: skip
async def test_a_wrong_form_comes_back_and_never_breaks(
    portal: Portal, typed: dict[str, str]
) -> None:
    async with visitor(portal) as client:
        answer = await client.post("/raise", data=await form(client, **typed))

    assert answer.status_code in (200, 404, 409, 422)
    if answer.status_code in (409, 422):
        assert "晚上看不见路" in answer.text


async def test_a_wrong_link_opens_nothing_and_many_of_them_have_to_wait(portal: Portal) -> None:
    async with visitor(portal) as client:
        link = await link_of(client)
        base, _, key = link.rpartition("/")
        other = (await link_of(client)).rpartition("/")[2]
        wrong = [f"{base}/{one}" for one in ("x", key[:-1], key + "A", other)]
        wrong += [f"/r/{uuid4()}/{key}", "/r/x/y"]
        assert {404} == {(await client.get(one)).status_code for one in wrong}
        for _ in range(20):
            last = await client.get(f"{base}/x")
        assert 409 == last.status_code
        assert "太频繁" in last.text


async def test_nobody_speaks_without_the_link_or_out_of_turn(portal: Portal) -> None:
    async with visitor(portal) as client:
        link = await link_of(client)
        page = await client.get(link)
        sent = {"csrf": csrf_of((await client.get("/raise")).text), "title": "补一张"}
        base = link.rpartition("/")[0]
        assert 404 == (await client.post(f"{base}/x/fix", data=sent)).status_code
        assert 404 == (await client.post(f"{base}/x/rate", data=sent)).status_code
        early = await client.post(f"{link}/fix", data=sent)
        assert 409 == early.status_code
        assert "不能办" in early.text
        for one in ("", "x", str(uuid4())):
            rated = await client.post(
                f"{link}/rate", data={**sent, "assignment_id": one, "solved": "yes"}
            )
            assert 404 == rated.status_code
        assert 403 == (await client.post(f"{link}/fix", data={"title": "无令牌"})).status_code
    assert 200 == page.status_code


async def test_a_draft_is_sent_once_and_a_no_is_told_with_what_to_do(portal: Portal) -> None:
    async with visitor(portal) as client:
        token = (await client.get("/drafts/token")).json()["csrf"]
        draft = {
            "csrf": token, "command_id": str(uuid4()), "area": VILLAGE, "title": "三组的桥断了",
            "personal": "no",
        }  # fmt: skip
        first, second = [await client.post("/drafts/send", data=draft) for _ in range(2)]
        assert (200, 200) == (first.status_code, second.status_code)
        assert first.json()["link"] == second.json()["link"]
        refused = await client.post(
            "/drafts/send", data={**draft, "command_id": str(uuid4()), "title": ""}
        )
        assert 422 == refused.status_code
        assert refused.json()["what"]
        assert refused.json()["next"]
        assert (
            422
            == (await client.post("/drafts/send", data={**draft, "command_id": "x"})).status_code
        )
        strange = await client.post("/drafts/send", data={**draft, "csrf": "x"})
        assert 403 == strange.status_code


async def test_what_the_phone_keeps_knows_nobody(portal: Portal) -> None:
    async with visitor(portal) as client:
        pages = [await client.get(path) for path in ("/drafts", "/drafts/new", "/worker.js")]
        told = (await client.get("/manifest.webmanifest")).json()

    assert {200} == {one.status_code for one in pages}
    assert all("set-cookie" not in one.headers for one in pages)
    assert "text/javascript" in pages[2].headers["content-type"]
    assert "/" == pages[2].headers["service-worker-allowed"]
    assert ("/raise", "standalone") == (told["start_url"], told["display"])


async def test_a_code_that_is_no_rooms_is_no_page(portal: Portal) -> None:
    async with visitor(portal) as client:
        answers = [await client.get(f"/rooms/{one}") for one in ("x", uuid4(), "510000000000")]
        known = await client.get(f"/rooms/{VILLAGE}")

    assert {404} == {one.status_code for one in answers}
    assert f"/raise?area={VILLAGE}&here=1" == known.headers["location"]
