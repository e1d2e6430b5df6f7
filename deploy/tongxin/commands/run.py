"""The running platform: up."""

from typing import Annotated

import typer

from deploy.tongxin.commands.asked import do, examples
from deploy.tongxin.home import SERVICES, Home
from deploy.tongxin.up import up as run_up

app = typer.Typer()


@app.command(epilog=examples("tongxin up", "tongxin up --no-year --replicas topics=2"))
def up(
    *,
    replicas: Annotated[
        list[str] | None, typer.Option(help="As 'topics=2'; may be repeated.")
    ] = None,
    demo: Annotated[bool, typer.Option(help="Load the demo on the first start.")] = True,
    year: Annotated[bool, typer.Option(help="Tell the demo's year before it.")] = True,
) -> None:
    """Start everything here, and stop it in order at Ctrl-C."""
    do(run_up(Home.of_checkout(), replicas_of(replicas or []), demo=demo, past=year))


def replicas_of(told: list[str]) -> dict[str, int]:
    """How many replicas each named service shall have. Raises typer.BadParameter."""
    counts = {}
    for pair in told:
        service, _, count = pair.partition("=")
        if service not in SERVICES or not count.isdigit() or not 1 <= int(count) <= 9:
            raise typer.BadParameter(f"'{pair}' is not like 'topics=2'")
        counts[service] = int(count)
    return counts
