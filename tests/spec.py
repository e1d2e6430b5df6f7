"""given / when / then for deciders: a test is a sentence about the world.

topic = Spec(TOPIC, rules=TopicRules(...))
topic.given(PROPOSED, told(PARTY)).when(AGREE, by("lin")).then_refused("report-missing", to=[CPPCC])
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.kernel.decider import AnyDecider, Context
from shared.kernel.errors import Refused
from shared.kernel.message import Actor, Command, Event

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = "511623000000"


def by(name: str, role: str = "convenor", area: str = HERE) -> Actor:
    """An actor by name; role and place matter to few decisions."""
    return Actor(id=name, role=role, area=area)


ANYONE = by("anyone")


@dataclass(frozen=True)
class Spec:
    """One aggregate under fixed rules, and optionally a past and a present."""

    decider: AnyDecider
    rules: Any
    past: tuple[Event, ...] = ()
    now: datetime = NOW

    def given(self, *past: Event) -> "Spec":
        """What has happened so far."""
        return replace(self, past=past)

    def under(self, rules: Any) -> "Spec":
        """The same aggregate in another county."""
        return replace(self, rules=rules)

    def at(self, now: datetime) -> "Spec":
        """The same aggregate at another time."""
        return replace(self, now=now)

    def when(self, command: Command, actor: Actor = ANYONE) -> "Outcome":
        """What is asked, and by whom."""
        state = self.decider.fold(self.past)
        try:
            said = self.decider.decide(
                command, state, Context(now=self.now, actor=actor, rules=self.rules)
            )
        except Refused as no:
            return Outcome(said=None, no=no)
        return Outcome(said=list(said), no=None)


@dataclass(frozen=True)
class Outcome:
    """What the decider answered; each `then` is the assertion that ends the sentence."""

    said: list[Event] | None
    no: Refused | None

    def then(self, *expected: Event) -> None:
        """Exactly these facts."""
        assert self.no is None, f"refused: {self.no}"
        assert list(expected) == self.said

    def then_nothing(self) -> None:
        """It was already so."""
        self.then()

    def then_refused(self, code: str, **facts: object) -> None:
        """Refused with this code and exactly these facts."""
        if self.no is None:
            pytest.fail(f"not refused, but said {self.said}")
        assert (code, facts) == (self.no.code, self.no.facts)
