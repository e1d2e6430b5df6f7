"""Clocks: what is due is asked for, once, whoever looks and however often."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.runtime import copies
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.facts import Logged
from shared.runtime.handle import Handler
from shared.runtime.projection import Projection
from shared.runtime.reactions import actor_of
from shared.runtime.store import Store
from shared.runtime.ticker import Tick, Ticker, tick
from tests.runtime.example import (
    NOTEBOOK,
    LineWritten,
    NotebookOpened,
    NotebookRules,
    OpenNotebook,
    WriteLine,
)
from tests.runtime.flows import Shown, running, shown
from tests.runtime.house import AREAS, DEFAULT, HERE, database, write_charter
from tests.runtime.logs import until
from tests.servers import Postgres

pytestmark = pytest.mark.servers

PAGES = """
-- name: tables
CREATE TABLE pages (notebook_id uuid PRIMARY KEY, lines integer NOT NULL, position bigint NOT NULL);

-- name: on NotebookOpened
INSERT INTO pages (notebook_id, lines, position)
SELECT stream, 0, position FROM batch WHERE type = 'NotebookOpened';

-- name: on LineWritten
UPDATE pages p SET lines = p.lines + b.lines
  FROM (SELECT stream, count(*) AS lines FROM batch WHERE type = 'LineWritten' GROUP BY stream) b
 WHERE notebook_id = b.stream;

-- name: empty
SELECT notebook_id FROM pages WHERE lines = 0 AND :now::timestamptz > '2026-01-01';

-- name: new
SELECT notebook_id FROM pages WHERE position > :after_notebooks ORDER BY position LIMIT :most;
"""


class Desk:
    """Notebooks, a view of them, and a clock that writes into the empty ones."""

    def __init__(self, store: Store, handler: Handler, pages: Shown) -> None:
        self.store = store
        self.handler = handler
        self.pages = pages
        self.tick = self._tick("empty")
        self.asked: list[int] = []

    def ticker(self, statement: str = "empty") -> Ticker:
        return Ticker("notebooks", self._tick(statement), self.pages.view, self.handler)

    def _tick(self, statement: str) -> Tick:
        return tick(
            "empty notebooks", self.pages.view.projection, statement, self.begin,
            key="notebook_id", every_s=0.02,
        )  # fmt: skip

    def begin(self, row: asyncpg.Record) -> WriteLine:
        """Another line each time: if it is asked twice, two lines are written."""
        self.asked.append(row["notebook_id"].int)
        return WriteLine(notebook_id=row["notebook_id"], text=str(uuid4()))

    async def open(self, notebook: int) -> None:
        command = OpenNotebook(notebook_id=UUID(int=notebook), area=HERE, title=str(notebook))
        asked = UUID(int=notebook + 1000)
        await self.handler.handle(command, actor_of("notebooks", self.tick.name), asked, asked)

    async def show(self) -> None:
        seen, last = await self.pages.projector.seen("notebooks"), await self.store.last()
        await self.pages.projector.take(Logged("notebooks", seen, last))

    async def written(self) -> list[int]:
        facts = await self.store.after(0, 1000)
        return sorted(fact.stream.int for fact in facts if fact.type == "LineWritten")


@pytest.fixture
async def desk(pg: Postgres, tmp_path: Path) -> AsyncIterator[Desk]:
    dsn = await database(pg)
    write_charter(tmp_path, "default@1", DEFAULT)
    (tmp_path / "areas.csv").write_text(AREAS, encoding="utf-8")
    (tmp_path / "pages.sql").write_text(PAGES, encoding="utf-8")
    facts = [NotebookOpened, LineWritten]
    projection = Projection("pages", tmp_path / "pages.sql", facts=facts, sources=("notebooks",))
    charters = Charters(tmp_path, {"notebooks": NotebookRules})
    areas = Areas.read(tmp_path / "areas.csv")
    store = await Store.open(dsn, "notebooks")
    async with running(store.run()), shown(dsn, "notebooks", projection) as pages:
        await copies.make(pages.projector)
        handler = Handler("notebooks", [NOTEBOOK], NotebookRules, store, charters, areas)
        yield Desk(store, handler, pages)
    await store.close()


async def test_what_is_due_is_asked_for(desk: Desk) -> None:
    for notebook in (1, 2):
        await desk.open(notebook)
    await desk.show()
    await desk.ticker().look()
    assert [1, 2] == await desk.written()


async def test_what_is_not_due_is_left_alone(desk: Desk) -> None:
    await desk.open(1)
    await desk.show()
    await desk.ticker().look()
    await desk.open(2)
    await desk.show()
    await desk.ticker().look()
    assert [1, 2] == await desk.written()
    assert 4 == await desk.store.last()


async def test_asked_again_before_the_view_knows_it_is_asked_once(desk: Desk) -> None:
    await desk.open(1)
    await desk.show()
    for ticker in (desk.ticker(), desk.ticker(), desk.ticker()):
        await ticker.look()
    assert [1] == await desk.written()


async def test_two_clocks_at_once_ask_once(desk: Desk) -> None:
    for notebook in range(1, 21):
        await desk.open(notebook)
    await desk.show()
    await asyncio.gather(desk.ticker().look(), desk.ticker().look())
    assert list(range(1, 21)) == await desk.written()


async def test_a_clock_speaks_in_its_own_name(desk: Desk) -> None:
    await desk.open(1)
    await desk.show()
    await desk.ticker().look()
    (*_, fact) = await desk.store.read(UUID(int=1))
    assert "notebooks:empty notebooks/system" == fact.actor


async def test_a_clock_looks_again_and_again(desk: Desk) -> None:
    async with running(desk.ticker().run()):
        for notebook in (1, 2, 3):
            await desk.open(notebook)
            await desk.show()
            await until(lambda n=notebook: _is_written(desk, n))


async def test_a_view_that_is_away_stops_no_clock(desk: Desk) -> None:
    await desk.open(1)
    projector = desk.pages.projector
    async with projector.pool.acquire() as connection:
        await connection.execute(f'ALTER SCHEMA "{projector.schema}" RENAME TO away')
        async with running(desk.ticker().run()) as (clock,):
            await asyncio.wait([clock], timeout=0.2)
            await connection.execute(f'ALTER SCHEMA away RENAME TO "{projector.schema}"')
            await desk.show()
            await until(lambda: _is_written(desk, 1))


async def _is_written(desk: Desk, notebook: int) -> bool:
    return notebook in await desk.written()


async def test_what_did_not_move_is_not_looked_at_again(desk: Desk) -> None:
    ticker = desk.ticker("new")
    await desk.open(1)
    await desk.show()
    await ticker.look()
    assert [1] == desk.asked
    await desk.open(2)
    await desk.show()
    await ticker.look()
    assert [1, 2] == desk.asked
    await ticker.look()
    assert [1, 2] == desk.asked


async def test_who_looks_for_the_first_time_looks_at_all(desk: Desk) -> None:
    for notebook in (1, 2):
        await desk.open(notebook)
        await desk.show()
        await desk.ticker("new").look()
    assert [1, 1, 2] == desk.asked


async def test_what_was_too_much_for_one_look_is_not_passed_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.runtime.ticker.ROWS_MAX", 2)
    for notebook in (1, 2, 3):
        await desk.open(notebook)
    await desk.show()
    ticker = desk.ticker("new")
    await ticker.look()
    await ticker.look()
    assert [1, 2, 1, 2] == desk.asked
    monkeypatch.setattr("shared.runtime.ticker.ROWS_MAX", 4)
    await ticker.look()
    assert [1, 2, 1, 2, 1, 2, 3] == desk.asked
