"""What is asked of a log: the facts of one command, and how the log may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.kernel.decider import Claim
from shared.kernel.envelope import Fact

Row = tuple[object, ...]


class Conflict(Exception):
    """The stream is not where the command expected it: read it again, and decide again."""


class Taken(Exception):
    """A name that the facts claim is held by another stream."""

    def __init__(self, scope: str, key: str) -> None:
        super().__init__(f"{scope} '{key}' is taken")
        self.scope = scope
        self.key = key


@dataclass(frozen=True, slots=True)
class Append:
    """The facts of one command, at least one, for one stream that stands at `expected`."""

    stream: UUID
    category: str
    area: str
    charter: str
    actor: str
    expected: int
    causation: UUID
    correlation: UUID
    at: datetime
    facts: Sequence[Fact]
    claims: Sequence[Claim] = ()

    @property
    def revision(self) -> int:
        """Where the stream stands when the facts are recorded."""
        return self.expected + len(self.facts)

    @property
    def size(self) -> int:
        """The bytes of all its facts."""
        return sum(len(fact.data) for fact in self.facts)

    def rows(self) -> list[Row]:
        """Rows of the table `events`; their positions are not known yet."""
        return [
            (
                None,
                self.stream,
                self.category,
                revision,
                fact.id,
                fact.type,
                fact.version,
                self.area,
                self.charter,
                self.actor,
                self.at,
                self.causation,
                self.correlation,
                fact.data,
            )
            for revision, fact in enumerate(self.facts, self.expected + 1)
        ]

    def claim_rows(self) -> list[Row]:
        """Rows of the table `claims`."""
        return [(scope, key, self.stream) for scope, key in self.claims]


@dataclass(frozen=True, slots=True)
class Appended:
    """Where the last fact of a command stands."""

    stream: UUID
    position: int
    revision: int
