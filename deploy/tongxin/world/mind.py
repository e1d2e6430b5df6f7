"""One service as the world runs it: it decides at once, and remembers the streams of late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from shared.kernel.decider import AnyDecider
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Refused
from shared.kernel.message import Command
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.decision import Asked, Decisions
from shared.runtime.service import Service
from shared.runtime.store import Append, Appended

KEPT_MAX = 20_000
"""How many streams are remembered; far more than are ever on their way to the log."""

Claims = dict[tuple[str, str], UUID]


@dataclass(slots=True)
class Life:
    """A stream: its facts without their data, and the state they fold to."""

    past: list[Envelope]
    state: Any


class Mind:
    """The decisions of a service, and what they need to know of its log."""

    def __init__(
        self, app: Service, charters: Charters, areas: Areas, streams: set[UUID], claims: Claims
    ) -> None:
        self.name = app.name
        self._decisions = Decisions(app.name, app.deciders, app.rules, charters, areas)
        self._by_command = {cls: one for one in app.deciders for cls in one.asked()}
        self._by_category: Mapping[str, AnyDecider] = {one.category: one for one in app.deciders}
        self.streams = streams
        """Every stream there is."""
        self._claims = claims
        self._lives: dict[UUID, Life] = {}

    def stream(self, command: Command) -> UUID:
        """The stream a command goes to."""
        return self._decisions.stream(command)

    def forgot(self, stream: UUID) -> bool:
        """Whether a stream has to be read before it is decided about."""
        return stream in self.streams and stream not in self._lives

    def recall(self, stream: UUID, past: Sequence[Envelope]) -> None:
        """What was read of a stream."""
        decider = self._by_category[past[0].category]
        events = (decider.events.parse(fact.type, fact.version, fact.data) for fact in past)
        self._lives[stream] = Life([_bare(fact) for fact in past], decider.fold(events))

    def decide(self, asked: Asked) -> tuple[Append, list[Envelope]] | None:
        """What is to be written, and the same as others will hear it. Raises a No."""
        decider = self._by_command[type(asked.command)]
        stream = self._decisions.stream(asked.command)
        life = self._lives.pop(stream, None) or Life([], decider.initial)
        self._lives[stream] = life  # Whom one thought of last is forgotten last.
        new = self._decisions.on(asked, life.past, life.state)
        if isinstance(new, Appended):
            return None
        self._claim(new)
        facts = _said(new)
        life.past += map(_bare, facts)
        events = (decider.events.parse(fact.type, fact.version, fact.data) for fact in facts)
        life.state = decider.fold(events, life.state)
        self.streams.add(stream)
        return new, facts

    def forget(self) -> None:
        """Keep the streams of late."""
        too_many = max(0, len(self._lives) - KEPT_MAX)
        for stream in list(islice(self._lives, too_many)):
            del self._lives[stream]

    def _claim(self, new: Append) -> None:
        for scope, key in new.claims:
            if self._claims.setdefault((scope, key), new.stream) != new.stream:
                raise Refused("taken", scope=scope, key=key)


def _said(new: Append) -> list[Envelope]:
    return [
        Envelope(
            0,  # Nobody here asks where it will stand.
            new.stream,
            new.category,
            revision,
            fact.id,
            fact.type,
            fact.version,
            new.area,
            new.charter,
            new.actor,
            new.at,
            new.causation,
            new.correlation,
            fact.data,
        )
        for revision, fact in enumerate(new.facts, new.expected + 1)
    ]


def _bare(fact: Envelope) -> Envelope:
    """Without its data, which the state has taken in."""
    return Envelope(
        fact.position,
        fact.stream,
        fact.category,
        fact.revision,
        fact.id,
        fact.type,
        fact.version,
        fact.area,
        fact.charter,
        fact.actor,
        fact.at,
        fact.causation,
        fact.correlation,
        b"",
    )
