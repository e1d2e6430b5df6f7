"""What programs rely on: cursors that stay, keys that are good once, a limit, two languages."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.portal.domain.account.commands import MakeToken, RevokeToken
from services.portal.domain.account.decide import TOKENS_MAX
from services.portal.domain.account.events import TokenMade, TokenRevoked
from services.portal.edge.api.cursors import AROUND, Cursor, Part
from services.portal.edge.api.meter import Meter, TooOften, Use
from services.portal.pages.languages import language_of
from shared.kernel.errors import Invalid, Refused
from tests.portal.apis import at_api, told
from tests.portal.conftest import VILLAGE, Portal
from tests.portal.flows.staging import to_be_public
from tests.portal.test_account import CONVENOR, GRANTED, LIN, OPENED, account
from tests.spec import NOW, by

ROWS = [{"id": n, "title": f"第{n}件"} for n in range(1000)]
TODAY = NOW.date()
TOKEN = UUID("0190aaaa-0000-7000-8000-0000000000ff")
MINE = by(str(LIN))


def walk(rows: list[dict[str, Any]], cursor: Cursor | None, limit: int = 50) -> Any:
    """The next part of a list, as the list is now."""
    part = Part(limit, "list", cursor, known_by=("id",))
    window = part.window
    return part.of(rows[window["skipped"] : window["skipped"] + window["most"]])


def test_parts_of_a_list_make_the_whole_list() -> None:
    seen, cursor = [], None
    for _ in range(len(ROWS)):
        rows, cursor = walk(ROWS, cursor)
        seen += rows
        if cursor is None:
            break
    assert ROWS == seen


def test_what_comes_in_front_is_neither_told_twice_nor_passes_over_anything() -> None:
    first, cursor = walk(ROWS, None)
    newer = [{"id": -n, "title": "新"} for n in range(1, AROUND)]
    second, _ = walk([*newer, *ROWS], cursor)
    assert ROWS[:100] == [*first, *second]


def test_what_vanished_in_front_passes_over_nothing() -> None:
    _, cursor = walk(ROWS, None)
    second, _ = walk(ROWS[20:], cursor)
    assert ROWS[50:100] == second


def test_a_place_that_is_gone_is_said_to_be_lost() -> None:
    _, cursor = walk(ROWS, None)
    with pytest.raises(Refused, match="cursor-lost"):
        walk(ROWS[50:], cursor)


@pytest.mark.parametrize("text", ["", "x", "WzEsMl0", "é", "A" * 10_000])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="wrong-cursor"):
        Cursor.read(text, "list")


def test_a_cursor_is_good_for_its_own_list_alone() -> None:
    _, cursor = walk(ROWS, None)
    assert cursor == Cursor.read(str(cursor), "list")
    with pytest.raises(Invalid, match="wrong-cursor"):
        Cursor.read(str(cursor), "another")


def test_a_token_that_asks_too_often_waits_for_the_next_minute() -> None:
    meter, now = Meter(most=2), datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
    assert [1, 0] == [meter.count("a", now).left for _ in range(2)]
    with pytest.raises(TooOften) as no:
        meter.count("a", now)
    assert 50 == no.value.left.seconds
    assert 1 == meter.count("b", now).left
    assert 1 == meter.count("a", now + timedelta(minutes=1)).left
    assert Use(now=1, most=3) == meter.use("a", now + timedelta(minutes=1))
    assert Use(now=0, most=1) == meter.use("a", now + timedelta(minutes=60))
    assert Use(now=0, most=0) == meter.use("nobody", now)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "zh-CN"), ("en", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("de, en-GB;q=0.5", "en"),
        ("en;q=0.1, zh;q=0.7", "zh-CN"), ("en;q=0", "zh-CN"), (";;;q=x,,", "zh-CN"),
    ],
)  # fmt: skip
def test_the_language_is_the_one_that_is_preferred(header: str, expected: str) -> None:
    assert expected == language_of(header)


def token(n: int = 0, until: date = TODAY) -> MakeToken:
    """A token of Lin's."""
    return MakeToken(
        account_id=LIN, token_id=UUID(int=TOKEN.int + n), appointment_id=CONVENOR, name="sealed",
        scope="read", until=until,
    )  # fmt: skip


MADE = TokenMade(**token().model_dump())
REVOKED = TokenRevoked(account_id=LIN, token_id=TOKEN)
END = RevokeToken(account_id=LIN, token_id=TOKEN)
held = account.given(OPENED, GRANTED)


def test_a_token_is_made_once_by_its_owner() -> None:
    held.when(token(), MINE).then(MADE)
    account.given(OPENED, GRANTED, MADE).when(token(), MINE).then_nothing()
    held.when(token(), by("wang")).then_refused("not-your-account")


def test_a_token_is_for_an_appointment_that_is_held() -> None:
    account.given(OPENED).when(token(), MINE).then_refused("no-such-appointment")


@pytest.mark.parametrize("days", [-1, 366])
def test_a_token_ends_within_a_year(days: int) -> None:
    asked = token(until=TODAY + timedelta(days=days))
    held.when(asked, MINE).then_refused("token-term", days_max=366)


def test_nobody_has_more_tokens_than_they_can_look_after() -> None:
    many = [TokenMade(**token(n).model_dump()) for n in range(TOKENS_MAX)]
    full = account.given(OPENED, GRANTED, *many)
    full.when(token(TOKENS_MAX), MINE).then_refused("too-many-tokens", limit=TOKENS_MAX)


def test_a_token_is_revoked_by_its_owner_or_an_operator_and_never_comes_back() -> None:
    made = account.given(OPENED, GRANTED, MADE)
    made.when(END, MINE).then(REVOKED)
    made.when(END, by("ops", "operator")).then(REVOKED)
    made.when(END, by("wang")).then_refused("not-your-account")
    over = account.given(OPENED, GRANTED, MADE, REVOKED)
    over.when(END, MINE).then_nothing()
    over.when(token(), MINE).then_refused("taken", key=TOKEN)


@pytest.mark.servers
async def test_a_key_is_good_for_one_request_of_one_account(portal: Portal) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    topic = {"topic_id": str(uuid4()), "area": VILLAGE, "title": "修塘", "origin": "member"}
    path = "/api/v1/topics/ProposeTopic"
    async with at_api(portal, "member") as member, at_api(portal, "convenor") as other:
        first = await member.post(path, json=topic, headers=key)
        assert first.json() == (await member.post(path, json=topic, headers=key)).json()
        changed = await member.post(path, json=topic | {"title": "修路"}, headers=key)
        assert (422, "key-reused") == told(changed)
        assert (422, "key-reused") == told(await other.post(path, json=topic, headers=key))


@pytest.mark.servers
async def test_a_no_is_told_in_the_language_that_is_asked_for(portal: Portal) -> None:
    async with portal.client() as client:
        english = await client.get("/api/v1/me", headers={"Accept-Language": "en"})
        chinese = await client.get("/api/v1/me")
    assert ("en", "Not logged in") == (
        english.headers["content-language"], english.json()["title"]
    )  # fmt: skip
    assert "没有登录" == chinese.json()["title"]
    assert 'Bearer realm="tongxin"' == chinese.headers["www-authenticate"]


@pytest.mark.servers
async def test_only_what_is_asked_for_is_told(portal: Portal) -> None:
    async with at_api(portal, "member") as client:
        answer = await client.get("/api/v1/me?fields=scope")
        wrong = await client.get("/api/v1/me?fields=scope,colour")
        past = await client.get("/api/v1/me?as_of=2026-01-01")
        limit = await client.get("/api/v1/matters?limit=9999")
    assert {"scope": "ask"} == answer.json()["data"]
    assert {"ratelimit", "ratelimit-policy"} <= set(answer.headers.keys())
    assert (422, "unknown-field") == told(wrong)
    assert (422, "no-past-of-it") == told(past)
    assert (422, "wrong-limit") == told(limit)


@pytest.mark.servers
async def test_a_token_that_makes_tokens_is_not_to_be_had(portal: Portal) -> None:
    async with at_api(portal, "member") as client:
        answer = await client.post("/api/v1/portal/MakeToken", json={})
    assert (403, "by-page-only") == told(answer)


@pytest.mark.servers
async def test_what_is_long_comes_packed_and_live_pages_do_not(portal: Portal) -> None:
    async with portal.client() as client:
        document = await client.get("/api/v1/openapi.json")
        bare = await client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "identity"})
        topic_id = await to_be_public(portal, "有人在看的议题")
        async with client.stream("GET", f"/live?matter={topic_id}") as live:
            first = await anext(live.aiter_text())
    assert ("gzip", None) == (
        document.headers["content-encoding"], bare.headers.get("content-encoding")
    )  # fmt: skip
    assert document.json() == bare.json()
    assert "content-encoding" not in live.headers
    assert first.startswith("retry:")
