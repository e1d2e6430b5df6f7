"""A reader that only asks for what comes after a position misses nothing, ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import asyncpg
import pytest

from shared.runtime.postgres import connect
from shared.runtime.store import Append, Store
from tests.runtime.logs import Log, asked, fresh_log, until, writing
from tests.servers import Postgres

pytestmark = pytest.mark.servers

LOCK = "PERFORM pg_advisory_xact_lock('events'::regclass::bigint);"
BASE = "base := coalesce(base, 0);"


@pytest.fixture
async def log(pg: Postgres) -> AsyncIterator[Log]:
    async with fresh_log(await pg.fresh_database()) as log:
        yield log


class Tail:
    """A reader with a checkpoint, like every reader of the log."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seen: list[int] = []

    async def read(self) -> None:
        """Everything after what was seen last."""
        after = self.seen[-1] if self.seen else 0
        self.seen += [fact.position for fact in await self._store.after(after, 1000)]


async def record(connection: asyncpg.Connection, new: Append) -> None:
    """Append one fact by the function alone."""
    (fact,) = new.facts
    row = (None, new.stream, new.category, 1, fact.id, fact.type, 1, new.area, new.charter)
    row += (new.actor, new.at, new.causation, new.correlation, fact.data)
    await connection.fetch("SELECT base FROM append($1::events[], '{}')", [row])


async def check_that_a_tail_misses_nothing(log: Log) -> None:
    """Two appends overlap, and the one that began first commits last; the reader looks between.

    Nothing is left to chance: the first transaction is held open until the second append is either
    done or seen to wait.
    """
    await log.store.append(asked())
    tail = Tail(log.store)
    slow, quick = await connect(log.dsn, "topics"), await connect(log.dsn, "topics")
    waiting = "SELECT FROM pg_locks WHERE NOT granted AND pid = $1"
    try:
        async with slow.transaction():
            await record(slow, asked())
            second = asyncio.create_task(record(quick, asked()))

            async def done_or_waiting() -> bool:
                return second.done() or bool(await log.as_admin(waiting, quick.get_server_pid()))

            await until(done_or_waiting)
            await tail.read()
        await second
        await tail.read()
    finally:
        await slow.close()
        await quick.close()
    assert [1, 2, 3] == tail.seen


async def mutate(log: Log, *changes: tuple[str, str]) -> None:
    """Change the text of the append function."""
    (row,) = await log.as_admin("SELECT pg_get_functiondef('append'::regproc) AS text")
    text = row["text"]
    for old, new in changes:
        assert 1 == text.count(old)
        text = text.replace(old, new)
    await log.as_admin(text)


async def test_a_tail_misses_nothing_where_commits_overlap(log: Log) -> None:
    await check_that_a_tail_misses_nothing(log)


async def test_the_check_notices_a_log_without_the_lock(log: Log) -> None:
    await mutate(log, (LOCK, ""))
    with pytest.raises(asyncpg.UniqueViolationError, match="events_0_pkey"):
        await check_that_a_tail_misses_nothing(log)


async def test_the_check_notices_a_log_numbered_by_a_sequence(log: Log) -> None:
    await log.as_admin("CREATE SEQUENCE positions")
    await mutate(log, (LOCK, ""), (BASE, "base := nextval('positions') - 1;"))
    with pytest.raises(AssertionError, match=r"assert \[1, 2, 3\] == \[1, 3\]"):
        await check_that_a_tail_misses_nothing(log)


async def test_a_tail_under_many_writers_sees_every_position_once_and_in_order(log: Log) -> None:
    tail = Tail(log.store)
    async with AsyncExitStack() as open_stores:
        stores = [await open_stores.enter_async_context(writing(log.dsn)) for _ in range(4)]

        async def write(store: Store) -> None:
            for _ in range(10):
                await asyncio.gather(*(store.append(asked("A", "B")) for _ in range(5)))

        writers = asyncio.gather(*map(write, stores))
        while not writers.done():
            await tail.read()
        await writers
    await tail.read()
    assert list(range(1, 401)) == tail.seen


async def test_writers_of_many_processes_agree_on_one_chain(log: Log) -> None:
    stream = asked()
    async with writing(log.dsn) as one, writing(log.dsn) as two:
        answers = await asyncio.gather(
            *(store.append(asked(stream=stream.stream)) for store in (one, two)),
            *(store.append(asked()) for store in (one, two) for _ in range(5)),
            return_exceptions=True,
        )
    assert 1 == sum(isinstance(answer, Exception) for answer in answers)
    batches = await log.store.batches(0, 100)
    assert [batch.first for batch in batches] == [1, *(batch.last + 1 for batch in batches[:-1])]
