"""Past views: what a view held when a day in China ended, made once, kept, and never stale."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from shared.kernel.errors import Invalid, Missing
from shared.runtime import asof, clock, copies
from shared.runtime.asof import AsOf, BeingMade
from shared.runtime.clock import SHANGHAI
from shared.runtime.digest import digest
from shared.runtime.facts import Logged
from shared.runtime.migrate import migrate
from shared.runtime.projection import Projection
from shared.runtime.projector import Poison, Projector, applying
from shared.runtime.view import View
from tests.runtime.flows import Logs, Shown, fetch, numbered, propose, say, shown, two_logs
from tests.runtime.logs import PASSWORD, asked, until
from tests.runtime.rollup import FACTS, FILE, LIFTS, ROLLUP
from tests.servers import Postgres

pytestmark = pytest.mark.servers

JUNE = date(2024, 6, 30)
NOON = datetime(2024, 6, 30, 12, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
WAITING = "SELECT count(*) FROM pg_locks WHERE relation = 'past.kept'::regclass AND NOT granted"
KEPT = "SELECT schema FROM past.kept ORDER BY schema"
THERE = r"SELECT nspname FROM pg_namespace WHERE nspname LIKE '%\_\_on\_%' ORDER BY nspname"


@pytest.fixture
async def logs(pg: Postgres) -> AsyncIterator[Logs]:
    async with two_logs(await pg.fresh_database()) as logs:
        yield logs


@pytest.fixture
async def board(logs: Logs) -> AsyncIterator[Shown]:
    async with shown(logs.dsn("portal"), "portal", ROLLUP) as board:
        await copies.make(board.projector)
        async with board.projector.pool.acquire() as connection:
            await connection.execute(asof.SQL["tables"].text)
        yield board


@pytest.fixture
async def past(logs: Logs) -> AsyncIterator[AsOf]:
    async with asof.opened(logs.dsn("portal"), {}) as past:
        yield past


async def keep(board: Shown, logs: Logs) -> None:
    """Bring the live view to the ends of both logs."""
    for store in (logs.topics, logs.meetings):
        seen, last = await board.projector.seen(store.schema), await store.last()
        await board.projector.take(Logged(store.schema, seen, last))


async def titles(view: View) -> list[str]:
    return [title for (title,) in await view.ask("titles")]


async def found(logs: Logs, sql: str) -> list[str]:
    return [one for (one,) in await fetch(logs.admin_dsn, sql)]


def schema(day: date) -> str:
    return f"portal__rollup__on_{day:%Y%m%d}"


async def test_a_past_view_is_what_the_view_held_then(logs: Logs, board: Shown, past: AsOf) -> None:
    (topic, _) = await propose(logs.topics, "one", "two", at=NOON)
    await say(logs.meetings, "MeetingHeld", data=b'{"topic_id": "%b"}' % str(topic).encode(),
              at=NOON)  # fmt: skip
    await keep(board, logs)
    then = await digest(board.view)
    await say(logs.topics, "TopicApproved", stream=topic, expected=1, at=NOON + DAY)
    await propose(logs.topics, "three", at=NOON + DAY)
    await keep(board, logs)

    view = await past.view(board.view, JUNE)
    assert then.hex == (await digest(view)).hex != (await digest(board.view)).hex
    assert ["one", "two"] == await titles(view)
    assert ["one", "three", "two"] == await titles(board.view)


async def test_a_day_ends_at_midnight_in_china(logs: Logs, board: Shown, past: AsOf) -> None:
    midnight = datetime(2024, 7, 1, tzinfo=SHANGHAI)
    await propose(logs.topics, "today still", at=midnight - timedelta(milliseconds=1))
    await propose(logs.topics, "tomorrow", at=midnight)
    await keep(board, logs)
    assert ["today still"] == await titles(await past.view(board.view, JUNE))
    assert ["today still", "tomorrow"] == await titles(await past.view(board.view, JUNE + DAY))


async def test_what_is_recorded_late_is_added_to_a_past_that_is_kept(
    logs: Logs, board: Shown, past: AsOf
) -> None:
    await propose(logs.topics, "one", at=NOON)
    await keep(board, logs)
    view = await past.view(board.view, JUNE)
    before = await fetch(logs.admin_dsn, f'SELECT at FROM "{view.schema}".made_of')

    await propose(logs.topics, "of the day after", at=NOON + DAY)
    await propose(logs.topics, "told late", at=NOON)
    await keep(board, logs)
    assert ["one", "told late"] == await titles(await past.view(board.view, JUNE))
    assert before == await fetch(logs.admin_dsn, f'SELECT at FROM "{view.schema}".made_of')


async def test_two_replicas_that_ask_at_once_make_it_once(
    logs: Logs, board: Shown, past: AsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asof, "PAGE", 3)
    monkeypatch.setattr(asof, "PATIENCE_S", 60)
    await propose(logs.topics, *numbered(20), at=NOON)
    await keep(board, logs)
    made: list[str] = []
    make = copies.make_here

    async def noted(*given: object) -> None:
        made.append("once")
        await make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(copies, "make_here", noted)
    async with asof.opened(logs.dsn("portal"), {}) as other:
        async with board.projector.pool.acquire() as holding, holding.transaction():
            await holding.execute(asof.SQL["alone"].text)
            asking = [asyncio.create_task(one.view(board.view, JUNE)) for one in (past, other)]
            await until(lambda: _has(logs, WAITING, 2))
        views = await asyncio.gather(*asking)

    assert ["once"] == made
    assert [schema(JUNE)] * 2 == [view.schema for view in views]
    assert numbered(20) == await titles(views[0])
    assert (await digest(board.view)).hex == (await digest(views[0])).hex


async def _has(logs: Logs, sql: str, value: object) -> bool:
    return [value] == await found(logs, sql)


async def test_who_would_wait_long_is_told_how_far_it_is(
    logs: Logs, board: Shown, past: AsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await propose(logs.topics, *numbered(4), at=NOON)
    await keep(board, logs)
    await past.view(board.view, JUNE)
    await propose(logs.topics, *numbered(2, start=5), at=NOON)
    await keep(board, logs)
    monkeypatch.setattr(asof, "PATIENCE_S", 0.2)
    async with board.projector.pool.acquire() as holding, holding.transaction():
        await copies.hold_still(holding, board.projector.beside("__on_20240630"))
        with pytest.raises(BeingMade) as told:
            await past.view(board.view, JUNE)
    assert (JUNE, 4, 6) == (told.value.day, told.value.done, told.value.total)

    monkeypatch.setattr(asof, "PATIENCE_S", 60)
    assert numbered(6) == await titles(await past.view(board.view, JUNE))


async def test_what_was_left_off_is_finished_when_somebody_asks_again(
    logs: Logs, board: Shown, past: AsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asof, "PAGE", 4)
    await propose(logs.topics, *numbered(10), at=NOON)
    await keep(board, logs)
    half = board.projector.beside("__on_20240630")
    await copies.make(half)
    await half.apply(Logged("topics", 0, 4, before=clock.end_of(JUNE)))
    assert numbered(10) == await titles(await past.view(board.view, JUNE))
    assert (await digest(board.view)).hex == (await digest(past_of(board))).hex


def past_of(board: Shown) -> View:
    return board.view.beside("__on_20240630")


async def test_only_the_days_last_asked_for_are_kept(
    logs: Logs, board: Shown, past: AsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asof, "KEPT_MAX", 2)
    await propose(logs.topics, "one", at=NOON)
    await keep(board, logs)
    first, second, third = (JUNE + n * DAY for n in range(3))
    for day in (first, second, first, third):
        await past.view(board.view, day)
    assert [schema(first), schema(third)] == await found(logs, KEPT) == await found(logs, THERE)

    assert ["one"] == await titles(await past.view(board.view, second))
    assert [schema(second), schema(third)] == await found(logs, KEPT) == await found(logs, THERE)


async def test_pasts_of_another_file_are_let_go(
    logs: Logs, board: Shown, past: AsOf, tmp_path: Path
) -> None:
    await propose(logs.topics, "one", at=NOON)
    await keep(board, logs)
    for day in (JUNE, JUNE + DAY):
        await past.view(board.view, day)
    file = tmp_path / "rollup.sql"
    more = "\n-- name: how many\nSELECT count(*) FROM topics"
    file.write_text(FILE.read_text("utf-8") + more, "utf-8")
    changed = Projection("rollup", file, facts=FACTS, sources=("topics", "meetings"))
    async with shown(logs.dsn("portal"), "portal", changed) as today:
        assert [(1,)] == [
            tuple(row) for row in await (await past.view(today.view, JUNE)).ask("how many")
        ]
    assert [schema(JUNE)] == await found(logs, KEPT) == await found(logs, THERE)


async def test_a_day_to_come_is_refused_and_today_is_now(
    logs: Logs, board: Shown, past: AsOf
) -> None:
    with pytest.raises(Invalid, match="day-to-come"):
        await past.view(board.view, clock.today() + DAY)
    assert board.view is await past.view(board.view, clock.today())
    assert [] == await found(logs, THERE)


async def test_before_the_first_fact_there_was_nothing_to_see(
    logs: Logs, board: Shown, past: AsOf
) -> None:
    assert [] == await titles(await past.view(board.view, JUNE - DAY))  # Nobody said a word yet.
    await say(logs.meetings, "MeetingHeld", data=b'{"topic_id": null}', at=NOON + DAY)
    await propose(logs.topics, "one", at=NOON)
    with pytest.raises(Missing) as no:
        await past.view(board.view, JUNE - 2 * DAY)
    assert ("before-the-first-fact", {"first": JUNE}) == (no.value.code, no.value.facts)
    await keep(board, logs)
    assert ["one"] == await titles(await past.view(board.view, JUNE))


async def test_what_is_withheld_is_withheld_from_a_past_too(
    logs: Logs, board: Shown, past: AsOf
) -> None:
    services = dict.fromkeys(("topics", "meetings", "portal"), PASSWORD)
    await migrate(logs.admin_dsn, services, restricted={"topics": ["secret"]})
    await logs.topics.append(replace(asked(), category="secret", at=NOON))
    await propose(logs.topics, "one", at=NOON)
    await keep(board, logs)
    view = await past.view(board.view, JUNE)
    assert {"TopicProposed": 1} == dict(await view.ask("of area", area="511623100013"))
    assert {"topics": 2, "meetings": 0} == await view.positions()


async def test_own_old_facts_are_lifted_in_a_past_too(logs: Logs) -> None:
    own = Projection("own", FILE, facts=FACTS, sources=("topics",))
    await say(logs.topics, "TopicProposed", data=b'{"name": "of old"}', version=1, at=NOON)
    async with (
        shown(logs.dsn("topics"), "topics", own, LIFTS) as board,
        asof.opened(logs.dsn("topics"), LIFTS) as past,
        applying(logs.dsn("topics")) as pool,
    ):
        await pool.execute(asof.SQL["tables"].text)
        await copies.make(board.projector)
        await board.projector.take(Logged("topics", 0, 1))
        assert ["of old"] == await titles(await past.view(board.view, JUNE))


async def test_what_the_view_parked_is_left_out_of_its_past_and_counted(
    logs: Logs, board: Shown, past: AsOf
) -> None:
    for at in (NOON, NOON + DAY):
        await say(logs.meetings, "MeetingHeld", data=b'{"topic_id": "no topic"}', at=at)
    await propose(logs.topics, "one", at=NOON)
    await keep(board, logs)
    for day, left_out in ((JUNE, 1), (JUNE + DAY, 2)):
        view = await past.view(board.view, day)
        assert ["one"] == await titles(view)
        assert left_out == await past.left_out(view)
        assert await board.view.positions() == await view.positions()


async def test_a_past_is_made_anew_once_the_view_has_taken_what_it_parked(
    logs: Logs, board: Shown, past: AsOf
) -> None:
    async with board.projector.here() as connection:
        await connection.execute("ALTER TABLE topics ADD CONSTRAINT short CHECK (title <> 'two')")
    await propose(logs.topics, "one", at=NOON)
    (two,) = await propose(logs.topics, "two", at=NOON)
    await keep(board, logs)
    view = await past.view(board.view, JUNE)
    assert (["one"], 1) == (await titles(view), await past.left_out(view))

    async with board.projector.here() as connection:
        await connection.execute("ALTER TABLE topics DROP CONSTRAINT short")
    assert 1 == await board.projector.replay(two)
    view = await past.view(board.view, JUNE)
    assert (["one", "two"], 0) == (await titles(view), await past.left_out(view))
    assert (await digest(board.view)).hex == (await digest(view)).hex


async def test_a_fact_that_only_the_past_cannot_take_is_told(
    logs: Logs, board: Shown, past: AsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await propose(logs.topics, "one", at=NOON)
    await keep(board, logs)
    make = copies.make_here

    async def narrow(connection: asyncpg.Connection, copy: Projector) -> None:
        await make(connection, copy)
        await connection.execute("ALTER TABLE topics ADD CONSTRAINT short CHECK (title <> 'one')")

    monkeypatch.setattr(copies, "make_here", narrow)
    for _ in range(2):
        with pytest.raises(Poison, match="on TopicProposed"):
            await past.view(board.view, JUNE)
