"""A fact as it stands in the log: what was said, and everything known about the saying of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about to be written. `data` is the exact JSON that is stored, hashed and sent."""

    id: UUID
    type: str
    version: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A recorded fact.

    `position` is gapless within its service, and equals the sequence in its JetStream stream.
    """

    position: int
    stream: UUID
    category: str
    revision: int
    id: UUID
    type: str
    version: int
    area: str
    charter: str
    actor: str
    at: datetime
    causation: UUID
    correlation: UUID
    data: bytes
