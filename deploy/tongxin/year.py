"""Tells the demo's year: what five counties did until yesterday, before anybody is let in.

The days are settled once and written down: a telling that was interrupted goes on with the same
year, and nothing is doubled.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg

from deploy.tongxin.home import read_json, write_json
from deploy.tongxin.servers import Servers
from deploy.tongxin.story import Account
from deploy.tongxin.world import Summary, Told, World
from deploy.year.accounts import accounts
from deploy.year.county import county_of
from deploy.year.files import own_files
from deploy.year.private import person_of, words_of
from deploy.year.year import tell_year
from services.portal.edge.tables import make_tables
from shared.runtime import clock
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings
from shared.runtime.vault import Vault

DAYS = 365
SEED = "demo"


def counties() -> list[str]:
    """The six digits of every county that has a file of its own."""
    return sorted(code for code in own_files() if code)


def is_told(servers: Servers) -> bool:
    """Whether the year was told here to its end."""
    return bool((read_json(_note(servers)) or {}).get("told"))


def people(servers: Servers) -> list[Account]:
    """Who of the year may log in; nobody before it is told."""
    if not is_told(servers):
        return []
    settings, days = Settings(), _days(servers)
    areas, charters = Areas.read(settings.areas), Charters(settings.charters)
    return [
        account
        for code in counties()
        for account in accounts(county_of(code, areas, charters, days, SEED))
    ]


async def tell(servers: Servers, progress: Callable[[int, int], None]) -> Summary:
    """Tell the year up to the day before this one. Raises Trouble."""
    settings, days = Settings(), _days(servers)
    areas, charters = Areas.read(settings.areas), Charters(settings.charters)
    steps = tell_year(counties(), areas, charters, days, SEED)
    async with asyncpg.create_pool(servers.service_dsn("portal"), min_size=0, max_size=1) as pool:
        await make_tables(pool)
        steps = await _sealed(steps, Vault(pool))
    async with World.open(servers.admin_dsn, servers.service_dsn) as world:
        summary = await world.tell(steps, progress)
    write_json(_note(servers), {"first": str(days[0]), "last": str(days[1]), "told": True})
    return summary


def _note(servers: Servers) -> Path:
    return servers.home.data / "year.json"


def _days(servers: Servers) -> tuple[date, date]:
    """The days of the year that is told here; today's year where none was begun."""
    known = read_json(_note(servers))
    if known is None:
        last = clock.today() - timedelta(days=1)
        known = {"first": str(last - timedelta(days=DAYS)), "last": str(last), "told": False}
        write_json(_note(servers), known)
    return date.fromisoformat(known["first"]), date.fromisoformat(known["last"])


async def _sealed(steps: list[Told], vault: Vault) -> list[Told]:
    """The same steps, with private words as only the vault can read them."""
    sealed = []
    for step in steps:
        if words := words_of(step.command):
            person = person_of(step.command) or UUID(step.actor.id)
            kept = {field: await vault.seal(person, text) for field, text in words.items()}
            sealed.append(replace(step, command=step.command.model_copy(update=kept)))
        else:
            sealed.append(step)
    return sealed
