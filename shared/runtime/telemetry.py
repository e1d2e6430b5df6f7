"""What is measured (Prometheus), and how one thing led to another (spans).

One process is one service, so no metric names it. The OpenTelemetry SDK stays out of here: see
`spans`, which is loaded only where spans are kept.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from prometheus_client import Counter, Gauge, Histogram, Info

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
_BATCHES = (1, 4, 16, 64, 256, 1024, 4096, 8192)

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
IN_FLIGHT = Gauge("tongxin_in_flight", "Requests that are being worked on")
APPENDS_WAITING = Gauge("tongxin_appends_waiting", "Commands that wait for the next commit")
APPEND_EVENTS = Histogram("tongxin_append_events", "Events in one commit", buckets=_SIZES)
COMMIT_SECONDS = Histogram("tongxin_commit_seconds", "One commit of the log", buckets=_SECONDS)
CONFLICTS = Counter("tongxin_conflicts", "Appends that found a longer stream than expected")
RELAY_LAG = Gauge("tongxin_relay_lag", "Facts in the log that were not yet said on NATS")
VIEW_LAG = Gauge("tongxin_view_lag", "Facts a view has not yet seen", ["view", "source"])
VIEW_BATCH_FACTS = Histogram(
    "tongxin_view_batch_facts", "Facts a view took in one transaction", ["view"], buckets=_BATCHES
)
VIEW_BATCH_SECONDS = Histogram(
    "tongxin_view_batch_seconds", "One such transaction", ["view"], buckets=_SECONDS
)
POLICY_LAG = Gauge("tongxin_policy_lag", "Facts to which policies did not yet react", ["source"])
DEAD_LETTERS = Gauge("tongxin_dead_letters", "Facts a view or policy could not take", ["view"])
REACTIONS = Counter(
    "tongxin_reactions", "Commands asked because a fact was heard", ["policy", "outcome"]
)
STUCK = Gauge("tongxin_matters_stuck", "Matters that no step leads out of, as of the last night")
CHARTER_FAULTS = Counter("tongxin_charter_faults", "Charter files that could not be used")
CHARTERS_CHANGED = Gauge(
    "tongxin_charters_changed", "Charters whose text is not the one that came into force"
)
AREA_FAULTS = Counter("tongxin_area_faults", "Lines that contradict the table of areas")

BUILD = Info("tongxin_build", "Which code runs: its version, and a digest over it")
READY = Gauge("tongxin_ready", "What a replica needs for its work: 1 if it is there", ["part"])
LEADS = Gauge("tongxin_leads", "1 on the replica that says, shows, reacts and ticks")
LOG_POSITION = Gauge("tongxin_log_position", "The last position of the log")
OLDEST_TRANSACTION = Gauge(
    "tongxin_oldest_transaction_seconds", "For how long a transaction of this service is open"
)
CLOCK_SKEW = Gauge("tongxin_clock_skew_seconds", "Our clock less that of PostgreSQL")
CONNECTIONS = Gauge("tongxin_postgres_connections", "Connections that PostgreSQL serves, of all")
CONNECTIONS_MOST = Gauge("tongxin_postgres_connections_most", "How many it would serve")
CERTIFICATE_ENDS = Gauge(
    "tongxin_nats_certificate_ends_seconds",
    "When the certificate of NATS ends, in seconds since 1970; 0 without TLS",
)
HTTP_SECONDS = Histogram(
    "tongxin_http_seconds", "From request to answer", ["method", "page", "status"], buckets=_SECONDS
)


def commanded(command: str, outcome: str, seconds: float) -> None:
    """Count one command, and how long its answer took."""
    _counted(command, outcome).inc()
    _timed(command).observe(seconds)


def ready(parts: Mapping[str, object]) -> None:
    """Note what a replica needs for its work, and whether that is there."""
    READY.clear()
    for part, there in parts.items():
        READY.labels(part).set(bool(there))


# Both are called for every command, and looking up labels costs as much as counting.
_counted = lru_cache(4096)(COMMANDS.labels)
_timed = lru_cache(4096)(COMMAND_SECONDS.labels)


class Tracer(Protocol):
    """Whoever keeps spans."""

    def span(
        self, name: str, span_id: UUID, correlation: UUID, parent: UUID | None
    ) -> AbstractContextManager[None]:
        """See `span`."""


class _Tracing:
    tracer: Tracer | None = None
    off: AbstractContextManager[None] = nullcontext()


def trace(tracer: Tracer | None) -> None:
    """Keep spans from now on; None: no longer."""
    _Tracing.tracer = tracer


def tracing() -> bool:
    """Whether anybody keeps spans."""
    return _Tracing.tracer is not None


def span(
    name: str, span_id: UUID, correlation: UUID, parent: UUID | None = None
) -> AbstractContextManager[None]:
    """What happens inside is one step of the trace of this correlation.

    Ids follow from what is done (a command's id, a fact's id), so that steps in different processes
    join without telling each other. Without a `parent` it is the span we are in; else the root,
    which is the span whose id is the correlation itself.
    """
    if _Tracing.tracer is None:
        return _Tracing.off
    return _Tracing.tracer.span(name, span_id, correlation, parent)
