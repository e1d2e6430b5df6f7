"""Pages as of a past day: plainly said, by that day's calendar, carried along, and left again."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4, uuid5

import asyncpg
import httpx
import pytest
from playwright.async_api import Browser, expect
from pydantic_core import to_json

from services.notify.domain.deadline.events import DeadlineSet
from services.outcomes.domain.assignment.events import AssignmentOpened
from services.topics.domain.topic.events import TopicProposed, TopicWithdrawn
from shared.kernel.envelope import Fact
from shared.kernel.message import Event
from shared.runtime import asof, clock
from shared.runtime.clock import SHANGHAI
from shared.runtime.store import Append, Store
from tests.portal.conftest import PASSWORD, Portal
from tests.portal.hand import PATIENCE_MS, at_browser
from tests.portal.test_pages import log_in
from tests.runtime.flows import running

pytestmark = pytest.mark.servers

HERE, COUNTY = "510521001001", "510521000000"
TOPIC, OUTCOME = uuid4(), uuid4()
ASSIGNMENT = uuid5(OUTCOME, "1")
TITLE = "玉蟾街道的老旧管网"
UNIT = "县住房和城乡建设局"
CATEGORY = {"topics": "topic", "outcomes": "assignment", "notify": "deadline"}
SHEET = f"/areas/{COUNTY}/overdue"
JUNE = f"/areas/{COUNTY}?as_of=2024-06-30"


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=SHANGHAI)


async def say(portal: Portal, service: str, stream: UUID, *said: tuple[datetime, Event]) -> int:
    """Put facts of long ago at the end of a log, and say where it ends."""
    store = await Store.open(portal.servers.service_dsn(service), service)
    async with running(store.run()):
        for revision, (at, event) in enumerate(said):
            command = uuid4()
            name, version, data = type(event).__name__, event.version, to_json(event)
            await store.append(
                Append(
                    stream=stream, category=CATEGORY[service],
                    area=HERE, charter="510521@1", actor="he/cppcc", expected=revision,
                    causation=command, correlation=command, at=at,
                    facts=[Fact(uuid5(command, "0"), name, version, data)],
                )
            )  # fmt: skip
        last = await store.last()
    await store.close()
    return last


@pytest.fixture(scope="module")
async def told(portal: Portal) -> None:
    """A topic of March 2024 whose unit let April pass, and that was withdrawn in July."""
    proposed = TopicProposed(
        topic_id=TOPIC, title=TITLE, summary="", origin="member", proposer="he", lead_id=None,
        submitter=None,
    )  # fmt: skip
    opened = AssignmentOpened(
        assignment_id=ASSIGNMENT, outcome_id=OUTCOME, topic_id=TOPIC, item_no=1, text="改造管网",
        lead_unit=UNIT, assist_units=(), due=date(2024, 4, 30),
    )  # fmt: skip
    withdrawn = TopicWithdrawn(topic_id=TOPIC, reason="另案处理")
    await say(portal, "topics", TOPIC, (noon(2024, 3, 1), proposed), (noon(2024, 7, 2), withdrawn))
    clock_set = DeadlineSet(
        deadline_id=ASSIGNMENT, topic_id=TOPIC, unit=UNIT, due=date(2024, 4, 30),
        why="reply-days-of-the-charter", params={}, count=None, marks=(),
    )  # fmt: skip
    opened_at = await say(portal, "outcomes", ASSIGNMENT, (noon(2024, 4, 1), opened))
    set_at = await say(portal, "notify", ASSIGNMENT, (noon(2024, 4, 1), clock_set))
    async with portal.client() as client:
        await log_in(client, "elsewhere")
        await client.get(f"/areas/{COUNTY}?after=outcomes:{opened_at}")
        await client.get(f"{SHEET}?after=notify:{set_at}")


@pytest.fixture
async def reader(portal: Portal, told: None) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        await log_in(client, "elsewhere")
        yield client


@asynccontextmanager
async def nobody_begins(portal: Portal) -> AsyncIterator[None]:
    """No past is begun while this lasts."""
    connection = await asyncpg.connect(portal.servers.service_dsn("portal"))
    try:
        async with connection.transaction():
            await connection.execute(asof.SQL["alone"].text)
            yield
    finally:
        await connection.close()


async def made(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """The page, once it need not be waited for; a browser asks again just so."""
    for _ in range(100):
        answer = await client.get(path)
        if answer.status_code != 202:
            return answer
    pytest.fail("it is never made")


async def test_a_board_of_a_past_day_says_so_and_shows_what_was_so(
    reader: httpx.AsyncClient,
) -> None:
    page = await made(reader, JUNE)
    assert 200 == page.status_code
    assert "截至 2024年6月30日 的情形" in page.text
    assert "2024 年发生的事（截至 2024年6月30日）" in page.text
    assert 'data-live=""' in page.text
    assert re.search(r'state=TopicProposed&amp;as_of=2024-06-30"><b>1</b>', page.text)

    today = await reader.get(f"/areas/{COUNTY}?year=2024")
    assert "截至" not in today.text
    assert 'data-live="area=' in today.text


async def test_what_is_overdue_is_so_by_the_past_day(reader: httpx.AsyncClient) -> None:
    for day, late in (("2024-04-30", ""), ("2024-05-01", "1 天"), ("2024-06-30", "61 天")):
        page = await made(reader, f"/areas/{COUNTY}?as_of={day}")
        overdue = page.text[page.text.index('<section aria-labelledby="overdue">') :]
        assert (UNIT in overdue, late in overdue) == (bool(late), True)


async def test_a_sheet_of_a_past_day_counts_by_that_day(reader: httpx.AsyncClient) -> None:
    in_time = await made(reader, f"{SHEET}?state=late&as_of=2024-04-30")
    late = await made(reader, f"{SHEET}?state=late&as_of=2024-06-30")
    assert (200, False, True) == (in_time.status_code, TITLE in in_time.text, TITLE in late.text)
    assert "截至 2024年6月30日 的情形" in late.text
    assert 'data-live=""' in late.text
    assert 'name="as_of" max=' in (await reader.get(SHEET)).text


async def test_a_year_that_had_not_begun_is_not_shown(reader: httpx.AsyncClient) -> None:
    page = await made(reader, f"{JUNE}&year=2025")
    assert "2024 年发生的事" in page.text
    assert ">2025</option>" not in page.text


async def test_a_list_of_a_past_day_shows_the_states_of_then(reader: httpx.AsyncClient) -> None:
    then = await made(reader, f"/matters?area={COUNTY}&state=TopicProposed&as_of=2024-07-01")
    later = await made(reader, f"/matters?area={COUNTY}&state=TopicProposed&as_of=2024-07-02")
    assert TITLE in then.text
    assert TITLE not in later.text
    assert "那时没有符合条件的事项" in later.text


async def test_a_story_ends_on_the_past_day_and_nothing_can_be_done_there(
    reader: httpx.AsyncClient,
) -> None:
    then = await made(reader, f"/matters/{TOPIC}?as_of=2024-06-30")
    now = await reader.get(f"/matters/{TOPIC}")
    assert ("截至 2024年6月30日" in then.text, "截至" in now.text) == (True, False)
    assert ("<h3>议题撤回</h3>" in then.text, "<h3>议题撤回</h3>" in now.text) == (False, True)
    assert "不能在这里办理" in then.text
    assert "/do/" not in then.text
    before = await made(reader, f"/matters/{TOPIC}?as_of=2024-02-29")
    assert 404 == before.status_code


async def test_every_link_of_a_past_page_stays_there_but_the_one_back(
    reader: httpx.AsyncClient,
) -> None:
    for path in (
        JUNE,
        f"/matters?area={COUNTY}&as_of=2024-06-30",
        f"/matters/{TOPIC}?as_of=2024-06-30",
        f"{SHEET}?as_of=2024-06-30&unit={UNIT}",
    ):
        page = await made(reader, path)
        body = page.text[page.text.index("<main") : page.text.index("</main>")]
        links = [unescape(to) for to in re.findall(r'href="(/[^"]*)"', body)]
        away = [to for to in links if "as_of=2024-06-30" not in to]
        assert len(links) > 1
        assert 1 == len(away)
        back = await reader.get(away[0])
        assert (200, False) == (back.status_code, "截至" in back.text)


@pytest.mark.parametrize(
    ("day", "status", "told_so"),
    [
        ("2024-02-30", 422, "不是一个日期"),
        ("0001-01-01", 422, "不是一个日期"),
        ("9999-12-31", 422, "不是一个日期"),
        (str(clock.today() + timedelta(days=2)), 422, "还没有到"),
        ("1999-12-31", 404, "最早的记录是"),
    ],
)
async def test_a_day_that_cannot_be_shown_is_told_in_a_sentence(
    reader: httpx.AsyncClient, day: str, status: int, told_so: str
) -> None:
    for path in (f"/areas/{COUNTY}", "/matters"):
        page = await reader.get(f"{path}?as_of={day}")
        assert (status, True) == (page.status_code, told_so in page.text)


async def test_today_is_the_present(reader: httpx.AsyncClient) -> None:
    page = await reader.get(f"/areas/{COUNTY}?as_of={clock.today()}")
    assert (200, False) == (page.status_code, "截至" in page.text)


async def test_a_long_making_says_how_far_it_is_and_reads_itself_again(
    portal: Portal, reader: httpx.AsyncClient
) -> None:
    path = f"/areas/{COUNTY}?as_of=2024-05-17"
    async with nobody_begins(portal):
        waiting = await reader.get(path)
    assert 202 == waiting.status_code
    assert '<meta http-equiv="refresh" content="1">' in waiting.text
    assert "正在整理 2024年5月17日 的情形" in waiting.text
    assert re.search(r'<progress max="\d+" value="0"', waiting.text)
    assert 200 == (await made(reader, path)).status_code


@pytest.mark.browser
async def test_a_browser_without_a_script_lands_on_what_was_asked(
    portal: Portal, told: None, chromium: Browser
) -> None:
    context = await chromium.new_context(java_script_enabled=False, base_url=portal.url)
    page = await context.new_page()
    await page.goto("/login")
    await page.fill("#login", "elsewhere")
    await page.fill("#password", PASSWORD)
    await page.click("main button")
    async with nobody_begins(portal):
        await page.goto(f"/areas/{COUNTY}?as_of=2024-05-18")
        await expect(page.locator("progress")).to_be_visible()
    told_so = page.locator(".past", has_text="截至 2024年5月18日")
    await expect(told_so).to_be_visible(timeout=PATIENCE_MS)
    await context.close()


@pytest.mark.browser
async def test_a_leader_goes_back_in_time_and_returns(
    portal: Portal, told: None, chromium: Browser
) -> None:
    async with at_browser(chromium, portal, "elsewhere") as hand:
        await hand.go(f"/areas/{COUNTY}")
        await hand.page.fill("#as_of", "2024-06-30")
        await hand.page.get_by_role("button", name="筛选").click()
        told_so = hand.page.locator(".past")
        await expect(told_so).to_contain_text("截至 2024年6月30日", timeout=PATIENCE_MS)
        await hand.page.locator("#overdue + .wide a", has_text=TITLE).click()
        await expect(told_so).to_contain_text("截至 2024年6月30日")
        await told_so.get_by_role("link", name="回到现在").click()
        await expect(told_so).to_have_count(0)
        await expect(hand.page.locator(".story h3", has_text="议题撤回")).to_be_visible()
