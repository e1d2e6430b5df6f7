"""What is measured of webhooks (Prometheus)."""

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
