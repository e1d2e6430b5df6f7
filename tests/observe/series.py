"""Samples by their labels and moments, as a Prometheus keeps them."""

import math
import re
from collections.abc import Iterable, Mapping

from prometheus_client.parser import text_string_to_metric_families

LOOKBACK_S = 300.0
NAME = "__name__"
SERIES = re.compile(r"^(\w+)(?:\{(.*)\})?$")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')

Labels = frozenset[tuple[str, str]]
Sample = tuple[float, float]
"""The moment in seconds, and the value; one that is not a number ends the series."""


def labels(named: Mapping[str, str]) -> Labels:
    """Labels as a key."""
    return frozenset(named.items())


class Series:
    """All that was scraped. Moments are told, so nobody has to wait for them."""

    def __init__(self) -> None:
        self.kept: dict[Labels, list[Sample]] = {}

    def add(self, named: Mapping[str, str], at: float, value: float) -> None:
        """Keep a sample."""
        self.kept.setdefault(labels(named), []).append((at, value))

    def scraped(self, page: str | None, at: float, target: Mapping[str, str]) -> None:
        """Keep a page of metrics; without one the target is down, and all it told has ended."""
        if page is None:
            for key in self.kept:
                if target.items() <= dict(key).items():
                    self.kept[key].append((at, math.nan))
        else:
            for family in text_string_to_metric_families(page):
                for one in family.samples:
                    self.add({NAME: one.name, **one.labels, **target}, at, one.value)
        self.add({NAME: "up", **target}, at, float(page is not None))

    def told(self, series: str, values: str, every_s: float) -> None:
        """Keep what a test of promtool's tells: 'name{label="value"}' and '0+1x3 _x2 5'."""
        found = SERIES.match(series)
        assert found, series
        named = {NAME: found[1], **dict(LABEL.findall(found[2] or ""))}
        for n, value in enumerate(_values(values)):
            if value is not None:
                self.add(named, n * every_s, value)

    def at(self, key: Labels, moment: float) -> float | None:
        """The last value at a moment, if it is not too old and the series has not ended."""
        before = [s for s in self.kept[key] if moment - LOOKBACK_S < s[0] <= moment]
        return None if not before or math.isnan(before[-1][1]) else before[-1][1]

    def within(self, key: Labels, since: float, moment: float) -> list[Sample]:
        """Every sample of a span of time."""
        return [s for s in self.kept[key] if since < s[0] <= moment and not math.isnan(s[1])]


def _values(told: str) -> Iterable[float | None]:
    for word in told.split():
        many = re.fullmatch(r"(-?[\d.]+)([+-][\d.]+)?x(\d+)", word)
        if many:
            step = float(many[2] or 0)
            yield from (float(many[1]) + n * step for n in range(int(many[3]) + 1))
        elif gap := re.fullmatch(r"_(?:x(\d+))?", word):
            yield from [None] * int(gap[1] or 1)
        else:
            yield math.nan if word == "stale" else float(word)
