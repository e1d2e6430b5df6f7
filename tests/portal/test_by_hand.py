"""A matter raised on a phone and carried to its closure by hand, through browsers only."""

from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from tests.portal.conftest import VILLAGE, Portal
from tests.portal.hand import PATIENCE_MS, Filling, Hand, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.slow]

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORDS = "巷口路灯坏了半年,老人晚上出门摔过两回。"


def _soon() -> str:
    """A moment later today or early tomorrow, as a browser's field wants it."""
    return f"{datetime.now(SHANGHAI) + timedelta(hours=1):%Y-%m-%dT%H:%M}"


def _today() -> str:
    return f"{datetime.now(SHANGHAI):%Y-%m-%d}"


CRITERIA = ("political", "group-interest", "foresight", "democratic", "feasible")
PLAN = ("theme", "participants", "content", "timetable")

Step = tuple[str, str, Filling, str]
"""Who, which step, what is filled in, and the tag that tells it from others of its name."""


def steps() -> list[Step]:
    """All of them, with times as of now: whoever reads this file may have read it an hour ago."""
    return [
        ("convenor", "选题原则审查", {f"criteria.{one}": "yes" for one in CRITERIA}, ""),
        ("convenor", "报送书面报告", {}, "县政协党组"),
        ("party", "审核议题", {"agrees": "yes", "reason": "同意"}, "县政协党组"),
        ("member", "安排调研", {"questions": "坏了几盏\n归谁管", "team": "片区委员小组"}, ""),
        (
            "member",
            "开展调研",
            {"on": _today(), "place": "北辰社区", "findings": "12 盏灯坏了 9 盏"},
            "",
        ),
        (
            "member",
            "提交调研报告",
            {"title": "路灯调研", "findings": "线路老化", "suggestions": "更换线路"},
            "",
        ),
        (
            "convenor",
            "明确协商主体",
            {
                "parties.0.kind": "masses",
                "parties.0.name": "住户代表",
                "parties.1.kind": "unit",
                "parties.1.name": "县卫生健康局",
            },
            "",
        ),
        ("convenor", "印发工作方案", {f"fields.{one}": "路灯维修" for one in PLAN}, ""),
        (
            "convenor",
            "协商排期",
            {
                "starts": _soon(),
                "place": "巷口",
                "form": "small",
                "mode": "urgent-site",
                "urgency": "夜间安全",
            },
            "",
        ),
        ("convenor", "提前通报", {"content": "商量路灯怎么修"}, ""),
        ("clerk", "签到", {"kind": "masses", "name": "住户代表", "people": "9"}, ""),
        ("clerk", "签到", {"kind": "unit", "name": "县卫生健康局", "people": "1"}, ""),
        ("convenor", "协商开始", {}, ""),
        ("convenor", "记录共识", {"text": "一个月内修好", "unit": "县卫生健康局"}, ""),
        ("convenor", "签认活动记录", {"signed_by": ["masses", "unit"]}, ""),
        ("cppcc", "印发纪要", {"number": "协商纪要〔2026〕1 号"}, ""),
        ("cppcc", "报送成果", {}, ""),
        ("county.committee", "采纳成果", {"instruction": "抓紧办理"}, "县委"),
        ("county.committee", "交办", {"via": "assign"}, "第 1 条"),
        ("health", "接收", {}, ""),
        ("health", "办理答复", {"result_class": "A", "content": "已全部更换"}, ""),
        ("member", "开展跟踪", {"passed": "yes", "findings": "灯都亮了"}, ""),
        ("member", "开展跟踪", {"passed": "yes", "findings": "灯还亮着"}, ""),
        ("cppcc", "反馈", {"content": "路灯已修好"}, "委员"),
        ("cppcc", "反馈", {"content": "路灯已修好"}, "涉及群众"),
        ("cppcc", "闭环销号", {}, ""),
    ]


async def test_a_matter_raised_on_a_phone_reaches_closure_by_hand(
    chromium: Browser, portal: Portal
) -> None:
    async with AsyncExitStack() as hands:
        resident = await hands.enter_async_context(at_browser(chromium, portal, phone=True))
        lead_id, receipt = await raise_on_the_phone(resident)
        people = {
            login: await hands.enter_async_context(at_browser(chromium, portal, login))
            for login in sorted({"clerk", *(login for login, *_ in steps())})
        }
        matter = await adopt(people["clerk"], lead_id)
        for login, label, filling, tag in steps():
            await people[login].go(matter)
            await people[login].take(label, filling, tag)

        await resident.go(f"/receipt?number={receipt}")
        closed = resident.page.locator(".state.TopicClosed")
        await expect(closed).to_have_text("已闭环销号", timeout=PATIENCE_MS)
        await expect(resident.page.locator(".bar li.done")).to_have_count(5, timeout=PATIENCE_MS)


async def raise_on_the_phone(resident: Hand) -> tuple[str, str]:
    """The id of the lead, and the number on its receipt."""
    await resident.go(f"/raise?area={VILLAGE}")
    form = resident.page.locator("main form")
    await resident.fill(
        form,
        {
            "title": "巷口路灯坏了半年",
            "words": WORDS,
            "personal": "no",
            "name": "何女士",
            "phone": "000-0000",
        },
    )
    await form.locator("button.big").click()
    receipt = await resident.page.get_by_role("status").locator(".receipt").inner_text()
    assert 12 == len(receipt)
    return resident.page.url.partition("/r/")[2].partition("/")[0], receipt


async def adopt(clerk: Hand, lead_id: str) -> str:
    """The address of the matter that the lead became; the open page says so by itself."""
    await clerk.go(f"/matters/{lead_id}")
    await expect(clerk.page.locator(".story")).to_contain_text(WORDS)
    await clerk.take("采用线索", {"evidence": "12 户联名"})
    await clerk.page.get_by_text("这条线索已经成为协商议题").click(timeout=PATIENCE_MS)
    await clerk.page.wait_for_url(lambda url: lead_id not in url)
    return clerk.page.url.removeprefix(clerk.portal.url)
