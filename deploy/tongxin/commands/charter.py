"""Charters: the rules of a county."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deploy.tongxin import drafting, rulebook
from deploy.tongxin.accounts import doorway
from deploy.tongxin.commands.asked import Exit, Json, do, examples, here, tell_faults
from deploy.tongxin.home import SERVICES
from deploy.tongxin.terminal import console, show, tell_json
from deploy.tongxin.whatif import Difference, LookedAt, what_if

app = typer.Typer(help="The rules of a county.", no_args_is_help=True)


@app.command(
    epilog=examples("tongxin charter check deploy/charters/511623/2.toml", ends=(Exit.NOT_GOOD,))
)
def check(file: Path, *, as_json: Json = False) -> None:
    """What is wrong with a charter's file, or a draft of one; code 4 if something is."""

    async def work() -> None:
        tell_faults(file, rulebook.faults(file), as_json=as_json)

    do(work())


@app.command(
    epilog=examples(
        "tongxin charter diff default@1 511623@1",
        "tongxin charter diff 511623@1 drafts/511623/2.toml --json",
        ends=(Exit.NOT_GOOD,),
    )
)
def diff(before: str, after: str, *, as_json: Json = False) -> None:
    """The rules in which two charters differ: each a version, or the file of a draft."""

    async def work() -> None:
        show(rulebook.differ(before, after), as_json=as_json)

    do(work())


@app.command(
    "what-if",
    epilog=examples(
        "tongxin charter what-if drafts/511623/2.toml --json",
        ends=(Exit.NOTHING_RUNS, Exit.NOT_GOOD),
    ),
)
def try_out(
    file: Path,
    *,
    service: Annotated[list[str] | None, typer.Option(help="One only; may be repeated.")] = None,
    as_json: Json = False,
) -> None:
    """Decide the county's history again under a draft: what would have been refused, or other."""

    async def work() -> None:
        with rulebook.beside(file) as (charters, draft):
            found = await what_if(here().admin_dsn, charters, draft, service or SERVICES)
        _tell(*found, as_json=as_json)

    do(work())


@app.command(
    epilog=examples(
        "tongxin charter publish drafts/511623/2.toml",
        "tongxin charter publish drafts/511623/2.toml --as li.hua --note 答复期限改为45天",
        ends=(Exit.NOTHING_RUNS, Exit.NOT_GOOD),
    )
)
def publish(
    file: Path,
    *,
    login: Annotated[str, typer.Option("--as", help="Who drafted it: 政协 of the county.")] = "",
    note: Annotated[str, typer.Option(help="What it changes; needs --as.")] = "",
    as_json: Json = False,
) -> None:
    """Put a good draft where services read it; from its first day on, what begins lives by it.

    With --as and --note it is written down in the county's register of rules who drafted it.
    """
    if bool(login) != bool(note):
        raise typer.BadParameter("--as and --note belong together")

    async def work() -> None:
        if not login:
            show([rulebook.publish(file)], as_json=as_json)
            return
        async with doorway(here()) as door:
            show([await drafting.publish(door, file, login, note)], as_json=as_json)

    do(work())


def _tell(
    looked_at: Sequence[LookedAt], differences: Sequence[Difference], *, as_json: bool
) -> None:
    if as_json:
        rows = {"looked_at": list(map(asdict, looked_at))}
        tell_json(rows | {"differences": list(map(asdict, differences))})
        return
    for one in differences:
        console.print(f"{one.service} {one.area} {one.asked} {one.at or 'today'}", markup=False)
        console.print(f"  was:   {one.was}\n  would: {one.would}", markup=False)
    for seen in looked_at:
        counts = {name: n for name, n in asdict(seen).items() if isinstance(n, int)}
        console.print(f"{seen.service}: {', '.join(f'{n} {w}' for w, n in counts.items())}")
