"""The command line: `tongxin up`, and what one asks of a running platform."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.tongxin import mend
from deploy.tongxin import simulate as simulation
from deploy.tongxin import status as state
from deploy.tongxin.contradictions import contradictions
from deploy.tongxin.home import SERVICES, Home, Trouble
from deploy.tongxin.terminal import console, errors, progress, show
from deploy.tongxin.up import make_ready, tell_demo, tell_past
from deploy.tongxin.up import up as run_up
from shared.runtime import divisions, log
from shared.runtime.charter import Charters
from shared.runtime.draft import Fault
from shared.runtime.settings import Settings

app = typer.Typer(
    help="Tongxin 同心: the platform on one machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def do(work: Coroutine[Any, Any, None]) -> None:
    """Run it; a Trouble is told in its own words, and ends with code 1."""
    log.configure("tongxin", "error")  # What matters otherwise is said in words.
    try:
        asyncio.run(work)
    except Trouble as trouble:
        errors.print(str(trouble), style="bold red", markup=False)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        errors.print("stopped")
        raise typer.Exit(130) from None


@app.command()
def up(
    *,
    replicas: Annotated[
        list[str] | None, typer.Option(help="As 'topics=2'; may be repeated.")
    ] = None,
    demo: Annotated[bool, typer.Option(help="Load the demo on the first start.")] = True,
    year: Annotated[bool, typer.Option(help="Tell the demo's year before it.")] = True,
) -> None:
    """Start everything here, and stop it in order at Ctrl-C."""
    do(run_up(Home.of_checkout(), _replicas(replicas or []), demo=demo, past=year))


def _replicas(told: list[str]) -> dict[str, int]:
    counts = {}
    for pair in told:
        service, _, count = pair.partition("=")
        if service not in SERVICES or not count.isdigit() or not 1 <= int(count) <= 9:
            raise typer.BadParameter(f"'{pair}' is not like 'topics=2'")
        counts[service] = int(count)
    return counts


@app.command()
def status(*, as_json: Json = False) -> None:
    """What runs here: process, port, state. Ends with code 3 when nothing does."""
    found = state.standing(Home.of_checkout())
    show(found, as_json=as_json)
    if not found:
        errors.print("nothing runs here; `make run` starts it")
        raise typer.Exit(3)


@app.command()
def lag(*, as_json: Json = False) -> None:
    """How far streams, views and policies are behind the logs."""

    async def work() -> None:
        show(await state.lags(state.running(Home.of_checkout())), as_json=as_json)

    do(work())


@app.command()
def migrate() -> None:
    """Bring schemas, roles and streams to today's shape. `up` does it as well."""

    async def work() -> None:
        await make_ready(state.running(Home.of_checkout()))

    do(work())


@app.command()
def demo(
    *, year: Annotated[bool, typer.Option(help="Tell the demo's year before it.")] = True
) -> None:
    """Tell the demo to the running platform; what was told before is not told twice."""

    async def work() -> None:
        if year:
            await tell_past(state.running(Home.of_checkout()))
        await tell_demo(state.running(Home.of_checkout()))

    do(work())


@app.command()
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


@app.command()
def rebuild(service: str, view: str) -> None:
    """Fill a view anew from the logs, compare it with the live one, and swap."""

    async def work() -> None:
        servers = state.running(Home.of_checkout())
        with progress(f"{service} {view}") as tell:
            rebuilt = await mend.rebuild_view(
                servers, service, view, lambda now: tell(now.done, now.total)
            )
        verdict = "the same as before" if rebuilt.same else "[bold]not what it was before[/]"
        console.print(f"{rebuilt.facts} facts in {rebuilt.seconds:.1f} s: {verdict}")
        console.print(f"digest {rebuilt.new.hex}")

    do(work())


dead_letters = typer.Typer(help="Facts that a view or policy could not take.", no_args_is_help=True)
app.add_typer(dead_letters, name="dead-letters")


@dead_letters.command("list")
def list_letters(*, as_json: Json = False) -> None:
    """Every fact that waits, and why."""

    async def work() -> None:
        show(await mend.letters(state.running(Home.of_checkout())), as_json=as_json)

    do(work())


@dead_letters.command("retry")
def retry_letters() -> None:
    """Take them up again, stream by stream. Ends with code 1 when some still cannot be taken."""

    async def work() -> None:
        stopped = await mend.retry(state.running(Home.of_checkout()))
        for letter, error in stopped.items():
            errors.print(f"{letter.service} {letter.name} at {letter.position}: {error}")
        if stopped:
            raise Trouble(f"{len(stopped)} streams still wait")

    do(work())


charter = typer.Typer(help="The rules of a county.", no_args_is_help=True)
app.add_typer(charter, name="charter")


@charter.command()
def check(file: Path, *, as_json: Json = False) -> None:
    """What is wrong with a charter's file, or a draft of one; code 1 if something is."""
    rules = {service: mend.app_of(service).rules for service in SERVICES}
    faults = Charters(Settings().charters, strict=False).check(file, rules, contradictions)
    _tell(file, faults, as_json=as_json)


areas = typer.Typer(help="The table of administrative areas.", no_args_is_help=True)
app.add_typer(areas, name="areas")


@areas.command("check")
def check_areas(file: Path, *, as_json: Json = False) -> None:
    """What contradicts itself in a table of areas, line by line; code 1 if something does."""
    _, faults = divisions.read(file)
    _tell(file, faults, as_json=as_json)


def _tell(file: Path, faults: Sequence[Fault], *, as_json: bool) -> None:
    """Say what is wrong with a file, or that it is good."""
    if as_json:
        show(faults, as_json=True)
    else:
        text = "\n".join(f"{file}, {fault}" for fault in faults) or f"{file}: good"
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise typer.Exit(1)
