"""Before the meeting: research and its gate, the checklist, the calendar, the door."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import COUNTY, PASSWORD, Portal
from tests.portal.hand import PATIENCE_MS, PHONE, Hand, at_browser
from tests.portal.met import MASSES, PLAN, UNIT, approved, researched, scheduled, seated
from tests.portal.pictures import PDF

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHANGHAI = ZoneInfo("Asia/Shanghai")


async def unfold(hand: Hand, check: str) -> None:
    """Open one item of the checklist."""
    one = hand.page.locator(f"#check-{check}")
    if await one.get_attribute("open") is None:
        await one.locator("> summary").click()


async def stands(hand: Hand, check: str, standing: str) -> None:
    """An item of the checklist comes to stand so."""
    await expect(hand.page.locator(f"#check-{check}.{standing}")).to_be_attached(
        timeout=PATIENCE_MS
    )


@pytest.mark.parametrize("phone", [False, True])
async def test_a_convenor_prepares_a_meeting_on_one_page(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    met = await researched(portal, "巷口路灯")
    async with at_browser(chromium, portal, "convenor", phone=phone) as hand:
        await hand.go(met.at)
        await stands(hand, "date", "later")
        await unfold(hand, "plan")
        plan = hand.page.locator("#check-plan form")
        await hand.fill(plan, {f"fields.{one}": "路灯维修" for one in PLAN})
        await plan.get_by_role("button").click()
        await stands(hand, "date", "due")
        await unfold(hand, "date")
        date = hand.page.locator("#check-date form")
        starts = f"{datetime.now(SHANGHAI) + timedelta(hours=1):%Y-%m-%dT%H:%M}"
        await hand.fill(
            date,
            {"starts": starts, "place": "巷口", "form": "small", "mode": "urgent-site",
             "urgency": "夜间安全"},
        )  # fmt: skip
        await date.get_by_role("button").click()
        await stands(hand, "date", "done")
        await unfold(hand, "notice")
        notice = hand.page.locator("#check-notice form")
        await hand.fill(notice, {"content": "商量路灯怎么修"})
        await notice.get_by_role("button").click()
        await stands(hand, "notice", "done")
        await expect(hand.page.locator(".score.ready")).to_be_visible(timeout=PATIENCE_MS)
        assert 0 == await hand.page.evaluate(OVER)


async def test_an_invitation_by_telephone_is_noted_and_an_agenda_kept(
    chromium: Browser, portal: Portal
) -> None:
    met = await approved(portal, "电话邀请")
    async with at_browser(chromium, portal, "convenor") as hand:
        await hand.go(met.at)
        await unfold(hand, "invited")
        asked = hand.page.locator(".asked li", has_text=MASSES)
        await asked.get_by_role("button").click()
        await unfold(hand, "invited")
        told = hand.page.locator(".asked li", has_text=MASSES).locator(".tag")
        await expect(told).to_contain_text("打电话", timeout=PATIENCE_MS)
        await unfold(hand, "agenda")
        agenda = hand.page.locator("#check-agenda form")
        await hand.fill(agenda, {"items.0.title": "通报调研", "items.0.minutes": "10"})
        await agenda.get_by_role("button").click()
        await stands(hand, "agenda", "done")
        again = hand.page.locator("#check-agenda [name='items.0.title']")
        await expect(again).to_have_value("通报调研")


async def test_what_a_county_refuses_comes_back_with_all_that_was_typed(
    chromium: Browser, portal: Portal
) -> None:
    met = await approved(portal, "没有调研的会")
    odd = "𠮷家巷 <b>路灯</b> 🏮"
    async with at_browser(chromium, portal, "convenor") as hand:
        await hand.go(met.at)
        await unfold(hand, "date")
        date = hand.page.locator("#check-date form")
        filling = {
            "starts": "2099-01-01T09:00",
            "place": odd,
            "form": "small",
            "mode": "venue-and-site",
        }
        await hand.fill(date, filling)
        await date.get_by_role("button").click()
        await expect(hand.page.locator(".no")).to_contain_text("调研")
        await expect(hand.page.locator("[name=place]")).to_have_value(odd)


async def test_the_gate_of_research_shows_which_facts_opened_it(
    chromium: Browser, portal: Portal
) -> None:
    met = await approved(portal, "调研这一关")
    async with at_browser(chromium, portal, "member") as hand:
        page, at = hand.page, f"/topics/{met.topic_id}/research"
        await hand.go(at)
        await expect(page.locator(".gate.shut")).to_be_visible()
        plan = page.locator("form[action$='/PlanResearch']")
        await hand.fill(plan, {"questions": "坏了几盏", "team": "片区委员小组"})
        await plan.get_by_role("button").click()
        trip = page.locator("details", has=page.locator("form[action$='/ConductResearch']"))
        await trip.locator("summary").click()
        yesterday = f"{datetime.now(SHANGHAI) - timedelta(days=1):%Y-%m-%d}"
        await hand.fill(trip, {"on": yesterday, "place": "巷口", "findings": "坏了九盏"})
        await trip.get_by_role("button").click()
        await expect(page.locator(".trips")).to_contain_text("坏了九盏", timeout=PATIENCE_MS)
        report = page.locator("details", has=page.locator("form[action$='/FileResearchReport']"))
        await report.locator("summary").click()
        await hand.fill(report, {"title": "路灯调研", "findings": "老化", "suggestions": "更换"})
        await report.get_by_role("button").click()
        proofs = page.locator(".gate.open .proofs a")
        await expect(proofs).to_have_count(2, timeout=PATIENCE_MS)
        await proofs.first.click()
        await expect(page.locator(".story")).to_contain_text("路灯调研")


async def test_papers_are_kept_with_research_and_served_to_colleagues(
    chromium: Browser, portal: Portal
) -> None:
    met = await researched(portal, "调研材料")
    async with at_browser(chromium, portal, "member") as hand:
        await hand.go(f"/topics/{met.topic_id}/research")
        bring = hand.page.locator("details", has=hand.page.locator("input[type=file]"))
        await bring.locator("summary").click()
        await bring.locator("input[type=file]").set_input_files(
            {"name": "路灯台账.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        await bring.get_by_role("button", name="保存材料").click()
        await expect(hand.page.locator(".files a")).to_have_text("路灯台账.pdf")


@pytest.mark.parametrize("phone", [False, True])
async def test_a_meeting_is_found_in_the_calendar(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    met = await scheduled(portal, "日历里的会议")
    async with at_browser(chromium, portal, "leader", phone=phone) as hand:
        await hand.go(f"/areas/{COUNTY}/meetings?room=巷口")
        await hand.page.locator(f".meetings a[href='{met.at}']").click()
        await expect(hand.page.locator("h1")).to_have_text("日历里的会议")
        assert 0 == await hand.page.evaluate(OVER)


async def test_a_unit_checks_in_on_its_own_phone(chromium: Browser, portal: Portal) -> None:
    met = await scheduled(portal, "手机签到")
    async with (
        at_browser(chromium, portal, "clerk") as clerk,
        at_browser(chromium, portal, phone=True) as phone,
    ):
        await clerk.go(f"{met.at}/board?pane=code")
        await expect(clerk.page.locator("#code")).to_be_visible()
        await phone.go(f"/checkin/{await met.token()}")
        await phone.page.fill("#login", "health")
        await phone.page.fill("#password", PASSWORD)
        await phone.page.click("main button")
        await phone.page.get_by_role("button", name="我到了").click()
        await expect(phone.page.locator(".received")).to_contain_text(UNIT)
        assert 0 == await phone.page.evaluate(OVER)
        await expect(clerk.page.locator(".people")).to_contain_text(
            "责任单位 1", timeout=PATIENCE_MS
        )


async def test_a_member_checks_in_as_the_own_self_once(chromium: Browser, portal: Portal) -> None:
    met = await scheduled(portal, "委员签到")
    await seated(portal, "member")
    async with at_browser(chromium, portal, "member", phone=True) as hand:
        for _ in range(2):
            await hand.go(f"/checkin/{await met.token()}")
            tap = hand.page.get_by_role("button", name="我到了")
            if await tap.is_visible():
                await tap.click()
            await expect(hand.page.locator(".received")).to_contain_text("教育界")
        await expect(hand.page.locator("main")).to_contain_text("到会 1 人")


async def test_a_photo_of_the_code_sent_home_is_of_no_use(
    chromium: Browser, portal: Portal
) -> None:
    met = await scheduled(portal, "照片里的码")
    old = await met.token(datetime.now(UTC) - timedelta(minutes=2))
    async with at_browser(chromium, portal, "health", phone=True) as hand:
        for token in (old, "nonsense", "AAAA" * 11):
            await hand.go(f"/checkin/{token}")
            await expect(hand.page.locator(".no")).to_contain_text("已经过期")
        await hand.go("/checkin")
        await expect(hand.page.get_by_role("button", name="我到了")).to_have_count(0)


async def test_nobody_checks_in_to_what_was_called_off(chromium: Browser, portal: Portal) -> None:
    met = await scheduled(portal, "取消的会")
    await met.do("convenor", "CancelConsultation", reason="已经修好")
    async with at_browser(chromium, portal, "health", phone=True) as hand:
        await expect_refused(hand, await met.token())


async def expect_refused(hand: Hand, token: str) -> None:
    """The portal comes to know that the meeting is off."""
    no = hand.page.locator(".no", has_text="不能签到")
    for _ in range(60):
        await hand.go(f"/checkin/{token}")
        if await no.is_visible():
            return
        await hand.page.wait_for_timeout(200)
    await expect(no).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
async def test_the_clerk_counts_in_who_has_no_phone(
    chromium: Browser, portal: Portal, script: bool
) -> None:
    met = await scheduled(portal, "没有手机的人")
    await seated(portal, "member")
    context = await chromium.new_context(
        java_script_enabled=script, base_url=portal.url, viewport=PHONE  # type: ignore[arg-type]
    )  # fmt: skip
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "clerk")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    await page.goto(f"{met.at}/door")
    masses = page.locator(".desk li", has_text=MASSES)
    await masses.locator("[name=people]").fill("9")
    await masses.get_by_role("button").click()
    await expect(page.locator(".desk li.in", has_text=MASSES)).to_contain_text("已到 9 人")
    await page.locator("#q").fill("教育界")
    if not script:
        await page.locator("#q").press("Enter")
    member = page.locator("#desk-members li:visible", has_text="教育界").first
    await member.get_by_role("button").click()
    await expect(page.locator(".presence")).to_contain_text("委员 1", timeout=PATIENCE_MS)
    await expect(page.locator(".presence")).to_contain_text("缺：责任单位")
    await context.close()


async def test_a_matters_page_leads_to_its_meeting_and_its_date_into_a_calendar(
    chromium: Browser, portal: Portal
) -> None:
    met = await scheduled(portal, "巷口路灯的日历")
    async with at_browser(chromium, portal, "clerk") as hand:
        await hand.go(f"/matters/{met.topic_id}")
        link = hand.page.locator("section", has=hand.page.locator("#meetings")).get_by_role("link")
        await expect(link).to_contain_text("巷口")
        await link.click()
        await expect(hand.page.locator("h1")).to_contain_text("巷口路灯的日历")
        async with hand.page.expect_download() as coming:
            await hand.page.get_by_role("link", name="加入日历").first.click()
        text = (await (await coming.value).path()).read_text("utf-8")
    assert "SUMMARY:巷口路灯的日历" in text
    assert "BEGIN:VEVENT" in text
