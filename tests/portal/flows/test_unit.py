"""A unit's inbox: one unit refuses with a counter-proposal, another accepts, reports, replies."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.portal.conftest import Portal
from tests.portal.flows.staging import CIVIL, HEALTH, assigned, assigning, until_done
from tests.portal.hand import PATIENCE_MS, Hand, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.slow]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DOT = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A picture of one red point."""


async def open_item(hand: Hand, text: str) -> None:
    """The inbox with the item of this text open, as soon as it lies there."""
    link = hand.page.locator(".pile a", has_text=text)
    for _ in range(60):
        await hand.go("/desk/unit")
        if await link.count():
            break
        await hand.page.wait_for_timeout(1000)
    await link.first.click()
    await expect(hand.page.locator("#task-title")).to_contain_text(text)


async def take(page: Page, command: str, filling: dict[str, str]) -> None:
    """Fill in a step of the open item, and send it."""
    step = page.locator(f"#{command}")
    await expect(step).to_be_attached(timeout=PATIENCE_MS)
    if await step.get_attribute("open") is None:
        await step.locator("summary").click()
    for name, value in filling.items():
        field = step.locator(f"[name={name}]").first
        if await field.evaluate("one => one.type") == "radio":
            await step.locator(f"[name={name}][value='{value}']").check()
        elif await field.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)
    await step.get_by_role("button").last.click()
    await page.wait_for_load_state()
    assert 0 == await page.locator(".no").count(), await page.locator(".no").inner_text()


async def report(page: Page, progress: str) -> None:
    """Say how far the open item is, with a picture."""
    step = page.locator("#ReportProgress")
    await step.locator("summary").click()
    await step.locator("input[type=file]").last.set_input_files(
        {"name": "现场.png", "mimeType": "image/png", "buffer": bytes.fromhex(DOT)}
    )
    await page.fill("#progress", progress)
    await step.get_by_role("button").last.click()
    await page.wait_for_load_state()
    assert 0 == await page.locator(".no").count(), await page.locator(".no").inner_text()


async def in_time(page: Page, what: str) -> None:
    """Look again until it is there: a file is shown by a view of its own, soon after."""
    for _ in range(60):
        if await page.locator(what).count():
            return
        await page.wait_for_timeout(1000)
        await page.reload()
    raise AssertionError(f"no {what} on {page.url}")


async def typing(page: Page, progress: str) -> None:
    """Begin a report, and leave it for now."""
    await page.locator("#ReportProgress summary").click()
    await page.fill("#progress", progress)


async def told_too_late(page: Page, progress: str) -> None:
    """Send what was begun before the item was replied to: refused, and the words stay."""
    await expect(page.locator("#progress")).to_have_value(progress)
    await page.locator("#ReportProgress").get_by_role("button").last.click()
    await expect(page.locator(".no").first).to_be_visible(timeout=PATIENCE_MS)
    await expect(page.locator("#progress")).to_have_value(progress)


@pytest.mark.parametrize("phone", [False, True])
async def test_a_unit_refuses_another_is_asked_and_replies(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    item = "把三处养老食堂办起来" + ("(先办一处)" if phone else "")
    outcome = await assigned(portal, "社区养老食堂", item)
    async with (
        at_browser(chromium, portal, "health", phone=phone) as health,
        at_browser(chromium, portal, "civil", phone=phone) as civil,
    ):
        await open_item(health, item)
        assert 0 == await health.page.evaluate(OVER)
        refused = {"reason": "属民政职责", "counter_proposal": CIVIL}
        await take(health.page, "ReturnAssignment", refused)
        await expect(health.page.locator(".open")).to_contain_text("已退 1 次")
        await expect(health.page.locator(".open")).to_contain_text("属民政职责")

        await until_done(portal, assigning(outcome, CIVIL))
        await open_item(civil, item)
        assert 0 == await civil.page.evaluate(OVER)
        await take(civil.page, "AcceptAssignment", {})
        await report(civil.page, "第一处已开工")
        await expect(civil.page.locator(".open")).to_contain_text("第一处已开工")
        await in_time(civil.page, ".files li")
        late = await civil.page.context.new_page()
        await late.goto(civil.page.url)
        await typing(late, "第二处也开工了")
        await take(civil.page, "ReplyHandling", {"result_class": "A", "content": "三处都已开张"})
        await expect(civil.page.locator(".open")).to_contain_text("三处都已开张")
        await told_too_late(late, "第二处也开工了")


async def assign(hand: Hand, title: str, expected: str) -> None:
    """Where it awaits them, give the item of this matter to the unit that was proposed."""
    page = hand.page
    entry = page.locator("li.turn", has_text=title)
    acts = entry.locator(".acts a", has_text="第 1 条")
    for _ in range(60):
        await hand.go(f"/awaiting?task=assign&title={title}")
        if await acts.count():
            break
        await page.wait_for_timeout(1000)
    await acts.first.click()
    form = page.locator("details.step[open]").first
    await expect(form.locator(".notice")).to_contain_text(expected)
    assert expected == await form.locator("[name=lead_unit]").input_value()
    await hand.fill(form, {"via": "assign"})
    await form.get_by_role("button").click()
    await page.wait_for_load_state()
    assert 0 == await page.locator(".no").count(), await page.locator(".no").inner_text()


@pytest.mark.parametrize("phone", [False, True])
async def test_two_units_refuse_and_an_authority_decides_who_handles_it(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    title = "谁来管井盖" + ("(手机)" if phone else "")
    item = "换好十二处井盖" + ("(沿街)" if phone else "")
    await assigned(portal, title, item)
    async with (
        at_browser(chromium, portal, "health", phone=phone) as health,
        at_browser(chromium, portal, "civil", phone=phone) as civil,
        at_browser(chromium, portal, "county.committee", phone=phone) as committee,
    ):
        await open_item(health, item)
        refused = {"reason": "不属卫生职责。", "counter_proposal": CIVIL}
        await take(health.page, "ReturnAssignment", refused)
        await assign(committee, title, CIVIL)

        await open_item(civil, item)
        await expect(civil.page.locator(".open")).to_contain_text("不属卫生职责")
        refused = {"reason": "不属民政职责。", "counter_proposal": HEALTH}
        await take(civil.page, "ReturnAssignment", refused)
        await assign(committee, title, HEALTH)

        await open_item(health, item)
        await expect(health.page.locator("#AcceptAssignment")).to_be_attached()
        assert 0 == await health.page.locator("#ReturnAssignment").count()

        await committee.page.reload()
        decided = {"lead_unit": CIVIL, "reason": "按三定方案由民政牵头。"}
        await committee.take("裁定承办单位", decided)

        await open_item(civil, item)
        await expect(civil.page.locator(".open")).to_contain_text("按三定方案由民政牵头")
        assert 0 == await civil.page.locator("#AcceptAssignment").count()
        await take(civil.page, "ReplyHandling", {"result_class": "A", "content": "全部换好"})
        await expect(civil.page.locator(".open")).to_contain_text("全部换好")
        assert 0 == await civil.page.evaluate(OVER)
