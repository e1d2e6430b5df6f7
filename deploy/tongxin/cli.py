"""The command line: `tongxin up` and everything one asks of a running platform."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Annotated, Any

import typer
from rich.console import Console

from deploy.tongxin.home import Home, Trouble
from deploy.tongxin.servers import SERVICES

app = typer.Typer(
    help="Tongxin 同心: the platform on one machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def run(work: Coroutine[Any, Any, None]) -> None:
    """Do it; a Trouble is told in its own words and ends with code 1."""
    logging.getLogger("nats").setLevel(logging.CRITICAL)  # What matters arrives as an exception.
    try:
        asyncio.run(work)
    except Trouble as trouble:
        errors.print(f"[bold red]{trouble}[/]")
        raise typer.Exit(1) from None
