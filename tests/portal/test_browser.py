"""Pages in a real browser: they follow what happens, lose nothing, and work without a script."""

import asyncio
import re
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, Route, expect

from tests.portal.conftest import COUNTY, PASSWORD, VILLAGE, Portal
from tests.portal.hand import PATIENCE_MS, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS = """[
  document.activeElement.getAttribute("href"),
  getComputedStyle(document.activeElement).outlineStyle,
]"""
SMALL = """Array.from(document.querySelectorAll(
  "main button, main .button, main input:not([type=hidden]):not([type=radio]):not([type=checkbox])"
)).filter(one => one.getBoundingClientRect().height < 44).length"""
OVERTAKING_MS = 3000
PRINCIPLES = ("political", "group-interest", "foresight", "democratic", "feasible")
CSS = Path("services/portal/pages/static")
AA = 4.5


async def proposed(portal: Portal, title: str) -> tuple[str, str]:
    """The id of a new topic, proposed by the convenor through the API, and where to see it."""
    topic_id = str(uuid4())
    data = {"topic_id": topic_id, "area": VILLAGE, "title": title, "origin": "member"}
    answer = await asked(portal, "convenor", "topics", "ProposeTopic", data)
    return topic_id, f"/matters/{topic_id}?after=topics:{answer.json()['position']}"


async def asked(
    portal: Portal, login: str, service: str, command: str, data: dict[str, object]
) -> httpx.Response:
    """What the API answers to somebody's command; it must not be a no."""
    async with portal.client() as client:
        session = await client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD})
        token = {"Authorization": f"Bearer {session.json()['token']}"}
        answer = await client.post(f"/api/v1/{service}/{command}", json=data, headers=token)
        assert 200 == answer.status_code, answer.text
        return answer


async def test_an_open_page_follows_what_others_do(chromium: Browser, portal: Portal) -> None:
    topic_id, path = await proposed(portal, "养老食堂")
    async with at_browser(chromium, portal, "cppcc") as hand:
        await hand.go(path)
        await expect(hand.page.locator(".story li:not(.note) h3")).to_have_text(["议题提出"])
        await asked(
            portal, "convenor", "topics", "FileReport",
            {"topic_id": topic_id, "to": "cppcc-party-group"},
        )  # fmt: skip
        report = hand.page.locator(".story h3", has_text="书面报告")
        await expect(report).to_be_visible(timeout=PATIENCE_MS)


async def test_an_open_page_reads_itself_again_after_a_failure(
    chromium: Browser, portal: Portal
) -> None:
    topic_id, path = await proposed(portal, "便民菜场")
    failed: list[str] = []

    async def fail_once(route: Route) -> None:
        if route.request.resource_type != "fetch" or failed:
            await route.fallback()
            return
        failed.append(route.request.url)
        await route.fulfill(status=503)

    async with at_browser(chromium, portal, "cppcc") as hand:
        await hand.page.route(re.compile(topic_id), fail_once)
        await hand.go(path)
        await asked(
            portal, "convenor", "topics", "FileReport",
            {"topic_id": topic_id, "to": "cppcc-party-group"},
        )  # fmt: skip
        report = hand.page.locator(".story h3", has_text="书面报告")
        await expect(report).to_be_visible(timeout=PATIENCE_MS)
        assert failed


async def test_an_overtaken_answer_does_not_take_a_page_back(
    chromium: Browser, portal: Portal
) -> None:
    topic_id, path = await proposed(portal, "健身步道")
    held, released = asyncio.Event(), asyncio.Event()

    async def hold_the_first(route: Route) -> None:
        if route.request.resource_type != "fetch" or held.is_set():
            await route.fallback()
            return
        answer = await route.fetch()
        held.set()
        await released.wait()
        await route.fulfill(response=answer)

    async with at_browser(chromium, portal, "cppcc") as hand:
        await hand.page.route(re.compile(topic_id), hold_the_first)
        await hand.go(path)
        to = {"topic_id": topic_id, "to": "cppcc-party-group"}
        await asked(portal, "convenor", "topics", "FileReport", to)
        await asyncio.wait_for(held.wait(), PATIENCE_MS / 1000)
        criteria = dict.fromkeys(PRINCIPLES, True)
        await asked(
            portal, "convenor", "topics", "AssessCriteria",
            {"topic_id": topic_id, "criteria": criteria},
        )  # fmt: skip
        # Long enough for a page that reads twice at once to show the newer answer first.
        await hand.page.wait_for_timeout(OVERTAKING_MS)
        released.set()
        await hand.page.wait_for_timeout(OVERTAKING_MS)
        assessed = hand.page.locator(".story h3", has_text="选题原则审查")
        await expect(assessed).to_be_visible(timeout=PATIENCE_MS)


async def test_what_is_being_typed_is_not_swept_away(chromium: Browser, portal: Portal) -> None:
    topic_id, path = await proposed(portal, "社区球场")
    async with at_browser(chromium, portal, "cppcc") as hand:
        await hand.go(path)
        step = hand.page.locator("details.step", has_text="选题原则审查").first
        await step.locator("summary").click()
        await step.locator("textarea").fill("写了一半的意见")
        await asked(
            portal, "convenor", "topics", "FileReport",
            {"topic_id": topic_id, "to": "cppcc-party-group"},
        )  # fmt: skip
        await expect(hand.page.locator("#live-waiting")).to_be_visible(timeout=PATIENCE_MS)
        await expect(step.locator("textarea")).to_have_value("写了一半的意见")


async def test_what_was_opened_stays_open_when_something_happens(
    chromium: Browser, portal: Portal
) -> None:
    topic_id, path = await proposed(portal, "社区书屋")
    async with at_browser(chromium, portal, "convenor") as hand:
        await hand.go(path)
        more = hand.page.locator("#main details.more:not([id])").first
        await more.locator("summary").first.click()
        await asked(
            portal, "convenor", "topics", "FileReport",
            {"topic_id": topic_id, "to": "cppcc-party-group"},
        )  # fmt: skip
        filed = hand.page.locator(".story", has_text="书面报告")
        await expect(filed).to_be_visible(timeout=PATIENCE_MS)
        await expect(more).to_have_attribute("open", "")


async def test_every_page_works_without_a_script(chromium: Browser, portal: Portal) -> None:
    _, path = await proposed(portal, "垃圾分类点")
    context = await chromium.new_context(java_script_enabled=False, base_url=portal.url)
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "convenor")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.goto(path)
    step = page.locator("details.step", has_text="报送书面报告").first
    await step.locator("summary").click()
    await step.get_by_role("button").click()
    assert "书面报告" in await page.locator(".story").inner_text()
    await context.close()


async def test_a_reader_reaches_everything_with_the_keyboard(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "leader") as hand:
        await hand.go(f"/areas/{COUNTY}")
        await hand.page.keyboard.press("Tab")
        skip = await hand.page.evaluate("document.activeElement.className")
        await hand.page.keyboard.press("Enter")
        seen = []
        for _ in range(60):
            await hand.page.keyboard.press("Tab")
            seen.append(await hand.page.evaluate(FOCUS))
    assert "skip" == skip
    assert any(str(href).startswith("/matters?area=") for href, _ in seen)
    assert {"solid"} == {outline for href, outline in seen if str(href).startswith("/")}


@pytest.mark.parametrize("path", ["/", f"/raise?area={VILLAGE}", "/login", "/receipt"])
async def test_pages_fit_a_phone(chromium: Browser, portal: Portal, path: str) -> None:
    async with at_browser(chromium, portal, phone=True) as hand:
        await hand.go(path)
        assert 0 == await hand.page.evaluate(OVER)
        assert 0 == await hand.page.evaluate(SMALL)


@pytest.mark.parametrize("path", [f"/areas/{COUNTY}", "/matters", "/awaiting", "/inbox"])
async def test_pages_of_staff_fit_a_phone_too(chromium: Browser, portal: Portal, path: str) -> None:
    await proposed(
        portal, "一件名称相当长、在手机上也要能够完整显示出来的协商事项,看它会不会撑破页面"
    )
    async with at_browser(chromium, portal, "cppcc", phone=True) as hand:
        await hand.go(path)
        assert 0 == await hand.page.evaluate(OVER)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "paper"), ("ink", "ground"), ("faint", "paper"), ("faint", "ground"),
        ("accent", "paper"), ("accent", "ground"), ("accent", "accent-soft"), ("paper", "accent"),
        ("ink", "late-soft"), ("late", "paper"), ("good", "paper"), ("ink", "accent-soft"),
    ],
)  # fmt: skip
def test_colours_stand_out_as_wcag_aa_asks(ink: str, ground: str) -> None:
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (CSS / "base.css").read_text()))
    bright, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)

    assert (bright + 0.05) / (dark + 0.05) >= AA


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
