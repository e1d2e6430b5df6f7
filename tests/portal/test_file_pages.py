"""Files that come with a form: what is kept, who sees it, and that nothing typed is lost."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from html import unescape
from random import Random
from uuid import uuid4

import httpx
import pytest

from services.portal.edge.filling import BODY_MAX, FORM_MAX
from tests.portal import pictures
from tests.portal.conftest import PASSWORD, VILLAGE, Portal

pytestmark = pytest.mark.servers

TYPED = {"title": "李家院子路灯不亮", "words": "晚上看不见路", "personal": "no", "area": VILLAGE}


PATIENCE_S, PAUSE_S = 60.0, 0.1
SEEN = Random(8)


async def soon(
    ask: Callable[[], Awaitable[httpx.Response]], looks_so: Callable[[httpx.Response], object]
) -> httpx.Response:
    """The answer, once it looks so: views follow the facts in their own time."""
    async with asyncio.timeout(PATIENCE_S):
        while not looks_so(answer := await ask()):  # noqa: ASYNC110 (the portal is elsewhere)
            await asyncio.sleep(PAUSE_S)
    return answer


def visitor(portal: Portal) -> httpx.AsyncClient:
    """Somebody at an address of their own: nobody waits because others raised much."""
    client = portal.client()
    client.headers["x-forwarded-for"] = ".".join(str(SEEN.randint(1, 250)) for _ in range(4))
    return client


async def form(client: httpx.AsyncClient, **typed: str) -> dict[str, str]:
    """What the browser sends along with what is typed."""
    page = (await client.get(f"/raise?area={VILLAGE}")).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {**hidden, **TYPED, **typed}


def photos(*contents: bytes) -> list[tuple[str, tuple[str, bytes, str]]]:
    """The files of a form."""
    return [("photos", (f"照片{n}.jpg", one, "image/jpeg")) for n, one in enumerate(contents)]


async def log_in(client: httpx.AsyncClient, login: str) -> None:
    """Come in."""
    page = (await client.get("/login")).text
    (csrf,) = set(re.findall(r'name="csrf" value="([^"]+)"', page))
    await client.post("/login", data={"login": login, "password": PASSWORD, "csrf": csrf})


async def brought(portal: Portal, content: bytes) -> tuple[str, str]:
    """The id of a new matter, and the address of the photo that came with it."""
    async with visitor(portal) as client:
        sent = await form(client)
        answer = await client.post("/raise", data=sent, files=photos(content))
        assert 303 == answer.status_code, answer.text
        lead_id = sent["command_id"]
    async with visitor(portal) as client:
        await log_in(client, "clerk")
        page = await soon(lambda: client.get(f"/matters/{lead_id}"), lambda r: "/files/" in r.text)
        return lead_id, re.findall(r'href="(/files/[\w-]+)"', page.text)[0]


async def test_who_handles_a_matter_sees_its_photo_without_where_it_was_taken(
    portal: Portal,
) -> None:
    _, path = await brought(portal, pictures.photo())
    async with visitor(portal) as client:
        await log_in(client, "clerk")
        whole, small = await client.get(path), await client.get(f"{path}?small=1")

    assert (200, "image/jpeg") == (whole.status_code, whole.headers["content-type"])
    assert b"Exif" not in whole.content
    assert len(small.content) < len(whole.content)
    assert "nosniff" == whole.headers["x-content-type-options"]
    assert "no-store" == whole.headers["cache-control"]
    assert whole.headers["content-disposition"].startswith("inline")
    assert "sandbox" in whole.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("login", "status"),
    [("", 404), ("elsewhere", 403), ("member", 403), ("leader", 403), ("convenor", 200)],
)
async def test_nobody_else_sees_it(portal: Portal, login: str, status: int) -> None:
    _, path = await brought(portal, pictures.photo(320, 240))
    async with visitor(portal) as client:
        if login:
            await log_in(client, login)
        answer = await client.get(path)
        page = await client.get(f"{path}?small=1")

    assert (status, status) == (answer.status_code, page.status_code)


async def test_a_photo_that_was_taken_away_is_gone(portal: Portal) -> None:
    _, path = await brought(portal, pictures.photo(300, 200))
    async with visitor(portal) as client:
        await log_in(client, "clerk")
        page = (await client.get("/matters")).text
        (csrf,) = set(re.findall(r'name="csrf" value="([^"]+)"', page))
        answer = await client.post(f"{path}/remove", data={"csrf": csrf, "reason": "照片里有人脸"})
        assert 303 == answer.status_code, answer.text
        gone = await soon(lambda: client.get(path), lambda r: r.status_code == 404)

    assert 404 == gone.status_code


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空文件"),
        (pictures.SVG, "不是能保存的文件"),
        (pictures.photo()[:300], "打不开"),
        (pictures.bomb(9000, 9000), "像素"),
        (b"\xff\xd8\xff" + bytes(11 * 1024 * 1024), "太大"),
    ],
)
async def test_a_file_that_cannot_be_kept_costs_nothing_that_was_typed(
    portal: Portal, content: bytes, told: str
) -> None:
    async with visitor(portal) as client:
        sent = await form(client)
        answer = await client.post("/raise", data=sent, files=photos(pictures.photo(), content))
        assert 422 == answer.status_code
        assert told in answer.text
        assert TYPED["title"] in answer.text
        assert TYPED["words"] in answer.text
        assert "照片0.jpg" in answer.text
        again = await client.post("/raise", data=sent)
        assert 303 == again.status_code


async def test_more_than_a_form_may_bring_is_told_and_what_was_typed_is_kept(
    portal: Portal,
) -> None:
    async with visitor(portal) as client:
        sent = await form(client)
        many = await client.post("/raise", data=sent, files=photos(*[pictures.PDF] * 9))
        whole = pictures.photo() + bytes(FORM_MAX // 2)
        huge = await client.post("/raise", data=sent, files=photos(whole, whole))

    for answer in (many, huge):
        assert 422 == answer.status_code
        assert TYPED["words"] in answer.text
    assert "最多保存 8 个文件" in many.text
    assert "“照片0.jpg”太大" in huge.text


async def test_a_large_file_does_not_cost_the_small_one_after_it(portal: Portal) -> None:
    async with visitor(portal) as client:
        sent = await form(client)
        video = bytes(FORM_MAX + 1)
        answer = await client.post("/raise", data=sent, files=photos(video, pictures.photo()))

    assert 422 == answer.status_code
    assert "“照片0.jpg”太大" in answer.text
    assert 1 == answer.text.count("照片1.jpg")


@pytest.mark.parametrize("brought", [[], photos(pictures.PDF)], ids=["words", "words and a file"])
async def test_words_that_are_too_long_are_given_back(
    portal: Portal, brought: list[tuple[str, tuple[str, bytes, str]]]
) -> None:
    words = "很长的话," * (BODY_MAX // 10)
    async with visitor(portal) as client:
        sent = await form(client, words=words)
        answer = await client.post("/raise", data=sent, files=brought or None)

    assert 422 == answer.status_code
    assert "太长" in answer.text
    assert words in answer.text
    assert TYPED["title"] in answer.text


async def test_a_photo_outlives_a_browser_that_forgot_who_it_is(portal: Portal) -> None:
    async with visitor(portal) as client:
        sent = await form(client)
        client.cookies.clear()
        bad = ("photos", ("坏的.jpg", b"", "image/jpeg"))
        stale = await client.post("/raise", data=sent, files=[*photos(pictures.photo()), bad])
        assert 403 == stale.status_code
        assert "<li>照片0.jpg</li>" in stale.text
        assert "没有存下：坏的.jpg" in stale.text
        again = await client.post("/raise", data=inputs_of(stale.text))
        assert 303 == again.status_code
        twice = await client.post("/raise", data=inputs_of(stale.text))
        assert again.headers["location"].partition("?")[0] in twice.headers["location"]
        receipt = again.headers["location"]
        shown = await soon(lambda: client.get(receipt), lambda r: "/files/" in r.text)

    assert 1 == len(set(re.findall(r'href="(/files/[\w-]+)', shown.text)))


def inputs_of(page: str) -> dict[str, list[str]]:
    """All that a page keeps of a form, to be sent once more."""
    came: dict[str, list[str]] = {}
    kept = page.partition('action="/raise"')[2].partition("</form>")[0]
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', kept):
        came.setdefault(name, []).append(unescape(value))
    return came


async def test_a_form_without_files_still_takes_what_is_no_form_for_a_mistake(
    portal: Portal,
) -> None:
    async with visitor(portal) as client:
        kind = {"content-type": "multipart/form-data; boundary=x"}
        broken = await client.post("/raise", content=b"--x\r\nrub: x\r\n\r\nbish", headers=kind)
        no_boundary = await client.post(
            "/raise", content=b"x", headers={"content-type": "multipart/form-data"}
        )
        elsewhere = await client.post("/login", files=photos(b"x"), data={})

    assert [422, 422, 422] == [r.status_code for r in (broken, no_boundary, elsewhere)]


async def test_nobody_adds_a_photo_to_the_matter_of_another(portal: Portal) -> None:
    lead_id, path = await brought(portal, pictures.photo(200, 200))
    async with visitor(portal) as client:
        sent = await form(client, command_id=lead_id)
        await client.post("/raise", data=sent, files=photos(pictures.photo(222, 200)))
    async with visitor(portal) as client:
        await log_in(client, "clerk")
        page = (await client.get(f"/matters/{lead_id}")).text

    assert {path} == set(re.findall(r'href="(/files/[\w-]+)"', page))


async def test_nobody_picks_up_what_another_laid_by(portal: Portal) -> None:
    async with visitor(portal) as other:
        theirs = await form(other, title="")
        refused = await other.post("/raise", data=theirs, files=photos(pictures.photo(210, 200)))
        assert 422 == refused.status_code
    async with visitor(portal) as client:
        sent = await form(client, laid_by=theirs["command_id"])
        receipt = await client.post("/raise", data=sent, files=photos(pictures.photo(211, 200)))
        assert 303 == receipt.status_code, receipt.text
        at = receipt.headers["location"]
        shown = await soon(lambda: client.get(at), lambda r: "/files/" in r.text)

    assert 1 == len(set(re.findall(r'href="(/files/[\w-]+)', shown.text)))


async def test_an_unknown_file_is_no_page(portal: Portal) -> None:
    async with visitor(portal) as client:
        answers = [await client.get(f"/files/{one}") for one in (uuid4(), "x", "0" * 40)]

    assert {404} == {one.status_code for one in answers}
