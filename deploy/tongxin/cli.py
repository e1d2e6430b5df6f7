"""The command line: `tongxin up`, and what one asks of a running platform."""

import typer

from deploy.tongxin.commands import (
    accounts,
    agencies,
    areas,
    backup,
    charter,
    letters,
    run,
    schema,
    state,
    streams,
    tellings,
    upgrade,
    verify,
    views,
    watch,
)
from deploy.tongxin.commands.asked import ENDINGS

app = typer.Typer(
    help="Tongxin 同心: the platform on one machine.",
    epilog=ENDINGS,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

for verbs in (run, state, streams, schema, tellings, views, verify, backup, watch):
    app.add_typer(verbs.app)

for name, noun in {
    "dead-letters": letters,
    "accounts": accounts,
    "agencies": agencies,
    "charter": charter,
    "areas": areas,
    "upgrade": upgrade,
}.items():
    app.add_typer(noun.app, name=name)
