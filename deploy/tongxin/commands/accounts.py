"""Who may enter: accounts list, open, grant, password."""

from typing import Annotated

import typer

from deploy.tongxin.accounts import LetIn, doorway
from deploy.tongxin.commands.asked import Json, do, examples, here
from deploy.tongxin.terminal import console, show

app = typer.Typer(help="Who may enter, and as what.", no_args_is_help=True)

Area = Annotated[str, typer.Option(help="Twelve digits, or those that matter: '511623'.")]


@app.command("list", epilog=examples("tongxin accounts list --area 511623 --json"))
def list_accounts(*, area: Area = "", as_json: Json = False) -> None:
    """The accounts of an area and below it, with what each is appointed to."""

    async def work() -> None:
        async with doorway(here()) as door:
            show(await door.held(area), as_json=as_json)

    do(work())


@app.command(
    "open", epilog=examples("tongxin accounts open wang.min --name 王敏 --area 511623000000")
)
def open_account(
    login: str,
    *,
    name: Annotated[str, typer.Option(help="It is sealed before it is kept.")],
    area: Annotated[str, typer.Option(help="Where the account belongs: twelve digits.")],
    as_json: Json = False,
) -> None:
    """Let somebody in. The first password is shown, once."""

    async def work() -> None:
        async with doorway(here()) as door:
            show([await door.open(login, name, area)], as_json=as_json)

    do(work())


@app.command(
    epilog=examples(
        "tongxin accounts grant wang.min --role operator --within 511623000000",
        "tongxin accounts grant wang.min --role unit --within 511623000000 --unit 县水务局",
    )
)
def grant(
    login: str,
    *,
    role: Annotated[str, typer.Option(help="As 'operator', 'cppcc', 'unit'.")],
    within: Annotated[str, typer.Option(help="Within which area: twelve digits.")],
    unit: Annotated[str, typer.Option(help="Of which office, where it is one's.")] = "",
    as_json: Json = False,
) -> None:
    """Appoint somebody to a role within an area."""

    async def work() -> None:
        async with doorway(here()) as door:
            granted = await door.grant(login, (role, within, unit))
        if as_json:
            show([granted], as_json=True)
        else:
            console.print(f"{login} is {role} within {within}")

    do(work())


@app.command(epilog=examples("tongxin accounts password wang.min"))
def password(login: str, *, as_json: Json = False) -> None:
    """A new password, shown once; whoever is logged in under that account is logged out."""

    async def work() -> None:
        made: list[LetIn] = []
        async with doorway(here()) as door:
            made.append(await door.renew(login))
        show(made, as_json=as_json)

    do(work())
