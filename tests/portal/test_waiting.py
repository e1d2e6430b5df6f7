"""What awaits somebody: the view lists exactly what the table of steps offers, at every moment."""

from collections.abc import Sequence
from datetime import date
from random import Random

import asyncpg
import pytest

from deploy.year.year import tell_year
from services.portal.domain import DECIDERS
from services.portal.pages.clocks import Calendar
from services.portal.pages.steps import STEPS
from services.portal.pages.texts import read
from services.portal.pages.turns import TASKS
from services.portal.projections.waiting import WAITING
from shared.kernel.message import Actor
from tests.deploy.worlds import fresh_ground
from tests.portal.examples import HISTORY
from tests.portal.hands import HANDS
from tests.portal.waits import AREAS, CHARTERS, Desk, desk, in_turns, offered
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

COUNTY, OTHER = "511623000000", "421124000000"
SOURCES = ("topics", "meetings", "outcomes", "notify")
TEXTS = read()


def people(county: str) -> list[Actor]:
    """One of each kind, and some whose own name decides."""
    roles = ("clerk", "convenor", "member", "cppcc", "leader", "resident", "operator")
    return [
        *(Actor(role, role, county) for role in roles),
        Actor("he", "resident", county),
        *(Actor("p", "party", county, one) for one in ("cppcc-party-group", "county-government",
                                                       "county-party-committee")),
        *(Actor("u", "unit", county, one) for one in ("县卫生健康局", "县自然资源和规划局",
                                                      "县水利局", "县交通运输局")),
        Actor("above", "cppcc", county[:2].ljust(12, "0")),
        Actor("elsewhere", "cppcc", "510521000000"),
    ]  # fmt: skip


async def agree(desk: Desk, actors: Sequence[Actor]) -> int:
    """How much waits for all of these together, once the two were found to be the same."""
    due = await desk.due()
    found = 0
    for actor in actors:
        listed = await desk.listed(actor)
        assert offered(due, actor) == listed, actor
        found += len(listed)
    return found


@pytest.mark.parametrize("said", [HISTORY, HANDS], ids=["two matters", "units at work"])
async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(
    pg: Postgres, said: Sequence[Said]
) -> None:
    async with history(pg, said, also=SOURCES) as dsn:
        await keeps_the_law(dsn, "portal", WAITING, DECIDERS)


async def test_the_view_knows_the_steps_that_somebody_is_waited_for(pg: Postgres) -> None:
    async with (
        history(pg, HISTORY, also=SOURCES) as dsn,
        filled(dsn, "portal", WAITING, DECIDERS) as view,
        view.pool.acquire() as connection,
    ):
        rows: list[asyncpg.Record] = await connection.fetch(f'SELECT * FROM "{view.schema}".steps')
    known = {
        (row["command"], row["kind"], *(frozenset(row[key]) for key in ("after", "until", "again")),
         None if row["trusted"] is None else frozenset(row["trusted"]))
        for row in rows
    }  # fmt: skip
    assert known == {
        (step.command, step.on, frozenset(step.after), frozenset(step.until), frozenset(step.again),
         frozenset(step.trusted) if step.mine else None)
        for step in STEPS
        if not step.side
    }  # fmt: skip
    assert {row["task"] for row in rows} == set(TASKS)


async def test_the_list_is_what_the_steps_offer_after_every_single_fact(pg: Postgres) -> None:
    said = [one for one in HISTORY if one[0] in SOURCES]
    found = []
    async with history(pg, HISTORY, also=SOURCES) as dsn, desk(dsn) as views:
        for source, *_ in said:
            await views.hear(source, 1)
            found.append(await agree(views, people(COUNTY)))
    assert len(set(found)) > 5


async def test_the_list_is_what_the_steps_offer_all_through_a_year(pg: Postgres) -> None:
    days = (date(2025, 3, 10), date(2025, 10, 30))
    told = tell_year([OTHER[:6]], AREAS, CHARTERS, days, "waiting", density=0.1)
    ground = await fresh_ground(pg)
    async with ground.world() as world:
        await world.tell(told)
    counts = await ground.counts()
    batches = in_turns({one: counts[one] for one in SOURCES}, Random(4), 150)
    found = []
    async with desk(ground.admin_dsn) as views:
        for n, (source, batch) in enumerate(batches):
            await views.hear(source, batch)
            if n % 5 == 0:
                found.append(await agree(views, people(OTHER)))
        found.append(await agree(views, people(OTHER)))
    assert max(found) > 50


@pytest.mark.parametrize(
    ("today", "colour", "words"),
    [
        (date(2026, 3, 2), "calm", "还有22个工作日"),
        (date(2026, 3, 12), "blue", "还有14个工作日"),
        (date(2026, 3, 27), "red", "还有3个工作日"),
        (date(2026, 4, 1), "red", "今天到期"),
        (date(2026, 4, 3), "late", "已逾期2天"),
    ],
)
def test_a_day_is_told_in_working_days_before_it_and_in_days_after_it(
    today: date, colour: str, words: str
) -> None:
    calendar = Calendar.of(CHARTERS.at("default@1").table("notify"))
    told = calendar.clock(date(2026, 4, 1), today, TEXTS.clocks)
    assert (colour, words) == (told.colour, told.words)


def test_a_clock_that_stands_still_says_so_and_is_never_late() -> None:
    calendar = Calendar.of(CHARTERS.at("default@1").table("notify"))
    told = calendar.clock(date(2026, 4, 1), date(2026, 5, 1), TEXTS.clocks, date(2026, 3, 1))
    assert ("paused", "暂停计时") == (told.colour, told.words)


def test_every_task_has_a_name() -> None:
    assert set(TASKS) == set(TEXTS.desk.task_names.names())
