"""Leadership: one at a time, taken over when it falls, lost when it cannot be held."""

import asyncio
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from shared.kernel.errors import Unavailable
from shared.runtime.leader import Leader
from tests.runtime.flows import fetch, running
from tests.runtime.logs import Line, until
from tests.servers import Postgres

pytestmark = pytest.mark.servers


class Work:
    """What a leader does; it notes when it begins and when it is ended."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.fails: list[Exception] = []

    async def __call__(self) -> None:
        self.begun += 1
        try:
            if self.fails:
                raise self.fails.pop()
            await asyncio.Event().wait()
        finally:
            self.ended += 1

    async def goes_on(self) -> bool:
        return self.begun == self.ended + 1


@pytest.fixture
async def dsn(pg: Postgres) -> str:
    return await pg.fresh_database()


async def test_whoever_is_alone_leads(dsn: str) -> None:
    work = Work()
    async with running(Leader(dsn, "topics").run(work)):
        await until(work.goes_on)


async def test_the_second_waits_and_takes_over_when_the_first_falls(dsn: str) -> None:
    first, second = Work(), Work()
    leading = asyncio.create_task(Leader(dsn, "topics").run(first))
    await until(first.goes_on)
    async with running(Leader(dsn, "topics").run(second)):
        await asyncio.wait([leading], timeout=1.2)
        assert 0 == second.begun
        leading.cancel()
        await until(second.goes_on)
        assert 1 == first.ended
    assert 1 == second.ended


async def test_each_service_has_a_leader_of_its_own(dsn: str) -> None:
    topics, meetings = Work(), Work()
    async with running(Leader(dsn, "topics").run(topics), Leader(dsn, "meetings").run(meetings)):
        await until(topics.goes_on)
        await until(meetings.goes_on)


async def test_a_leader_whose_session_ended_stops_its_work_and_leads_again(dsn: str) -> None:
    work = Work()
    async with running(Leader(dsn, "topics").run(work)):
        await until(work.goes_on)
        await fetch(
            dsn,
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
        await until(lambda: _begun_again(work))
        assert 1 == work.ended


async def test_a_leader_that_hears_nothing_more_stops_its_work(dsn: str) -> None:
    work, line = Work(), Line(dsn)
    async with line as port:
        parts = urlsplit(dsn)
        away = f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{port}"
        through = urlunsplit(parts._replace(netloc=away))
        async with running(Leader(through, "topics").run(work)):
            await until(work.goes_on)
            line.silence()
            await until(lambda: _has_ended(work))
            await line.cut()


@pytest.mark.parametrize(
    "error", [ConnectionResetError(), asyncpg.InterfaceError("gone"), Unavailable("away")]
)
async def test_work_that_finds_the_server_away_begins_again(dsn: str, error: Exception) -> None:
    work = Work()
    work.fails.append(error)
    async with running(Leader(dsn, "topics").run(work)):
        await until(lambda: _begun_again(work))


async def test_work_that_fails_otherwise_ends_the_leader(dsn: str) -> None:
    work = Work()
    work.fails.append(ZeroDivisionError())
    with pytest.raises(ExceptionGroup) as died:
        async with running(Leader(dsn, "topics").run(work)) as (leading,):
            await asyncio.wait([leading], timeout=90)
    assert died.group_contains(ZeroDivisionError)


async def _begun_again(work: Work) -> bool:
    return work.begun == 2 and await work.goes_on()


async def _has_ended(work: Work) -> bool:
    return work.ended > 0
