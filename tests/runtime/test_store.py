"""The log: positions, conflicts, claims, poison, and lost connections."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from shared.kernel.envelope import Envelope, Fact
from shared.kernel.errors import Unavailable
from shared.runtime.store import Append, Appended, Conflict, Taken
from tests.runtime.logs import Line, Log, asked, fresh_log, login, until, writing
from tests.servers import Postgres
from tests.spec import NOW

pytestmark = pytest.mark.servers


@pytest.fixture
async def log(pg: Postgres) -> AsyncIterator[Log]:
    async with fresh_log(await pg.fresh_database()) as log:
        yield log


async def positions(log: Log) -> list[int]:
    return [fact.position for fact in await log.store.after(0, 1000)]


async def test_a_new_log_is_empty(log: Log) -> None:
    assert 0 == await log.store.last()
    assert [] == await log.store.after(0, 10)
    assert [] == await log.store.read(uuid4())


async def test_what_is_read_is_what_was_appended(log: Log) -> None:
    new = asked("TopicProposed")
    await log.store.append(new)
    expected = Envelope(
        position=1,
        stream=new.stream,
        category="topic",
        revision=1,
        id=new.facts[0].id,
        type="TopicProposed",
        version=1,
        area="511623100013",
        charter="511623@1",
        actor="lin/convenor",
        at=NOW,
        causation=new.causation,
        correlation=new.correlation,
        data='{"title": "修路"}'.encode(),
    )
    assert [expected] == await log.store.read(new.stream)
    assert [expected] == await log.store.after(0, 10)


async def test_the_bytes_of_a_fact_come_back_as_they_were(log: Log) -> None:
    data = b'{"b":1,  "a":\t[1.10, 1e2, "\\u0041"], "b":2\n}'
    new = asked(data=data)
    await log.store.append(new)
    (fact,) = await log.store.read(new.stream)
    assert data == fact.data


async def test_the_facts_of_a_command_stand_side_by_side(log: Log) -> None:
    await log.store.append(asked())
    new = asked("TopicReviewed", "TopicApproved")
    assert Appended(new.stream, position=3, revision=2) == await log.store.append(new)
    facts = await log.store.read(new.stream)
    assert [(2, 1, "TopicReviewed"), (3, 2, "TopicApproved")] == [
        (fact.position, fact.revision, fact.type) for fact in facts
    ]


async def test_many_streams_are_read_in_one_question(log: Log) -> None:
    one, two = asked("A", "B"), asked("C")
    await asyncio.gather(log.store.append(one), log.store.append(two))
    await log.store.append(asked("D", stream=one.stream, expected=2))
    found = await log.store.read_many([one.stream, two.stream, uuid4()])
    assert {one.stream: ["A", "B", "D"], two.stream: ["C"]} == {
        stream: [fact.type for fact in facts] for stream, facts in found.items()
    }


async def test_reading_on_goes_from_the_position_after_and_no_further_than_asked(log: Log) -> None:
    for _ in range(5):
        await log.store.append(asked())
    assert [3, 4] == [fact.position for fact in await log.store.after(2, 2)]
    assert [] == await log.store.after(5, 10)


async def test_positions_have_no_gaps_however_many_append(log: Log) -> None:
    answers = await asyncio.gather(*(log.store.append(asked("A", "B")) for _ in range(200)))
    assert list(range(1, 401)) == await positions(log)
    for answer in answers:
        facts = await log.store.read(answer.stream)
        assert (answer.position, answer.revision) == (facts[-1].position, facts[-1].revision)


async def test_those_who_wait_share_a_commit(log: Log) -> None:
    await asyncio.gather(*(log.store.append(asked()) for _ in range(100)))
    assert len(await log.store.batches(0, 1000)) < 10


async def test_a_batch_has_a_bound(log: Log) -> None:
    await asyncio.gather(*(log.store.append(asked()) for _ in range(600)))
    assert max(b.last - b.first + 1 for b in await log.store.batches(0, 1000)) <= 512
    assert 600 == await log.store.last()


async def test_large_facts_make_small_batches(log: Log) -> None:
    large = b'"%b"' % (b"x" * 400_000)
    await asyncio.gather(*(log.store.append(asked(data=large)) for _ in range(9)))
    assert [3, 3, 3] == [b.last - b.first + 1 for b in await log.store.batches(0, 10)]


@pytest.mark.parametrize("expected", [0, 2, 7])
async def test_a_wrong_expectation_is_a_conflict(log: Log, expected: int) -> None:
    new = asked()
    await log.store.append(new)
    with pytest.raises(Conflict):
        await log.store.append(asked(stream=new.stream, expected=expected))
    assert [1] == await positions(log)


async def test_a_stream_that_does_not_exist_stands_at_nothing(log: Log) -> None:
    with pytest.raises(Conflict):
        await log.store.append(asked(expected=1))
    assert [] == await positions(log)


async def test_a_conflict_stops_nobody_else(log: Log) -> None:
    old = asked()
    await log.store.append(old)
    commands = [asked(), asked(stream=old.stream, expected=0), asked("A", "B")]
    answers = await asyncio.gather(*map(log.store.append, commands), return_exceptions=True)
    assert isinstance(answers[1], Conflict)
    assert [2, 4] == [a.position for a in answers if isinstance(a, Appended)]
    assert 2 == len(await log.store.batches(0, 10)), "they went in together"


async def test_of_two_commands_for_one_stream_the_first_wins_and_the_second_hears_of_it(
    log: Log,
) -> None:
    stream = uuid4()
    answers = await asyncio.gather(
        log.store.append(asked(stream=stream)),
        log.store.append(asked(stream=stream)),
        log.store.append(asked(stream=stream, expected=1)),
        return_exceptions=True,
    )
    assert [Appended, Conflict, Appended] == [type(answer) for answer in answers]
    assert [1, 2] == [fact.revision for fact in await log.store.read(stream)]


async def test_the_same_facts_again_are_recorded_once(log: Log) -> None:
    new = asked("A", "B")
    first = await log.store.append(new)
    await log.store.append(asked(stream=new.stream, expected=2))
    assert first == await log.store.append(new)
    assert [1, 2, 3] == await positions(log)


async def test_other_facts_of_the_same_command_are_a_conflict(log: Log) -> None:
    new = asked("A", "B")
    await log.store.append(new)
    shorter = Append(**{**fields(new), "facts": new.facts[:1]})
    longer = Append(**{**fields(new), "facts": [*new.facts, Fact(uuid4(), "C", 1, b"{}")]})
    assert 1 == (await log.store.append(shorter)).position, "the facts it has are recorded"
    with pytest.raises(Conflict):
        await log.store.append(longer)


def fields(new: Append) -> dict[str, object]:
    return {name: getattr(new, name) for name in Append.__dataclass_fields__}


async def test_a_name_belongs_to_one_stream(log: Log) -> None:
    mine = asked(claims=[("receipt", "A-1")])
    await log.store.append(mine)
    with pytest.raises(Taken, match="receipt 'A-1' is taken"):
        await log.store.append(asked(claims=[("receipt", "A-1")]))
    again = asked(stream=mine.stream, expected=1, claims=[("receipt", "A-1")])
    assert 2 == (await log.store.append(again)).position


async def test_who_comes_too_late_for_one_name_gets_none_of_them(log: Log) -> None:
    await log.store.append(asked(claims=[("receipt", "A-1")]))
    with pytest.raises(Taken):
        await log.store.append(asked(claims=[("receipt", "A-2"), ("receipt", "A-1")]))
    assert 2 == (await log.store.append(asked(claims=[("receipt", "A-2")]))).position


async def test_two_who_want_one_name_at_once_do_not_both_get_it(log: Log) -> None:
    wanted = [asked(claims=[("receipt", "A-1")]) for _ in range(2)]
    others = [asked() for _ in range(5)]
    answers = await asyncio.gather(
        *map(log.store.append, [*wanted, *others]), return_exceptions=True
    )
    assert [Appended, Taken, *[Appended] * 5] == [type(answer) for answer in answers]


async def test_a_command_that_conflicts_claims_nothing(log: Log) -> None:
    with pytest.raises(Conflict):
        await log.store.append(asked(expected=3, claims=[("receipt", "A-1")]))
    assert 1 == (await log.store.append(asked(claims=[("receipt", "A-1")]))).position


@pytest.mark.parametrize(
    "poison", [b"{no json", b'"\x00"', b'"\xff"'], ids=["no JSON", "NUL", "no UTF-8"]
)
async def test_facts_that_no_log_can_hold_fail_alone(log: Log, poison: bytes) -> None:
    commands = [asked() for _ in range(7)]
    commands.insert(3, asked(data=poison))
    answers = await asyncio.gather(*map(log.store.append, commands), return_exceptions=True)
    assert [3] == [n for n, a in enumerate(answers) if isinstance(a, asyncpg.PostgresError)]
    assert list(range(1, 8)) == await positions(log)


async def test_a_text_that_cannot_be_encoded_fails_alone(log: Log) -> None:
    bad = Append(**{**fields(asked()), "actor": "\ud800"})
    answers = await asyncio.gather(
        log.store.append(asked()), log.store.append(bad), return_exceptions=True
    )
    assert isinstance(answers[0], Appended)
    assert isinstance(answers[1], asyncpg.PostgresError)


async def test_a_line_break_cannot_forge_another_fact(log: Log) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await log.store.append(Append(**{**fields(asked()), "actor": "lin\nwang"}))


async def test_a_command_says_at_least_one_fact(log: Log) -> None:
    with pytest.raises(ValueError, match="without facts"):
        await log.store.append(Append(**{**fields(asked()), "facts": []}))


async def test_a_reader_who_took_the_bell_before_looking_is_woken(log: Log) -> None:
    woken = log.store.woken
    assert not woken.is_set()
    await log.store.append(asked())
    assert woken.is_set()
    assert not log.store.woken.is_set()


async def test_who_gives_up_leaves_the_others_alone(log: Log) -> None:
    tasks = [asyncio.create_task(log.store.append(asked())) for _ in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [Appended, asyncio.CancelledError, Appended] == [type(answer) for answer in answers]
    assert 3 == (await log.store.append(asked())).position


async def test_an_answer_lost_after_the_commit_is_found_again(log: Log) -> None:
    line = Line(log.dsn)
    async with line as port, writing(login(log.admin_dsn, "topics", port)) as store:
        await store.append(asked())
        line.silence()
        new = asked("A", "B")
        waiting = asyncio.create_task(store.append(new))
        await until(lambda: log.as_admin("SELECT FROM events WHERE position = 3"))
        await line.cut()
        assert Appended(new.stream, position=3, revision=2) == await waiting
        assert 4 == (await store.append(asked())).position
    assert [1, 2, 3, 4] == await positions(log)


@pytest.mark.parametrize("how", ["pg_terminate_backend", "pg_cancel_backend"])
async def test_a_statement_lost_before_the_commit_is_sent_again(log: Log, how: str) -> None:
    holder = await asyncpg.connect(log.admin_dsn, server_settings={"search_path": "topics"})
    async with holder.transaction():
        await holder.execute("SELECT pg_advisory_xact_lock('events'::regclass::bigint)")
        waiting = asyncio.create_task(log.store.append(asked()))
        kill = f"SELECT {how}(pid) FROM pg_locks WHERE NOT granted"
        await until(lambda: log.as_admin(kill))
    await holder.close()
    assert 1 == (await waiting).position
    assert [1] == await positions(log)


@pytest.mark.slow
async def test_a_silent_server_is_unavailable_in_time(log: Log) -> None:
    line = Line(log.dsn)
    async with line as port, writing(login(log.admin_dsn, "topics", port)) as store:
        await store.append(asked())
        line.silence()
        async with asyncio.timeout(60):
            answers = await asyncio.gather(
                store.append(asked()),
                store.append(asked()),
                store.read(uuid4()),
                store.last(),
                return_exceptions=True,
            )
        assert ["away"] * 4 == [a.code for a in answers if isinstance(a, Unavailable)]
        await line.cut()
        await store.append(asked())


@pytest.mark.slow
async def test_the_writer_outlives_the_server(pg: Postgres) -> None:
    async with fresh_log(await pg.fresh_database()) as log:
        await log.store.append(asked())
        pg.stop()
        try:
            answers = await asyncio.gather(
                log.store.append(asked()), log.store.read(uuid4()), return_exceptions=True
            )
            assert ["away"] * 2 == [a.code for a in answers if isinstance(a, Unavailable)]
        finally:
            pg.start()
        await asyncio.gather(*(log.store.append(asked()) for _ in range(20)))
        facts = await positions(log)
        assert list(range(1, len(facts) + 1)) == facts
