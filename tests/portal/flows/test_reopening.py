"""A reply that was called solved and is not: the resident says so, and the unit gets it again."""

from uuid import UUID, uuid5

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.portal.conftest import Portal
from tests.portal.flows.staging import replied
from tests.portal.flows.test_residents import raised
from tests.portal.flows.test_unit import open_item, take
from tests.portal.hand import Hand, at_browser
from tests.portal.test_browser import OVER

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("how", ["desk", "phone", "no script"])
async def test_a_resident_reopens_what_was_called_solved_and_is_not(
    chromium: Browser, portal: Portal, how: str
) -> None:
    item = f"换掉巷口的灯({how})"
    async with (
        at_browser(chromium, portal, phone=how == "phone", script=how != "no script") as hand,
        at_browser(chromium, portal, "member") as member,
        at_browser(chromium, portal, "health", phone=how == "phone") as health,
    ):
        link = await raised(hand)
        lead_id = UUID(link.split("/")[2])
        await replied(portal, lead_id, item)
        unsolved = hand.page.get_by_role("button", name="没有解决")
        await seen(hand, link, unsolved)
        assert 0 == await hand.page.evaluate(OVER)
        await hand.page.locator(".more summary", has_text="还想说几句").click()
        await hand.page.locator("textarea[name='remark']").fill("还有三盏不亮")
        await unsolved.click()
        await seen(hand, link, hand.page.locator(".notice", has_text="您已评价：没有解决"))
        assert "还有三盏不亮" not in await hand.page.content()

        matter = f"/matters/{uuid5(lead_id, 'topic')}"
        await seen(member, matter, member.page.locator(".story", has_text="群众评价"))
        await seen(member, matter, member.page.locator("details.step", has_text="召集人"))
        await member.take("开展跟踪", {"passed": "no", "findings": "三盏确实不亮"}, "召集人")
        await seen(hand, link, hand.page.locator(".notice", has_text="已退回单位重新办理"))
        assert 0 == await unsolved.count()

        await open_item(health, item)
        await expect(health.page.locator(".open")).to_contain_text("三盏确实不亮")
        await take(health.page, "ReplyHandling", {"result_class": "A", "content": "三盏也换了"})
        await seen(hand, link, hand.page.get_by_role("button", name="解决了", exact=True))
        await expect(hand.page.locator("main")).to_contain_text("三盏也换了")
        await hand.page.get_by_role("button", name="解决了", exact=True).click()
        await seen(hand, link, hand.page.locator(".notice", has_text="您已评价：解决了"))
        told = health.page.locator(".pile", has_text="群众评价：已解决 1 人")
        await seen(health, health.page.url.removeprefix(portal.url), told)


async def seen(hand: Hand, path: str, wanted: Locator) -> None:
    """Look at a page again and again until this is there, as people do whose page stands still."""
    for _ in range(60):
        await hand.go(path)
        if await wanted.first.is_visible():
            return
        await hand.page.wait_for_timeout(1000)
    await expect(wanted.first).to_be_visible()
