"""The running platform: up, start, stop, scale, restart."""

import asyncio
from typing import Annotated

import typer

from deploy.tongxin import control
from deploy.tongxin.commands.asked import Json, do, examples
from deploy.tongxin.home import SERVICES, Home
from deploy.tongxin.terminal import console, show, tell_json
from deploy.tongxin.up import First
from deploy.tongxin.up import up as run_up

app = typer.Typer()

Replicas = Annotated[list[str] | None, typer.Option(help="As 'topics=2'; may be repeated.")]
Demo = Annotated[bool, typer.Option(help="Load the demo on the first start.")]
Year = Annotated[bool, typer.Option(help="Tell the demo's year before it.")]


@app.command(epilog=examples("tongxin up", "tongxin up --no-year --replicas topics=2", ends=()))
def up(
    *, replicas: Replicas = None, demo: Demo = True, year: Year = True, as_json: Json = False
) -> None:
    """Start everything here, and stop it in order at Ctrl-C."""
    counts, first = replicas_of(replicas or [], 1), First(demo, year)
    do(run_up(Home.of_checkout(), counts, first, as_json=as_json), as_json=as_json)


@app.command(
    epilog=examples("tongxin start --no-demo", "tongxin start --replicas topics=2 --json", ends=())
)
def start(
    *, replicas: Replicas = None, demo: Demo = True, year: Year = True, as_json: Json = False
) -> None:
    """Start everything apart from this terminal; returns when it is ready."""
    counts = replicas_of(replicas or [], 1)
    options = [f"--replicas={service}={count}" for service, count in counts.items()]
    options += [] if demo else ["--no-demo"]
    options += [] if year else ["--no-year"]

    async def work() -> None:
        url = await asyncio.to_thread(control.start, Home.of_checkout(), options)
        if as_json:
            tell_json({"url": url})
        else:
            console.print(url)

    do(work())


@app.command(epilog=examples("tongxin stop", "tongxin stop --json"))
def stop(*, as_json: Json = False) -> None:
    """Stop what runs here, in order; what was acknowledged is kept."""

    async def work() -> None:
        stopped = await asyncio.to_thread(control.stop, Home.of_checkout())
        if as_json:
            show(stopped, as_json=True)

    do(work())


@app.command(epilog=examples("tongxin scale topics=2 portal=2", "tongxin scale notify=0 --json"))
def scale(replicas: list[str], *, as_json: Json = False) -> None:
    """Run so many replicas of a service, until it is stopped; 0 stops that service alone."""
    counts = replicas_of(replicas, 0)

    async def work() -> None:
        show(await asyncio.to_thread(control.scale, Home.of_checkout(), counts), as_json=as_json)

    do(work())


@app.command(epilog=examples("tongxin restart", "tongxin restart portal --json"))
def restart(
    services: Annotated[list[str] | None, typer.Argument(help="All, where none is named.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """New processes for old ones, one by one, while work goes on. Broken ones take no place."""
    for service in services or ():
        if service not in SERVICES:
            raise typer.BadParameter(f"there is no service '{service}'")

    async def work() -> None:
        home = Home.of_checkout()
        show(await asyncio.to_thread(control.renew, home, services or ()), as_json=as_json)

    do(work())


def replicas_of(told: list[str], least: int) -> dict[str, int]:
    """How many replicas each named service shall have. Raises typer.BadParameter."""
    counts = {}
    for pair in told:
        service, _, count = pair.partition("=")
        if service not in SERVICES or not count.isdigit() or not least <= int(count) <= 9:
            raise typer.BadParameter(f"'{pair}' is not like 'topics=2'")
        counts[service] = int(count)
    return counts
