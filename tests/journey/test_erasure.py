"""A resident and a member of the staff are erased: no word of theirs is left, and the chain holds.

Over the running platform: the words go in at the page for everybody, and out by two people.
"""

import re
from base64 import b64decode
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import httpx
import pytest

from deploy.tongxin.home import SERVICES
from deploy.tongxin.servers import Servers
from services.portal.app import app
from services.portal.edge.people.newcomers import Newcomer, account_of, open_accounts
from shared.kernel.envelope import Envelope
from shared.runtime.asker import Asker
from shared.runtime.chain import Chain
from shared.runtime.copies import make
from shared.runtime.digest import digest_of
from shared.runtime.facts import Logged
from shared.runtime.flow import lifts_of
from shared.runtime.jetstream import connect, request
from shared.runtime.projector import Projector, applying
from shared.runtime.store import Store
from tests.faults.checker import settle
from tests.platform import Platform
from tests.portal.conftest import COUNTY, PASSWORD, PEOPLE, VILLAGE, Portal
from tests.portal.test_pages import csrf_of, log_in
from tests.runtime.logs import until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

WORDS, NAME, PHONE = "竹林湾水井三年没清过淤", "鲜于桂兰", "13990001234"
LOGIN, OFFICER = "gone", "公孙未然"
SECRETS = (WORDS, NAME, PHONE, OFFICER)
PAGE = 5_000


@pytest.fixture(scope="module")
async def portal(platform: Platform) -> Portal:
    """The portal, with its people and one who will leave."""
    servers = platform.servers
    client = await connect(servers.login("portal"), "tests")
    leaving = Newcomer(LOGIN, OFFICER, PASSWORD, "clerk", COUNTY)
    try:
        async with asyncpg.create_pool(servers.service_dsn("portal"), min_size=0) as pool:
            people = await open_accounts(Asker(client), pool, [*PEOPLE, leaving])
    finally:
        await client.close()
    found = platform.home.run_file.read_text("utf-8")
    return Portal(re.findall(r'"url": "([^"]+)"', found)[0], people, servers)


async def raise_matter(portal: Portal) -> UUID:
    """A resident without an account brings a matter."""
    async with portal.client() as visitor:
        page = await visitor.get(f"/raise?area={VILLAGE}")
        number = re.search(r'name="command_id" value="([^"]+)"', page.text)
        assert number
        form = {"csrf": csrf_of(page), "command_id": number[1], "area": VILLAGE}
        told = {"title": "竹林湾水井清淤", "words": WORDS, "name": NAME, "phone": PHONE}
        answer = await visitor.post("/raise", data=form | told)
        assert 303 == answer.status_code, answer.text
    return UUID(number[1])


async def enter(client: httpx.AsyncClient, of: str, subject_id: UUID) -> httpx.Response:
    """The request as somebody of the staff enters it."""
    page = await client.get(f"/erasures/new?of={of}&id={subject_id}")
    told = {
        "csrf": csrf_of(page), "of": of, "id": str(subject_id), "applicant": "data-subject",
        "ground": "consent-withdrawn", "received": "by-letter", "received_on": "2026-03-01",
    }  # fmt: skip
    return await client.post("/erasures", data=told)


async def decide(client: httpx.AsyncClient, subject_id: UUID, how: str, **more: str) -> Any:
    """Approve or refuse a request, at its page."""
    at = f"/erasures/{uuid5(subject_id, 'erasure')}"
    page = await client.get(at)
    return await client.post(f"{at}/{how}", data={"csrf": csrf_of(page)} | more)


@pytest.fixture
async def cppcc(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        await log_in(client, "cppcc")
        yield client


@pytest.fixture
async def operator(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.client() as client:
        await log_in(client, "operator")
        yield client


async def logs(servers: Servers) -> dict[str, list[Envelope]]:
    """Every log, once its chain is verified from the rows alone."""
    found = {}
    for service in SERVICES:
        store = await Store.open(servers.service_dsn(service), service)
        chain, log = Chain(service), list[Envelope]()
        try:
            while batches := await store.batches(chain.last, PAGE):
                for batch in batches:
                    facts = await store.after(chain.last, batch.last - chain.last)
                    chain.verify(batch, facts)
                    log += facts
        finally:
            await store.close()
        found[service] = log
    return found


async def tables_with(servers: Servers, secret: str) -> list[str]:
    """The tables of the whole database in which something stands in clear."""
    found = []
    admin = await asyncpg.connect(servers.admin_dsn)
    try:
        tables = await admin.fetch(
            "SELECT format('%I.%I', table_schema, table_name) AS name"
            "  FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE'"
            "   AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        for (table,) in tables:
            asked = f"SELECT EXISTS (SELECT FROM {table} one WHERE strpos(one::text, $1) > 0)"
            if await admin.fetchval(asked, secret):
                found.append(table)
    finally:
        await admin.close()
    return found


async def messages_with(servers: Servers, *secrets: str) -> list[str]:
    """The messages of all streams in which something stands in clear."""
    client = await connect(servers.login("admin"), "searching")
    found = []
    try:
        for service in SERVICES:
            state = (await request(client, f"STREAM.INFO.{service}"))["state"]
            for number in range(1, state["last_seq"] + 1):
                told = await request(client, f"STREAM.MSG.GET.{service}", {"seq": number})
                said = b64decode(told["message"]["data"]).decode()
                if any(secret in said for secret in secrets):
                    found.append(f"{service}:{number}")
    finally:
        await client.close()
    return found


async def differs_when_rebuilt(servers: Servers) -> list[str]:
    """The views of the portal that come out otherwise when they are filled anew from the logs."""
    differing = []
    dsn = servers.service_dsn("portal")
    async with applying(dsn) as pool:
        for projection in app.projections:
            live = Projector(projection, "portal", pool, lifts_of(app.deciders))
            if not await _same(live):
                differing.append(projection.name)
    return differing


async def _same(live: Projector) -> bool:
    copy = live.beside("__again")
    await make(copy)
    async with live.pool.acquire() as connection:
        for source in live.projection.sources:
            last = await live.seen(source)
            await copy.apply(Logged(source, 0, last))
        one = await digest_of(connection, live.schema)
        other = await digest_of(connection, copy.schema)
        await connection.execute(f'DROP SCHEMA "{copy.schema}" CASCADE')
    return [] == one.differs(other)


async def test_a_resident_and_an_officer_are_erased_and_the_chain_still_holds(
    portal: Portal, cppcc: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    lead_id, account_id = await raise_matter(portal), account_of(LOGIN)
    async with portal.client() as leaving:
        await log_in(leaving, LOGIN)

        async def is_read(words: str) -> bool:
            return words in (await cppcc.get(f"/matters/{lead_id}")).text

        await until(lambda: is_read(WORDS))
        before = await logs(portal.servers)

        for of, subject_id in (("lead", lead_id), ("account", account_id)):
            assert 303 == (await enter(cppcc, of, subject_id)).status_code
            own = await decide(cppcc, subject_id, "approve")
            assert "要由另一位工作人员审核" in own.text
            assert 303 == (await decide(operator, subject_id, "approve")).status_code

        await until(lambda: is_read("已依法删除"))
        assert not await is_read(WORDS)

        async def is_out() -> bool:
            return (await leaving.get("/matters")).status_code == 303

        await until(is_out)
        assert "不对" in (await log_in(leaving, LOGIN)).text

    await settle(portal.servers)
    after = await logs(portal.servers)
    for service, log in before.items():
        assert log == after[service][: len(log)]
    assert {"ErasureRequested", "SubjectErased", "AccountClosed"} <= {
        fact.type for fact in after["portal"][len(before["portal"]) :]
    }
    for secret in SECRETS:
        assert [] == await tables_with(portal.servers, secret)
    assert [] == await messages_with(portal.servers, *SECRETS)
    assert [] == await differs_when_rebuilt(portal.servers)


async def test_the_search_finds_what_stands_in_clear(portal: Portal) -> None:
    title = "竹林湾水井清淤"
    await raise_matter(portal)
    await settle(portal.servers)
    assert "topics.events" in " ".join(await tables_with(portal.servers, title))
    assert await messages_with(portal.servers, title)


async def test_what_a_law_has_kept_is_locked_and_shown_as_locked(
    portal: Portal, cppcc: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    lead_id = await raise_matter(portal)

    async def is_shown() -> bool:
        return WORDS in (await cppcc.get(f"/matters/{lead_id}")).text

    await until(is_shown)
    assert 303 == (await enter(operator, "lead", lead_id)).status_code
    law = {"because": "kept-by-law", "law": "《档案法》第十三条", "until": "2036-01-01"}
    assert 303 == (await decide(cppcc, lead_id, "refuse", **law)).status_code

    async def is_locked() -> bool:
        page = (await cppcc.get(f"/matters/{lead_id}")).text
        return "依法锁定" in page and WORDS not in page

    await until(is_locked)


async def test_only_staff_of_the_place_enter_and_decide(portal: Portal) -> None:
    lead_id = await raise_matter(portal)
    async with portal.client() as member, portal.client() as elsewhere:
        await log_in(member, "member")
        await log_in(elsewhere, "elsewhere")
        assert 403 == (await member.get("/erasures")).status_code

        async def is_refused() -> bool:
            page = await elsewhere.get(f"/erasures/new?of=lead&id={lead_id}")
            return page.status_code == 403

        await until(is_refused)
