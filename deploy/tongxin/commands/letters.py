"""Dead letters: facts that a view or policy could not take."""

import typer

from deploy.tongxin import mend
from deploy.tongxin.commands.asked import Json, do, examples, here
from deploy.tongxin.home import Trouble
from deploy.tongxin.terminal import errors, show

app = typer.Typer(help="Facts that a view or policy could not take.", no_args_is_help=True)


@app.command("list", epilog=examples("tongxin dead-letters list --json"))
def list_letters(*, as_json: Json = False) -> None:
    """Every fact that waits, and why."""

    async def work() -> None:
        show(await mend.letters(here()), as_json=as_json)

    do(work())


@app.command("retry", epilog=examples("tongxin dead-letters retry"))
def retry_letters(*, as_json: Json = False) -> None:
    """Take them up again, stream by stream. Ends with code 1 when some still cannot be taken."""

    async def work() -> None:
        stopped = await mend.retry(here())
        if as_json:
            show([*stopped], as_json=True)
        for letter, error in stopped.items():
            errors.print(f"{letter.service} {letter.name} at {letter.position}: {error}")
        if stopped:
            raise Trouble(f"{len(stopped)} streams still wait")

    do(work())
