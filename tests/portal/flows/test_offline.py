"""A village without a network: drafts are kept in the phone and sent once, whatever happens."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.portal import pictures
from tests.portal.conftest import BROWSERS, VILLAGE, Portal
from tests.portal.hand import PATIENCE_MS, PHONE, Hand
from tests.portal.roads import Road

pytestmark = [pytest.mark.servers, pytest.mark.browser]

TITLE = "三组的桥栏杆断了"


@asynccontextmanager
async def on_the_phone(
    chromium: Browser, portal: Portal, road: Road, kept: str = ""
) -> AsyncIterator[Hand]:
    """A phone that reaches the portal by this road; the frame of the pages is in it."""
    context = await chromium.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        storage_state=kept or None,
    )
    hand = Hand(await context.new_page(), replace(portal, url=f"http://127.0.0.1:{road.port}"))
    hand.page.set_default_timeout(PATIENCE_MS)
    await hand.go(f"/raise?area={VILLAGE}")
    await hand.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await hand.page.reload()
    yield hand
    await context.close()


async def drafted(page: Page, photo: Path | None = None, title: str = TITLE) -> None:
    """A draft, written where there is no network."""
    await page.fill("#title", title)
    await page.check("[name='personal'][value='no']")
    if photo:
        await page.set_input_files("#draft-photos", photo)
    await page.click("button.big")
    await expect(page.locator("#drafts .card")).to_have_count(1)


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """A photo of the bridge."""
    file = tmp_path / "桥.jpg"
    file.write_bytes(pictures.photo(900, 700))
    return file


async def test_a_draft_with_a_photo_waits_in_the_phone_and_is_sent_once(
    chromium: Browser, portal: Portal, road: Road, bridge: Path
) -> None:
    async with on_the_phone(chromium, portal, road) as hand:
        await road.cut()
        await hand.go("/raise")
        await expect(hand.page.locator("#area option")).to_have_count(1)
        await drafted(hand.page, bridge)
        await expect(hand.page.locator("#drafts")).to_contain_text("等待网络")
        await expect(hand.page.locator("#drafts")).to_contain_text("照片 1 张")
        await road.open()
        await hand.page.click("#send")
        receipt = hand.page.locator("#drafts .card a.button:not(.plain)")
        await expect(receipt).to_have_text(re.compile(r"\d{12}"))
        await hand.page.click("#send")
        await expect(hand.page.locator("#drafts .card")).to_have_count(1)
        await receipt.click()
        await expect(hand.page.locator("h1")).to_have_text(TITLE, timeout=PATIENCE_MS)
        await expect(hand.page.locator(".files img")).to_have_count(1, timeout=PATIENCE_MS)


async def test_a_form_that_was_sent_into_nowhere_becomes_a_draft(
    chromium: Browser, portal: Portal, road: Road, bridge: Path
) -> None:
    async with on_the_phone(chromium, portal, road) as hand:
        await hand.page.fill("#title", TITLE)
        await hand.page.check("[name='personal'][value='no']")
        await hand.page.set_input_files("#raise-photos", bridge)
        await road.cut()
        await hand.page.click("button.big")
        await expect(hand.page.locator("#drafts .card h2")).to_have_text(TITLE)
        await expect(hand.page.locator("#drafts")).to_contain_text("照片 1 张")
        await road.open()
        await hand.page.reload()
        await expect(hand.page.locator("#drafts")).to_contain_text("已提交")


async def test_two_tabs_send_a_draft_as_one_matter(
    chromium: Browser, portal: Portal, road: Road
) -> None:
    async with on_the_phone(chromium, portal, road) as hand:
        await road.cut()
        await hand.go("/raise")
        await drafted(hand.page)
        other = await hand.page.context.new_page()
        await road.open()
        await asyncio.gather(hand.page.reload(), other.goto(hand.portal.url + "/drafts"))
        receipts = set()
        for page in (hand.page, other):
            await expect(page.locator("#drafts")).to_contain_text("已提交")
            receipts.add(await page.locator("#drafts .card a.button:not(.plain)").inner_text())
    assert 1 == len(receipts)


async def test_what_the_server_refuses_stays_with_the_reason_and_can_be_mended(
    chromium: Browser, portal: Portal, road: Road
) -> None:
    async with on_the_phone(chromium, portal, road) as hand:
        await hand.go("/drafts/new")
        await hand.page.eval_on_selector("#title", "one => one.removeAttribute('minlength')")
        await drafted(hand.page, title="桥")
        await expect(hand.page.locator("#drafts")).to_contain_text("没有提交成")
        await expect(hand.page.locator("#drafts .what")).to_contain_text("没有填对")
        await hand.page.click("#drafts .edit")
        await expect(hand.page.locator("#title")).to_have_value("桥")
        await drafted(hand.page, title=TITLE)
        await expect(hand.page.locator("#drafts")).to_contain_text("已提交")


async def test_drafts_are_exported_and_deleted(
    chromium: Browser, portal: Portal, road: Road, tmp_path: Path, bridge: Path
) -> None:
    async with on_the_phone(chromium, portal, road) as hand:
        await road.cut()
        await hand.go("/drafts/new")
        await drafted(hand.page, bridge)
        async with hand.page.expect_download() as coming:
            await hand.page.click("#export")
        file = tmp_path / "drafts.json"
        await (await coming.value).save_as(file)
        assert TITLE in file.read_text("utf-8")
        assert "data:image/jpeg" in file.read_text("utf-8")
        hand.page.on("dialog", lambda one: one.accept())
        await hand.page.click("#drafts .drop")
        await expect(hand.page.locator("#none")).to_be_visible()
        await road.open()


async def test_drafts_outlive_the_browser(
    chromium: Browser, portal: Portal, road: Road, tmp_path: Path
) -> None:
    path = chromium.browser_type
    installed = next(filter(None, map(shutil.which, BROWSERS)), "")
    executable = {"executable_path": installed} if installed else {}
    options = {"args": ["--no-sandbox", "--disable-gpu"], **executable}
    base = f"http://127.0.0.1:{road.port}"
    context = await path.launch_persistent_context(tmp_path / "phone", **options)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(f"{base}/raise?area={VILLAGE}")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await road.cut()
    await page.goto(f"{base}/drafts/new")
    await drafted(page)
    await context.close()
    context = await path.launch_persistent_context(tmp_path / "phone", **options)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(f"{base}/drafts")
    await expect(page.locator("#drafts")).to_contain_text("等待网络")
    await road.open()
    await page.reload()
    await expect(page.locator("#drafts")).to_contain_text("已提交", timeout=PATIENCE_MS)
    await context.close()


async def test_nothing_private_is_kept_in_the_phone(
    chromium: Browser, portal: Portal, road: Road
) -> None:
    async with on_the_phone(chromium, portal, road) as hand:
        await hand.log_in("clerk")
        for path in ("/matters", "/awaiting", "/inbox"):
            await hand.go(path)
        names = await hand.page.evaluate(
            "caches.keys().then(async all => (await Promise.all(all.map(async one =>"
            " (await (await caches.open(one)).keys()).map(r => new URL(r.url).pathname)))).flat())"
        )
        await road.cut()
        await hand.go("/matters")
        await expect(hand.page.locator("h1")).to_have_text("手机里的草稿")
        assert "文小川" not in await hand.page.content()
        await road.open()
    assert {"/drafts", "/drafts/new"} <= set(names)
    rest = set(names) - {"/drafts", "/drafts/new", "/manifest.webmanifest"}
    assert all(one.startswith("/static/") for one in rest)
