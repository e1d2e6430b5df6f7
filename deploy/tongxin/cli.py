"""The command line: `tongxin up`, and what one asks of a running platform."""

import asyncio
import json
from collections.abc import Coroutine, Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console

from deploy.tongxin import status as state
from deploy.tongxin.home import SERVICES, Home, Trouble
from deploy.tongxin.up import make_ready
from deploy.tongxin.up import up as run_up

app = typer.Typer(
    help="Tongxin 同心: the platform on one machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def do(work: Coroutine[Any, Any, None]) -> None:
    """Run it; a Trouble is told in its own words, and ends with code 1."""
    try:
        asyncio.run(work)
    except Trouble as trouble:
        errors.print(f"[bold red]{trouble}[/]")
        raise typer.Exit(1) from None


def show(rows: Iterable[state.Standing | state.Lag], *, as_json: bool) -> None:
    """Rows for a program or for a person."""
    if as_json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        console.print(state.table(rows))


@app.command()
def up(
    *,
    replicas: Annotated[
        list[str] | None, typer.Option(help="As 'topics=2'; may be repeated.")
    ] = None,
    demo: Annotated[bool, typer.Option(help="Load the demo on the first start.")] = True,
) -> None:
    """Start everything here, and stop it in order at Ctrl-C."""
    do(run_up(Home.of_checkout(), _replicas(replicas or []), demo=demo))


def _replicas(told: list[str]) -> dict[str, int]:
    counts = {}
    for pair in told:
        service, _, count = pair.partition("=")
        if service not in SERVICES or not count.isdigit() or not 1 <= int(count) <= 9:
            raise typer.BadParameter(f"'{pair}' is not like 'topics=2'")
        counts[service] = int(count)
    return counts


@app.command()
def status(*, as_json: Json = False) -> None:
    """What runs here: process, port, state. Ends with code 3 when nothing does."""
    found = state.standing(Home.of_checkout())
    show(found, as_json=as_json)
    if not found:
        errors.print("nothing runs here; `make run` starts it")
        raise typer.Exit(3)


@app.command()
def lag(*, as_json: Json = False) -> None:
    """How far streams, views and policies are behind the logs."""

    async def work() -> None:
        show(await state.lags(state.running(Home.of_checkout())), as_json=as_json)

    do(work())


@app.command()
def migrate() -> None:
    """Bring schemas, roles and streams to today's shape. `up` does it as well."""

    async def work() -> None:
        await make_ready(state.running(Home.of_checkout()))

    do(work())
