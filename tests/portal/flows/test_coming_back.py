"""A browser whose connection was lost hears what it missed, as soon as it has one again."""

from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import Portal
from tests.portal.hand import PATIENCE_MS, at_browser
from tests.portal.roads import Road
from tests.portal.test_browser import asked, proposed

pytestmark = [pytest.mark.servers, pytest.mark.browser]


@pytest.mark.parametrize("phone", [False, True])
async def test_an_open_page_hears_what_it_missed_while_the_network_was_away(
    chromium: Browser, portal: Portal, road: Road, *, phone: bool
) -> None:
    topic_id, path = await proposed(portal, "断网时也在办的议题")
    by_road = replace(portal, url=f"http://127.0.0.1:{road.port}")
    async with at_browser(chromium, by_road, "cppcc", phone=phone) as hand:
        async with hand.page.expect_request(lambda one: "/live?" in one.url):
            await hand.go(path)
        await road.cut()
        await asked(
            portal, "convenor", "topics", "FileReport",
            {"topic_id": topic_id, "to": "cppcc-party-group"},
        )  # fmt: skip
        report = hand.page.locator(".story h3", has_text="书面报告")
        await expect(report).to_have_count(0)
        await road.open()
        await expect(report).to_be_visible(timeout=PATIENCE_MS)
