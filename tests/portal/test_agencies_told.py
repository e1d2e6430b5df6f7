"""People are told what becomes of agencies' subscriptions, and of what agencies are handed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4, uuid5

import pytest
from playwright.async_api import Browser
from pydantic_core import to_json

from services.exchange.domain.dispatch.events import DispatchOffered, DispatchReminded
from services.exchange.domain.subscription.events import MessagesGivenUp, RetentionNeared
from shared.kernel.envelope import Fact
from shared.kernel.message import Event
from shared.runtime import clock
from shared.runtime.store import Append, Store
from tests.portal.agencies import Agency, act, asked, browser, key_of, registered
from tests.portal.conftest import COUNTY, VILLAGE, Portal
from tests.portal.everywhere import Page
from tests.portal.seeing import all_defects
from tests.portal.test_file_pages import soon
from tests.runtime.flows import running

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
async def agency(portal: Portal) -> Agency:
    return await registered(portal)


@pytest.fixture
async def log(portal: Portal) -> AsyncIterator[Store]:
    store = await Store.open(portal.servers.service_dsn("exchange"), "exchange")
    try:
        async with running(store.run()):
            yield store
    finally:
        await store.close()


async def say(log: Store, stream: UUID, category: str, area: str, *events: Event) -> None:
    """What else would take days to happen."""
    expected, cause = len(await log.read(stream)), uuid4()
    facts = [
        Fact(uuid5(cause, str(n)), type(event).__name__, event.version, to_json(event))
        for n, event in enumerate(events)
    ]
    new = Append(
        stream=stream, category=category, area=area, charter="511623@1", actor="exchange:x/system",
        expected=expected, causation=cause, correlation=cause, at=clock.now(), facts=facts,
    )  # fmt: skip
    await log.append(new)


async def finds(portal: Portal, login: str, *told: str) -> str:
    """The inbox, once all of this stands in it."""
    async with browser(portal, login) as reader:

        def looks_so(page: object) -> bool:
            return all(one in unescape(page.text) for one in told)  # type: ignore[attr-defined]

        page = await soon(lambda: reader.get("/inbox"), looks_so)
        assert all(one in unescape(page.text) for one in told)
        return unescape(page.text)


async def test_both_sides_hear_of_every_step_of_a_subscription(
    portal: Portal, agency: Agency
) -> None:
    wanted = await asked(portal, agency)
    for login in ("operator", "watch"):
        page = await finds(portal, login, f"{agency.name}申请订阅公开事实")
        assert f'href="/subscriptions/{wanted}"' in page
    await act(portal, "operator", "ApproveSubscription", wanted)
    await finds(portal, agency.login, "订阅申请已批准")
    await key_of(portal, agency, wanted)
    await finds(portal, agency.login, "签发了新的接入凭据")
    await act(portal, "operator", "RevokeSubscription", wanted, reason="密钥外泄")
    await finds(portal, agency.login, "订阅已撤销", "密钥外泄")
    other = await asked(portal, agency)
    await act(portal, "operator", "DeclineSubscription", other, reason="请写明用途")
    page = await finds(portal, agency.login, "未获批准", "请写明用途")
    assert "申请订阅公开事实" not in page


async def test_who_may_lose_something_is_told_in_time(
    portal: Portal, agency: Agency, log: Store
) -> None:
    one = UUID(await asked(portal, agency))
    await act(portal, "operator", "ApproveSubscription", str(one))
    whose = {"subscription_id": one, "agency_id": agency.agency_id, "agency": agency.name}
    now = clock.now()
    nears = RetentionNeared(**whose, waiting=4711, oldest_at=now, lost_at=now + timedelta(days=9))
    lost = MessagesGivenUp(**whose, given_up=4712, given_up_at=now)
    await say(log, one, "subscription", COUNTY, nears, lost)
    for login in ("operator", agency.login):
        await finds(portal, login, f"{agency.name}有 4711 条公开事实尚未取走")
    await finds(portal, agency.login, "有 4712 条公开事实多次推送未被接收")
    await act(portal, agency.login, "RevokeSubscription", str(one), reason="演示结束")


async def test_a_matter_that_nobody_confirms_is_told_to_both_sides(
    portal: Portal, agency: Agency, log: Store
) -> None:
    dispatch_id, lead_id, now, title = uuid4(), uuid4(), clock.now(), f"户籍登记{uuid4().hex[:8]}"
    whose = {
        "dispatch_id": dispatch_id, "agency_id": agency.agency_id, "agency": agency.name,
        "title": title, "happened_at": now, "due": now + timedelta(days=3),
    }  # fmt: skip
    offered = DispatchOffered(**whose, lead_id=lead_id, place="", reason="只涉及一户")
    late = DispatchReminded(**whose, nth=1)
    await say(log, dispatch_id, "dispatch", VILLAGE, offered, late)
    await finds(portal, agency.login, "前签收", "已催签 1 次", title)
    page = await finds(portal, "cppcc", f"转给{agency.name}的事项逾期未签收", title)
    assert f'href="/dispatches/{dispatch_id}"' in page


async def test_no_page_of_theirs_bars_anybody(
    portal: Portal, agency: Agency, chromium: Browser
) -> None:
    one, seen = await asked(portal, agency), set[str]()
    ask = f"/agencies/{agency.agency_id}/do/AskSubscription"
    for login, paths in (
        (agency.login, ("/agency", ask, "/inbox", f"/subscriptions/{one}")),
        ("operator", ("/agencies", "/agencies/new", "/inbox")),
    ):
        async with browser(portal, login) as reader:
            pages = [Page(path, path) for path in paths]
            assert [] == await all_defects(chromium, reader, pages, seen)
    await act(portal, agency.login, "RevokeSubscription", one, reason="演示结束")
