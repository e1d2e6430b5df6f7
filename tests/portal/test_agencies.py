"""Agencies in the portal: registered, asking, approved, given a key, paused, put out for good."""

import re

import httpx
import pytest
from nats.aio.client import Client
from nats.errors import Error

from tests.portal.agencies import Agency, act, asked, browser, key_of, registered, send
from tests.portal.conftest import Portal
from tests.portal.test_file_pages import soon

pytestmark = pytest.mark.servers

STANDING = "没有取走"


@pytest.fixture(scope="module")
async def agency(portal: Portal) -> Agency:
    return await registered(portal)


async def comes_in(portal: Portal, subscription: str, key: str) -> bool:
    """Whether NATS lets it in, and lets it see its own consumer."""
    user = f"s{subscription.replace('-', '')}"
    client = Client()
    try:
        await client.connect(
            portal.servers.login("portal").url, user=user, password=key,
            inbox_prefix=f"_INBOX_{user}", allow_reconnect=False,
        )  # fmt: skip
        await client.request(f"$JS.API.CONSUMER.INFO.PUBLIC.{user}", b"", timeout=30)
    except Error:
        return False
    finally:
        await client.close()
    return True


async def shows(client: httpx.AsyncClient, path: str, text: str) -> str:
    """A page, once it shows this."""
    return (await soon(lambda: client.get(path), lambda one: text in one.text)).text


async def test_from_asking_to_being_put_out(portal: Portal, agency: Agency) -> None:
    subscription = await asked(portal, agency)
    path = f"/subscriptions/{subscription}"
    async with browser(portal, "operator") as operator:
        assert agency.name in await shows(operator, "/agencies", "1 个待批准")
        assert "不予订阅" in await shows(operator, path, "待批准")
    await act(portal, "operator", "ApproveSubscription", subscription)
    async with browser(portal, agency.login) as lin:
        assert "签发密钥" in await shows(lin, path, "已开通")
    key = await key_of(portal, agency, subscription)
    async with browser(portal, agency.login) as lin:
        page = await shows(lin, path, STANDING)
        assert key not in page
    assert await comes_in(portal, subscription, key)
    assert not await comes_in(portal, subscription, "wrong")
    await act(portal, agency.login, "PauseSubscription", subscription, reason="检修")
    assert not await comes_in(portal, subscription, key)
    await act(portal, agency.login, "ResumeSubscription", subscription)
    assert await comes_in(portal, subscription, key)
    await act(portal, "operator", "RevokeSubscription", subscription, reason="外泄")
    assert not await comes_in(portal, subscription, key)
    async with browser(portal, agency.login) as lin:
        assert "外泄" in await shows(lin, path, "已撤销")


async def test_a_key_that_was_sent_twice_is_the_same_and_stands_nowhere(
    portal: Portal, agency: Agency
) -> None:
    subscription = await asked(portal, agency)
    await act(portal, "operator", "ApproveSubscription", subscription)
    path = f"/subscriptions/{subscription}/key"
    async with browser(portal, agency.login) as lin:
        page = await shows(lin, path, "command_id")
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        keys = [
            re.findall(r'class="token">([^<]+)<', (await lin.post(path, data=hidden)).text)
            for _ in range(2)
        ]
        assert keys[0] == keys[1]
        assert 1 == len(keys[0])
        assert keys[0][0] not in (await lin.get(path)).text
    await act(portal, "operator", "RevokeSubscription", subscription, reason="演示结束")


async def test_what_is_declined_says_why(portal: Portal, agency: Agency) -> None:
    subscription = await asked(portal, agency)
    await act(portal, "operator", "DeclineSubscription", subscription, reason="请写明具体用途")
    async with browser(portal, agency.login) as lin:
        assert "不予订阅" in await shows(lin, f"/subscriptions/{subscription}", "请写明具体用途")


async def test_people_of_another_agency_see_nothing_of_it(portal: Portal, agency: Agency) -> None:
    subscription = await asked(portal, agency)
    other = await registered(portal)
    paths = (
        f"/agencies/{agency.agency_id}",
        f"/agencies/{agency.agency_id}/do/AskSubscription",
        f"/subscriptions/{subscription}",
        f"/subscriptions/{subscription}/key",
        f"/subscriptions/{subscription}/do/RevokeSubscription",
        "/agencies",
        "/agencies/new",
    )
    for login in (other.login, "clerk", "cppcc"):
        async with browser(portal, login) as somebody:
            for path in paths:
                answer = await somebody.get(path)
                assert 403 == answer.status_code, (login, path)
                assert agency.name not in answer.text
    await act(portal, agency.login, "RevokeSubscription", subscription, reason="不再需要")


async def test_no_more_is_asked_for_than_there_are_places(portal: Portal) -> None:
    agency = await registered(portal)
    for _ in range(2):
        await asked(portal, agency)
    told: dict[str, str | list[str]] = {
        "areas": ["511623000000"], "channel": "nats", "purpose": "再要一个"
    }  # fmt: skip
    async with browser(portal, agency.login) as lin:
        path = f"/agencies/{agency.agency_id}/do/AskSubscription"
        answer = await send(lin, path, told)
        assert 409 == answer.status_code
        assert "订阅数已达上限" in answer.text
        assert "再要一个" in answer.text


async def test_areas_are_picked_anywhere_and_nothing_that_was_typed_is_lost(
    portal: Portal, agency: Agency
) -> None:
    path = f"/agencies/{agency.agency_id}/do/AskSubscription"
    async with browser(portal, agency.login) as lin:
        first = (await lin.get(path)).text
        assert "邻水县" in first
        typed: dict[str, str | list[str]] = {
            "areas": ["511623000000"], "channel": "nats", "purpose": "跨县比较",
            "look": "510000000000",
        }  # fmt: skip
        above = await send(lin, path, typed)
        assert 200 == above.status_code
        assert ["511623000000"] == re.findall(r'value="(\d+)" checked', above.text)
        assert "四川省 广安市 邻水县" in above.text
        assert "跨县比较" in above.text
        more = await send(lin, path, typed | {"look": "510500000000"})
        assert 'name="areas" value="510521000000"' in more.text
        away = {"areas": ["511623000000", "510521000000", "510000000000"]}
        asked_for = {key: one for key, one in typed.items() if key != "look"} | away
        answer = await send(lin, path, asked_for)
        assert 303 == answer.status_code, answer.text
        page = await shows(lin, "/agency", "跨县比较")
        assert "泸县" in page
        assert "四川省" in page


async def test_a_seat_is_picked_within_the_area_of_the_operator(portal: Portal) -> None:
    async with browser(portal, "operator") as operator:
        page = await operator.get("/agencies/new")
        assert 'type="radio" name="area" value="511623000000"' in page.text
        below = await send(operator, "/agencies/new", {"look": "511623100000", "name": "某中心"})
        assert 'type="radio" name="area" value="511623100013"' in below.text
        assert 'value="某中心"' in below.text
        away = await send(operator, "/agencies/new", {"look": "510521000000"})
        assert "510521000000" not in away.text


async def test_who_asks_more_often_than_its_quota_waits(portal: Portal) -> None:
    agency = await registered(portal, per_minute=2)
    subscription = await asked(portal, agency)
    await act(portal, "operator", "ApproveSubscription", subscription)
    headers = {"Authorization": f"Bearer {await key_of(portal, agency, subscription)}"}
    doors = ("/events?limit=1", "/open", "/open/topics?limit=1", "/handovers", "/dispatches")
    async with portal.client() as program:

        async def ask(door: str, **more: str) -> httpx.Response:
            return await program.get(f"/api/v1{door}", headers=headers | more)

        await soon(lambda: ask("/handovers"), lambda one: one.status_code in (200, 429))
        for door in doors:
            chinese = await soon(lambda d=door: ask(d), lambda one: one.status_code == 429)  # type: ignore[misc]
            assert chinese.headers["content-type"].startswith("application/problem+json")
            assert "zh-CN" == chinese.headers["content-language"]
        english = await soon(
            lambda: ask("/events", **{"Accept-Language": "en"}), lambda one: one.status_code == 429
        )
        told = english.json()
        assert ("rate-limited", 2) == (told["code"], told["limit"])
        assert "more than 2 times in a minute" in told["detail"]
        assert 0 < int(english.headers["retry-after"]) <= 60
        assert 200 == (await program.get("/api/v1/events?limit=1")).status_code
    async with browser(portal, agency.login) as lin:
        page = (await lin.get("/agency")).text
        assert "超出部分已被拒绝" in page
    await act(portal, "operator", "RevokeSubscription", subscription, reason="演示结束")
