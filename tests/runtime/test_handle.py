"""The handler: idempotence before deciding, who may, where, under which rules, and races."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.kernel.envelope import Envelope
from shared.kernel.errors import Forbidden, Invalid, Missing, No, Refused
from shared.kernel.message import SYSTEM, Actor, Command
from shared.runtime import telemetry
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.handle import ATTEMPTS_MAX, Asked, Handler
from shared.runtime.spans import Spans
from shared.runtime.store import Appended, Store
from tests.runtime.example import NOTEBOOK, NotebookRules, OpenNotebook, WriteLine
from tests.runtime.house import AREAS, COUNTY, DEFAULT, ELSEWHERE, HERE, database, write_charter
from tests.servers import Postgres

pytestmark = pytest.mark.servers

CLERK = Actor("lin", "clerk", COUNTY)


@pytest.fixture
async def store(pg: Postgres) -> AsyncIterator[Store]:
    store = await Store.open(await database(pg), "notebooks")
    writer = asyncio.create_task(store.run())
    yield store
    writer.cancel()
    await store.close()


@pytest.fixture
def charters(tmp_path: Path) -> Path:
    write_charter(tmp_path, "default@1", DEFAULT)
    return tmp_path


@pytest.fixture
def handler(store: Store, charters: Path) -> Handler:
    (charters / "areas.csv").write_text(AREAS, encoding="utf-8")
    return Handler(
        "notebooks",
        [NOTEBOOK],
        NotebookRules,
        store,
        Charters(charters, {"notebooks": NotebookRules}),
        Areas.read(charters / "areas.csv"),
    )


def opened(title: str = "", notebook: UUID | None = None, area: str = HERE) -> OpenNotebook:
    notebook = notebook or uuid4()
    return OpenNotebook(notebook_id=notebook, area=area, title=title or str(notebook))


async def ask(handler: Handler, command: Command, actor: Actor = CLERK) -> Appended:
    return await handler.handle(command, actor, uuid4(), uuid4())


async def refused(handler: Handler, command: Command, actor: Actor = CLERK) -> No:
    with pytest.raises(No) as no:
        await ask(handler, command, actor)
    return no.value


async def test_a_fact_knows_everything_about_the_asking_of_it(
    handler: Handler, store: Store
) -> None:
    command, command_id, correlation = opened("账本"), uuid4(), uuid4()
    appended = await handler.handle(command, CLERK, command_id, correlation)
    (fact,) = await store.read(command.notebook_id)
    assert (appended.position, appended.revision) == (fact.position, fact.revision) == (1, 1)
    assert ("notebook", HERE, "default@1", "lin/clerk") == (
        fact.category,
        fact.area,
        fact.charter,
        fact.actor,
    )
    assert (command_id, correlation) == (fact.causation, fact.correlation)
    assert '{"title":"账本"}'.encode() == fact.data


async def test_the_same_command_again_is_the_same_answer(handler: Handler, store: Store) -> None:
    command, command_id = opened(), uuid4()
    first = await handler.handle(command, CLERK, command_id, uuid4())
    await ask(handler, WriteLine(notebook_id=command.notebook_id, text="one"))
    assert first == await handler.handle(command, CLERK, command_id, uuid4())
    assert 2 == await store.last()


async def test_what_is_already_so_says_nothing_and_answers_where_the_stream_stands(
    handler: Handler, store: Store
) -> None:
    command = opened()
    await ask(handler, command)
    line = WriteLine(notebook_id=command.notebook_id, text="one")
    assert await ask(handler, line) == await ask(handler, line)
    assert 2 == await store.last()


async def test_sixty_four_at_once_on_one_stream_are_all_handled(
    handler: Handler, store: Store, charters: Path
) -> None:
    write_charter(charters, "default@1", DEFAULT.replace("lines_max = 3", "lines_max = 100"))
    charters_of(handler).reload()
    command = opened()
    await ask(handler, command)
    lines = [WriteLine(notebook_id=command.notebook_id, text=str(n)) for n in range(64)]
    answers = await asyncio.gather(*(ask(handler, line) for line in lines))
    assert list(range(2, 66)) == sorted(answer.revision for answer in answers)


async def test_of_two_replicas_that_race_for_the_last_line_one_is_refused(
    handler: Handler, store: Store, charters: Path
) -> None:
    other = Handler(
        "notebooks", [NOTEBOOK], NotebookRules, store, Charters(charters), handler._decisions._areas
    )
    command = opened()
    await ask(handler, command)
    for text in ("one", "two"):
        await ask(handler, WriteLine(notebook_id=command.notebook_id, text=text))
    answers = await asyncio.gather(
        *(
            replica.handle(
                WriteLine(notebook_id=command.notebook_id, text=text), CLERK, uuid4(), uuid4()
            )
            for replica, text in ((handler, "three"), (other, "four"))
        ),
        return_exceptions=True,
    )
    assert {Appended, Refused} == {type(answer) for answer in answers}
    assert 4 == len(await store.read(command.notebook_id))


async def test_a_race_that_is_always_lost_ends_as_contended(handler: Handler, store: Store) -> None:
    command = opened()
    await ask(handler, command)
    assert ("contended", {"attempts": ATTEMPTS_MAX}) == _no(
        await refused(behind(handler, store, ATTEMPTS_MAX), opened("another", command.notebook_id))
    )


async def test_a_race_lost_a_dozen_times_is_won_in_the_end(handler: Handler, store: Store) -> None:
    command = opened()
    await ask(handler, command)
    await ask(handler, WriteLine(notebook_id=command.notebook_id, text="one"))
    line = WriteLine(notebook_id=command.notebook_id, text="two")
    assert 3 == (await ask(behind(handler, store, 12), line)).revision


def behind(handler: Handler, store: Store, times: int) -> Handler:
    """A handler who is so many times a fact behind, as if someone were faster each time."""
    left = iter(range(times))

    class Stale(Store):
        async def read_many(self, streams):  # type: ignore[no-untyped-def]
            found = await store.read_many(streams)
            if next(left, None) is None:
                return found
            return {stream: past[:-1] for stream, past in found.items()}

    stale = Stale.__new__(Stale)
    stale.__dict__.update(store.__dict__)
    return Handler(
        "notebooks",
        [NOTEBOOK],
        NotebookRules,
        stale,
        charters_of(handler),
        handler._decisions._areas,
    )


def _no(no: No) -> tuple[str, dict[str, object]]:
    return no.code, no.facts


async def test_the_wrong_role_is_told_which_ones_may(handler: Handler, store: Store) -> None:
    no = await refused(handler, opened(), Actor("wang", "resident", COUNTY))
    assert isinstance(no, Forbidden)
    assert ("wrong-role", {"role": "resident", "needed": ["clerk", SYSTEM]}) == _no(no)
    assert 0 == await store.last()


async def test_the_right_role_in_the_wrong_county(handler: Handler, store: Store) -> None:
    no = await refused(handler, opened(), Actor("zhao", "clerk", ELSEWHERE))
    assert ("wrong-place", {"area": HERE, "yours": ELSEWHERE}) == _no(no)
    assert 0 == await store.last()


async def test_a_later_command_is_placed_where_the_stream_lives(handler: Handler) -> None:
    command = opened()
    await ask(handler, command)
    no = await refused(
        handler,
        WriteLine(notebook_id=command.notebook_id, text="one"),
        Actor("zhao", "resident", ELSEWHERE),
    )
    assert "wrong-place" == no.code


async def test_an_area_that_is_not_in_the_table(handler: Handler, store: Store) -> None:
    no = await refused(handler, opened(area="511623999999"))
    assert isinstance(no, Invalid)
    assert ("unknown-area", {"area": "511623999999"}) == _no(no)
    assert 0 == await store.last()


async def test_a_stream_that_does_not_exist(handler: Handler) -> None:
    notebook_id = uuid4()
    no = await refused(handler, WriteLine(notebook_id=notebook_id, text="one"))
    assert isinstance(no, Missing)
    assert ("unknown-notebook", {"notebook_id": notebook_id}) == _no(no)


async def test_a_claimed_title_is_taken(handler: Handler, store: Store) -> None:
    await ask(handler, opened("账本"))
    no = await refused(handler, opened("账本"))
    assert ("taken", {"scope": "title", "key": "账本"}) == _no(no)
    assert 1 == await store.last()


async def test_who_saw_an_older_revision_is_told_so(handler: Handler) -> None:
    command = opened()
    await ask(handler, command)
    line = WriteLine(notebook_id=command.notebook_id, text="one")
    with pytest.raises(Refused) as no:
        await handler.answer(Asked(line, CLERK, uuid4(), uuid4(), revision=0))
    assert ("stale", {"seen": 0, "revision": 1}) == _no(no.value)
    await handler.answer(Asked(line, CLERK, uuid4(), uuid4(), revision=1))


async def test_a_stream_keeps_the_rules_it_was_born_under(handler: Handler, charters: Path) -> None:
    old = opened()
    await ask(handler, old)
    write_charter(charters, "default@2", DEFAULT.replace("lines_max = 3", "lines_max = 1"))
    charters_of(handler).reload()
    new = opened()
    await ask(handler, new)
    for notebook in (old, new):
        await ask(handler, WriteLine(notebook_id=notebook.notebook_id, text="one"))
    await ask(handler, WriteLine(notebook_id=old.notebook_id, text="two"))
    no = await refused(handler, WriteLine(notebook_id=new.notebook_id, text="two"))
    assert ("full", {"lines": 1}) == _no(no)


async def test_a_stream_begun_because_of_another_lives_under_the_same_rules(
    handler: Handler, store: Store, charters: Path
) -> None:
    write_charter(charters, "default@2", DEFAULT.replace("lines_max = 3", "lines_max = 1"))
    charters_of(handler).reload()
    follower = opened()
    await handler.answer(Asked(follower, CLERK, uuid4(), uuid4(), charter="default@1"))
    for text in ("one", "two"):
        await ask(handler, WriteLine(notebook_id=follower.notebook_id, text=text))

    assert {"default@1"} == {fact.charter for fact in await store.read(follower.notebook_id)}


async def test_a_charter_another_replica_has_read_first_is_read_at_once(
    handler: Handler, charters: Path
) -> None:
    write_charter(charters, "default@2", DEFAULT)

    await handler.answer(Asked(opened(), CLERK, uuid4(), uuid4(), charter="default@2"))


@pytest.fixture(params=["together", "one by one"])
def manner(request: pytest.FixtureRequest) -> Iterator[None]:
    """A batch is handled together, except where each command has a span of its own."""
    if request.param == "one by one":
        telemetry.trace(Spans("notebooks", SimpleSpanProcessor(InMemorySpanExporter())))
    yield
    telemetry.trace(None)


async def test_many_at_once_are_each_answered_in_the_order_asked(
    handler: Handler, manner: None
) -> None:
    notebook_id = uuid4()
    commands = [
        opened(notebook=notebook_id),
        WriteLine(notebook_id=notebook_id, text="one"),
        WriteLine(notebook_id=notebook_id, text="boom"),
        WriteLine(notebook_id=uuid4(), text="nowhere"),
        WriteLine(notebook_id=notebook_id, text="two"),
    ]
    answers = await handler.handle_many([Asked(c, CLERK, uuid4(), uuid4()) for c in commands])
    assert [1, 2, "internal", "unknown-notebook", 3] == [
        answer.code if isinstance(answer, No) else answer.revision for answer in answers
    ]


def charters_of(handler: Handler) -> Charters:
    return handler._decisions._charters


async def test_a_batch_that_another_replica_overtakes_is_decided_again(
    handler: Handler, store: Store, manner: None
) -> None:
    command = opened()
    await ask(handler, command)
    lines = [WriteLine(notebook_id=command.notebook_id, text=text) for text in ("one", "two")]
    read_many = store.read_many

    async def overtaken(streams: Collection[UUID]) -> dict[UUID, list[Envelope]]:
        past = await read_many(streams)
        store.read_many = read_many  # type: ignore[method-assign]
        await ask(handler_of_another(handler, store), lines[1])
        return past

    store.read_many = overtaken  # type: ignore[method-assign]
    (answer,) = await handler.handle_many([Asked(lines[0], CLERK, uuid4(), uuid4())])
    assert isinstance(answer, Appended)
    assert 3 == answer.revision


def handler_of_another(handler: Handler, store: Store) -> Handler:
    return Handler(
        "notebooks",
        [NOTEBOOK],
        NotebookRules,
        store,
        charters_of(handler),
        handler._decisions._areas,
    )
