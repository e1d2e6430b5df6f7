"""What JetStream holds: streams, consumers."""

from typing import Annotated

import typer

from deploy.tongxin import streams as looking
from deploy.tongxin.commands.asked import Json, do, examples, here
from deploy.tongxin.terminal import show

app = typer.Typer()


@app.command(epilog=examples("tongxin streams", "tongxin streams --json"))
def streams(*, as_json: Json = False) -> None:
    """Every stream: what it holds, who reads it, and on how many servers it lies."""

    async def work() -> None:
        show(await looking.streams(here()), as_json=as_json)

    do(work())


@app.command(epilog=examples("tongxin consumers", "tongxin consumers PUBLIC --json"))
def consumers(
    stream: Annotated[str, typer.Argument(help="All, where none is named.")] = "",
    *,
    as_json: Json = False,
) -> None:
    """Who reads from a stream, how far each is, and what is on the way to it."""

    async def work() -> None:
        show(await looking.consumers(here(), stream), as_json=as_json)

    do(work())
