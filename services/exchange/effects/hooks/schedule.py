"""When a message is sent again, and when a target is left alone.

A message that failed waits for itself, longer each time. A target that failed several times in a
row is down: it is only knocked at, with one message at a time, until it takes one. A message is
given up when it was tried often enough, and the target took others meanwhile: while nothing is
taken, nothing is lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

JITTER = 0.2


@dataclass(frozen=True)
class Schedule:
    """The waits of messages, and of targets that are down."""

    again: tuple[timedelta, ...] = (
        timedelta(seconds=5),
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=5),
        timedelta(hours=10),
        timedelta(hours=14),
        timedelta(hours=20),
        timedelta(hours=24),
    )
    """How long a message waits after each failure; after the last there is one more attempt."""

    knock: tuple[timedelta, ...] = (
        timedelta(seconds=5),
        timedelta(seconds=15),
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
    )
    """How long a target that is down is left alone; the last of them for as long as it is."""

    down_after: int = 3
    """So many failures in a row, and a target is down."""

    def next_at(self, now: datetime, attempts: int, message: UUID) -> datetime:
        """When a message that failed is tried again."""
        wait = self.again[min(attempts, len(self.again)) - 1]
        return now + _apart(wait, message, attempts)

    def knock_at(self, now: datetime, fails: int, target: UUID) -> datetime:
        """When a target that failed so often in a row may be asked again."""
        if fails < self.down_after:
            return now
        wait = self.knock[min(fails - self.down_after, len(self.knock) - 1)]
        return now + _apart(wait, target, fails)

    def is_over(self, attempts: int) -> bool:
        """Whether a message was tried as often as it may."""
        return attempts > len(self.again)


def _apart(wait: timedelta, one: UUID, n: int) -> timedelta:
    """A little longer, for each at each time by another share: those that failed at once part."""
    share = (one.int + n * 7919) % 1000 / 1000
    return wait * (1 + JITTER * share)
