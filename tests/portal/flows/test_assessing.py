"""An office is scored with evidence in hand, appeals, and is answered."""

from datetime import datetime
from uuid import uuid5

import pytest
from playwright.async_api import Browser, expect

from services.portal.pages.render import SHANGHAI
from tests.portal.conftest import COUNTY, Portal
from tests.portal.flows.staging import HEALTH, assigned, until_done
from tests.portal.hand import at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NOBODY = """document.querySelectorAll("[name^='subject.']").forEach(one => one.checked = false)"""
DIMENSIONS = ("任务清单", "责任清单", "落实清单")


@pytest.mark.parametrize("phone", [False, True])
async def test_an_office_is_scored_and_its_appeals_are_answered(
    chromium: Browser, portal: Portal, *, phone: bool
) -> None:
    outcome = await assigned(portal, "考核用的养老食堂", "办起来" + ("(再办)" if phone else ""))
    accepted = {"assignment_id": str(uuid5(outcome, "1"))}
    await until_done(portal, ("health", "outcomes", "AcceptAssignment", accepted))
    today = datetime.now(SHANGHAI)
    period = f"{today.year}-H{1 + (today.month > 6)}" if phone else f"{today.year}"
    async with (
        at_browser(chromium, portal, "targets", phone=phone) as office,
        at_browser(chromium, portal, "health", phone=phone) as health,
    ):
        page = office.page
        await office.go(f"/areas/{COUNTY}/assessments")
        await page.select_option("#period", period)
        await page.evaluate(NOBODY)
        await page.fill("#more-department", HEALTH)
        await page.get_by_role("button", name="建立考核表").click()
        await expect(page.locator("h1")).to_contain_text("考核表")
        assert 0 == await page.evaluate(OVER)

        await page.locator("td.count a").first.click()
        for dimension, score in zip(DIMENSIONS, ("90", "80.5", "70"), strict=True):
            await expect(page.locator("#score-title")).to_contain_text(dimension)
            await page.fill("#points", score)
            await page.locator("#score [name=evidence]").first.check()
            await page.locator("#score button").first.click()
        await page.get_by_role("button", name="通报考核结果").click()
        await expect(page.locator("dl.basics")).to_contain_text("申诉到")
        await expect(page.locator("tbody tr")).to_contain_text("80.17")

        await health.go(f"/areas/{COUNTY}/assessments")
        told = f"{today.year}年" + (f"{'上下'[today.month > 6]}半年" if phone else "")
        await health.page.get_by_role("link", name=told, exact=True).click()
        for dimension in DIMENSIONS[:2]:
            await health.page.select_option("#dimension", dimension)
            await health.page.fill("#reason", f"{dimension}漏计一次。")
            await health.page.locator("#appeal button").click()
            await expect(health.page.locator("main")).to_contain_text(f"{dimension}漏计一次。")
        assert 0 == await health.page.evaluate(OVER)

        await page.reload()
        await page.get_by_role("link", name="答复这项申诉").first.click()
        await page.fill("#points", "95")
        await page.locator("#score [name=evidence]").first.check()
        await page.fill("#why", "补计一次。")
        await page.get_by_role("button", name="更正得分").click()
        await expect(page.locator("main")).to_contain_text("由 90 分更正为 95 分")
        await page.get_by_role("link", name="答复这项申诉").click()
        await page.fill("#stands", "未形成纪要。")
        await page.get_by_role("button", name="驳回申诉").click()
        await expect(page.locator("main")).to_contain_text("未形成纪要。")
        await expect(page.locator("main")).to_contain_text("申诉期未满")


async def test_a_sheet_that_is_not_published_is_its_assessors_alone(
    chromium: Browser, portal: Portal
) -> None:
    year = f"{datetime.now(SHANGHAI).year - 1}"
    async with (
        at_browser(chromium, portal, "targets") as office,
        at_browser(chromium, portal, "health") as health,
    ):
        await office.go(f"/areas/{COUNTY}/assessments")
        await office.page.select_option("#period", year)
        await office.page.evaluate(NOBODY)
        await office.page.get_by_role("button", name="建立考核表").click()
        await expect(office.page.locator(".no")).to_be_visible()
        await office.page.fill("#more-department", HEALTH)
        await office.page.get_by_role("button", name="建立考核表").click()
        await expect(office.page.locator("h1")).to_contain_text(year)

        await office.page.locator("td.count a").first.click()
        await office.page.fill("#points", "90")
        await office.page.locator("#score button").first.click()
        await expect(office.page.locator(".no")).to_be_visible()
        assert "90" == await office.page.input_value("#points")

        await health.page.goto(office.page.url.partition("/RecordScore")[0])
        await expect(health.page.locator("main")).to_contain_text("目标绩效办")
        assert 0 == await health.page.locator("td.count").count()
        await health.go(f"/areas/{COUNTY}/assessments")
        await expect(health.page.locator("main h1")).to_be_visible()
        assert 0 == await health.page.get_by_role("link", name=f"{year}年", exact=True).count()
