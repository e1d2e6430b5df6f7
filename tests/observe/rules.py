"""The alert rules, and when they fire."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import promql_parser as p
import yaml

from deploy.tongxin.home import ROOT
from tests.observe.promql import evaluate, nameless
from tests.observe.series import Labels, Series

FOLDER = ROOT / "deploy" / "observe"
ALERTS = FOLDER / "alerts.yaml"


@dataclass(frozen=True)
class Rule:
    """One alert: what is looked at, and for how long it must hold, in seconds."""

    name: str
    expr: str
    for_s: float
    labels: Mapping[str, str]
    annotations: Mapping[str, str]

    def holds(self, series: Series, at: float) -> set[Labels]:
        """For whom it holds at this moment."""
        found = evaluate(series, parsed(self.expr), at)
        assert isinstance(found, dict)
        return {nameless(key) for key in found}


@cache
def parsed(expr: str) -> p.Expr:
    """An expression, read once."""
    return p.parse(expr)


@cache
def rules(file: Path = ALERTS) -> tuple[Rule, ...]:
    """Every alert of a file."""
    read: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return tuple(
        Rule(
            rule["alert"],
            rule["expr"],
            p.parse_duration(rule["for"]).total_seconds() if "for" in rule else 0.0,
            rule["labels"],
            rule["annotations"],
        )
        for group in read["groups"]
        for rule in group["rules"]
    )


class Watching:
    """Evaluates rules again and again, as time is told, and knows who fires."""

    def __init__(self, watched: tuple[Rule, ...]) -> None:
        self._rules = watched
        self._since: dict[tuple[str, Labels], float] = {}

    def look(self, series: Series, at: float) -> dict[str, set[Labels]]:
        """Those that fire at this moment, by the name of the alert."""
        firing: dict[str, set[Labels]] = {}
        for rule in self._rules:
            holds = rule.holds(series, at)
            for key in [k for k in self._since if k[0] == rule.name and k[1] not in holds]:
                del self._since[key]
            for one in holds:
                since = self._since.setdefault((rule.name, one), at)
                if at - since >= rule.for_s:
                    firing.setdefault(rule.name, set()).add(one)
        return firing
