"""Pages over HTTP: who may see what, forms that lose nothing, and answers that explain a no."""

import re
from collections.abc import AsyncIterator
from html import unescape
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from services.portal.edge.people.newcomers import account_of
from tests.portal.conftest import COUNTY, PASSWORD, VILLAGE, Portal
from tests.portal.settling import settled

pytestmark = pytest.mark.servers

TITLE = "北辰社区停车难"
WORDS = "晚上回来没处停车,我家住三楼"


def csrf_of(page: httpx.Response) -> str:
    """The token that the page's forms send back."""
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found
    return found[1]


async def log_in(client: httpx.AsyncClient, login: str, **more: str) -> httpx.Response:
    """Fill in the login form."""
    page = await client.get("/login")
    form = {"csrf": csrf_of(page), "login": login, "password": PASSWORD, "next": "/", "carry": ""}
    return await client.post("/login", data=form | more)


@pytest.fixture
async def visitor(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        yield client


@pytest.fixture
async def clerk(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        await log_in(client, "clerk")
        yield client


async def raised(client: httpx.AsyncClient, **more: str) -> httpx.Response:
    """Fill in the form by which everybody may raise a matter."""
    page = await client.get(f"/raise?area={VILLAGE}")
    form = {"csrf": csrf_of(page), "area": VILLAGE, "title": TITLE, "words": WORDS}
    form |= {"personal": "no", "name": "何女士", "phone": "13800000000", "command_id": str(uuid4())}
    return await client.post("/raise", data=form | more)


async def lead_of(visitor: httpx.AsyncClient, portal: Portal) -> UUID:
    """A new lead, shown to everybody who may see it."""
    answer = await raised(visitor)
    assert 303 == answer.status_code
    shown = await visitor.get(answer.headers["location"])
    assert 200 == shown.status_code
    await settled(portal.servers)
    return UUID(answer.headers["location"].partition("/r/")[2].partition("/")[0])


@pytest.mark.parametrize(
    "path", ["/matters", "/awaiting", "/inbox", "/accounts", f"/areas/{COUNTY}"]
)
async def test_pages_ask_who_one_is_and_come_back_to_where_one_was_going(
    visitor: httpx.AsyncClient, path: str
) -> None:
    answer = await visitor.get(path)
    assert 303 == answer.status_code
    assert f"/login?next={path}" == answer.headers["location"]

    answer = await log_in(visitor, "operator", next=path)
    assert path == answer.headers["location"]
    assert 200 == (await visitor.get(path)).status_code


async def test_nobody_is_sent_to_another_site_after_logging_in(visitor: httpx.AsyncClient) -> None:
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        answer = await log_in(visitor, "clerk", next=elsewhere)
        assert "/" == answer.headers["location"]
        visitor.cookies.clear()


async def test_a_wrong_password_is_told_in_a_sentence(visitor: httpx.AsyncClient) -> None:
    answer = await log_in(visitor, "somebody", password="wrong-horse-8")
    assert 409 == answer.status_code
    assert "登录名或密码不对" in answer.text
    assert "tongxin_session" not in visitor.cookies


async def test_a_session_cookie_is_not_for_scripts_nor_for_other_sites(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await log_in(visitor, "clerk")
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if "tongxin_session" in c]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_pages_allow_no_script_and_no_request_elsewhere(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/login")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", answer.text)


async def test_a_form_of_another_site_does_nothing(clerk: httpx.AsyncClient) -> None:
    answer = await clerk.post("/logout", data={"csrf": "guessed"})
    assert 403 == answer.status_code
    assert 200 == (await clerk.get("/matters")).status_code


async def test_an_expired_session_loses_nothing_of_what_was_typed(
    portal: Portal, clerk: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    lead_id = await lead_of(visitor, portal)
    to = f"/matters/{lead_id}/do/topics/TransferAppeal"
    page = await clerk.get(f"/matters/{lead_id}")
    clerk.cookies.delete("tongxin_session")
    form = {"csrf": csrf_of(page), "fixed": f'{{"lead_id": "{lead_id}"}}', "to_unit": "县公安局"}
    expired = await clerk.post(to, data=form | {"reason": "“只涉及一户”"})

    assert 401 == expired.status_code
    assert "登录已过期" in expired.text
    carry = re.search(r'name="carry" value="([^"]+)"', expired.text)
    assert carry
    back = await log_in(clerk, "clerk", carry=unescape(carry[1]))
    assert "“只涉及一户”" in back.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', back.text))
    again = await clerk.post(to, data={name: unescape(v) for name, v in hidden.items()})
    assert 303 == again.status_code
    shown = await clerk.get(again.headers["location"])
    assert "“只涉及一户”" in shown.text


async def test_who_raises_a_matter_gets_a_receipt_and_can_look_it_up(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await raised(visitor)
    page = await visitor.get(answer.headers["location"])
    receipt = re.search(r'class="receipt">(\d{12})<', page.text)
    assert receipt

    found = await visitor.get("/receipt", params={"number": receipt[1]})
    assert found.headers["location"].partition("/leads/")[2] in answer.headers["location"]
    nothing = await visitor.get("/receipt", params={"number": "000000000000"})
    assert "没有找到这个回执号" in nothing.text


async def test_raising_the_same_form_twice_raises_one_matter(visitor: httpx.AsyncClient) -> None:
    lead_id = str(uuid4())
    first = await raised(visitor, command_id=lead_id)
    second = await raised(visitor, command_id=lead_id)
    assert first.headers["location"] == second.headers["location"]


async def test_private_words_are_read_by_confidants_only_and_stand_nowhere_in_clear(
    portal: Portal, clerk: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    lead_id = await lead_of(visitor, portal)
    assert WORDS not in (await visitor.get(f"/leads/{lead_id}")).text
    assert WORDS in (await clerk.get(f"/matters/{lead_id}")).text
    async with portal.client() as member:
        await log_in(member, "member")
        seen = (await member.get(f"/matters/{lead_id}")).text
    assert "已加密" in seen
    assert WORDS not in seen

    admin = await asyncpg.connect(portal.servers.admin_dsn)
    try:
        said = await admin.fetchval(
            "SELECT string_agg(data::text, '') FROM topics.events WHERE stream = $1", lead_id
        )
        heard = await admin.fetchval(
            "SELECT string_agg(data::text, '') FROM portal__story.facts WHERE stream = $1", lead_id
        )
    finally:
        await admin.close()
    for text in (said, heard):
        assert TITLE in text
        for private in (WORDS, "何女士", "13800000000"):
            assert private not in text


async def test_a_refusal_brings_the_form_back_with_what_was_typed(
    portal: Portal, clerk: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    lead_id = await lead_of(visitor, portal)
    page = await clerk.get(f"/matters/{lead_id}")
    form = {"csrf": csrf_of(page), "fixed": f'{{"lead_id": "{lead_id}"}}'}
    answer = await clerk.post(
        f"/matters/{lead_id}/do/topics/ScreenOutLead",
        data=form | {"category": "for-oneself-or-kin", "reason": "我写了很久的理由"},
    )
    assert 409 == answer.status_code
    assert "这是个人诉求" in answer.text
    assert "您填写的内容都在页面上" in answer.text
    assert "我写了很久的理由" in answer.text


async def test_what_was_left_out_is_named_by_its_title(
    portal: Portal, clerk: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    lead_id = await lead_of(visitor, portal)
    page = await clerk.get(f"/matters/{lead_id}")
    answer = await clerk.post(
        f"/matters/{lead_id}/do/topics/TransferAppeal",
        data={"csrf": csrf_of(page), "fixed": f'{{"lead_id": "{lead_id}"}}', "reason": "个人"},
    )
    assert 422 == answer.status_code
    assert "转交单位：必须填写。" in answer.text


async def test_nobody_sees_another_county(portal: Portal, visitor: httpx.AsyncClient) -> None:
    lead_id = await lead_of(visitor, portal)
    async with portal.client() as elsewhere:
        await log_in(elsewhere, "elsewhere")
        for path in (f"/areas/{COUNTY}", f"/matters?area={COUNTY}", f"/matters/{lead_id}"):
            answer = await elsewhere.get(path)
            assert 403 == answer.status_code, path
            assert TITLE not in answer.text
        home = await elsewhere.get("/areas/510521000000")
        assert 200 == home.status_code
        assert 403 == (await elsewhere.get("/areas/510000000000")).status_code


async def test_a_board_counts_what_was_raised_and_leads_to_it(
    portal: Portal, visitor: httpx.AsyncClient
) -> None:
    await lead_of(visitor, portal)
    async with portal.client() as leader:
        await log_in(leader, "leader")
        board = await leader.get(f"/areas/{COUNTY}")
        assert "鼎屏镇" in board.text
        link = re.search(
            r'href="(/matters\?area=511623100000&amp;type=LeadSubmitted[^"]+)"', board.text
        )
        assert link
        behind = await leader.get(unescape(link[1]))
    assert TITLE in behind.text


@pytest.mark.parametrize(
    "path", ["/nowhere", "/areas/999999999999", f"/matters/{uuid4()}", "/matters/x"]
)
async def test_what_is_not_there_is_said_in_a_sentence(clerk: httpx.AsyncClient, path: str) -> None:
    answer = await clerk.get(path)
    assert 404 == answer.status_code
    assert "没有" in answer.text


async def test_operators_let_people_in_and_out_again(
    portal: Portal, visitor: httpx.AsyncClient
) -> None:
    login = f"new-{uuid4().hex[:8]}"
    async with portal.client() as operator:
        await log_in(operator, "operator")
        page = await operator.get("/accounts")
        form = {"csrf": csrf_of(page), "login": login, "name": "新来的", "area": COUNTY}
        weak = await operator.post("/accounts", data=form | {"password": "weak"})
        assert "密码太简单" in weak.text
        opened = await operator.post("/accounts", data=form | {"password": PASSWORD})
        page = await operator.get(opened.headers["location"])
        assert login in page.text
        granting = {"csrf": csrf_of(page), "role": "member", "within": COUNTY, "unit": ""}
        granted = await operator.post(f"/accounts/{account_of(login)}/grant", data=granting)
        assert 303 == granted.status_code
        await operator.get(granted.headers["location"])

        await log_in(visitor, login)
        assert 200 == (await visitor.get("/matters")).status_code
        page = await operator.get(f"/accounts?who={login}")
        (appointment,) = re.findall(
            rf'/accounts/{account_of(login)}/revoke.*?appointment_id" value="([^"]+)"',
            page.text, re.DOTALL,
        )[:1]  # fmt: skip
        revoking = {"csrf": csrf_of(page), "appointment_id": appointment}
        revoked = await operator.post(f"/accounts/{account_of(login)}/revoke", data=revoking)
        await operator.get(revoked.headers["location"])
    out = await visitor.get("/matters")
    assert 403 == out.status_code
    assert "还没有任职" in out.text


async def test_only_operators_open_accounts(clerk: httpx.AsyncClient) -> None:
    assert 403 == (await clerk.get("/accounts")).status_code
