"""Operators look for accounts: by name, login, role, area and state; fifty to a page."""

import re
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from services.portal.edge.people.newcomers import account_of, grant, open_account
from services.portal.words import OPERATOR
from shared.kernel.areas import EVERYWHERE
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from shared.runtime.vault import Vault
from tests.portal.conftest import Portal
from tests.portal.test_pages import csrf_of, log_in
from tests.runtime.logs import until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

PLACE, EMPTY = "421124100002", "421124100001"
MANY = 49
TERMS = {"crowd.over": ("2020-01-01", "2020-12-31"), "crowd.ahead": ("2090-01-01", "")}
NOBODY = "crowd.nobody"
SETTING_UP = Actor("accounts", OPERATOR, EVERYWHERE)


@pytest.fixture(scope="module")
async def watch(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    """The operator of all areas, and 52 people in a village."""
    client = await connect(portal.servers.login("portal"), "tests")
    try:
        asker, dsn = Asker(client), portal.servers.service_dsn("portal")
        async with asyncpg.create_pool(dsn, min_size=0) as pool:
            for login in [*(f"crowd.{n:02}" for n in range(MANY)), *TERMS, NOBODY]:
                name = f"万{login[6:]}"
                await open_account(asker, Vault(pool), SETTING_UP, login, name, PLACE)
                if login != NOBODY:
                    office, term = ("member", PLACE, ""), TERMS.get(login, ("", ""))
                    await grant(asker, SETTING_UP, account_of(login), office, term)
    finally:
        await client.close()
    async with portal.client() as browser:
        await log_in(browser, "watch")

        async def all_there() -> bool:
            shown = await logins(browser, area=PLACE, page="2")
            return 2 == len(shown) and bool(await logins(browser, area=PLACE, who="crowd.ahead"))

        await until(all_there)
        yield browser


async def logins(browser: httpx.AsyncClient, **asked: str) -> list[str]:
    """Who is shown."""
    page = await browser.get("/accounts", params=asked)
    assert 200 == page.status_code
    return re.findall(r"<h2>.*?<small>(\S+) · ", page.text)


async def test_fifty_are_on_a_page_and_the_rest_on_the_next(watch: httpx.AsyncClient) -> None:
    first = await logins(watch, area=PLACE)
    assert [f"crowd.{n:02}" for n in range(MANY)] == first[:MANY]
    assert {*first, *await logins(watch, area=PLACE, page="2")} >= {*TERMS, NOBODY}
    assert [] == await logins(watch, area=PLACE, page="3")
    page = await watch.get("/accounts", params={"area": PLACE, "role": "member"})
    (after,) = re.findall(r'href="([^"]+)" rel="next"', page.text)
    assert f"/accounts?role=member&amp;area={PLACE}&amp;page=2" == after


@pytest.mark.parametrize(
    ("who", "found"),
    [("万07", ["crowd.07"]), ("CROWD.07", ["crowd.07"]), ("<b>万", []), ("%", []), ("_", [])],
)
async def test_a_part_of_a_name_or_a_login_finds_somebody(
    watch: httpx.AsyncClient, who: str, found: list[str]
) -> None:
    assert found == await logins(watch, area=PLACE, who=who)


async def test_only_a_term_that_runs_is_an_office(watch: httpx.AsyncClient) -> None:
    assert {*TERMS, NOBODY} == {*await logins(watch, area=PLACE, state="no-office")}
    assert {*TERMS} == {*await logins(watch, area=PLACE, state="no-office", role="member")}
    assert MANY == len(await logins(watch, area=PLACE, state="in-office"))
    assert [] == await logins(watch, area=PLACE, state="closed")
    assert [] == await logins(watch, area=PLACE, role="clerk")


async def test_terms_and_who_granted_them_are_told(watch: httpx.AsyncClient) -> None:
    over = (await watch.get("/accounts", params={"who": "crowd.over"})).text
    assert "任期：2020年1月1日 至 2020年12月31日" in over
    assert "任期已满" in over
    assert re.search(r"平台于\d{4}年\d+月\d+日授予", over)
    ahead = (await watch.get("/accounts", params={"who": "crowd.ahead"})).text
    assert "任期：2090年1月1日 至 撤销为止" in ahead
    assert "任期未到" in ahead


async def test_what_is_no_area_no_role_and_no_state_is_not_asked(
    watch: httpx.AsyncClient,
) -> None:
    page = await watch.get(
        "/accounts", params={"area": "x", "role": "x", "state": "x", "page": "x"}
    )
    assert 200 == page.status_code
    assert "清除筛选" not in page.text
    nobody = await watch.get("/accounts", params={"area": EMPTY})
    assert "没有符合条件的账号" in nobody.text


async def test_an_operator_finds_nobody_outside_the_own_area(portal: Portal) -> None:
    async with portal.client() as browser:
        await log_in(browser, "operator")
        assert [] == await logins(browser, who="crowd.")
        assert "crowd." not in (await browser.get("/accounts", params={"area": PLACE})).text


async def test_what_is_no_appointment_is_not_revoked(watch: httpx.AsyncClient) -> None:
    form = {"csrf": csrf_of(await watch.get("/accounts")), "appointment_id": "x"}
    answer = await watch.post(f"/accounts/{account_of(NOBODY)}/revoke", data=form)
    assert 404 == answer.status_code
