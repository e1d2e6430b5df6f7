"""What is shown: rebuild."""

from dataclasses import dataclass

import typer

from deploy.tongxin import mend
from deploy.tongxin.commands.asked import Json, do, examples, here
from deploy.tongxin.terminal import console, progress, show
from shared.runtime.rebuild import Rebuilt

app = typer.Typer()


@dataclass(frozen=True)
class Rebuild:
    """What a rebuild came to, as a row."""

    service: str
    view: str
    facts: int
    seconds: float
    same: bool
    digest: str


@app.command(epilog=examples("tongxin rebuild topics topic_board", "tongxin rebuild portal story"))
def rebuild(service: str, view: str, *, as_json: Json = False) -> None:
    """Fill a view anew from the logs, compare it with the live one, and swap."""

    async def work() -> None:
        servers = here()
        with progress(f"{service} {view}") as tell:
            rebuilt = await mend.rebuild_view(
                servers, service, view, lambda now: tell(now.done, now.total)
            )
        if as_json:
            show([_row(service, rebuilt)], as_json=True)
        else:
            _say(rebuilt)

    do(work(), as_json=as_json)


def _row(service: str, rebuilt: Rebuilt) -> Rebuild:
    seconds = round(rebuilt.seconds, 1)
    return Rebuild(
        service, rebuilt.view, rebuilt.facts, seconds, rebuilt.same, digest=rebuilt.new.hex
    )


def _say(rebuilt: Rebuilt) -> None:
    verdict = "the same as before" if rebuilt.same else "[bold]not what it was before[/]"
    console.print(f"{rebuilt.facts} facts in {rebuilt.seconds:.1f} s: {verdict}")
    console.print(f"digest {rebuilt.new.hex}")
