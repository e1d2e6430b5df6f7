"""Other agencies, and what they are told."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.tongxin.agencies import Desk, desk
from deploy.tongxin.commands.asked import Json, do, examples, here
from deploy.tongxin.terminal import show

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

app = typer.Typer(help="Other agencies and what they are told.", no_args_is_help=True)

ONE = "0192f3a4-5b6c-7d8e-9f01-23456789abcd"

As = Annotated[str, typer.Option("--as", help="In the name of this account; else `terminal`.")]
Area = Annotated[str, typer.Option(help="Twelve digits, or those that matter: '511623'.")]
Named = Annotated[str, typer.Argument(metavar="AGENCY", help="Its id, or its name.")]
Subscription = Annotated[str, typer.Argument(metavar="SUBSCRIPTION", help="Its id: see `show`.")]
Reason = Annotated[str, typer.Option(help="It is told to the agency.")]


@app.command("list", epilog=examples("tongxin agencies list --area 511623 --json"))
def list_agencies(*, area: Area = "", login: As = "", as_json: Json = False) -> None:
    """The agencies of an area and below it, those that wait for an answer first."""
    _rows(login, lambda at: at.listed(area), as_json=as_json)


@app.command("show", epilog=examples("tongxin agencies show 邻水县12345热线 --json"))
def show_one(agency: Named, *, login: As = "", as_json: Json = False) -> None:
    """The subscriptions of an agency: what waits for it, and when it last took something."""
    _rows(login, lambda at: at.subscriptions(agency), as_json=as_json)


@app.command(
    epilog=examples(
        "tongxin agencies register 邻水县12345热线 --kind hotline --area 511623000000",
        "tongxin agencies register 邻水县人大 --kind congress --area 511623000000 --json",
    )
)
def register(  # noqa: PLR0913 - an agency and its three quotas
    name: str,
    *,
    kind: Annotated[str, typer.Option(help="As 'grid', 'hotline', 'other-agency'.")],
    area: Annotated[str, typer.Option(help="Where it has its seat: twelve digits.")],
    places: Annotated[int, typer.Option(help="How many subscriptions it may have.")] = 5,
    per_minute: Annotated[int, typer.Option(help="How many requests in a minute.")] = 600,
    in_flight: Annotated[int, typer.Option(help="How many facts before one is acknowledged.")] = (
        1000
    ),
    login: As = "",
    as_json: Json = False,
) -> None:
    """Register an agency; then let its people in: `tongxin accounts grant --role agency`."""
    quotas = {"places": places, "per_minute": per_minute, "in_flight": in_flight}
    _done(login, lambda at: at.register(name, kind, area, quotas), as_json=as_json)


@app.command(epilog=examples(f"tongxin agencies approve {ONE} --as wang.min"))
def approve(subscription: Subscription, *, login: As = "", as_json: Json = False) -> None:
    """Let an agency be told what it asked for."""
    _about(login, "ApproveSubscription", subscription, as_json=as_json)


@app.command(epilog=examples(f"tongxin agencies decline {ONE} --reason 超出职责范围"))
def decline(
    subscription: Subscription, *, reason: Reason, login: As = "", as_json: Json = False
) -> None:
    """Turn down what an agency asked for."""
    _about(login, "DeclineSubscription", subscription, as_json=as_json, reason=reason)


@app.command(epilog=examples(f"tongxin agencies revoke {ONE} --reason 密钥泄露"))
def revoke(
    subscription: Subscription, *, reason: Reason, login: As = "", as_json: Json = False
) -> None:
    """End a subscription for good, at once: its keys are good for nothing from then on."""
    _about(login, "RevokeSubscription", subscription, as_json=as_json, reason=reason)


@app.command(epilog=examples("tongxin agencies suspend 邻水县12345热线 --reason 例行检查"))
def suspend(agency: Named, *, reason: Reason, login: As = "", as_json: Json = False) -> None:
    """Hold everything that goes to an agency; within the retention time nothing is lost."""
    _done(
        login, lambda at: at.about_agency("SuspendAgency", agency, reason=reason), as_json=as_json
    )


@app.command(epilog=examples("tongxin agencies resume 邻水县12345热线"))
def resume(agency: Named, *, login: As = "", as_json: Json = False) -> None:
    """Let an agency go on where it was."""
    _done(login, lambda at: at.about_agency("ResumeAgency", agency), as_json=as_json)


@app.command(epilog=examples("tongxin agencies remove 邻水县12345热线 --reason 机构撤销"))
def remove(agency: Named, *, reason: Reason, login: As = "", as_json: Json = False) -> None:
    """End the connection with an agency for good."""
    _done(login, lambda at: at.about_agency("RemoveAgency", agency, reason=reason), as_json=as_json)


@app.command(epilog=examples(f"tongxin agencies rotate {ONE} --old-hours 24 --json"))
def rotate(
    subscription: Subscription,
    *,
    old_hours: Annotated[int, typer.Option(help="How long the keys before stay good.")] = 0,
    login: Annotated[
        str, typer.Option("--as", help="In the name of this account of the agency.")
    ] = "",
    as_json: Json = False,
) -> None:
    """A new key, shown once; to be handed to the agency and to nobody else."""

    async def work(at: Desk) -> Sequence["DataclassInstance"]:
        return [await at.rotate(subscription, old_hours)]

    _rows(login, work, as_json=as_json)


def _about(login: str, command: str, subscription: str, *, as_json: bool, **told: str) -> None:
    async def work(at: Desk) -> Sequence["DataclassInstance"]:
        return [await at.about_subscription(command, subscription, **told)]

    _rows(login, work, as_json=as_json)


def _done(
    login: str, asked: Callable[[Desk], Awaitable["DataclassInstance"]], *, as_json: bool
) -> None:
    async def work(at: Desk) -> Sequence["DataclassInstance"]:
        return [await asked(at)]

    _rows(login, work, as_json=as_json)


def _rows(
    login: str, asked: Callable[[Desk], Awaitable[Sequence["DataclassInstance"]]], *, as_json: bool
) -> None:
    async def work() -> None:
        async with desk(here(), login) as at:
            rows = await asked(at)
        show(rows, as_json=as_json)

    do(work())
