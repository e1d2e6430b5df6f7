"""Two scenarios of charters: what a county switched on, and what changed while a matter went on."""

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import asyncpg
import httpx
import pytest

from deploy.tongxin.demo import Teller
from deploy.tongxin.home import SERVICES, read_json
from deploy.tongxin.mend import app_of
from services.portal.edge.people.newcomers import account_of
from shared.kernel.errors import Forbidden, Refused
from shared.kernel.message import Actor
from shared.runtime import clock
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect, request
from shared.runtime.replica import RELOAD_S
from shared.runtime.settings import Settings
from tests.faults.checker import check
from tests.journey import scenarios
from tests.journey.camera import Camera
from tests.journey.scenarios import Logs, facts, matter, missing_from, seen
from tests.platform import Platform, sealed
from tests.portal.conftest import PASSWORD
from tests.portal.test_pages import log_in
from tests.runtime.logs import until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

COUNTY, TOWN = "511623000000", "511623119000"
SECRETS = ("邻政协党组函", "联名反映仍在停水", "当场表态一个月换完主管")
"""Words that stand in the referral, and nowhere else."""

PAGES_MAX = 4_000
SAME = ("/static", "/help/", "/api/", "/prefs")
"""What is the same for everybody."""
ELSEWHERE = re.compile(rf"/(?!{TOWN}|{COUNTY})\d{{12}}")
SECOND = """# 泸县 asks for a fifth criterion, and calls its last stage by another name.
base = "510521@1"
in_force = 2020-08-20

[topics]
criteria = ["hoped-for-by-people", "small-cut", "actionable", "effective", "feasible"]

[portal]
stages = [
  { label = "确立协商主题", of = ["PLAN", "SOURCE", "SCREEN", "APPROVE"] },
  { label = "组织调查研究", of = ["PARTIES", "WORKPLAN", "NOTICE", "RESEARCH"] },
  { label = "面对面开展协商", of = ["MEET", "RECORD"] },
  { label = "成果转化与回访", of = ["ROUTE", "HANDLE", "FEEDBACK", "FOLLOWUP", "CLOSE"] },
]
"""


@pytest.fixture
async def asker(stage: Platform, logs: Logs) -> AsyncIterator[Asker]:
    """Who speaks for the portal, once everything else is told."""
    client = await connect(stage.servers.login("portal"), "rules")
    yield Asker(client)
    await client.close()


def actor(login: str) -> Actor:
    """One of the people of the stories."""
    (one,) = [one for one in scenarios.newcomers() if one.login == login]
    return Actor(str(account_of(login)), one.role, one.within, one.unit)


async def register(asker: Asker, login: str, area: str) -> list[dict[str, Any]]:
    """The referrals of an area, as somebody is told of them."""
    asked, question = {"area": area}, clock.new_id()
    answer = await asker.question("outcomes", "ReferralsInArea", asked, actor(login), question)
    rows: list[dict[str, Any]] = answer["rows"]
    return rows


async def test_a_broken_promise_is_referred_once_the_party_group_approved(
    logs: Logs, asker: Asker
) -> None:
    said = [fact.type for fact in logs["outcomes"] if fact.category == "referral"]
    of_water = said[said.index("BreachNoted") - 1 :]
    assert {"CommitmentNoted", "BreachNoted", "StrongReactionRecorded"} <= set(of_water)
    end = ["InactionAlleged", "DisciplineReferralApproved", "DisciplineReferred"]
    assert end == said[-3:]
    assert {"DeadlineBreached"} <= {fact.type for fact in logs["notify"]}
    (row,) = [one for one in await register(asker, "linshui.cppcc", COUNTY) if one["breaches"]]
    assert ("县水务局", "referred") == (row["unit"], row["state"])


async def test_the_staff_of_a_town_may_not_ask_about_it(asker: Asker, logs: Logs) -> None:
    for login, area in (("linshui.sangu", COUNTY), ("linshui.sangu.cppcc", COUNTY)):
        with pytest.raises(Forbidden):
            await register(asker, login, area)
    assert [] == await register(asker, "linshui.sangu.cppcc", TOWN)


async def test_no_page_that_a_town_can_reach_speaks_of_it(stage: Platform, logs: Logs) -> None:
    referral = str(next(f.stream for f in logs["outcomes"] if f.type == "DisciplineReferred"))
    for login in ("linshui.sangu", "linshui.sangu.cppcc"):
        pages = await reached(stage, login)
        assert any("三古镇自来水管网漏损" in page for page in pages)
        assert [] == [one for one in (*SECRETS, referral) for page in pages if one in page]


async def reached(stage: Platform, login: str) -> list[str]:
    """Every page that somebody comes to by following links.

    Of a list in another order one, and of a page of other places one.
    """
    url = read_json(stage.home.run_file)["url"]
    found: dict[tuple[str, ...], str] = {}
    async with httpx.AsyncClient(base_url=url, timeout=20, follow_redirects=True) as client:
        await log_in(client, login)
        waiting = ["/", "/matters", "/inbox", "/awaiting", f"/areas/{TOWN}"]
        while waiting:
            link = waiting.pop()
            path, _, asked = link.partition("?")
            page = (ELSEWHERE.sub("/elsewhere", path), *sorted(parse_qs(asked)))
            if page in found or link.startswith(SAME) or ".xlsx?" in link:
                continue
            found[page] = (await client.get(link)).text
            waiting += map(unescape, re.findall(r'href="(/[^"#]*)', found[page]))
            assert len(found) < PAGES_MAX
    return list(found.values())


async def test_the_api_does_not_let_a_town_touch_it(stage: Platform, logs: Logs) -> None:
    referral = next(f.stream for f in logs["outcomes"] if f.type == "DisciplineReferred")
    url = read_json(stage.home.run_file)["url"]
    async with httpx.AsyncClient(base_url=url, timeout=20) as client:
        who = {"login": "linshui.sangu.cppcc", "password": PASSWORD}
        token = (await client.post("/api/v1/sessions", json=who)).json()["token"]
        for command, data in (
            ("RecordStrongReaction", {"by": "people", "record": "有人说话。"}),
            ("ReceiveDisciplineResult", {"result": "已处理。"}),
        ):
            answer = await client.post(
                f"/api/v1/outcomes/{command}",
                json={"referral_id": str(referral), **data},
                headers={"Authorization": f"Bearer {token}"},
            )
            assert (403, "wrong-place") == (answer.status_code, answer.json()["code"])
            assert [] == [one for one in SECRETS if one in answer.text]


async def test_no_subject_names_it(stage: Platform, logs: Logs) -> None:
    client = await connect(stage.servers.login("admin"), "subjects")
    try:
        asked = {"subjects_filter": ">"}
        info = await request(client, "STREAM.INFO.outcomes", asked)
    finally:
        await client.close()
    subjects: dict[str, int] = info["state"]["subjects"]
    assert [] == [one for one in subjects if "referral" in one or "Discipline" in one]
    restricted = {one: n for one, n in subjects.items() if "restricted" in one.lower()}
    hidden = frozenset[str]().union(*(one.withheld for one in app_of("outcomes").deciders))
    secret = sum(not hidden.isdisjoint((one.category, one.type)) for one in logs["outcomes"])
    assert {"ev.outcomes.51.16.23.000.000.restricted.Restricted": secret} == restricted


async def test_no_view_of_another_service_holds_it(stage: Platform, logs: Logs) -> None:
    """Not even those who administer the portal's views find it there; outcomes' own have it."""
    for service in SERVICES:
        if service == "outcomes":
            continue
        async with asyncpg.create_pool(stage.servers.service_dsn(service), min_size=0) as pool:
            for table in await tables(pool):
                held = [one for one in SECRETS if await holds(pool, table, one)]
                assert [] == held, (service, table)


async def tables(pool: asyncpg.Pool) -> list[str]:
    """Every table that a service may read."""
    rows = await pool.fetch(
        "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
        " AND has_table_privilege(format('%I.%I', table_schema, table_name), 'SELECT')"
    )
    return [row["name"] for row in rows]


async def holds(pool: asyncpg.Pool, table: str, words: str) -> bool:
    """Whether a row of the table has these words anywhere, even as the bytes of a fact."""
    found: bool = await pool.fetchval(
        f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text LIKE '%' || $1 || '%'"
        " OR t::text LIKE '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%')",
        words,
    )
    return found


async def test_a_matter_under_way_keeps_its_charter_and_a_new_one_has_the_new(
    stage: Platform, settings: Settings, asker: Asker, take: Camera
) -> None:
    people = {one.login: actor(one.login) for one in scenarios.newcomers()}
    teller = Teller(asker, people, sealed, lambda *_: None)
    old, new = matter("first-version"), matter("second-version")
    await teller.tell_all([scenarios.part(old, 0, 1)])
    (settings.charters / "510521" / "2.toml").write_text(SECOND, "utf-8")
    await until(lambda: is_in_force(asker))
    await teller.tell_all([scenarios.part(old, 1), new])

    after = await check(stage.servers, [])
    assert {"510521@1"} == {fact.charter for fact in facts(after, old.key)}
    assert {"510521@2"} == {fact.charter for fact in facts(after, new.key)}
    for page in scenarios.all_pages():
        if page.key in scenarios.VERSIONS:
            answer = await seen(stage, page.by, page.path)
            assert [] == missing_from(answer.text, page)
            await take(page.path, page.by, f"{page.key}-{page.by}")


async def is_in_force(asker: Asker) -> bool:
    """Whether a topic that is proposed now is checked for five criteria."""
    who, topic_id = actor("luxian.convenor"), str(clock.new_id())
    place = {"area": "510521110000", "title": "规则是否生效", "origin": "clerk"}
    four = dict.fromkeys(("hoped-for-by-people", "small-cut", "actionable", "effective"), True)
    for command, data in (("ProposeTopic", place), ("AssessCriteria", {"criteria": four})):
        asked = {"topic_id": topic_id, **data}
        try:
            await asker.ask("topics", command, asked, who, clock.new_id(), clock.new_id())
        except Refused as no:
            return no.code == "criteria-missing"
    await asyncio.sleep(RELOAD_S / 4)
    return False
