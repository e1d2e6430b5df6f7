"""How a command is asked and ends: options they share, examples, exit codes."""

import asyncio
import sys
from collections.abc import Collection, Coroutine, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.tongxin.commands.why import must_answer, trouble_of
from deploy.tongxin.home import Home, NotGood, NothingRuns, Trouble
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import running
from deploy.tongxin.terminal import aside, console, errors, show
from shared.runtime import log
from shared.runtime.draft import Fault

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


class Exit(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    NOT_DONE = 1
    ASKED_WRONGLY = 2
    NOTHING_RUNS = 3
    NOT_GOOD = 4
    STOPPED = 130


MEANINGS = {
    Exit.DONE: "done, and good",
    Exit.NOT_DONE: "not done; the reason stands on the error output",
    Exit.ASKED_WRONGLY: "asked wrongly: there is no such command or option",
    Exit.NOTHING_RUNS: "nothing runs here",
    Exit.NOT_GOOD: "done, and what was looked at is not good",
    Exit.STOPPED: "stopped by Ctrl-C",
}

ENDINGS = "\n\n".join(["Exit codes:", *(f"{code} {said}" for code, said in MEANINGS.items())])


ALWAYS = (Exit.DONE, Exit.NOT_DONE, Exit.ASKED_WRONGLY, Exit.STOPPED)


def examples(*lines: str, ends: Collection[Exit] = (Exit.NOTHING_RUNS,)) -> str:
    """The end of a command's help: what one might type, and the exit codes it ends with."""
    codes = sorted({*ALWAYS, *ends})
    told = " · ".join(f"{code} {code.name.lower().replace('_', ' ')}" for code in codes)
    said = ["Examples:", *(f"  {line}" for line in lines), f"Exit codes: {told}"]
    return "\n\n".join(said)


def do(work: Coroutine[Any, Any, None], *, as_json: bool = False) -> None:
    """Run it; a Trouble is told in its own words, and ends with the code of its kind.

    For programs, whatever is said on the way is kept out of what they read.
    """
    log.configure("tongxin", "error", sys.stderr)  # What matters otherwise is said in words.
    aside(yes=as_json)
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        errors.print("stopped")
        raise typer.Exit(Exit.STOPPED) from None
    except Exception as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        errors.print(str(trouble), style="bold red", markup=False)
        raise typer.Exit(code_of(trouble)) from None


def code_of(trouble: Trouble) -> Exit:
    """The exit code that a trouble ends with."""
    match trouble:
        case NothingRuns():
            return Exit.NOTHING_RUNS
        case NotGood():
            return Exit.NOT_GOOD
        case _:
            return Exit.NOT_DONE


def here() -> Servers:
    """The servers of the platform that runs here. Raises NothingRuns."""
    servers = running(Home.of_checkout())
    must_answer(servers)
    return servers


def tell_faults(file: Path, faults: Sequence[Fault], *, as_json: bool) -> None:
    """Say what is wrong with a file, or that it is good."""
    if as_json:
        show(faults, as_json=True)
    else:
        text = "\n".join(f"{file}, {fault}" for fault in faults) or f"{file}: good"
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise typer.Exit(Exit.NOT_GOOD)
