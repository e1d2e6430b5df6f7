"""How many replicas of a service there are: by their work (HPA), or also by what waits (KEDA).

Replicas share requests. One of them at a time reads for a service's views and policies, so more of
them do not read side by side: they take the requests away from the one that reads.
"""

from typing import Any

from deploy.ship.kubernetes import Yaml, metadata

LEAST, MOST = 2, 6
BUSY = 70
"""Per cent of the processor that a replica asked for."""

WAITING = 2_000
"""Facts; a view takes that many in a second or two."""

LAGS = ("tongxin_view_lag", "tongxin_policy_lag", "tongxin_relay_lag")
PROMETHEUS = "http://prometheus-operated.monitoring:9090"


def by_work(name: str) -> Yaml:
    """A HorizontalPodAutoscaler."""
    cpu = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": BUSY}}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": metadata(name),
        "spec": {
            "scaleTargetRef": _target(name) | {"apiVersion": "apps/v1"},
            "minReplicas": LEAST,
            "maxReplicas": MOST,
            "metrics": [{"type": "Resource", "resource": cpu}],
        },
    }


def by_what_waits(name: str) -> Yaml:
    """A ScaledObject: the longest of the queues before the service's readers, or its work."""
    query = " or ".join(f'max({lag}{{service="{name}"}})' for lag in LAGS)
    waiting = {
        "serverAddress": PROMETHEUS,
        "query": f"max({query})",
        "threshold": str(WAITING),
        "ignoreNullValues": "true",
    }
    triggers: list[Any] = [
        {"type": "prometheus", "metadata": waiting},
        {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(BUSY)}},
    ]
    return {
        "apiVersion": "keda.sh/v1alpha1",
        "kind": "ScaledObject",
        "metadata": metadata(name),
        "spec": {
            "scaleTargetRef": _target(name),
            "minReplicaCount": LEAST,
            "maxReplicaCount": MOST,
            "cooldownPeriod": 300,
            "triggers": triggers,
        },
    }


def _target(name: str) -> Yaml:
    return {"kind": "Deployment", "name": f"tongxin-{name}"}
