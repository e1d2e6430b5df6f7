"""A resident raises a matter on a phone, follows it, completes it, and says if it is solved."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.portal import pictures
from tests.portal.conftest import COUNTY, VILLAGE, Portal
from tests.portal.hand import PATIENCE_MS, Hand, at_browser
from tests.portal.test_browser import OVER, SMALL

pytestmark = [pytest.mark.servers, pytest.mark.browser]

TITLE = "李家院子路灯不亮"
WORDS = "晚上看不见路,老人摔过两回。"
HOSTILE = "<script>alert(1)</script> 𠮷㐂 🙂 \u202eתיבה"


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    """A photo as a phone takes it."""
    file = tmp_path / "路灯.jpg"
    file.write_bytes(pictures.photo(1200, 900))
    return file


async def fill_in(hand: Hand, title: str = TITLE, words: str = WORDS) -> None:
    """Everything but the photo."""
    await hand.page.fill("#title", title)
    await hand.page.fill("#words", words)
    await hand.page.check("[name='personal'][value='no']")
    await hand.page.fill("#name", "何女士")
    await hand.page.fill("#phone", "000-0000")


async def raised(hand: Hand, photo: Path | None = None, title: str = TITLE) -> str:
    """The secret link of a matter that was raised in the village."""
    await hand.go(f"/raise?area={VILLAGE}")
    await fill_in(hand, title)
    if photo:
        await hand.page.set_input_files("#raise-photos", photo)
    await hand.page.click("button.big")
    await expect(hand.page.locator(".received .receipt")).to_have_text(re.compile(r"\d{12}"))
    return hand.page.url.partition("?")[0].removeprefix(hand.portal.url)


@pytest.mark.parametrize("phone", [True, False])
async def test_a_matter_is_raised_in_three_steps_with_a_photo(
    chromium: Browser, portal: Portal, lamp: Path, *, phone: bool
) -> None:
    async with at_browser(chromium, portal, phone=phone) as hand:
        await hand.go("/raise")
        for code in ("510000000000", "511600000000", COUNTY, VILLAGE[:9] + "000", VILLAGE):
            await hand.page.click(f".picks a[href$='{code}']")
        await expect(hand.page.locator("#raise-photos")).to_be_attached(timeout=PATIENCE_MS)
        assert 0 == await hand.page.evaluate(OVER)
        assert 0 == await hand.page.evaluate(SMALL)
        await fill_in(hand)
        await hand.page.fill("#where", "三组路口第二根电杆")
        await hand.page.set_input_files("#raise-photos", lamp)
        await hand.page.click("button.big")
        await expect(hand.page.locator(".receipt").first).to_have_text(re.compile(r"\d{12}"))
        await expect(hand.page.locator(".slip .qr svg")).to_be_visible()
        photo = hand.page.locator(".files img")
        await expect(photo).to_be_visible(timeout=PATIENCE_MS)
        shown = await photo.evaluate("one => one.decode().then(() => one.naturalWidth)")
        assert 320 == shown
        assert 0 == await hand.page.evaluate(OVER)


async def test_it_is_raised_without_a_script_and_nothing_is_lost_on_another_place(
    chromium: Browser, portal: Portal, lamp: Path
) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    hand = Hand(await context.new_page(), portal)
    await hand.go(f"/raise?area={VILLAGE}")
    await fill_in(hand, title=HOSTILE)
    await hand.page.set_input_files("#raise-photos", lamp)
    await hand.page.get_by_role("button", name="不是这里").click()
    await (
        hand.page.get_by_role("button", name="看看有没有")
        .or_(hand.page.locator("button.pick").nth(1))
        .first.click()
    )
    await expect(hand.page.locator("#title")).to_have_value(HOSTILE)
    await expect(hand.page.locator("#words")).to_have_value(WORDS)
    await expect(hand.page.locator(".brought")).to_contain_text("路灯.jpg")
    await hand.page.click("button.big")
    await expect(hand.page.locator(".receipt").first).to_have_text(re.compile(r"\d{12}"))
    await expect(hand.page.locator("h2.title")).to_have_text(HOSTILE)
    await context.close()


async def test_a_second_click_raises_it_once(chromium: Browser, portal: Portal) -> None:
    sent: list[str] = []
    async with at_browser(chromium, portal, phone=True) as hand:
        await hand.go(f"/raise?area={VILLAGE}")
        hand.page.on("response", lambda one: sent.append(one.headers.get("location", "")))
        await fill_in(hand)
        await hand.page.dblclick("button.big")
        await expect(hand.page.locator(".received .receipt")).to_have_text(re.compile(r"\d{12}"))
    assert 1 == len({one.partition("?")[0] for one in sent if one.startswith("/r/")})


async def test_the_number_alone_shows_how_far_it_is_and_the_link_lets_one_speak(
    chromium: Browser, portal: Portal, lamp: Path
) -> None:
    async with at_browser(chromium, portal, phone=True) as hand:
        link = await raised(hand, lamp)
        number = await hand.page.locator(".received .receipt").inner_text()
        photo = await hand.page.locator(".files a").get_attribute("href", timeout=PATIENCE_MS)
    async with at_browser(chromium, portal) as stranger:
        await stranger.go(f"/receipt?number={number}")
        await expect(stranger.page.locator("h1")).to_have_text(TITLE)
        assert 0 == await stranger.page.locator("main form").count()
        assert WORDS not in await stranger.page.content()
        for guessed in (
            link[:-1] + ("A" if link[-1] != "A" else "B"),
            link.rsplit("/", 1)[0] + "/x",
        ):
            answer = await stranger.page.goto(portal.url + guessed)
            assert answer
            assert 404 == answer.status
        assert photo
        answer = await stranger.page.goto(portal.url + photo.partition("?")[0])
        assert answer
        assert 404 == answer.status


async def test_a_clerk_enters_for_others_one_after_the_other(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "clerk") as hand:
        await hand.go(f"/raise?area={VILLAGE}")
        numbers = set()
        for n in range(3):
            await expect(hand.page.locator("#raise")).to_contain_text("替谁反映")
            await fill_in(hand, title=f"第 {n} 户门口积水")
            await hand.page.click("button.big")
            numbers.add(await hand.page.locator(".received .receipt").inner_text())
            await hand.page.get_by_role("link", name="再录一件").click()
            await expect(hand.page.locator("[name='area']")).to_have_value(VILLAGE)
            await expect(hand.page.locator("#title")).to_have_value("")
    assert 3 == len(numbers)


async def test_what_is_asked_for_is_brought_from_the_phone(
    chromium: Browser, portal: Portal, lamp: Path
) -> None:
    async with at_browser(chromium, portal, "clerk") as clerk:
        async with at_browser(chromium, portal, phone=True) as hand:
            link = await raised(hand)
            await clerk.go(f"/matters/{link.split('/')[2]}")
            await clerk.take("退回补正", {"reason": "请说明是哪一盏灯,并补一张照片"})
            await hand.go(link)
            await expect(hand.page.locator(".asked")).to_contain_text(
                "哪一盏灯", timeout=PATIENCE_MS
            )
            await hand.page.fill("#where", "三组路口往东第二根电杆")
            await hand.page.set_input_files("#fix-photos", lamp)
            await hand.page.get_by_role("button", name="补充好了").click()
            await expect(hand.page.locator(".course")).to_contain_text(
                "您补充了情况", timeout=PATIENCE_MS
            )
            await expect(hand.page.locator(".asked")).to_have_count(0)
            await expect(hand.page.locator(".files img")).to_have_count(1, timeout=PATIENCE_MS)
        await clerk.go(f"/matters/{link.split('/')[2]}")
        await expect(clerk.page.locator(".story")).to_contain_text("第二根电杆")


async def test_the_code_on_a_door_fills_in_the_place(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "clerk") as clerk:
        await clerk.go(f"/areas/{VILLAGE}/qr")
        await expect(clerk.page.locator(".poster").first).to_be_visible()
        address = await clerk.page.locator(".poster-address").first.inner_text()
        await expect(clerk.page.locator(".poster .qr svg").first).to_be_visible()
    async with at_browser(chromium, portal, phone=True) as hand:
        await hand.page.goto(address)
        await expect(hand.page.locator(".chosen")).to_contain_text("北辰社区")
        await expect(hand.page.locator("#title")).to_be_visible()
