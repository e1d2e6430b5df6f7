"""At the table: the record, the wall, a broken connection; and the minutes afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from services.portal.pages.texts import read
from tests.portal.conftest import PASSWORD, Portal
from tests.portal.hand import PATIENCE_MS, PHONE, Hand, at_browser
from tests.portal.met import MASSES, UNIT, held, opened

pytestmark = [pytest.mark.servers, pytest.mark.browser]

TEXTS = read()

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TABLET = {"width": 820, "height": 1180}
NEXT_MONTH = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"


async def write(page: Page, entry: str, **filling: str) -> None:
    """Fill in one small form of the record and send it."""
    form = page.locator(f"form.entry[data-entry={entry}]")
    for name, value in filling.items():
        await form.locator(f"[name={name}]").fill(value)
    await form.get_by_role("button").click()


@pytest.mark.parametrize("phone", [False, True])
async def test_a_meeting_is_recorded_without_leaving_the_page(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    met = await opened(portal, "记下来的会")
    async with at_browser(chromium, portal, "clerk", phone=phone) as hand:
        page = hand.page
        await hand.go(f"{met.at}/run")
        await page.evaluate("window.stays = true")
        await page.get_by_role("button", name="进入议程“通报调研”").click()
        await expect(page.locator(".agenda .timer")).to_be_visible(timeout=PATIENCE_MS)
        await write(page, "RecordStatement", speaker=MASSES, text="晚上看不见路。")
        await write(page, "RecordConsensus", text="一个月内修好", unit=UNIT)
        await expect(page.locator("#record")).to_contain_text("一个月内修好", timeout=PATIENCE_MS)
        await expect(page.locator("#dissent-no")).to_have_value("2")
        await write(page, "RecordDissent", text="谁出电费")
        await write(page, "MakeCommitment", unit=UNIT, promise="十日内查线", due=NEXT_MONTH)
        for words in ("晚上看不见路。", "谁出电费", "十日内查线"):
            await expect(page.locator("#record")).to_contain_text(words, timeout=PATIENCE_MS)
        await expect(page.locator("#statement-text")).to_have_value("")
        assert await page.evaluate("window.stays")
        assert 0 == await page.evaluate(OVER)


async def test_a_meeting_is_recorded_without_a_script(chromium: Browser, portal: Portal) -> None:
    met = await opened(portal, "没有脚本的会")
    context = await chromium.new_context(
        java_script_enabled=False, base_url=portal.url, viewport=TABLET  # type: ignore[arg-type]
    )  # fmt: skip
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "clerk")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.goto(f"{met.at}/run")
    await write(page, "RecordConsensus", text="一个月内修好", unit=UNIT)
    await expect(page.locator("#record")).to_contain_text("一个月内修好")
    await write(page, "MakeCommitment", unit="没有到会的局", promise="查线", due=NEXT_MONTH)
    await expect(page.locator(".no")).to_contain_text("没有")
    await expect(page.locator("[name=promise]")).to_have_value("查线")
    await context.close()


async def test_nothing_is_lost_when_the_connection_breaks(
    chromium: Browser, portal: Portal
) -> None:
    met = await opened(portal, "断了线的会")
    async with at_browser(chromium, portal, "clerk") as hand:
        page = hand.page
        await hand.go(f"{met.at}/run")
        await page.context.set_offline(True)
        await write(page, "RecordStatement", speaker=MASSES, text="第一句")
        await write(page, "RecordStatement", speaker=MASSES, text="第二句")
        await page.locator("#consensus-text").fill("写了一半的共识")
        await expect(page.locator("#unsent")).to_contain_text("2 条")
        await page.context.set_offline(False)
        for words in ("第一句", "第二句"):
            await expect(page.locator("#record .said")).to_contain_text(words, timeout=PATIENCE_MS)
        await expect(page.locator("#unsent")).to_be_hidden(timeout=PATIENCE_MS)
        await page.reload()
        await expect(page.locator("#consensus-text")).to_have_value("写了一半的共识")
        assert 2 == await page.locator("#record .said li", has_text="句").count()


async def test_an_entry_that_is_refused_can_be_mended(chromium: Browser, portal: Portal) -> None:
    met = await opened(portal, "没到会的单位")
    async with at_browser(chromium, portal, "clerk") as hand:
        page = hand.page
        await hand.go(f"{met.at}/run")
        await write(page, "MakeCommitment", unit="没有到会的局", promise="查线", due=NEXT_MONTH)
        told = page.locator(".turned-down")
        await expect(told).to_contain_text("查线", timeout=PATIENCE_MS)
        await told.get_by_role("button").click()
        await expect(page.locator("#promise-text")).to_have_value("查线")
        await write(page, "MakeCommitment", unit=UNIT)
        await expect(page.locator("#record")).to_contain_text("查线", timeout=PATIENCE_MS)


async def test_a_session_that_ends_in_mid_meeting_loses_nothing(
    chromium: Browser, portal: Portal
) -> None:
    met = await opened(portal, "过期的登录")
    async with at_browser(chromium, portal, "clerk") as hand:
        page = hand.page
        await hand.go(f"{met.at}/run")
        await page.context.clear_cookies()
        await write(page, "RecordStatement", speaker=MASSES, text="登录过期时说的话")
        await expect(page.locator("#unsent")).to_contain_text("登录", timeout=PATIENCE_MS)
        other = Hand(await page.context.new_page(), portal)
        await other.log_in("clerk")
        await expect(page.locator("#record .said")).to_contain_text(
            "登录过期时说的话", timeout=PATIENCE_MS
        )


async def test_the_wall_follows_while_another_browser_records(
    chromium: Browser, portal: Portal
) -> None:
    met = await opened(portal, "大屏上的会")
    async with (
        at_browser(chromium, portal, "convenor") as wall,
        at_browser(chromium, portal, "clerk") as clerk,
    ):
        await wall.go(f"{met.at}/board")
        await clerk.go(f"{met.at}/run")
        await write(clerk.page, "RecordConsensus", text="一个月内修好", unit=UNIT)
        await expect(wall.page.locator("#wall")).to_contain_text(
            "一个月内修好", timeout=PATIENCE_MS
        )
        await write(clerk.page, "MakeCommitment", unit=UNIT, promise="查线", due=NEXT_MONTH)
        await wall.page.keyboard.press("2")
        await expect(wall.page.locator(".promises")).to_contain_text("查线", timeout=PATIENCE_MS)
        await wall.page.keyboard.press("ArrowRight")
        await expect(wall.page.locator("#code")).to_be_visible(timeout=PATIENCE_MS)
        first = await wall.page.locator("#code").get_attribute("src") or ""
        await expect(wall.page.locator("#code")).not_to_have_attribute(
            "src", first, timeout=PATIENCE_MS
        )


async def test_the_wall_reads_itself_again_without_a_script(
    chromium: Browser, portal: Portal
) -> None:
    met = await opened(portal, "没有脚本的大屏")
    await met.do("clerk", "RecordDissent", item_no=1, text="谁出电费")
    context = await chromium.new_context(
        java_script_enabled=False, base_url=portal.url, viewport=PHONE  # type: ignore[arg-type]
    )  # fmt: skip
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "leader")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.goto(f"{met.at}/board")
    await expect(page.locator("#wall")).to_contain_text("谁出电费")
    again = page.locator("meta[http-equiv=refresh]")
    assert 20 == int(await again.get_attribute("content") or 0)
    assert 0 == await page.get_by_text("签到").count()
    assert 0 == await page.evaluate(OVER)
    await context.close()


async def edit(hand: Hand, text: str) -> None:
    """Word the consensus, and send it."""
    form = hand.page.locator("#edit-minutes-consensus form")
    await form.locator("textarea").fill(text)
    await form.get_by_role("button").click()
    await hand.page.wait_for_load_state()


async def test_two_who_word_the_minutes_at_once_lose_nobodys_words(
    chromium: Browser, portal: Portal
) -> None:
    met = await held(portal, "两个人写的纪要")
    async with (
        at_browser(chromium, portal, "convenor") as one,
        at_browser(chromium, portal, "cppcc") as two,
    ):
        for hand in (one, two):
            await hand.go(f"{met.at}/minutes")
            editing = hand.page.locator("#edit-minutes-consensus > summary")
            await expect(editing).to_be_visible(timeout=PATIENCE_MS)
            await editing.click()
        # Once somebody types, what others do no longer changes the page under their hands.
        await two.page.locator("#edit-minutes-consensus textarea").fill("一、政协")
        await edit(one, "一、召集人写的。")
        await edit(two, "一、政协机关写的。")
        form = two.page.locator("#edit-minutes-consensus form")
        await expect(form.locator(".theirs")).to_have_text("一、召集人写的。")
        await expect(form.locator("textarea")).to_have_value("一、政协机关写的。")
        await edit(two, "一、召集人写的。\n二、政协机关写的。")
        part = two.page.locator("#minutes-consensus")
        await expect(part.locator(".part-head")).to_contain_text("第 2 稿")
        await part.get_by_text("历次修改").click()
        await expect(part.locator(".versions li")).to_have_count(3)
        await expect(part.locator(".differs")).to_be_visible()


async def test_a_part_of_the_minutes_is_emptied_and_worded_again(
    chromium: Browser, portal: Portal
) -> None:
    met = await held(portal, "有一部分不写的纪要")
    async with at_browser(chromium, portal, "convenor") as hand:
        await hand.go(f"{met.at}/minutes")
        part = hand.page.locator("#minutes-consensus")
        for n, text in ((1, ""), (2, "一、再写上。")):
            editing = hand.page.locator("#edit-minutes-consensus > summary")
            await expect(editing).to_be_visible(timeout=PATIENCE_MS)
            await editing.click()
            await edit(hand, text)
            await expect(part.locator(".part-head")).to_contain_text(f"第 {n} 稿")
            words = part.locator("> .words")
            await expect(words).to_have_text(text or TEXTS.minutes.empty_part)


async def test_minutes_drafted_from_the_facts_are_issued_under_a_number(
    chromium: Browser, portal: Portal
) -> None:
    met = await held(portal, "印发的纪要")
    async with at_browser(chromium, portal, "cppcc") as hand:
        page = hand.page
        await hand.go(f"{met.at}/minutes")
        await expect(page.locator("#minutes-consensus")).to_contain_text(
            f"一、一个月内修好路灯（责任单位：{UNIT}）。"
        )
        await expect(page.locator("#minutes-attendance")).to_contain_text("共 10 人到会。")
        issue = page.locator("#issue")
        await expect(issue).to_be_visible(timeout=PATIENCE_MS)
        await issue.locator("#number").fill("邻协商纪〔2026〕8号")
        await issue.get_by_role("button").click()
        await expect(page.locator(".received")).to_contain_text(
            "邻协商纪〔2026〕8号", timeout=PATIENCE_MS
        )
        await expect(page.locator(".edit")).to_have_count(0)


async def test_who_has_no_office_there_sees_no_meeting(chromium: Browser, portal: Portal) -> None:
    met = await opened(portal, "别县的会")
    async with at_browser(chromium, portal, "elsewhere") as hand:
        for part in ("", "/door", "/run", "/board", "/minutes", "/code.svg"):
            answer = await hand.page.goto(portal.url + met.at + part)
            assert answer
            assert 403 == answer.status
    async with at_browser(chromium, portal) as visitor:
        await visitor.go(f"{met.at}/run")
        await expect(visitor.page.locator("#login")).to_be_visible()
