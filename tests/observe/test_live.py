"""A platform that is well raises no alarm; one that is not raises the right one, and then none."""

import os
import signal
from contextlib import suppress

import pytest

from deploy.tongxin.part import probe
from deploy.tongxin.process import Identity, until
from deploy.tongxin.status import standing
from tests.observe.scraping import Prometheus
from tests.observe.series import Labels, labels
from tests.platform import Platform

pytestmark = [pytest.mark.servers, pytest.mark.slow]

LOOKS = 12
BACK_S = 120.0
SECOND = labels({"job": "tongxin", "service": "topics", "instance": "topics-2"})


def kill(platform: Platform, name: str) -> None:
    """kill -9, and wait until it is gone; who is dead already stays so."""
    one = Identity.of(platform.parts()[name])
    if one:
        with suppress(ProcessLookupError):
            os.kill(one.pid, signal.SIGKILL)
        assert until(lambda: not one.alive(), BACK_S)


def test_nothing_fires_where_all_is_well(watched: Platform) -> None:
    prometheus = Prometheus(watched)
    until(lambda: all(part.state != "not ready" for part in standing(watched.home)), BACK_S)
    fired: dict[str, set[Labels]] = {}
    for _ in range(LOOKS):
        fired |= prometheus.look()
    assert {} == fired


def test_an_alert_fires_while_a_replica_is_down_and_clears_when_it_is_back(
    watched: Platform,
) -> None:
    prometheus = Prometheus(watched)
    assert "ReplicaDown" not in prometheus.look()
    for _ in range(3):
        kill(watched, "topics-2")
        firing = prometheus.look()
    assert {SECOND} == firing["ReplicaDown"]
    assert "ServiceGone" not in firing

    def back() -> bool:
        return any(probe(one.port) for one in standing(watched.home) if one.name == "topics-2")

    assert until(back, BACK_S)
    assert "ReplicaDown" not in prometheus.look()
