"""Whoever watches over the platform: what is wrong, and whom Prometheus has to ask."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from deploy.tongxin.commands.asked import Exit, Json, do, examples
from deploy.tongxin.doctor import Limits, examine
from deploy.tongxin.home import SERVICES, Home, NotGood, NothingRuns
from deploy.tongxin.status import standing
from deploy.tongxin.terminal import console, show

app = typer.Typer()


@app.command(
    epilog=examples(
        "tongxin doctor", "tongxin doctor --json", ends=(Exit.NOTHING_RUNS, Exit.NOT_GOOD)
    )
)
def doctor(*, as_json: Json = False) -> None:
    """Say in words what is wrong, and what to do. Ends with code 4 when people notice it."""

    async def work() -> None:
        found = await examine(Home.of_checkout(), Limits())
        if as_json:
            show(found, as_json=True)
        for one in [] if as_json else found:
            told = f"{'✗' if one.serious else '!'} {one.what}\n  do: {one.do}"
            more = f"\n  read: {one.runbook}" if one.runbook else ""
            console.print(told + more, markup=False, highlight=False)
        if not found and not as_json:
            console.print("nothing is wrong")
        if serious := sum(one.serious for one in found):
            raise NotGood(f"{serious} things are wrong")

    do(work())


@dataclass(frozen=True)
class Target:
    """One process that tells metrics."""

    service: str
    targets: str


@app.command(epilog=examples("tongxin targets", "tongxin targets --to deploy/observe/targets.json"))
def targets(
    *,
    to: Annotated[Path | None, typer.Option(help="Write it for Prometheus, to this file.")] = None,
    as_json: Json = False,
) -> None:
    """Whom Prometheus has to ask; with --to as a file of its file_sd_configs."""

    async def work() -> None:
        found = _targets()
        if to:
            told = [{"targets": [one.targets], "labels": {"service": one.service}} for one in found]
            to.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
        if as_json or not to:
            show(found, as_json=as_json)

    do(work())


def _targets() -> list[Target]:
    """Raises NothingRuns."""
    found = [
        Target(service, f"127.0.0.1:{part.port}")
        for part in standing(Home.of_checkout())
        if (service := part.name.partition("-")[0]) in SERVICES
    ]
    if not found:
        raise NothingRuns("nothing runs here; `make run` starts it")
    return found
