"""What is measured of webhooks (Prometheus)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

ATTEMPTS = Counter(
    "tongxin_webhook_attempts",
    "Messages sent to webhooks: taken, refused (an answer that is no yes), lost (no answer)",
    ["outcome"],
)
SECONDS = Histogram(
    "tongxin_webhook_seconds", "From the name of a target to its answer", buckets=_SECONDS
)
WAITING = Gauge("tongxin_webhook_waiting", "Messages that wait for a webhook to take them")
OLDEST_SECONDS = Gauge("tongxin_webhook_oldest_seconds", "How long the oldest of them has waited")
DOWN = Gauge("tongxin_webhooks_down", "Webhooks that failed several times in a row")


def note(row: Mapping[str, Any], now: datetime) -> None:
    """What the book says: how much waits, since when, and how many targets are down."""
    WAITING.set(row["waiting"])
    DOWN.set(row["down"])
    OLDEST_SECONDS.set((now - row["oldest"]).total_seconds() if row["oldest"] else 0)


def forget() -> None:
    """Whoever carries no more knows nothing of it: what was last known would stand for ever."""
    for one in (WAITING, DOWN, OLDEST_SECONDS):
        one.set(0)
