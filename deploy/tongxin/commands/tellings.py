"""What is told to the platform: demo, simulate."""

from datetime import datetime
from typing import Annotated

import typer

from deploy.tongxin import simulate as simulation
from deploy.tongxin.commands.asked import Json, do, examples, here
from deploy.tongxin.terminal import show
from deploy.tongxin.up import tell_demo, tell_past

app = typer.Typer()


@app.command(epilog=examples("tongxin demo", "tongxin demo --no-year --json"))
def demo(
    *,
    year: Annotated[bool, typer.Option(help="Tell the demo's year before it.")] = True,
    as_json: Json = False,
) -> None:
    """Tell the demo to the running platform; what was told before is not told twice."""

    async def work() -> None:
        told = await tell_past(here()) if year else []
        told += await tell_demo(here())
        if as_json:
            show(told, as_json=True)

    do(work(), as_json=as_json)


@app.command(
    epilog=examples(
        "tongxin simulate --area 511623 --years 0.25",
        "tongxin simulate --area 51 --years 1 --seed 7 --speed 86400 --json",
    )
)
def simulate(
    *,
    area: Annotated[str, typer.Option(help="A province, city or county: '51', '5116', '511623'.")],
    years: Annotated[float, typer.Option(min=0.01, max=20, help="How long; 0.25 is a spring.")] = 1,
    seed: Annotated[str, typer.Option(help="The same seed tells the same.")] = "1",
    speed: Annotated[str, typer.Option(help="Told seconds in a second: '86400', 'max'.")] = "max",
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell an area years of its life. Broken off, the same command goes on with it."""
    day = first.date() if first else None
    do(simulation.live(area, years, seed, simulation.speed_of(speed), day, as_json=as_json))
