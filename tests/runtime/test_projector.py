"""Applying facts to a view: once each, by one keeper at a time, and around those it cannot take."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from shared.kernel.errors import Unavailable
from shared.runtime import copies
from shared.runtime.facts import Logged, Said
from shared.runtime.projection import Projection
from shared.runtime.projector import Overtaken, Poison
from tests.runtime.flows import (
    COUNTY,
    TOWN,
    VILLAGE,
    Logs,
    Shown,
    fact,
    fetch,
    message,
    numbered,
    propose,
    running,
    say,
    shown,
    two_logs,
)
from tests.runtime.rollup import FACTS, FILE, LIFTS, ROLLUP
from tests.servers import Postgres

pytestmark = pytest.mark.servers

OWN = Projection("own", sql=FILE, facts=FACTS, sources=("topics",))

PICKY = """
-- name: tables
CREATE TABLE named (topic_id uuid PRIMARY KEY, length integer CHECK (length < 20), last text);

-- name: on TopicProposed
INSERT INTO named (topic_id, length)
SELECT stream, length(data->>'title') FROM batch WHERE type = 'TopicProposed';

-- name: on TopicApproved, TopicClosed
UPDATE named SET last = b.type
  FROM (SELECT DISTINCT ON (stream) stream, type FROM batch
         WHERE type IN ('TopicApproved', 'TopicClosed') ORDER BY stream, position DESC) b
 WHERE topic_id = stream;
"""
LONG = b'{"title": "a title of more than twenty letters"}'


@pytest.fixture
async def logs(pg: Postgres) -> AsyncIterator[Logs]:
    async with two_logs(await pg.fresh_database()) as logs:
        yield logs


@pytest.fixture
async def board(logs: Logs) -> AsyncIterator[Shown]:
    """The roll-up board of portal, made and empty."""
    async with shown(logs.dsn("portal"), "portal", ROLLUP) as board:
        await copies.make(board.projector)
        yield board


@pytest.fixture
async def own(logs: Logs) -> AsyncIterator[Shown]:
    """The same board in topics itself."""
    async with shown(logs.dsn("topics"), "topics", OWN, LIFTS) as board:
        await copies.make(board.projector)
        yield board


@pytest.fixture
async def picky(logs: Logs, tmp_path: Path) -> AsyncIterator[Shown]:
    """A view that cannot take long titles."""
    (tmp_path / "picky.sql").write_text(PICKY, encoding="utf-8")
    projection = Projection("picky", tmp_path / "picky.sql", facts=FACTS, sources=("topics",))
    async with shown(logs.dsn("topics"), "topics", projection, LIFTS) as view:
        await copies.make(view.projector)
        yield view


async def letters(logs: Logs) -> list[tuple[int, str]]:
    rows = await fetch(
        logs.admin_dsn, "SELECT position, error FROM topics.dead_letters ORDER BY position"
    )
    return [tuple(row) for row in rows]


async def named(view: Shown) -> dict[UUID, str | None]:
    schema = view.projector.schema
    async with view.projector.pool.acquire() as connection:
        rows = await connection.fetch(f'SELECT topic_id, last FROM "{schema}".named')
    return dict(rows)


async def test_a_batch_is_shown_and_the_checkpoint_moved(logs: Logs, board: Shown) -> None:
    await propose(logs.topics, *numbered(3))
    await board.projector.take(Logged("topics", 0, 3))
    assert numbered(3) == await board.titles()
    assert {"topics": 3, "meetings": 0} == await board.view.positions()


async def test_a_view_made_of_another_file_is_left_to_those_who_know_it(
    logs: Logs, picky: Shown, tmp_path: Path
) -> None:
    await propose(logs.topics, *numbered(1))
    (tmp_path / "next.sql").write_text(PICKY + "-- Another version.\n", encoding="utf-8")
    other = Projection("picky", tmp_path / "next.sql", facts=FACTS, sources=("topics",))
    async with shown(logs.dsn("topics"), "topics", other, LIFTS) as newer:
        await copies.make(newer.projector)
        with pytest.raises(Overtaken, match="or not ours"):
            await picky.projector.take(Logged("topics", 0, 1))
        await newer.projector.take(Logged("topics", 0, 1))
    assert 1 == len(await named(picky))
    assert [] == await letters(logs)


async def test_counts_reach_every_area_above(logs: Logs, board: Shown) -> None:
    await say(logs.topics, "TopicProposed", area=VILLAGE, version=2)
    await say(logs.topics, "TopicProposed", area=TOWN, version=2)
    await board.projector.take(Logged("topics", 0, 2))
    counts = [await board.counts(area) for area in (VILLAGE, TOWN, COUNTY, "510000000000")]
    assert [{"TopicProposed": n} for n in (1, 2, 2, 2)] == counts


async def test_a_zombie_stops_at_the_checkpoint(logs: Logs, board: Shown) -> None:
    await propose(logs.topics, *numbered(2))
    await board.projector.take(Logged("topics", 0, 2))
    with pytest.raises(Overtaken):
        await board.projector.take(Logged("topics", 0, 1))
    assert {"TopicProposed": 2} == await board.counts(VILLAGE)


async def test_of_two_keepers_at_once_one_stops(logs: Logs, board: Shown) -> None:
    await propose(logs.topics, *numbered(50))
    other = board.projector.beside("")
    done = await asyncio.gather(
        *(keeper.take(Logged("topics", 0, 50)) for keeper in (board.projector, other)),
        return_exceptions=True,
    )
    assert [None] == [one for one in done if not isinstance(one, Overtaken)]
    assert {"TopicProposed": 50} == await board.counts(VILLAGE)


async def test_a_handler_that_fails_leaves_the_checkpoint_where_it_was(
    logs: Logs, picky: Shown
) -> None:
    await say(logs.topics, "TopicProposed", data=LONG, version=2)
    with pytest.raises(Poison, match=r"on TopicProposed: .*named_length_check"):
        await picky.projector.apply(Logged("topics", 0, 1))
    assert 0 == await picky.view.seen("topics")


async def test_a_fact_that_cannot_be_taken_is_parked_and_the_others_go_on(
    logs: Logs, picky: Shown
) -> None:
    good = await propose(logs.topics, *numbered(20))
    await say(logs.topics, "TopicProposed", data=LONG, version=2)
    good += await propose(logs.topics, *numbered(20, start=21))
    await picky.projector.take(Logged("topics", 0, 41))
    assert set(good) == set(await named(picky))
    ((position, error),) = await letters(logs)
    assert (21, True) == (position, "named_length_check" in error)
    assert 41 == await picky.view.seen("topics")


async def test_every_later_fact_of_its_stream_is_parked_with_it(logs: Logs, picky: Shown) -> None:
    (good,) = await propose(logs.topics, "good")
    bad = await say(logs.topics, "TopicProposed", "TopicApproved", data=LONG, version=2)
    await picky.projector.take(Logged("topics", 0, 3))
    await say(logs.topics, "TopicApproved", stream=good, expected=1)
    await say(logs.topics, "TopicClosed", stream=bad, expected=2)
    await picky.projector.take(Logged("topics", 3, 5))
    assert [2, 3, 5] == [position for position, _ in await letters(logs)]
    assert {good: "TopicApproved"} == await named(picky)


async def test_parked_facts_are_taken_in_order_after_the_mend(logs: Logs, picky: Shown) -> None:
    bad = await say(
        logs.topics, "TopicProposed", "TopicClosed", "TopicApproved", data=LONG, version=2
    )
    await picky.projector.take(Logged("topics", 0, 3))
    async with picky.projector.here() as connection:
        await connection.execute("ALTER TABLE named DROP CONSTRAINT named_length_check")
    assert 3 == await picky.projector.replay(bad)
    assert {bad: "TopicApproved"} == await named(picky)
    assert [] == await letters(logs)


async def test_what_still_cannot_be_taken_stays_parked(logs: Logs, picky: Shown) -> None:
    bad = await say(logs.topics, "TopicProposed", data=LONG, version=2)
    await picky.projector.take(Logged("topics", 0, 1))
    with pytest.raises(Poison):
        await picky.projector.replay(bad)
    assert [1] == [position for position, _ in await letters(logs)]


async def test_an_error_that_any_fact_would_meet_parks_nothing(logs: Logs, picky: Shown) -> None:
    await propose(logs.topics, "good")
    async with picky.projector.here() as connection:
        await connection.execute("ALTER TABLE named RENAME COLUMN length TO size")
    with pytest.raises(asyncpg.UndefinedColumnError):
        await picky.projector.take(Logged("topics", 0, 1))
    assert [] == await letters(logs)
    assert 0 == await picky.view.seen("topics")


async def test_own_facts_of_old_versions_are_lifted(logs: Logs, own: Shown) -> None:
    await say(logs.topics, "TopicProposed", data=b'{"name": "of old"}', version=1)
    await say(logs.topics, "TopicProposed", data=b'{"title": "today"}', version=2)
    await own.projector.take(Logged("topics", 0, 2))
    assert ["of old", "today"] == await own.titles()


async def test_a_fact_that_cannot_be_lifted_is_parked(logs: Logs, own: Shown) -> None:
    await say(logs.topics, "TopicProposed", data=b'{"nom": "?"}', version=1)
    await propose(logs.topics, "today")
    await own.projector.take(Logged("topics", 0, 2))
    assert ["today"] == await own.titles()
    ((position, error),) = await letters(logs)
    assert (1, True) == (position, "lifting TopicProposed from version 1" in error)


async def test_an_old_fact_of_another_service_is_not_ours_to_lift(logs: Logs) -> None:
    stranger = Projection("stranger", sql=FILE, facts=FACTS, sources=("topics",))
    async with shown(logs.dsn("portal"), "portal", stranger, LIFTS) as board:
        await copies.make(board.projector)
        await say(logs.topics, "TopicProposed", data=b'{"title": "as it is"}', version=1)
        await board.projector.take(Logged("topics", 0, 1))
        assert ["as it is"] == await board.titles()


async def test_a_message_in_the_place_of_another_is_not_shown(board: Shown) -> None:
    strange = Said("topics", 0, [message("topics", fact(2))], behind=0)
    with pytest.raises(ValueError, match="fact 2 stands at 1"):
        await board.projector.take(strange)
    assert [] == await board.titles()


async def test_who_wrote_can_wait_to_read_it(logs: Logs, board: Shown) -> None:
    await propose(logs.topics, "mine")
    async with running(board.views.run()):
        waiting = asyncio.create_task(board.view.wait("topics", 1, timeout_s=20))
        await board.projector.take(Logged("topics", 0, 1))
        assert await waiting
    assert ["mine"] == await board.titles()


async def test_a_wait_has_an_end(logs: Logs, board: Shown) -> None:
    assert not await board.view.wait("topics", 1, timeout_s=0.05)


async def test_a_move_wakes_open_pages(logs: Logs, board: Shown) -> None:
    await propose(logs.topics, "news")
    async with running(board.views.run()):
        page = asyncio.create_task(board.view.moved())
        await board.projector.take(Logged("topics", 0, 1))
        await asyncio.wait_for(page, 90)


async def test_what_nobody_listened_to_wakes_open_pages_as_soon_as_somebody_does(
    logs: Logs, board: Shown
) -> None:
    page = asyncio.create_task(board.view.moved())
    await propose(logs.topics, "news")
    await board.projector.take(Logged("topics", 0, 1))
    async with running(board.views.run()):
        await asyncio.wait_for(page, 90)


async def test_a_view_that_is_not_made_yet_is_not_now(logs: Logs) -> None:
    async with shown(logs.dsn("portal"), "portal", ROLLUP) as board:
        with pytest.raises(Unavailable, match="away"):
            await board.titles()


async def test_a_question_takes_its_own_parameters_only(board: Shown) -> None:
    with pytest.raises(TypeError, match="takes \\['area'\\]"):
        await board.view.ask("of area", aera=VILLAGE)


async def test_sql_that_cannot_work_is_known_before_a_fact_is_read(
    logs: Logs, tmp_path: Path
) -> None:
    wrong = ROLLUP.questions["titles"].text.replace("title", "headline")
    (tmp_path / "v.sql").write_text(FILE.read_text() + f"\n-- name: wrong\n{wrong}", "utf-8")
    projection = Projection("v", tmp_path / "v.sql", facts=FACTS, sources=("topics",))
    async with shown(logs.dsn("topics"), "topics", projection) as view:
        with pytest.raises(asyncpg.UndefinedColumnError):
            await copies.make(view.projector)
        assert await copies.signed(view.projector) is None
