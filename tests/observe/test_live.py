"""A platform that is well raises no alarm; one that is not raises the right one, and then none."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import asyncpg
import pytest

from deploy.tongxin.part import probe
from deploy.tongxin.process import Identity, until
from deploy.tongxin.status import standing
from shared.kernel.envelope import Envelope
from shared.runtime import wire
from shared.runtime.pause import pause
from shared.runtime.store import Store
from tests.observe.scraping import Prometheus
from tests.observe.series import Labels, labels
from tests.platform import READY_S, Platform

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


async def returned(platform: Platform) -> Envelope:
    """A fact to which notify reacts, once there is one."""
    store = await Store.open(platform.servers.service_dsn("topics"), "topics")
    try:
        while True:
            for fact in await store.after(0, 1000):
                if fact.type == "LeadReturnedForFix":
                    return fact
            await pause(0.2)
    finally:
        await store.close()


async def park(platform: Platform, fact: Envelope) -> None:
    """As if the policy that tells of it had not been able to take it."""
    admin = await asyncpg.connect(platform.servers.admin_dsn)
    try:
        await admin.execute(
            "INSERT INTO notify.dead_letters"
            " (name, source, position, stream, type, error, envelope, at)"
            " VALUES ('policy tell_lead_returned', 'topics', $1, $2, $3, 'tried', $4, now())",
            fact.position,
            fact.stream,
            fact.type,
            wire.to_json(fact).decode(),
        )
    finally:
        await admin.close()


def retry(platform: Platform) -> subprocess.CompletedProcess[str]:
    """What the runbook says."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.tongxin", "dead-letters", "retry"],
        env={**os.environ, "TONGXIN_DATA": str(platform.home.data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=READY_S,
    )


async def test_a_fact_that_is_parked_raises_the_alarm_until_it_is_taken_up_again(
    watched: Platform,
) -> None:
    prometheus = Prometheus(watched)
    await park(watched, await returned(watched))
    assert until(lambda: "DeadLetters" in prometheus.look(), BACK_S)
    retried = retry(watched)
    assert 0 == retried.returncode, retried.stderr
    assert until(lambda: "DeadLetters" not in prometheus.look(), BACK_S)
