"""A decider: how one aggregate makes up its mind, as two pure functions over an initial state."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.kernel import areas
from shared.kernel.message import Actor, Command, Event
from shared.kernel.registry import Registry, members


@dataclass(frozen=True)
class Context[R]:
    """All a decision knows beside its stream: the time, who asks, and the rules of the place.

    `contains(outer, inner)` knows how areas have changed, as far as anybody has told it.
    """

    now: datetime
    actor: Actor
    rules: R
    contains: Callable[[str, str], bool] = areas.contains


Claim = tuple[str, str]
"""A (scope, key) that at most one stream may hold."""


def no_claims(_event: Event) -> Sequence[Claim]:
    """Most facts claim no unique name."""
    return ()


@dataclass(frozen=True)
class Decider[S, C: Command, E: Event, R]:
    """One aggregate. `<category>_id` is the field of every command that names its stream."""

    category: str
    commands: object
    events: Registry[E]
    initial: S
    evolve: Callable[[S, E], S]
    decide: Callable[[C, S, Context[R]], list[E]]
    claims: Callable[[E], Sequence[Claim]] = no_claims
    restricted: bool | frozenset[str] = False
    """Whether only the service itself may read its facts; others learn that there is one.

    Where it holds of some facts alone, their types.
    """

    @property
    def withheld(self) -> frozenset[str]:
        """What others may not read: the category, or types of facts; the two look different."""
        if isinstance(self.restricted, frozenset):
            return self.restricted
        return frozenset({self.category} if self.restricted else ())

    def asked(self) -> tuple[type[C], ...]:
        """The classes of command this aggregate answers."""
        return members(self.commands)

    def stream(self, command: C) -> UUID:
        """The stream a command goes to."""
        stream: UUID = getattr(command, f"{self.category}_id")
        return stream

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after the given facts."""
        now = self.initial if state is None else state
        for event in events:
            now = self.evolve(now, event)
        return now


AnyDecider = Decider[Any, Any, Any, Any]
