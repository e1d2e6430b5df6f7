"""Lives: whatever is asked of an aggregate, by whomever, in whatever order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from shared.kernel.decider import AnyDecider, Context
from shared.kernel.errors import Refused
from shared.kernel.message import Actor, Command, Event
from tests.spec import NOW

Asking = tuple[Command, Actor]


@dataclass
class Life:
    """What was said, and by whom; every step keeps the promises of all deciders.

    `repeatable` names the commands that say something again when they are asked again.
    """

    decider: AnyDecider
    rules: Any
    repeatable: Collection[type[Command]] = ()
    said: list[Event] = field(default_factory=list)
    by: list[Actor] = field(default_factory=list)
    now: datetime = NOW

    def live(self, asked: Sequence[Asking]) -> "Life":
        """Ask all this, in turn."""
        for command, actor in asked:
            self._ask(command, actor)
        return self

    def before(self, fact: Event) -> list[Event]:
        """What was said before a fact."""
        return self.said[: self.said.index(fact)]

    def facts[E: Event](self, cls: type[E]) -> list[E]:
        """The facts of one kind."""
        return [fact for fact in self.said if isinstance(fact, cls)]

    def _ask(self, command: Command, actor: Actor) -> None:
        said = self._decide(command, actor)
        self.said += said
        self.by += [actor] * len(said)
        if type(command) not in self.repeatable:
            assert not self._decide(command, actor), f"{command!r} says something again"
        assert self._replayed() == self.decider.fold(self.said)

    def _decide(self, command: Command, actor: Actor) -> list[Event]:
        ctx = Context(self.now, actor, self.rules)
        try:
            return list(self.decider.decide(command, self.decider.fold(self.said), ctx))
        except Refused:
            return []

    def _replayed(self) -> object:
        """The state after reading everything back from the bytes of the log."""
        events = self.decider.events
        return self.decider.fold(
            events.parse(type(fact).__name__, fact.version, fact.model_dump_json().encode())
            for fact in self.said
        )


def lives(way: Sequence[Asking], others: Sequence[Asking]) -> st.SearchStrategy[list[Asking]]:
    """Some steps of a straight way, then anything, again and again: deep states are reached too."""
    anything = st.lists(st.sampled_from([*way, *others]), max_size=6)
    steps = st.integers(0, len(way)).map(lambda n: list(way[:n]))
    return st.lists(st.tuples(steps, anything), max_size=4).map(
        lambda parts: [asking for start, rest in parts for asking in (*start, *rest)]
    )
