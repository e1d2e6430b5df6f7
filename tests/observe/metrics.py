"""Which metrics there are, read from the code that keeps them."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module

import promql_parser as p
from prometheus_client import REGISTRY

from deploy.tongxin.home import SERVICES

SCRAPED = frozenset({"service", "instance", "job", "le"})
"""Labels that come with the scraping, or with histograms."""


@cache
def known() -> dict[str, frozenset[str]]:
    """The labels of every metric that any process of the platform tells, by its name."""
    for service in SERVICES:
        import_module(f"services.{service}.app")
    told = REGISTRY._names_to_collectors.items()
    return {name: frozenset(getattr(one, "_labelnames", ())) for name, one in told} | {
        "up": frozenset(),
        "tongxin_build_info": frozenset({"build", "version"}),
    }


def unknown(expr: str) -> Iterator[str]:
    """What an expression speaks of and nobody tells."""
    labels: set[str] = set()
    asked: set[str] = set()

    def look(node: p.Expr) -> bool:
        if isinstance(node, p.VectorSelector):
            if node.name not in known():
                missing.append(str(node.name))
            labels.update(known().get(node.name, ()))
            asked.update(one.name for one in node.matchers.matchers)
        if isinstance(node, p.AggregateExpr) and node.modifier:
            asked.update(node.modifier.labels)
        return True

    missing: list[str] = []
    p.walk(p.parse(expr), look)
    yield from missing
    yield from sorted(asked - labels - SCRAPED)
