"""The log against a dictionary: any order of appends, conflicts, repetitions and lost lines."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.runtime.store import Append, Appended, Conflict, Taken
from tests.runtime.logs import Log, asked, fresh_log
from tests.servers import Postgres

pytestmark = [pytest.mark.servers, pytest.mark.slow]

KEYS = st.lists(st.sampled_from("abc"), unique=True, max_size=2)
STREAMS = st.integers(0, 3)


class Machine(RuleBasedStateMachine):
    """Four streams of a log, and what they should hold."""

    runner: asyncio.Runner
    log: Log

    def __init__(self) -> None:
        super().__init__()
        self.streams = [uuid4() for _ in range(4)]
        self.scope = str(uuid4())
        self.said: dict[UUID, list[UUID]] = {stream: [] for stream in self.streams}
        self.order: list[UUID] = []
        self.holders: dict[str, UUID] = {}
        self.recorded: list[tuple[Append, Appended]] = []
        self.start = self.wait(self.log.store.last())

    def wait[T](self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    def command(self, stream: UUID, size: int, keys: list[str], off: int = 0) -> Append:
        expected = max(0, len(self.said[stream]) + off)
        claims = [(self.scope, key) for key in keys]
        return asked(*["A"] * size, stream=stream, expected=expected, claims=claims)

    def expect(self, new: Append) -> type:
        if new.expected != len(self.said[new.stream]):
            return Conflict
        held = [self.holders.get(key, new.stream) for _, key in new.claims]
        return Appended if set(held) <= {new.stream} else Taken

    def note(self, new: Append, answer: Any) -> None:
        ids = [fact.id for fact in new.facts]
        self.said[new.stream] += ids
        self.order += ids
        self.holders.update({key: new.stream for _, key in new.claims})
        self.recorded.append((new, answer))
        assert self.start + len(self.order) == answer.position
        assert len(self.said[new.stream]) == answer.revision

    async def answers(self, commands: list[Append]) -> list[Any]:
        return await asyncio.gather(*map(self.log.store.append, commands), return_exceptions=True)

    @rule(n=STREAMS, size=st.integers(1, 3), keys=KEYS, off=st.sampled_from([0, 0, 0, -1, 1]))
    def append(self, n: int, size: int, keys: list[str], off: int) -> None:
        new = self.command(self.streams[n], size, keys, off)
        expected = self.expect(new)
        (answer,) = self.wait(self.answers([new]))
        assert expected is type(answer)
        if expected is Appended:
            self.note(new, answer)

    @rule(ns=st.sets(STREAMS, min_size=2), off=st.sampled_from([0, 1]))
    def append_together(self, ns: set[int], off: int) -> None:
        """To streams of their own, so that all share one commit; perhaps one conflicts."""
        first, *others = sorted(ns)
        commands = [self.command(self.streams[n], 1, []) for n in others]
        commands.insert(1, self.command(self.streams[first], 2, [], off))
        expected = [self.expect(new) for new in commands]
        answers = self.wait(self.answers(commands))
        assert expected == [type(answer) for answer in answers]
        for new, answer in zip(commands, answers, strict=True):
            if isinstance(answer, Appended):
                self.note(new, answer)

    @precondition(lambda self: self.recorded)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        new, answer = data.draw(st.sampled_from(self.recorded))
        assert [answer] == self.wait(self.answers([new]))

    @rule()
    def lose_every_line(self) -> None:
        self.wait(
            self.log.as_admin(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'tongxin_topics' AND datname = current_database()"
            )
        )

    @invariant()
    def every_stream_is_what_was_said(self) -> None:
        found = self.wait(self.log.store.read_many(self.streams))
        assert {stream: ids for stream, ids in self.said.items() if ids} == {
            stream: [fact.id for fact in facts] for stream, facts in found.items()
        }
        for facts in found.values():
            assert list(range(1, len(facts) + 1)) == [fact.revision for fact in facts]

    @invariant()
    def the_log_is_in_order(self) -> None:
        facts = self.wait(self.log.store.after(self.start, 1000))
        assert self.order == [fact.id for fact in facts]
        first = self.start + 1
        assert list(range(first, first + len(facts))) == [fact.position for fact in facts]


def test_the_log_behaves_like_a_dictionary_of_lists(pg: Postgres) -> None:
    with asyncio.Runner() as runner:
        opened = fresh_log(runner.run(pg.fresh_database()))
        log = runner.run(opened.__aenter__())
        try:
            run_state_machine_as_test(
                type("Machine", (Machine,), {"runner": runner, "log": log}),
                settings=settings(
                    max_examples=15,
                    stateful_step_count=20,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
            runner.run(log.store.verify())
        finally:
            runner.run(opened.__aexit__(None, None, None))
