"""Documents of a matter, workbooks, and registers imported from spreadsheets, at a browser."""

import asyncio
import io
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from playwright.async_api import Browser, Download, expect

from tests.portal.conftest import COUNTY, PASSWORD, VILLAGE, Portal
from tests.portal.flows.asking import ask
from tests.portal.hand import PATIENCE_MS, Hand, at_browser

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
IMPORT = f"/areas/{COUNTY}/import/units"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def proposed(portal: Portal) -> str:
    """The id of a topic that the convenor proposed, once pages show it."""
    topic_id = str(uuid4())
    data = {"topic_id": topic_id, "area": VILLAGE, "title": "𠮷祥巷路灯", "origin": "member"}
    answer = await ask(portal, "convenor", "topics", "ProposeTopic", data)
    return f"{topic_id}?after=topics:{answer['position']}"


async def body_of(download: Download) -> bytes:
    """What was downloaded."""
    path = await download.path()
    return await asyncio.to_thread(Path(path).read_bytes)


async def patiently(hand: Hand, path: str) -> None:
    """Open a page that waits for the process that sets type, on a slow machine several times."""
    for _ in range(20):
        await hand.go(path)
        if await hand.page.locator(".no, .error").count() == 0:
            return
        await hand.page.wait_for_timeout(1000)


async def fill_in(hand: Hand, rows: list[list[str]]) -> bytes:
    """The template of the page, downloaded and filled in."""
    async with hand.page.expect_download() as coming:
        await hand.page.get_by_role("link", name="下载模板").click()
    return filled_in(await body_of(await coming.value), rows)


def filled_in(template: bytes, rows: list[list[str]]) -> bytes:
    """A template with these rows under its heads."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    for cells in rows:
        number = sheet.max_row + 1
        for place, cell in enumerate(cells, 1):
            sheet.cell(number, place, cell)
    to = io.BytesIO()
    book.save(to)
    return to.getvalue()


async def upload(hand: Hand, body: bytes, name: str = "单位.xlsx") -> None:
    """Choose a file and send it to be checked."""
    await hand.page.set_input_files("#file", {"name": name, "mimeType": XLSX, "buffer": body})
    await hand.page.get_by_role("button", name="上传并检查").click()


def units(*names: str, kind: str = "部门") -> list[list[str]]:
    """Rows as the template has them: area, name, kind."""
    return [["", name, kind] for name in names]


@pytest.mark.parametrize("phone", [False, True])
async def test_a_clerk_prints_the_documents_of_a_matter(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    matter = await proposed(portal)
    async with at_browser(chromium, portal, "clerk", phone=phone) as hand:
        await hand.go(f"/matters/{matter}")
        await patiently(hand, f"/matters/{matter.partition('?')[0]}/papers")
        assert 0 == await hand.page.evaluate(OVER)
        async with hand.page.expect_download() as coming:
            await hand.page.get_by_role("link", name="议题审批表 Word").click()
        assert (await coming.value).suggested_filename.endswith(".docx")
        pdf = await hand.page.get_by_role("link", name="议题审批表 PDF").get_attribute("href")
        answer = await hand.page.context.request.get(portal.url + str(pdf))
        assert b"%PDF-" == (await answer.body())[:5]


async def test_the_page_of_a_matter_leads_to_its_documents(
    chromium: Browser, portal: Portal
) -> None:
    matter = await proposed(portal)
    async with at_browser(chromium, portal, "clerk") as hand:
        await hand.go(f"/matters/{matter}")
        link = hand.page.locator("section[aria-labelledby=papers] a")
        assert f"/matters/{matter.partition('?')[0]}/papers" == await link.get_attribute("href")


@pytest.mark.parametrize("phone", [False, True])
async def test_a_register_is_imported_checked_first_and_had_back_as_a_workbook(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    one, other = f"县{uuid4().hex[:6]}局", f"县{uuid4().hex[:6]}办"
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        page = hand.page
        await hand.go(f"/areas/{COUNTY}/unit-register")
        await page.get_by_role("link", name="从 Excel 导入").click()
        await upload(hand, await fill_in(hand, units(one, other)))
        await expect(page.get_by_role("status").first).to_contain_text("共 2 行，可以导入 2 行")
        await page.get_by_role("button", name="导入这 2 行").click()
        fetch = page.get_by_role("link", name="下载文件")
        await expect(fetch).to_be_visible(timeout=PATIENCE_MS)
        async with page.expect_download() as coming:
            await fetch.click()
        told = openpyxl.load_workbook(io.BytesIO(await body_of(await coming.value))).worksheets[0]
        assert 2 == [str(row[1]) for row in told.iter_rows(values_only=True)].count("已导入")
        await hand.go(f"/areas/{COUNTY}/unit-register?name={one}")
        await expect(page.locator("table")).to_contain_text(one, timeout=PATIENCE_MS)
        assert 0 == await page.evaluate(OVER)
        async with page.expect_download() as coming:
            await page.get_by_role("link", name="Excel", exact=True).click()
        sheet = openpyxl.load_workbook(io.BytesIO(await body_of(await coming.value))).worksheets[0]
        cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
        assert one in cells


async def test_the_same_file_twice_imports_nothing_twice(chromium: Browser, portal: Portal) -> None:
    name = f"县{uuid4().hex[:6]}局"
    async with at_browser(chromium, portal, "cppcc") as hand:
        page = hand.page
        await hand.go(IMPORT)
        body = await fill_in(hand, units(name))
        await hand.go(IMPORT)
        await upload(hand, body)
        checked = page.url
        await page.get_by_role("button", name="导入这 1 行").click()
        await expect(page.get_by_role("link", name="下载文件")).to_be_visible(timeout=PATIENCE_MS)
        await hand.go(f"/areas/{COUNTY}/unit-register?name={name}")
        rows = page.locator("tbody tr", has_text=name)
        await expect(rows).to_have_count(1, timeout=PATIENCE_MS)

        await page.goto(checked)
        await expect(page.locator("tbody")).to_contain_text("已经登记")
        await hand.go(IMPORT)
        await upload(hand, await fill_in(hand, [*units(name), *units(f"{name}分局")]))
        await expect(page.get_by_role("status").first).to_contain_text("可以导入 1 行")
        await expect(page.locator("tbody")).to_contain_text("已经登记")
        await page.get_by_role("button", name="导入这 1 行").click()
        fetch = page.get_by_role("link", name="下载文件")
        await expect(fetch).to_be_visible(timeout=PATIENCE_MS)
        async with page.expect_download() as coming:
            await fetch.click()
        sheet = openpyxl.load_workbook(io.BytesIO(await body_of(await coming.value)))
        told = [str(row[1]) for row in sheet.worksheets[0].iter_rows(values_only=True)]
        assert 1 == told.count("已导入")
        assert [one for one in told if "已经登记" in one]
        await hand.go(f"/areas/{COUNTY}/unit-register?name={name}")
        await expect(page.locator("tbody tr", has_text=f"{name}分局")).to_have_count(1)
        await expect(rows).to_have_count(2)


@pytest.mark.parametrize("phone", [False, True])
async def test_faults_are_told_row_by_row_and_nothing_is_lost(
    chromium: Browser, portal: Portal, phone: bool
) -> None:
    name = f"县{uuid4().hex[:6]}局"
    rows = [*units(name), *units("怪单位", kind="怪类别"), *units(name)]
    async with at_browser(chromium, portal, "cppcc", phone=phone) as hand:
        await hand.go(IMPORT)
        await upload(hand, await fill_in(hand, rows))
        page = hand.page
        await expect(page.get_by_role("status").first).to_contain_text("共 3 行，可以导入 1 行")
        await expect(page.locator("tbody")).to_contain_text("不是可选的内容")
        await expect(page.locator("tbody")).to_contain_text("重复")
        assert 0 == await page.evaluate(OVER)
        async with page.expect_download() as coming:
            await page.get_by_role("link", name="下载逐行检查结果").click()
        sheet = openpyxl.load_workbook(io.BytesIO(await body_of(await coming.value))).worksheets[0]
        told = [str(row[1]) for row in sheet.iter_rows(values_only=True)]
        assert 1 == told.count("可以导入")


async def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "cppcc") as hand:
        await hand.go(IMPORT)
        await upload(hand, b"no workbook", "x.xlsx")
        await expect(hand.page.locator("main")).to_contain_text("打不开")


async def test_units_are_imported_without_a_script(chromium: Browser, portal: Portal) -> None:
    context = await chromium.new_context(java_script_enabled=False, base_url=portal.url)
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "cppcc")
    await page.fill("#password", PASSWORD)
    await page.locator("main form button").first.click()
    hand = Hand(page, portal)
    await hand.go(IMPORT)
    await upload(hand, await fill_in(hand, units(f"县{uuid4().hex[:6]}局")))
    await page.get_by_role("button", name="导入这 1 行").click()
    await expect(page.get_by_role("link", name="下载文件")).to_be_visible(timeout=PATIENCE_MS)
    await context.close()


async def test_who_may_not_register_units_is_not_offered_their_import(
    chromium: Browser, portal: Portal
) -> None:
    async with at_browser(chromium, portal, "member") as hand:
        await hand.go(f"/areas/{COUNTY}/unit-register")
        await expect(hand.page.get_by_role("link", name="从 Excel 导入")).to_have_count(0)
        await hand.go(IMPORT)
        await expect(hand.page.locator("main")).to_contain_text("身份")


async def test_exports_are_found_again_from_the_menu(chromium: Browser, portal: Portal) -> None:
    async with at_browser(chromium, portal, "leader") as hand:
        await hand.go("/paper/jobs")
        await expect(hand.page.locator("main h1")).to_have_text("我的导出")
        await expect(hand.page.locator(".empty")).to_contain_text("Excel")


async def test_leads_that_are_there_are_said_row_by_row(chromium: Browser, portal: Portal) -> None:
    sign = uuid4().hex[:6]
    lead = {"lead_id": str(uuid4()), "area": VILLAGE, "title": f"路灯{sign}", "origin": "resident",
            "personal": False}  # fmt: skip
    await ask(portal, "clerk", "topics", "SubmitLead", lead)
    async with at_browser(chromium, portal, "clerk") as hand:
        page = hand.page
        known = page.locator("tbody tr", has_text=f"路灯{sign}").first
        leads = f"/areas/{COUNTY}/import/leads"
        await hand.go(leads)
        heads = await page.locator("tbody th").all_inner_texts()
        given = {"来源": "群众", "所在区划": VILLAGE, "个人诉求": "否"}
        rows = [given | {"事项名称": f"{what}{sign}"} for what in ("路灯", "井盖")]
        cells = [[row.get(one.split()[0].rstrip("*"), "") for one in heads] for row in rows]
        body = await fill_in(hand, cells)
        for _ in range(60):
            await hand.go(leads)
            await upload(hand, body)
            if await known.count():
                break
            await page.wait_for_timeout(1000)
        await expect(known).to_contain_text("同名的线索")
        await expect(page.get_by_role("status").first).to_contain_text("可以导入 1 行")
