"""From one version to the next: upgrade check, upgrade run."""

import typer

from deploy.tongxin import upgrade as upgrading
from deploy.tongxin.commands.asked import Exit, Json, do, examples, here
from deploy.tongxin.terminal import console, show

app = typer.Typer(help="From one version to the next.", no_args_is_help=True)


@app.command(
    epilog=examples(
        "tongxin upgrade check",
        "tongxin upgrade check --json",
        ends=(Exit.NOTHING_RUNS, Exit.NOT_GOOD),
    )
)
def check(*, as_json: Json = False) -> None:
    """What this version would change, and what stands in its way: code 4. Nothing is changed."""

    async def work() -> None:
        findings = await upgrading.look(here())
        if findings or as_json:
            show(findings, as_json=as_json)
        else:
            console.print("nothing changes, and nothing is in the way")
        upgrading.must_be_good(findings)

    do(work())


@app.command(
    epilog=examples(
        "tongxin upgrade run", "tongxin upgrade run --json", ends=(Exit.NOTHING_RUNS, Exit.NOT_GOOD)
    )
)
def run(*, as_json: Json = False) -> None:
    """Put this version in the place of the one that runs, while work goes on."""

    async def work() -> None:
        show(await upgrading.upgrade(here()), as_json=as_json)

    do(work(), as_json=as_json)
