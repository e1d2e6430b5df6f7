"""The shape of what is kept: migrate."""

import typer

from deploy.tongxin.commands.asked import do, examples, here
from deploy.tongxin.up import make_ready

app = typer.Typer()


@app.command(epilog=examples("tongxin migrate"))
def migrate() -> None:
    """Bring schemas, roles and streams to today's shape. `up` does it as well."""

    async def work() -> None:
        await make_ready(here())

    do(work())
