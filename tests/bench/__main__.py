"""`make bench`: every figure in one run, as a table and in .bench/latest.json.

Figures move with the load of the machine; compare them with the limit and the peers beside them,
which were measured in the same run.
"""

import asyncio
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench import (
    bench_append,
    bench_commands,
    bench_flow,
    bench_pages,
    bench_paper,
    bench_replay,
    bench_simulate,
)
from tests.servers import NatsServer, Postgres, home_in

LATEST = Path(__file__).resolve().parents[2] / ".bench" / "latest.json"
GOALS = {
    "append.32": "≥ 12000",
    "commands.single": "≥ 2500",
    "commands.batch": "≥ 10000",
    "relay": "≥ 15000",
    "views.catchup": "≥ 40000",
    "views.rebuild": "≥ 80000",
    "replay": "≥ 1700",
    "simulate": "≥ 3000",
    "memory_mib": "≤ 120",
    "xlsx.500k_s": "≤ 120",
    "xlsx.500k_mib": "≤ 300",
    "startup_s": "≤ 10",
}

Figures = dict[str, dict[str, Any]]


@contextmanager
def _place() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="tongxin-bench-"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)


def measure() -> Figures:
    """All figures, one after the other, so that none disturbs another."""
    figures: Figures = {}
    with _place() as place:
        pg = Postgres(home_in(place / "pg"))
        try:
            figures |= asyncio.run(_with_servers(place, pg))
        finally:
            pg.stop()
        figures |= bench_pages.figures(place / "all")
    return figures


async def _with_servers(place: Path, pg: Postgres) -> Figures:
    figures = await bench_append.figures(await pg.fresh_database())
    figures |= await bench_simulate.figures(pg)
    figures |= await bench_paper.figures(pg)
    for bench in (bench_commands, bench_flow, bench_replay):
        nats_server = NatsServer(home_in(place / bench.__name__))
        try:
            figures |= await bench.figures(pg, nats_server)
        finally:
            nats_server.stop()
    return figures


def table(figures: Figures) -> Table:
    """The figures for a person."""
    shown = Table("figure", "value", "unit", "goal", "limit", "peers")
    for name, figure in figures.items():
        peers = ", ".join(f"{peer} {value}" for peer, value in figure["peers"].items())
        limit = figure["limit"]
        shown.add_row(
            name,
            f"{figure['value']:,}",
            figure["unit"],
            GOALS.get(name, ""),
            "" if limit is None else f"{limit:,}",
            peers,
        )
    return shown


def main() -> int:
    """Measure, write, show."""
    figures = measure()
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(json.dumps({"figures": figures}, ensure_ascii=False, indent=2), "utf-8")
    Console().print(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
