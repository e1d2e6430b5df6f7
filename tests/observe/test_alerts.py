"""Every alert fires when it should, and only then."""

import shutil
import subprocess
from collections import Counter
from typing import Any

import promql_parser as p
import pytest
import yaml

from deploy.tongxin.home import ROOT
from tests.observe.metrics import unknown
from tests.observe.rules import FOLDER, Rule, Watching, rules
from tests.observe.series import Series

TOLD = FOLDER / "alerts.test.yaml"
FIRING = 'count by (alertname) (ALERTS{alertstate="firing"})'
STEP_S = 15.0


def cases() -> list[dict[str, Any]]:
    """What is told of the world, and who fires when."""
    found: list[dict[str, Any]] = yaml.safe_load(TOLD.read_text("utf-8"))["tests"]
    return found


def expected(case: dict[str, Any]) -> dict[float, Counter[str]]:
    """How often which alert fires, by the moment."""
    return {
        p.parse_duration(at["eval_time"]).total_seconds(): Counter(
            {one["labels"].split('"')[1]: one["value"] for one in at["exp_samples"]}
        )
        for at in case["promql_expr_test"]
    }


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_who_fires_when(case: dict[str, Any]) -> None:
    series, watching = Series(), Watching(rules())
    for told in case["input_series"]:
        series.told(told["series"], told["values"], STEP_S)
    wanted, seen = expected(case), {}
    for n in range(round(max(wanted) / STEP_S) + 1):
        firing = watching.look(series, n * STEP_S)
        seen[n * STEP_S] = Counter({name: len(whom) for name, whom in firing.items()})
    assert wanted == {at: seen[at] for at in wanted}


def test_each_alert_is_seen_to_fire_and_to_be_silent() -> None:
    fired = {name for case in cases() for firing in expected(case).values() for name in firing}
    assert {rule.name for rule in rules()} == fired
    assert all(at["expr"] == FIRING for case in cases() for at in case["promql_expr_test"])


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_an_alert_speaks_of_what_is_measured_and_leads_to_a_runbook(rule: Rule) -> None:
    assert [] == list(unknown(rule.expr))
    assert {"summary", "runbook"} == rule.annotations.keys()
    assert (ROOT / rule.annotations["runbook"]).is_file()
    assert rule.labels["severity"] in ("info", "warning", "critical")


@pytest.mark.skipif(not shutil.which("promtool"), reason="Prometheus is not installed here")
def test_prometheus_itself_says_the_same() -> None:
    for words in (["check", "rules", "alerts.yaml"], ["test", "rules", TOLD.name]):
        done = subprocess.run(
            ["promtool", *words], cwd=FOLDER, capture_output=True, text=True, check=False
        )
        assert 0 == done.returncode, done.stdout + done.stderr
