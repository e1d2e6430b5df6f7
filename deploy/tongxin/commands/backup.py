"""Backups: backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.tongxin.backup import back_up
from deploy.tongxin.commands.asked import Exit, Json, do, examples, here
from deploy.tongxin.home import Home
from deploy.tongxin.restore import restore as bring_back
from deploy.tongxin.terminal import show

app = typer.Typer()

Keys = Annotated[
    Path | None,
    typer.Option(help="Where the vault's keys and the passwords lie: never beside the record."),
]
WithoutKeys = Annotated[
    bool, typer.Option("--without-keys", help="Leave the keys out: no private word can be read.")
]


@app.command(
    epilog=examples(
        "tongxin backup /backup/today --keys /safe/today",
        "tongxin backup /backup/today --without-keys --json",
    )
)
def backup(
    folder: Path, *, keys: Keys = None, without_keys: WithoutKeys = False, as_json: Json = False
) -> None:
    """Write everything down while it runs: one moment of all logs, views and files."""
    _one_of(keys, without_keys=without_keys)

    async def work() -> None:
        show([await back_up(here(), folder, keys)], as_json=as_json)

    do(work())


@app.command(
    epilog=examples(
        "tongxin restore /backup/today --keys /safe/today",
        ends=(Exit.NOT_GOOD,),
    )
)
def restore(
    folder: Path, *, keys: Keys = None, without_keys: WithoutKeys = False, as_json: Json = False
) -> None:
    """Bring a backup back into an empty place, and prove that all is what it was; then `up`."""
    _one_of(keys, without_keys=without_keys)

    async def work() -> None:
        show([await bring_back(Home.of_checkout(), folder, keys)], as_json=as_json)

    do(work())


def _one_of(keys: Path | None, *, without_keys: bool) -> None:
    if bool(keys) == without_keys:
        raise typer.BadParameter("say where the --keys are, or that it is --without-keys")
