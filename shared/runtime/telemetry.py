"""What is measured, for Prometheus. One process is one service, so no metric names the service."""

from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from uuid import UUID

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

COMMANDS = Counter(
    "tongxin_commands",
    "Commands by what became of them: said, already, or a code",
    ["command", "outcome"],
)
COMMAND_SECONDS = Histogram(
    "tongxin_command_seconds", "From request to answer", ["command"], buckets=_SECONDS
)
QUESTION_SECONDS = Histogram(
    "tongxin_question_seconds", "From request to answer", ["question"], buckets=_SECONDS
)
APPEND_EVENTS = Histogram("tongxin_append_events", "Events in one commit", buckets=_SIZES)
COMMIT_SECONDS = Histogram("tongxin_commit_seconds", "One commit of the log", buckets=_SECONDS)
CONFLICTS = Counter("tongxin_conflicts", "Appends that found a longer stream than expected")
RELAY_LAG = Gauge("tongxin_relay_lag", "Facts in the log that were not yet said on NATS")
VIEW_LAG = Gauge("tongxin_view_lag", "Facts a view has not yet seen", ["view", "source"])
DEAD_LETTERS = Gauge("tongxin_dead_letters", "Facts a view could not take", ["view"])
REACTIONS = Counter(
    "tongxin_reactions", "Commands asked because a fact was heard", ["policy", "outcome"]
)
CHARTER_FAULTS = Counter("tongxin_charter_faults", "Charter files that could not be used")


def commanded(command: str, outcome: str, seconds: float) -> None:
    """Count one command."""
    _counted(command, outcome).inc()
    _timed(command).observe(seconds)


# Both are called for every command, and looking up labels costs as much as counting.
_counted = lru_cache(4096)(COMMANDS.labels)
_timed = lru_cache(4096)(COMMAND_SECONDS.labels)
_OFF = nullcontext()


def tracing() -> bool:
    return False


def span(
    name: str, span_id: UUID, correlation: UUID, parent: UUID | None = None
) -> AbstractContextManager[None]:
    return _OFF
