"""The closed loop: a matter that cannot go on is found, and one that can is not."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from deploy.tongxin.story import COMMANDS
from services.portal.domain import DECIDERS
from services.portal.edge.boards import loop as closed
from services.portal.edge.boards.loop import Loop
from services.portal.edge.tables import make_tables
from services.portal.projections.matters import MATTERS
from services.portal.projections.people import PEOPLE
from services.portal.projections.story import STORY
from services.topics.domain.topic import events as topic
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from tests.portal import examples
from tests.portal.conftest import COUNTY, Portal
from tests.portal.examples import LEAD, TOPIC
from tests.portal.test_pages import csrf_of, log_in
from tests.servers import Postgres
from tests.views import Said, filled, history

pytestmark = pytest.mark.servers

AREAS = Areas.read(Path("deploy/areas.csv"))
ALL = ("topics", "meetings", "outcomes", "notify", "portal")
WAITING = examples.submitted(LEAD, "看病要跑很远", personal=False, receipt="000000000001")
IN_OFFICE = [said for said in examples.HISTORY if said[0] == "portal"][:2]
FORGOTTEN = [
    *(said for said in examples.HISTORY if said[1] in (examples.TOPIC, examples.RESEARCH)),
]
"""Approved and researched, but nobody planned the consultation."""


def may(_service: str, command: str) -> frozenset[str]:
    """As the commands say it themselves."""
    return COMMANDS[command][1].may


@asynccontextmanager
async def looped(pg: Postgres, said: Sequence[Said]) -> AsyncIterator[Loop]:
    """The check over all this."""
    async with (
        history(pg, said, also=ALL) as dsn,
        asyncpg.create_pool(dsn, min_size=0) as pool,
        filled(dsn, "portal", MATTERS, DECIDERS) as matters,
        filled(dsn, "portal", STORY, DECIDERS) as story,
        filled(dsn, "portal", PEOPLE, DECIDERS) as people,
    ):
        await make_tables(pool)
        charters = Charters(Path("deploy/charters"))
        yield Loop(matters, story, people, charters, AREAS, may, pool)


async def reasons(pg: Postgres, *said: Said) -> dict[str, str]:
    """The titles of the matters that are stuck after all this, and why."""
    async with looped(pg, said) as loop:
        found = await closed.check_now(loop)
        when, kept = await closed.found_last(loop)
    assert when is not None
    assert found == kept
    return {stuck.title: stuck.reason for stuck in found}


async def test_who_is_in_office_keeps_a_matter_going(pg: Postgres) -> None:
    assert {} == await reasons(pg, *IN_OFFICE, WAITING)


async def test_a_matter_waits_for_an_office_that_nobody_holds(pg: Postgres) -> None:
    assert {"看病要跑很远": "nobody-in-office"} == await reasons(pg, WAITING)


async def test_two_checks_at_once_find_the_same(pg: Postgres) -> None:
    async with looped(pg, [WAITING]) as loop:
        first = await closed.check_now(loop)
        again = await asyncio.gather(*(closed.check_now(loop) for _ in range(8)))
        _, kept = await closed.found_last(loop)
    assert [first] * 8 == again
    assert first == kept


async def test_a_matter_that_no_step_leads_out_of(pg: Postgres) -> None:
    found = await reasons(pg, *IN_OFFICE, *FORGOTTEN)
    assert {"增设卫生服务中心": "nothing-follows"} == found


async def test_a_matter_that_ended_is_not_stuck(pg: Postgres) -> None:
    ended = topic.TopicWithdrawn(topic_id=TOPIC, reason="已解决")
    assert {} == await reasons(pg, *IN_OFFICE, *FORGOTTEN, ("topics", TOPIC, ended))


async def test_staff_read_what_was_found_and_look_again(portal: Portal) -> None:
    async with portal.client() as cppcc:
        await log_in(cppcc, "cppcc")
        page = await cppcc.get(f"/areas/{COUNTY}/closed-loop")
        again = await cppcc.post(page.request.url.path, data={"csrf": csrf_of(page)})
        shown = await cppcc.get(again.headers["location"])
    assert (200, 303) == (page.status_code, again.status_code)
    assert "上次核查" in shown.text


@pytest.mark.parametrize(("login", "area"), [("clerk", COUNTY), ("elsewhere", COUNTY)])
async def test_others_do_not_read_it(portal: Portal, login: str, area: str) -> None:
    async with portal.client() as other:
        await log_in(other, login)
        answer: httpx.Response = await other.get(f"/areas/{area}/closed-loop")
    assert 403 == answer.status_code
