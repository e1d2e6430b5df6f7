"""The API: the same commands in JSON, and problem details where the answer is no."""

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.portal.conftest import PASSWORD, VILLAGE, Portal

pytestmark = pytest.mark.servers

ASK = "/api/v1/topics/ProposeTopic"


@pytest.fixture
async def member(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        answer = await client.post(
            "/api/v1/sessions", json={"login": "member", "password": PASSWORD}
        )
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        yield client


def topic(**more: object) -> dict[str, object]:
    """A topic to propose."""
    return {
        "topic_id": str(uuid4()), "area": VILLAGE, "title": "增设路灯", "origin": "member", **more,
    }  # fmt: skip


def told(answer: httpx.Response) -> tuple[int, str]:
    """The status and code of a problem."""
    assert "application/problem+json" == answer.headers["content-type"]
    assert answer.status_code == answer.json()["status"]
    return answer.status_code, answer.json()["code"]


async def test_a_command_is_answered_with_its_position(member: httpx.AsyncClient) -> None:
    data = topic()
    answer = await member.post(ASK, json=data)
    assert 200 == answer.status_code
    assert data["topic_id"] == answer.json()["stream"]
    assert answer.json()["position"] > 0


async def test_the_same_key_asks_once(member: httpx.AsyncClient) -> None:
    data, key = topic(), {"Idempotency-Key": str(uuid4())}
    first = await member.post(ASK, json=data, headers=key)
    assert first.json() == (await member.post(ASK, json=data, headers=key)).json()


async def test_a_revision_that_moved_on_is_stale(member: httpx.AsyncClient) -> None:
    data = topic()
    await member.post(ASK, json=data)
    withdraw = {"topic_id": data["topic_id"], "reason": "不提了"}
    path = "/api/v1/topics/WithdrawTopic"
    stale = await member.post(path, json=withdraw, headers={"If-Match": '"7"'})
    assert (409, "stale") == told(stale)
    assert 200 == (await member.post(path, json=withdraw, headers={"If-Match": '"1"'})).status_code


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        (ASK, b"{", (422, "malformed")),
        (ASK, b"[]", (422, "malformed")),
        (ASK, b"{}", (422, "invalid")),
        (ASK, b'"' + b"x" * 300_000 + b'"', (422, "too-large")),
        ("/api/v1/topics/Nothing", b"{}", (404, "unknown-command")),
        ("/api/v1/nowhere/ProposeTopic", b"{}", (404, "unknown-command")),
    ],
)
async def test_a_bad_request_gets_a_precise_problem(
    member: httpx.AsyncClient, path: str, body: bytes, expected: tuple[int, str]
) -> None:
    assert expected == told(await member.post(path, content=body))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"area": "510000000000"}, (422, "wrong-level")),
        ({"area": "511623999999"}, (422, "unknown-area")),
        ({"area": "510521000000"}, (403, "wrong-place")),
    ],
)
async def test_a_wrong_place_gets_a_precise_problem(
    member: httpx.AsyncClient, change: dict[str, object], expected: tuple[int, str]
) -> None:
    assert expected == told(await member.post(ASK, json=topic(**change)))


async def test_a_role_that_may_not_is_told_so(member: httpx.AsyncClient) -> None:
    review = {"topic_id": str(uuid4()), "body": "cppcc-party-group", "agrees": True}
    await member.post(ASK, json=topic(topic_id=review["topic_id"]))
    answer = await member.post("/api/v1/topics/ReviewTopic", json=review)
    assert (403, "wrong-role") == told(answer)


@pytest.mark.parametrize("authorization", ["", "Bearer nonsense", "Basic bGluOng="])
async def test_without_a_session_nothing_is_asked(portal: Portal, authorization: str) -> None:
    async with portal.client() as client:
        headers = {"Authorization": authorization} if authorization else {}
        answer = await client.post(ASK, json=topic(), headers=headers)
        assert (401, "unknown-session") == told(answer)


async def test_a_cookie_is_no_token(portal: Portal, member: httpx.AsyncClient) -> None:
    token = member.headers["Authorization"].partition(" ")[2]
    async with portal.client() as client:
        client.cookies.set("tongxin_session", token)
        assert (401, "unknown-session") == told(await client.post(ASK, json=topic()))


async def test_private_words_are_sealed_on_their_way_through_the_api(
    member: httpx.AsyncClient, portal: Portal
) -> None:
    lead = {
        "lead_id": str(uuid4()), "area": VILLAGE, "title": "路灯", "origin": "member",
        "words": "我家门口那盏",
    }  # fmt: skip
    answer = await member.post("/api/v1/topics/SubmitLead", json=lead)
    assert 200 == answer.status_code
    admin = await asyncpg.connect(portal.servers.admin_dsn)
    try:
        said = await admin.fetchval(
            "SELECT data::text FROM topics.events WHERE position = $1", answer.json()["position"]
        )
    finally:
        await admin.close()
    assert "sealed:1:" in said
    assert "我家门口那盏" not in said


async def test_the_catalogue_names_every_command_with_its_schema(member: httpx.AsyncClient) -> None:
    commands = (await member.get("/api/v1")).json()["commands"]
    named = {(one["service"], one["name"]): one for one in commands}
    assert "提出议题" == named["topics", "ProposeTopic"]["label"]
    assert "properties" in named["outcomes", "CloseOutcome"]["schema"]
    assert ("portal", "GrantAppointment") in named
