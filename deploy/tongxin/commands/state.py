"""The state of what runs: status, lag."""

import typer

from deploy.tongxin.commands.asked import Exit, Json, do, examples, here
from deploy.tongxin.home import Home
from deploy.tongxin.status import lags, standing
from deploy.tongxin.terminal import errors, show

app = typer.Typer()


@app.command(epilog=examples("tongxin status", "tongxin status --json"))
def status(*, as_json: Json = False) -> None:
    """What runs here: process, port, state. Ends with code 3 when nothing does."""
    found = standing(Home.of_checkout())
    show(found, as_json=as_json)
    if not found:
        errors.print("nothing runs here; `make run` starts it")
        raise typer.Exit(Exit.NOTHING_RUNS)


@app.command(epilog=examples("tongxin lag", "tongxin lag --json"))
def lag(*, as_json: Json = False) -> None:
    """How far streams, views and policies are behind the logs."""

    async def work() -> None:
        show(await lags(here()), as_json=as_json)

    do(work())
