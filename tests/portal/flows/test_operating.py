"""Operators at a browser: what runs, what waits, and what they order of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import asyncpg
import pytest
from playwright.async_api import Browser, expect

from tests.platform import Platform
from tests.portal.conftest import Portal
from tests.portal.hand import PATIENCE_MS, Hand, at_browser
from tests.portal.test_browser import proposed
from tests.portal.test_pages import log_in

pytestmark = [pytest.mark.servers, pytest.mark.browser]

SIZES = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = ("", "/lag", "/letters", "/chain", "/capacity")
SOON_S = 0.2


@asynccontextmanager
async def parked(portal: Portal) -> AsyncIterator[UUID]:
    """A fact of a new topic waits in the dead letters of the board, as if it had been poison.

    It is the fact as it stands in the log, so that it can be taken after all.
    """
    topic, _ = await proposed(portal, f"死信里的议题 {uuid4().hex[:6]}")
    admin = await asyncpg.connect(portal.servers.admin_dsn)
    try:
        await _taken(admin, UUID(topic))
        await admin.execute(
            "INSERT INTO portal.dead_letters"
            " (name, source, position, stream, type, error, envelope, at)"
            " SELECT 'board', 'topics', position, stream, type, 'on *: a made-up reason',"
            "  json_build_object('source', 'topics', 'position', position, 'stream', stream,"
            "  'category', category, 'revision', revision, 'id', id, 'type', type, 'version',"
            "  version, 'area', area, 'charter', charter, 'actor', actor, 'at', at, 'correlation',"
            "  correlation, 'data', data), now() FROM topics.events WHERE stream = $1",
            UUID(topic),
        )
        yield UUID(topic)
    finally:
        await admin.execute("DELETE FROM portal.dead_letters WHERE stream = $1", UUID(topic))
        await admin.close()


async def _taken(admin: asyncpg.Connection, stream: UUID) -> None:
    """Wait until the board has seen the fact: what it has not seen, it could not have parked."""
    for _ in range(PATIENCE_MS // 200):
        if await admin.fetchval(
            "SELECT c.position >= e.position FROM topics.events e, portal__board.checkpoint c"
            " WHERE e.stream = $1 AND c.source = 'topics'",
            stream,
        ):
            return
        await asyncio.sleep(SOON_S)
    raise AssertionError("the board has not seen the new topic")


async def ordered(hand: Hand, outcome: str) -> str:
    """Confirm what is on the page, and wait for what comes of it; its line in the record."""
    await hand.page.get_by_role("button", name="确认，登记并执行").click()
    line = hand.page.locator("table.log tbody tr").first
    await expect(line).to_contain_text(outcome, timeout=PATIENCE_MS)
    return await line.inner_text()


@SIZES
async def test_an_operator_sees_every_replica_and_who_leads(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    async with at_browser(chromium, portal, "watch", phone=phone) as hand:
        for page in PAGES:
            await hand.go(f"/operate{page}")
            assert 0 == await hand.page.evaluate(OVER), page
        await hand.go("/operate")
        topics = hand.page.locator("section[aria-labelledby=service-topics]")
        await expect(topics.locator("tbody tr:not(.gone)")).to_have_count(2, timeout=PATIENCE_MS)
        await expect(topics.get_by_text("主", exact=True)).to_have_count(1, timeout=PATIENCE_MS)
        await expect(topics.locator("h2")).to_contain_text("正常")


async def test_a_dead_letter_is_looked_at_retried_and_gone(
    chromium: Browser, portal: Portal
) -> None:
    async with parked(portal) as stream, at_browser(chromium, portal, "watch") as hand:
        await hand.go("/operate/letters")
        letter = hand.page.locator("tbody tr", has_text="a made-up reason")
        await expect(letter.first).to_be_visible(timeout=PATIENCE_MS)
        await letter.first.get_by_role("link", name="TopicProposed").click()
        await expect(hand.page.locator(".envelope")).to_contain_text(str(stream))
        await hand.page.get_by_role("link", name="重新处理这条事项流").click()
        await expect(hand.page.locator("main")).to_contain_text("board")
        line = await ordered(hand, "处理了 1 条")
        assert "方守正" in line
        assert str(stream) in line
        await expect(hand.page.locator("tbody tr", has_text="a made-up reason")).to_have_count(
            0, timeout=PATIENCE_MS
        )


async def test_a_letter_that_postgresql_cannot_read_is_listed(portal: Portal) -> None:
    async with parked(portal) as stream, portal.client() as client:
        admin = await asyncpg.connect(portal.servers.admin_dsn)
        await admin.execute(
            "UPDATE portal.dead_letters"
            " SET envelope = replace(envelope::text, '\"type\"', $2)::json WHERE stream = $1",
            stream,
            r'"nul" : "\u0000", "type"',
        )
        await admin.close()
        await log_in(client, "watch")
        for _ in range(PATIENCE_MS // 1000):  # What is known of a service may be seconds old.
            page = await client.get("/operate/letters")
            assert 200 == page.status_code
            if f"stream={stream}" in page.text:
                return
            await asyncio.sleep(1)
    raise AssertionError("the letter is not listed")


async def test_who_thinks_better_of_it_orders_nothing(chromium: Browser, portal: Portal) -> None:
    async with parked(portal), at_browser(chromium, portal, "watch") as hand:
        await hand.go("/operate/letters")
        await hand.page.get_by_role("link", name="重新处理门户的全部死信").click(
            timeout=PATIENCE_MS
        )
        await hand.page.get_by_role("link", name="不做了").click()
        await expect(hand.page.locator("tbody tr", has_text="a made-up reason")).to_have_count(1)


async def test_a_view_is_rebuilt_while_the_operator_watches(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "watch") as hand:
        await hand.go("/operate/lag")
        await hand.page.get_by_role("link", name="重建 venues").click(timeout=PATIENCE_MS)
        await expect(hand.page.locator("main")).to_contain_text("期间原视图照常可读")
        line = await ordered(hand, "完成")
        assert "已替换" in line


async def test_a_range_of_the_chain_is_verified(chromium: Browser, portal: Portal) -> None:
    await proposed(portal, "存证链里的议题")
    async with at_browser(chromium, portal, "watch") as hand:
        await hand.go("/operate/chain")
        form = hand.page.locator("section[aria-labelledby=chain-topics]")
        await form.get_by_label("到第").fill("1", timeout=PATIENCE_MS)
        await form.get_by_role("button").click()
        line = await ordered(hand, "完好")
        assert "链值" in line


async def test_everything_is_ordered_without_a_script(chromium: Browser, portal: Portal) -> None:
    context = await chromium.new_context(java_script_enabled=False, base_url=portal.url)
    page = await context.new_page()
    hand = Hand(page, portal)
    await hand.log_in("watch")
    await hand.go("/operate/do/verify?service=notify")
    await page.get_by_role("button", name="确认，登记并执行").click()
    for _ in range(PATIENCE_MS // 200):
        if "完好" in await page.locator("table.log tbody tr").first.inner_text():
            break
        await asyncio.sleep(SOON_S)
        await hand.go("/operate/chain")
    assert "完好" in await page.locator("table.log tbody tr").first.inner_text()
    await context.close()


async def test_a_killed_service_is_seen_to_be_gone_and_back(
    chromium: Browser, portal: Portal, platform: Platform
) -> None:
    async with at_browser(chromium, portal, "watch") as hand:
        await hand.go("/operate")
        section = hand.page.locator("section[aria-labelledby=service-meetings]")
        row = section.locator("tbody tr:not(.gone)")
        await expect(row).to_have_count(1, timeout=PATIENCE_MS)
        before = await row.locator("th").inner_text()
        platform.kill("meetings")
        gone = section.locator("tr.gone", has_text=before)
        await expect(gone).to_be_visible(timeout=PATIENCE_MS)
        await expect(row).to_have_count(1, timeout=PATIENCE_MS)
        await expect(section.locator("h2")).to_contain_text("正常", timeout=PATIENCE_MS)
        assert before != await row.locator("th").inner_text()
        await hand.go("/operate/lag")
        await expect(hand.page.locator("h1")).to_contain_text("运行维护")


@pytest.mark.parametrize("login", ["operator", "clerk", "leader"])
async def test_the_pages_of_operators_are_for_those_of_the_whole_deployment(
    portal: Portal, login: str
) -> None:
    async with portal.client() as client:
        await log_in(client, login)
        for page in (*(f"/operate{one}" for one in PAGES), "/operate/do/verify?service=topics"):
            assert 403 == (await client.get(page)).status_code
        assert 204 == (await client.get("/live?operate=all")).status_code


async def test_an_operator_reads_english(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "watch") as hand:
        await hand.go("/prefs")
        await hand.page.locator("[name=language][value=en]").check()
        await hand.page.locator("main form button").first.click()
        await hand.go("/operate")
        await expect(hand.page.locator("h1")).to_contain_text("Operations")
        await expect(hand.page.get_by_text("Services and replicas")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/operate/do/verify?service=nowhere", 404),
        ("/operate/do/erase?service=topics", 404),
        ("/operate/do/verify?service=topics&first=x", 422),
        ("/operate/do/verify?service=topics&first=9&last=2", 422),
        ("/operate/letters/nowhere", 404),
        ("/operate/letters/topics?name=x&source=y&position=zz", 200),
        ("/operate/letters?page=99999&service=%F0%A0%AE%B7", 200),
    ],
)
async def test_an_operator_who_mistypes_is_told_so(portal: Portal, path: str, status: int) -> None:
    async with portal.client() as client:
        await log_in(client, "watch")
        assert status == (await client.get(path)).status_code
