"""`python -m deploy.ship.rules` prints our alerts as an object of the Prometheus operator."""

import sys
from typing import Any

import yaml

from deploy.ship.__main__ import text
from deploy.tongxin.home import ROOT

ALERTS = ROOT / "deploy/observe/alerts.yaml"


def rule() -> dict[str, Any]:
    """All groups of alerts, as they are tried."""
    told = yaml.safe_load(ALERTS.read_text("utf-8"))
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "tongxin", "labels": {"app.kubernetes.io/name": "tongxin"}},
        "spec": {"groups": told["groups"]},
    }


if __name__ == "__main__":
    sys.stdout.write(text([rule()]))
