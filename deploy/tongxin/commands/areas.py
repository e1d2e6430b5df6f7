"""The table of administrative areas."""

from pathlib import Path

import typer

from deploy.tongxin.commands.asked import Exit, Json, examples, tell_faults
from shared.runtime import divisions

app = typer.Typer(help="The table of administrative areas.", no_args_is_help=True)


@app.callback()
def areas() -> None:
    """The table of administrative areas."""


@app.command(epilog=examples("tongxin areas check deploy/areas.csv", ends=(Exit.NOT_GOOD,)))
def check(file: Path, *, as_json: Json = False) -> None:
    """What contradicts itself in a table of areas, line by line; code 4 if something does."""
    _, faults = divisions.read(file)
    tell_faults(file, faults, as_json=as_json)
