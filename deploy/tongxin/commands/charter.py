"""Charters: the rules of a county."""

from pathlib import Path

import typer

from deploy.tongxin import mend
from deploy.tongxin.commands.asked import Json, examples, tell_faults
from deploy.tongxin.contradictions import contradictions
from deploy.tongxin.home import SERVICES
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings

app = typer.Typer(help="The rules of a county.", no_args_is_help=True)


@app.callback()
def charter() -> None:
    """The rules of a county."""


@app.command(epilog=examples("tongxin charter check deploy/charters/511623/2.toml"))
def check(file: Path, *, as_json: Json = False) -> None:
    """What is wrong with a charter's file, or a draft of one; code 4 if something is."""
    rules = {service: mend.app_of(service).rules for service in SERVICES}
    faults = Charters(Settings().charters, strict=False).check(file, rules, contradictions)
    tell_faults(file, faults, as_json=as_json)
