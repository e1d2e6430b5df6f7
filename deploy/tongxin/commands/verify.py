"""The proof of the logs: verify."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from deploy.tongxin import proof
from deploy.tongxin.commands.asked import Exit, Json, do, examples, here
from deploy.tongxin.terminal import show

app = typer.Typer()

PROVE = examples(
    "tongxin verify --json > proof.json",
    "tongxin verify topics outcomes --against proof.json",
    "tongxin verify --dump backup/record.dump --against proof.json",
    ends=(Exit.NOTHING_RUNS, Exit.NOT_GOOD),
)


@app.command(epilog=PROVE)
def verify(
    services: Annotated[list[str] | None, typer.Argument(help="All logs, where none is named.")] = (
        None
    ),
    *,
    dump: Annotated[
        Path | None, typer.Option(help="Look into this dump, without a running platform.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="What `verify --json` printed earlier has to hold still.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Compute every hash and Merkle root of the logs again. Ends with code 4 if one is wrong."""

    async def work() -> None:
        kept = proof.kept_in(against)
        if dump:
            proofs = await asyncio.to_thread(proof.offline, dump, services or (), kept)
        else:
            proofs = await proof.online(here(), services or (), kept)
        show(proofs, as_json=as_json)

    do(work())
