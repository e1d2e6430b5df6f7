"""A poll from opening to recount: nobody knows who cast what, nor how it stands meanwhile."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from playwright.async_api import Browser, expect

from services.portal.edge.patience import Patience
from services.portal.edge.people.newcomers import Newcomer, open_accounts
from services.portal.edge.polls.ballot import WRONG_MAX
from services.portal.pages import ballots
from services.portal.projections.polls import POLLS
from shared.kernel.errors import Refused
from shared.runtime import clock
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect, request
from tests.outcomes.evaluations import EVALUATION_ID, FACTS, TOPIC_ID
from tests.portal.conftest import COUNTY, PASSWORD, Portal
from tests.portal.hand import PHONE
from tests.portal.test_browser import proposed
from tests.portal.test_pages import csrf_of, log_in
from tests.runtime.logs import until
from tests.servers import Postgres
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

VOTERS = [Newcomer(f"voter{n}", f"表决人{n}", PASSWORD, "member", COUNTY) for n in range(1, 8)]
HANDLER = Newcomer("handling", "承办人", PASSWORD, "member", COUNTY, "县卫生健康局")
SCALE = ("satisfied", "basically-satisfied", "dissatisfied")


@dataclass
class Poll:
    """One poll, its printed codes, and the browsers of those concerned."""

    portal: Portal
    people: dict[str, Any]
    topic_id: str
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    evaluation_id: str = ""
    sheet: str = ""

    @property
    def at(self) -> str:
        """Where it is shown."""
        return f"/polls/{self.evaluation_id}"

    @property
    def codes(self) -> list[str]:
        """The codes as they stand on the ballots."""
        return re.findall(r'class="code">([^<]+)<', self.sheet)

    @property
    def number(self) -> str:
        """The number on every ballot."""
        return re.findall(r'class="number">(\d{8})<', self.sheet)[0]

    async def client(self, login: str) -> httpx.AsyncClient:
        """Somebody's browser."""
        if login not in self.clients:
            self.clients[login] = self.portal.client()
            await log_in(self.clients[login], login)
        return self.clients[login]

    async def open(self, *voters: str, **more: Any) -> httpx.Response:
        """The staff fill in the form of a poll."""
        cppcc, at = await self.client("cppcc"), f"/matters/{self.topic_id}/polls"
        page = await cppcc.get(at)
        hidden = re.search(r'name="evaluation_id" value="([^"]+)"', page.text)
        assert hidden
        form = {
            "csrf": csrf_of(page), "evaluation_id": hidden[1], "subject": f"topic:{self.topic_id}",
            "forum": "standing-committee", "poll_ends": "2099-01-01T12:00",
            "voters": [self.people[one].id for one in voters], "units": "县卫生健康局",
        }  # fmt: skip
        self.evaluation_id = (form | more)["evaluation_id"]
        return await cppcc.post(at, data=form | more)

    async def do(self, login: str, what: str) -> httpx.Response:
        """One of the buttons of the poll's page."""
        client = await self.client(login)
        page = await client.get(self.at)
        return await client.post(f"{self.at}/{what}", data={"csrf": csrf_of(page)})

    async def cast(self, code: str, choice: str, number: str = "") -> httpx.Response:
        """A device nobody knows casts a ballot."""
        async with self.portal.client() as device:
            form = {"n": number or self.number, "code": code, "choice": choice}
            return await device.post("/ballot", data=form)

    async def shows(self, text: str) -> bool:
        """Whether the poll's page shows something."""
        return text in (await (await self.client("cppcc")).get(self.at)).text


@pytest.fixture
async def poll(portal: Portal) -> AsyncIterator[Poll]:
    """A matter to vote on, and those who may."""
    client = await connect(portal.servers.login("portal"), "tests")
    try:
        dsn = portal.servers.service_dsn("portal")
        async with asyncpg.create_pool(dsn, min_size=0) as pool:
            people = await open_accounts(Asker(client), pool, [*VOTERS, HANDLER])
    finally:
        await client.close()
    topic_id, _ = await proposed(portal, "卫生服务中心办得怎么样")
    poll = Poll(portal, people, topic_id)
    cppcc = await poll.client("cppcc")

    async def is_there() -> bool:
        page = (await cppcc.get(f"/matters/{topic_id}/polls")).text
        return all(one.id in page for login, one in people.items() if login != "handling")

    await until(is_there)
    yield poll
    for one in poll.clients.values():
        await one.aclose()


LOGINS = [one.login for one in VOTERS]


async def opened(poll: Poll) -> Poll:
    """It is open, and printed."""
    sheet = await poll.open(*LOGINS)
    assert 200 == sheet.status_code, sheet.text
    assert "no-store" == sheet.headers["cache-control"]
    poll.sheet = sheet.text
    return poll


async def polling(poll: Poll) -> Poll:
    """All have taken a ballot, and the casting has begun."""
    await opened(poll)
    for login in LOGINS:
        taken = await poll.do(login, "take")
        assert f"{poll.at}?told=taken" == taken.headers["location"]
    assert 303 == (await poll.do("cppcc", "OpenPoll")).status_code
    await until(lambda: poll.shows("投票中"))
    return poll


async def test_ballots_are_printed_once_and_only_their_digests_are_kept(poll: Poll) -> None:
    await opened(poll)
    assert len(LOGINS) == len(set(poll.codes))
    again = await poll.open(*LOGINS, evaluation_id=poll.evaluation_id)
    assert 409 == again.status_code
    assert [] == re.findall(r'class="code">', again.text)
    admin = await asyncpg.connect(poll.portal.servers.admin_dsn)
    try:
        said = await admin.fetchval(
            "SELECT data::text FROM outcomes.events WHERE stream = $1", UUID(poll.evaluation_id)
        )
    finally:
        await admin.close()
    for code in poll.codes:
        assert ballots.typed(code) not in said
        assert ballots.digest(ballots.typed(code)) in said


async def test_a_poll_is_held_and_counted_and_nobody_sees_before_how_it_stands(
    poll: Poll,
) -> None:
    await polling(poll)
    cppcc = await poll.client("cppcc")
    matter, board = f"/matters/{poll.topic_id}", f"/areas/{COUNTY}"
    before = [await cppcc.get(one) for one in (matter, board, poll.at)]
    for n, code in enumerate(poll.codes):
        answer = await poll.cast(code.lower(), SCALE[n % 3])
        assert "票已投入票箱" in answer.text
        assert "no-store" == answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers
    after = [await cppcc.get(one) for one in (matter, board, poll.at)]
    for one, other in zip(before, after, strict=True):
        assert _told(one) == _told(other)
    assert [] == await _ballots_outside(poll.portal)

    assert 303 == (await poll.do("cppcc", "TallyEvaluation")).status_code
    await until(lambda: poll.shows("发出 7 张，收回 7 张"))
    assert 303 == (await poll.do("member", "RecountEvaluation")).status_code
    await until(lambda: poll.shows("已复核 1 次，与计票一致"))
    assert "投票已经结束" in (await cppcc.get(f"/ballot?n={poll.number}")).text


def _told(page: httpx.Response) -> str:
    """What a page says, without what is another each time it is drawn."""
    return re.sub(r'value="[^"]*"|data-live="[^"]*"', "", unescape(page.text))


async def _ballots_outside(portal: Portal) -> list[str]:
    """The tables of the portal, and the stream, that know of a ballot taken or cast."""
    found = []
    admin = await asyncpg.connect(portal.servers.admin_dsn)
    try:
        tables = await admin.fetch(
            "SELECT format('%I.%I', table_schema, table_name) AS name"
            "  FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema LIKE 'portal%'"
        )
        for (table,) in tables:
            asked = (
                f"SELECT EXISTS (SELECT FROM {table} one WHERE one::text ~ 'Ballot(Taken|Cast)')"
            )
            if await admin.fetchval(asked):
                found.append(table)
    finally:
        await admin.close()
    client = await connect(portal.servers.login("admin"), "searching")
    try:
        info = {"subjects_filter": "ev.outcomes.>"}
        told = (await request(client, "STREAM.INFO.outcomes", info))["state"]["subjects"]
        return found + [one for one in told if one.endswith(("BallotTaken", "BallotCast"))]
    finally:
        await client.close()


async def test_the_log_of_a_ballot_names_nobody(poll: Poll) -> None:
    await polling(poll)
    await poll.cast(poll.codes[0], "satisfied")
    admin = await asyncpg.connect(poll.portal.servers.admin_dsn)
    try:
        rows = await admin.fetch(
            "SELECT actor, correlation, causation, data::text AS data FROM outcomes.events"
            " WHERE stream = $1 AND type = 'BallotCast'", UUID(poll.evaluation_id)
        )  # fmt: skip
    finally:
        await admin.close()
    assert 1 == len(rows)
    told = " ".join(str(value) for value in rows[0].values())
    assert rows[0]["actor"].endswith("/ballot")
    known = [one.id for one in (*poll.people.values(), *poll.portal.people.values())]
    assert [] == [one for one in known if one in told]


async def test_a_ballot_counts_once_and_a_wrong_one_not_at_all(poll: Poll) -> None:
    await polling(poll)
    await poll.cast(poll.codes[0], "satisfied")
    spent = await poll.cast(poll.codes[0], "dissatisfied")
    wrong = await poll.cast("A" * ballots.LENGTH, "satisfied")
    short = await poll.cast("ABCD", "satisfied")
    unknown = await poll.cast(poll.codes[1], "satisfied", number="00000000")
    for answer, sentence in (
        (spent, "已经投过"), (wrong, "没有这张选票"), (short, "没有这张选票"),
        (unknown, "没有测评号为"),
    ):  # fmt: skip
        assert 409 == answer.status_code
        assert sentence in answer.text


async def test_nobody_casts_a_ballot_in_the_name_of_an_office(poll: Poll) -> None:
    await polling(poll)
    async with poll.portal.client() as client:
        person = {"login": "handling", "password": PASSWORD}
        session = await client.post("/api/v1/sessions", json=person)
        token = {"Authorization": f"Bearer {session.json()['token']}"}
        data = {
            "evaluation_id": poll.evaluation_id, "code": ballots.typed(poll.codes[0]),
            "choice": "satisfied",
        }  # fmt: skip
        answer = await client.post("/api/v1/outcomes/CastBallot", json=data, headers=token)
    assert (403, "wrong-role") == (answer.status_code, answer.json()["code"])


async def test_who_handles_it_and_who_is_not_listed_takes_no_ballot(poll: Poll) -> None:
    await opened(poll)
    for login, sentence in (("handling", "承办的人不能参加"), ("member", "不在这次测评的名单上")):
        answer = await poll.do(login, "take")
        assert 409 == answer.status_code
        assert sentence in answer.text


async def test_only_the_staff_of_the_cppcc_open_a_poll(poll: Poll) -> None:
    member, at = await poll.client("member"), f"/matters/{poll.topic_id}/polls"
    page = await member.get(at)
    assert 'name="voters"' not in page.text
    answer = await member.post(at, data={"csrf": csrf_of(page)})
    assert 403 == answer.status_code


async def test_a_poll_without_voters_is_not_opened(poll: Poll) -> None:
    few = await poll.open(voters=[])
    assert 409 == few.status_code
    assert "名单上有0人" in few.text


def test_guessing_is_tired_of_and_looking_alone_is_not_counted() -> None:
    patience, now = Patience(WRONG_MAX), clock.now()
    for _ in range(WRONG_MAX):
        patience.must_wait("here", now)
        patience.count("here", now)
    with pytest.raises(Refused, match="too-often"):
        patience.must_wait("here", now)
    patience.must_wait("elsewhere", now)


def test_a_code_is_read_however_it_was_typed() -> None:
    (code,) = ballots.codes(1)
    assert code == ballots.typed(f" {ballots.grouped(code).lower()} ")
    assert 20 == len(code)


async def test_the_view_of_polls_keeps_the_law_and_hears_of_no_ballot(pg: Postgres) -> None:
    from services.outcomes.domain import DECIDERS

    async with history(pg, [("outcomes", EVALUATION_ID, fact) for fact in FACTS]) as dsn:
        await keeps_the_law(dsn, "portal", POLLS, DECIDERS)
        async with filled(dsn, "portal", POLLS, DECIDERS) as view:
            (row,) = await view.ask("one", evaluation_id=EVALUATION_ID)
            (same,) = await view.ask("numbered", number=row["number"])
            assert EVALUATION_ID == same["evaluation_id"]
            assert [EVALUATION_ID] == [
                one["evaluation_id"] for one in await view.ask("of topic", topic_id=TOPIC_ID)
            ]
    assert ("EvaluationReported", 7, 1, True) == (
        row["state"], row["polled"], row["recounts"], row["stands"],
    )  # fmt: skip
    assert 8 == len(row["number"])


@pytest.mark.browser
async def test_a_voter_casts_a_ballot_on_a_phone(chromium: Browser, poll: Poll) -> None:
    await polling(poll)
    context = await chromium.new_context(viewport=PHONE, java_script_enabled=False)
    try:
        page = await context.new_page()
        await page.goto(f"{poll.portal.url}/ballot")
        await page.fill("#n", poll.number)
        await page.click("main button")
        await page.get_by_text("基本满意").click()
        await page.fill("#code", poll.codes[3])
        await page.click("main button")
        await expect(page.locator("h1")).to_have_text("票已投入票箱")
        assert [] == await context.cookies()
    finally:
        await context.close()
