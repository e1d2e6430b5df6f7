"""The shape of what is kept: migrate."""

import typer

from deploy.tongxin.commands.asked import Json, do, examples, here
from deploy.tongxin.terminal import show
from deploy.tongxin.up import make_ready

app = typer.Typer()


@app.command(epilog=examples("tongxin migrate", "tongxin migrate --json"))
def migrate(*, as_json: Json = False) -> None:
    """Bring schemas, roles and streams to today's shape. `up` does it as well."""

    async def work() -> None:
        made = await make_ready(here())
        if made or as_json:
            show(made, as_json=as_json)

    do(work(), as_json=as_json)
