"""Rebuilding: the same view out of the logs, beside the live one and then in its place."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from shared.kernel.errors import Refused
from shared.runtime import copies, rebuild
from shared.runtime.digest import digest
from shared.runtime.facts import Logged
from shared.runtime.hear import OwnLog, Tail
from shared.runtime.projection import Projection
from shared.runtime.projector import Overtaken, Poison
from shared.runtime.reader import Reader
from tests.runtime.flows import (
    TOWN,
    VILLAGE,
    Logs,
    Shown,
    fetch,
    numbered,
    propose,
    running,
    say,
    shown,
    two_logs,
)
from tests.runtime.logs import until
from tests.runtime.rollup import FACTS, FILE, LIFTS, ROLLUP
from tests.servers import Postgres
from tests.views import keeps_the_law

pytestmark = pytest.mark.servers


@pytest.fixture
async def logs(pg: Postgres) -> AsyncIterator[Logs]:
    async with two_logs(await pg.fresh_database()) as logs:
        yield logs


@pytest.fixture
async def board(logs: Logs) -> AsyncIterator[Shown]:
    async with shown(logs.dsn("portal"), "portal", ROLLUP) as board:
        yield board


async def history(logs: Logs) -> None:
    """Twelve topics with a life of their own, and meetings about them."""
    chance = Random(5)
    for topic in await propose(logs.topics, *numbered(12)):
        types = chance.choice([[], ["TopicApproved"], ["TopicApproved", "TopicClosed"]])
        if types:
            await say(logs.topics, *types, stream=topic, expected=1, area=TOWN)
        for _ in range(chance.randint(0, 2)):
            await say(
                logs.meetings, "MeetingHeld", data=b'{"topic_id": "%b"}' % str(topic).encode()
            )


async def keep(board: Shown, logs: Logs) -> None:
    """Bring the live view to the ends of both logs."""
    for store in (logs.topics, logs.meetings):
        seen, last = await board.projector.seen(store.schema), await store.last()
        await board.projector.take(Logged(store.schema, seen, last))


def changed(place: Path, text: str) -> Projection:
    """The roll-up view with something more in its file."""
    file = place / "rollup.sql"
    file.write_text(FILE.read_text("utf-8") + text, "utf-8")
    return Projection("rollup", file, facts=FACTS, sources=("topics", "meetings"))


async def test_the_view_of_these_tests_keeps_the_law(logs: Logs) -> None:
    await history(logs)
    await keeps_the_law(logs.dsn("portal"), "portal", ROLLUP, [])


async def test_a_view_that_breaks_the_law_is_found_out(logs: Logs, tmp_path: Path) -> None:
    once = "EXISTS (SELECT FROM batch WHERE type = 'MeetingHeld')"  # However many there are.
    breaks = f"\n-- name: on MeetingHeld\nUPDATE topics SET held = held + 1 WHERE {once}"
    text = FILE.read_text("utf-8").replace("-- name: on MeetingHeld  ", "-- name: was")
    file = tmp_path / "v.sql"
    file.write_text(text + breaks, "utf-8")
    lawless = Projection("v", file, facts=FACTS, sources=("topics", "meetings"))
    await history(logs)
    with pytest.raises(AssertionError):
        await keeps_the_law(logs.dsn("portal"), "portal", lawless, [])


async def test_the_first_version_is_made_of_the_whole_log(logs: Logs, board: Shown) -> None:
    await history(logs)
    await rebuild.up_to_date(board.projector)
    assert numbered(12) == await board.titles()
    assert {"topics": await logs.topics.last(), "meetings": await logs.meetings.last()} == (
        await board.view.positions()
    )


async def test_what_is_rebuilt_is_what_was_live(logs: Logs, board: Shown) -> None:
    await copies.make(board.projector)
    await history(logs)
    await keep(board, logs)
    live = await digest(board.view)
    rebuilt = await rebuild.rebuild(board.projector)
    assert rebuilt.same
    assert live.hex == rebuilt.new.hex == (await digest(board.view)).hex
    assert 12 == live.rows()["topics"]


async def test_a_wrong_row_is_found_by_table_and_area(logs: Logs, board: Shown) -> None:
    await copies.make(board.projector)
    await history(logs)
    await keep(board, logs)
    async with board.projector.here() as connection:
        await connection.execute("UPDATE counts SET facts = facts + 1 WHERE area = $1", VILLAGE)
    rebuilt = await rebuild.rebuild(board.projector)
    assert rebuilt.live
    assert [("counts", VILLAGE)] == rebuilt.new.differs(rebuilt.live)
    assert not rebuilt.same


async def test_the_old_version_is_kept(logs: Logs, board: Shown) -> None:
    await copies.make(board.projector)
    await propose(logs.topics, "one")
    await keep(board, logs)
    await rebuild.rebuild(board.projector)
    async with board.projector.beside(copies.OLD).here() as connection:
        assert ["one"] == [title for (title,) in await connection.fetch("SELECT title FROM topics")]


async def test_the_reader_goes_on_after_the_swap(logs: Logs, board: Shown) -> None:
    await rebuild.up_to_date(board.projector)
    tail = Tail(logs.topics)
    reader = Reader(board.projector, OwnLog("topics", logs.topics, tail))
    async with running(tail.run(), reader.run()):
        await propose(logs.topics, *numbered(5))
        await until(lambda: _has_seen(board, 5))
        await rebuild.rebuild(board.projector)
        await propose(logs.topics, *numbered(5, start=6))
        await until(lambda: _has_seen(board, 10))
    assert numbered(10) == await board.titles()


async def test_rebuilt_while_writes_go_on_it_is_the_same(
    logs: Logs, board: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "PAGE", 7)
    monkeypatch.setattr(rebuild, "CLOSE", 3)
    await rebuild.up_to_date(board.projector)
    tail = Tail(logs.topics)
    reader = Reader(board.projector, OwnLog("topics", logs.topics, tail))
    async with running(tail.run(), reader.run()):
        writing = asyncio.create_task(_write(logs, 60))
        rebuilt = [await rebuild.rebuild(board.projector) for _ in range(4)]
        await writing
        await until(lambda: _has_seen(board, 60))
    assert [True] * 4 == [one.same for one in rebuilt]
    assert (await rebuild.rebuild(board.projector)).same
    assert numbered(60) == await board.titles()


async def _write(logs: Logs, count: int) -> None:
    for title in numbered(count):
        await propose(logs.topics, title)


async def _has_seen(board: Shown, position: int) -> bool:
    return await board.view.seen("topics") >= position


async def test_who_waited_at_the_swap_writes_into_the_new_version(logs: Logs, board: Shown) -> None:
    await copies.make(board.projector)
    await propose(logs.topics, *numbered(4))
    await board.projector.take(Logged("topics", 0, 2))
    following = board.projector.beside(copies.NEXT)
    await copies.make(following)
    await following.take(Logged("topics", 0, 2))
    async with board.projector.pool.acquire() as connection:
        async with connection.transaction():
            await copies.hold_still(connection, board.projector)
            late = asyncio.create_task(board.projector.take(Logged("topics", 2, 4)))
            await asyncio.wait([late], timeout=0.3)
            assert not late.done()
            await copies.swap(connection, board.projector, following)
        await late
        old = f'"{board.projector.schema}{copies.OLD}"'
        assert 2 == await connection.fetchval(f"SELECT count(*) FROM {old}.topics")
    assert numbered(4) == await board.titles()
    assert 4 == await board.view.seen("topics")


async def test_who_waited_for_a_version_that_was_behind_is_overtaken(
    logs: Logs, board: Shown
) -> None:
    await copies.make(board.projector)
    await propose(logs.topics, *numbered(4))
    await board.projector.take(Logged("topics", 0, 2))
    following = board.projector.beside(copies.NEXT)
    await copies.make(following)
    async with board.projector.pool.acquire() as connection:
        async with connection.transaction():
            await copies.hold_still(connection, board.projector)
            late = asyncio.create_task(board.projector.take(Logged("topics", 2, 4)))
            await asyncio.wait([late], timeout=0.3)
            await copies.swap(connection, board.projector, following)
        with pytest.raises(Overtaken):
            await late
    assert [] == await board.titles()


async def test_it_goes_on_where_it_was_interrupted(
    logs: Logs, board: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "PAGE", 4)
    await propose(logs.topics, *numbered(12))

    def interrupt(progress: rebuild.Progress) -> None:
        if progress.done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rebuild.rebuild(board.projector, interrupt)
    told: list[rebuild.Progress] = []
    rebuilt = await rebuild.rebuild(board.projector, told.append)
    assert 4 == rebuilt.facts
    assert [(4, 4)] == [(one.done, one.total) for one in told]
    assert numbered(12) == await board.titles()


async def test_it_tells_how_far_it_is(
    logs: Logs, board: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "PAGE", 4)
    await propose(logs.topics, *numbered(10))
    told: list[rebuild.Progress] = []
    await rebuild.rebuild(board.projector, told.append)
    assert [(4, 10), (8, 10), (10, 10)] == [(one.done, one.total) for one in told]
    assert [True, True, False] == [one.eta_s > 0 for one in told]


async def test_a_fact_that_cannot_be_taken_stops_it(logs: Logs, board: Shown) -> None:
    await copies.make(board.projector)
    await say(logs.meetings, "MeetingHeld", data=b'{"topic_id": "no topic"}')
    await propose(logs.topics, "one")
    await keep(board, logs)
    with pytest.raises(Poison, match="on MeetingHeld"):
        await rebuild.rebuild(board.projector)
    assert ["one"] == await board.titles()


async def test_a_rebuilt_view_has_no_dead_letters(logs: Logs, tmp_path: Path) -> None:
    never = "SELECT 1 / (position * 0) FROM batch WHERE type = 'TopicClosed'"
    picky = changed(tmp_path, f"\n-- name: on TopicClosed\n{never}")
    async with shown(logs.dsn("portal"), "portal", picky) as board:
        await copies.make(board.projector)
        await say(logs.topics, "TopicProposed", "TopicClosed", version=2)
        await keep(board, logs)
    letters = "SELECT count(*) FROM portal.dead_letters"
    assert [(1,)] == [tuple(row) for row in await fetch(logs.admin_dsn, letters)]
    async with shown(logs.dsn("portal"), "portal", ROLLUP) as board:
        await rebuild.up_to_date(board.projector)
        assert {"TopicProposed": 1, "TopicClosed": 1} == await board.counts(VILLAGE)
    assert [(0,)] == [tuple(row) for row in await fetch(logs.admin_dsn, letters)]


async def test_a_changed_file_is_another_view(logs: Logs, board: Shown, tmp_path: Path) -> None:
    await rebuild.up_to_date(board.projector)
    await propose(logs.topics, "one")
    await keep(board, logs)
    more = changed(tmp_path, "\n-- name: how many\nSELECT count(*) FROM topics")
    async with shown(logs.dsn("portal"), "portal", more) as today:
        await rebuild.up_to_date(today.projector)
        assert [(1,)] == [tuple(row) for row in await today.view.ask("how many")]


async def test_an_unchanged_file_is_not_rebuilt(logs: Logs, board: Shown) -> None:
    await rebuild.up_to_date(board.projector)
    told: list[rebuild.Progress] = []
    await propose(logs.topics, "one")
    await keep(board, logs)
    await rebuild.up_to_date(board.projector, told.append)
    assert [] == told


async def test_own_old_facts_are_lifted_in_a_rebuild_too(logs: Logs) -> None:
    own = Projection("own", FILE, facts=FACTS, sources=("topics",))
    await say(logs.topics, "TopicProposed", data=b'{"name": "of old"}', version=1)
    async with shown(logs.dsn("topics"), "topics", own, LIFTS) as board:
        await rebuild.up_to_date(board.projector)
        assert ["of old"] == await board.titles()


async def test_nobody_rebuilds_what_is_being_rebuilt(logs: Logs, board: Shown) -> None:
    async with board.projector.pool.acquire() as connection:
        begin = rebuild.SQL["begin alone"].text
        assert await connection.fetchval(begin, board.projector.schema)
        with pytest.raises(Refused, match="being-rebuilt"):
            await rebuild.rebuild(board.projector)
