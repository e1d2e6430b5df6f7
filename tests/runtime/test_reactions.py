"""Policies at work: what is heard is asked once, in order, and a no is an answer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid5

import asyncpg
import orjson
import pytest

from shared.kernel.envelope import Envelope
from shared.kernel.errors import Unavailable
from shared.kernel.message import Heard
from shared.kernel.policy import AnyPolicy, policy
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.handle import Asked, Handler
from shared.runtime.hear import OwnLog, Tail
from shared.runtime.migrate import migrate
from shared.runtime.projector import applying
from shared.runtime.reactions import Reactor, letters_of
from shared.runtime.store import Appended, Store
from tests.runtime.example import NOTEBOOK, NotebookRules, OpenNotebook, WriteLine
from tests.runtime.flows import log, running, say
from tests.runtime.house import AREAS, DEFAULT, write_charter
from tests.runtime.logs import PASSWORD, login, until
from tests.servers import Postgres

pytestmark = pytest.mark.servers


class TopicProposed(Heard):
    """Said by topics."""

    source: ClassVar[str] = "topics"

    fact_id: UUID
    area: str
    title: str


class TopicClosed(Heard):
    """Said by topics."""

    source: ClassVar[str] = "topics"

    about: UUID
    lines: list[str]


@policy
def open_a_notebook(fact: TopicProposed) -> OpenNotebook | None:
    """One notebook for each topic but the silent ones."""
    if fact.title == "silent":
        return None
    return OpenNotebook(notebook_id=notebook(fact.fact_id), area=fact.area, title=fact.title)


@policy
def write_it_down(fact: TopicClosed) -> list[WriteLine]:
    """Several lines at once."""
    return [WriteLine(notebook_id=notebook(fact.about), text=line) for line in fact.lines]


def notebook(fact_id: UUID) -> UUID:
    return uuid5(fact_id, "notebook")


POLICIES: list[AnyPolicy] = [open_a_notebook, write_it_down]


class Desk:
    """A service of notebooks that hears topics."""

    def __init__(self, topics: Store, notes: Store, handler: Handler, pool: asyncpg.Pool) -> None:
        self.topics = topics
        self.notes = notes
        self.handler = handler
        self.pool = pool
        self.tail = Tail(topics)

    def reactor(self, handler: Handler | None = None) -> Reactor:
        source = OwnLog("topics", self.topics, self.tail)
        return Reactor("notebooks", POLICIES, source, handler or self.handler, self.pool)

    async def facts(self) -> Sequence[Envelope]:
        return await self.notes.after(0, 1000)

    async def seen(self) -> int:
        return await self.pool.fetchval("SELECT max(position) FROM notebooks.checkpoints") or 0

    async def letters(self) -> list[tuple[str, int]]:
        rows = await self.pool.fetch(
            "SELECT name, position FROM notebooks.dead_letters ORDER BY name, position"
        )
        return [tuple(row) for row in rows]

    @asynccontextmanager
    async def reacting(self, *reactors: Reactor) -> AsyncIterator[None]:
        """React until everything that was said has been heard."""
        reactors = reactors or (self.reactor(),)
        async with running(self.tail.run(), *(reactor.run() for reactor in reactors)):
            yield
            await until(self._all_heard)

    async def _all_heard(self) -> bool:
        return await self.seen() == await self.topics.last()


@pytest.fixture
async def desk(pg: Postgres, tmp_path: Path) -> AsyncIterator[Desk]:
    dsn = await pg.fresh_database()
    await migrate(dsn, {"topics": PASSWORD, "notebooks": PASSWORD})
    write_charter(tmp_path, "default@1", DEFAULT)
    write_charter(tmp_path, "511623@1", 'base = "default@1"\nin_force = 2020-01-01\n')
    (tmp_path / "areas.csv").write_text(AREAS, encoding="utf-8")
    async with (
        log(dsn, "topics") as topics,
        log(dsn, "notebooks") as notes,
        applying(login(dsn, "notebooks")) as pool,
    ):
        charters = Charters(tmp_path, {"notebooks": NotebookRules})
        areas = Areas.read(tmp_path / "areas.csv")
        handler = Handler("notebooks", [NOTEBOOK], NotebookRules, notes, charters, areas)
        yield Desk(topics, notes, handler, pool)


async def propose(desk: Desk, title: str) -> Envelope:
    data = b'{"title": "%b"}' % title.encode()
    stream = await say(desk.topics, "TopicProposed", data=data)
    (fact,) = await desk.topics.read(stream)
    return fact


async def close(desk: Desk, topic: Envelope, *lines: str) -> None:
    data = orjson.dumps({"about": topic.id, "lines": lines}, default=str)
    stand = len(await desk.topics.read(topic.stream))
    await say(desk.topics, "TopicClosed", stream=topic.stream, expected=stand, data=data)


async def test_a_fact_becomes_a_command(desk: Desk) -> None:
    topic = await propose(desk, "修路")
    async with desk.reacting():
        pass
    (fact,) = await desk.facts()
    assert ("NotebookOpened", notebook(topic.id)) == (fact.type, fact.stream)
    assert "notebooks:open_a_notebook/system" == fact.actor
    assert (open_a_notebook.command_id(topic.id), topic.correlation) == (
        fact.causation,
        fact.correlation,
    )


async def test_a_fact_may_become_no_command(desk: Desk) -> None:
    await propose(desk, "silent")
    async with desk.reacting():
        pass
    assert [] == await desk.facts()


async def test_one_fact_may_become_several_commands_in_order(desk: Desk) -> None:
    topic = await propose(desk, "修路")
    await close(desk, topic, "one", "two", "three")
    async with desk.reacting():
        pass
    assert [b'{"text":"one"}', b'{"text":"two"}', b'{"text":"three"}'] == [
        fact.data for fact in (await desk.facts())[1:]
    ]


async def test_facts_of_one_stream_are_reacted_to_in_their_order(desk: Desk) -> None:
    topics = [await propose(desk, f"matter {n}") for n in range(20)]
    for line in ("one", "two", "three"):
        for topic in topics:
            await close(desk, topic, line)
    async with desk.reacting():
        pass
    for topic in topics:
        said = [fact.data for fact in await desk.notes.read(notebook(topic.id))]
        assert [b'{"text":"one"}', b'{"text":"two"}', b'{"text":"three"}'] == said[1:]


async def test_commands_to_one_stream_keep_the_order_of_facts_from_several(desk: Desk) -> None:
    topic = await propose(desk, "修路")
    await close(desk, topic, "one", "two")
    elsewhere = orjson.dumps({"about": topic.id, "lines": ["three"]}, default=str)
    await say(desk.topics, "TopicClosed", data=elsewhere)
    async with desk.reacting():
        pass
    said = [fact.data for fact in await desk.notes.read(notebook(topic.id))]
    assert [b'{"text":"%b"}' % n for n in (b"one", b"two", b"three")] == said[1:]


async def test_heard_again_it_is_asked_once(desk: Desk) -> None:
    topic = await propose(desk, "修路")
    await close(desk, topic, "one")
    async with desk.reacting():
        pass
    await desk.pool.execute("DELETE FROM notebooks.checkpoints")
    async with desk.reacting():
        pass
    assert 2 == len(await desk.facts())


async def test_two_leaders_at_once_ask_once(desk: Desk) -> None:
    async with desk.reacting(desk.reactor(), desk.reactor()):
        for n in range(30):
            await close(desk, await propose(desk, f"matter {n}"), "one", "two")
    assert 90 == len(await desk.facts())


async def test_it_goes_on_from_its_checkpoint(desk: Desk) -> None:
    await propose(desk, "one")
    async with desk.reacting():
        pass
    await propose(desk, "two")
    asked = Counting(desk.handler)
    async with desk.reacting(desk.reactor(asked)):
        pass
    assert 1 == asked.count


class Counting(Handler):
    """Counts what it is asked."""

    def __init__(self, handler: Handler, away: int = 0) -> None:
        self.handler = handler
        self.count = 0
        self.away = away

    async def answer(self, asked: Asked) -> Appended:
        self.count += 1
        if self.count <= self.away:
            raise Unavailable("away")
        return await self.handler.answer(asked)


async def test_a_refusal_is_an_answer(desk: Desk) -> None:
    for _ in range(2):  # The title is taken.
        await propose(desk, "修路")
    await propose(desk, "another")
    async with desk.reacting():
        pass
    assert 2 == len(await desk.facts())
    assert [] == await desk.letters()


async def test_not_now_is_asked_again(desk: Desk) -> None:
    await propose(desk, "修路")
    asked = Counting(desk.handler, away=3)
    async with desk.reacting(desk.reactor(asked)):
        pass
    assert (4, 1) == (asked.count, len(await desk.facts()))


async def test_a_fact_that_breaks_its_promise_is_parked_with_all_that_follow(desk: Desk) -> None:
    topic = await propose(desk, "修路")
    await say(desk.topics, "TopicClosed", stream=topic.stream, expected=1, data=b'{"lines": []}')
    await close(desk, topic, "later")
    other = await propose(desk, "other")
    await close(desk, other, "one")
    async with desk.reacting():
        pass
    assert [("policy write_it_down", 2), ("policy write_it_down", 3)] == await desk.letters()
    assert ["NotebookOpened", "LineWritten"] == [
        fact.type for fact in await desk.notes.read(notebook(other.id))
    ]


async def test_parked_facts_are_reacted_to_in_order_after_the_mend(desk: Desk) -> None:
    topic = await propose(desk, "修路")
    await close(desk, topic, "boom")
    await close(desk, topic, "later")
    async with desk.reacting():
        pass
    assert [(letters_of(write_it_down), 2), (letters_of(write_it_down), 3)] == await desk.letters()
    with pytest.raises(ZeroDivisionError):
        await desk.reactor().replay(write_it_down, topic.stream)
    mended = Mended(desk.handler)
    assert 2 == await desk.reactor(mended).replay(write_it_down, topic.stream)
    assert [] == await desk.letters()
    said = [fact.data for fact in await desk.notes.read(notebook(topic.id))]
    assert [b'{"text":"bang"}', b'{"text":"later"}'] == said[1:]


class Mended(Handler):
    """The bug is gone."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    async def answer(self, asked: Asked) -> Appended:
        command = asked.command
        if isinstance(command, WriteLine) and command.text == "boom":
            command = command.model_copy(update={"text": "bang"})
        return await self.handler.answer(replace(asked, command=command))


async def test_what_is_asked_while_it_reacts_is_heard_too(desk: Desk) -> None:
    async with desk.reacting():
        for n in range(10):
            await propose(desk, f"matter {n}")
            await asyncio.sleep(0)
    assert 10 == len(await desk.facts())
