"""Opens accounts with a password and an appointment: for the page of operators, and for scripts."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

import asyncpg

from services.portal.edge.door import Door
from services.portal.edge.tables import make_tables
from services.portal.words import OPERATOR
from shared.kernel.areas import EVERYWHERE
from shared.kernel.message import Actor
from shared.runtime import clock, log
from shared.runtime.asker import Answer, Asker
from shared.runtime.vault import Vault

ACCOUNTS = uuid5(NAMESPACE_URL, "tongxin:accounts")


@dataclass(frozen=True)
class Newcomer:
    """Somebody to let in, and as what. The account belongs where its first appointment is.

    Who is appointed for all areas belongs to one of them nevertheless: `home`.
    """

    login: str
    name: str
    password: str
    role: str
    within: str
    unit: str = ""
    home: str = ""


def account_of(login: str) -> UUID:
    """The id of an account follows from its login."""
    return uuid5(ACCOUNTS, login)


async def open_accounts(
    asker: Asker, pool: asyncpg.Pool, newcomers: Iterable[Newcomer]
) -> dict[str, Actor]:
    """Let these people in, with their passwords as given, and say as whom each of them acts.

    Asked again it changes nothing but the passwords. `pool` is one of the portal's role. Raises a
    No.
    """
    await make_tables(pool)
    door, vault = Door(pool), Vault(pool)
    operator = Actor("accounts", OPERATOR, EVERYWHERE)
    actors = {}
    for new in newcomers:
        account_id = account_of(new.login)
        home = new.home or new.within
        await open_account(asker, vault, operator, new.login, new.name, home)
        await grant(asker, operator, account_id, (new.role, new.within, new.unit))
        await door.set_password(account_id, new.login, new.password)
        actors[new.login] = Actor(str(account_id), new.role, new.within, new.unit)
    return actors


async def open_account(
    asker: Asker, vault: Vault, operator: Actor, login: str, name: str, area: str
) -> Answer:
    """Open an account; the name is sealed with the key of the account."""
    account_id = account_of(login)
    data = {
        "account_id": str(account_id),
        "area": area,
        "login": login,
        "name": await vault.seal(account_id, name),
    }
    return await ask(asker, operator, "OpenAccount", data)


async def grant(
    asker: Asker,
    operator: Actor,
    account_id: UUID,
    office: tuple[str, str, str],
    term: tuple[str, str] = ("", ""),
) -> Answer:
    """Appoint an account to an `office` (role, area and unit) for a `term` (first and last day)."""
    data = {
        "account_id": str(account_id),
        **dict(zip(("role", "within", "unit"), office, strict=True)),
        **{name: day for name, day in zip(("since", "until"), term, strict=True) if day},
    }
    return await ask(asker, operator, "GrantAppointment", data)


async def revoke(asker: Asker, actor: Actor, account_id: UUID, appointment_id: UUID) -> Answer:
    """End an appointment."""
    data = {"account_id": str(account_id), "appointment_id": str(appointment_id)}
    return await ask(asker, actor, "RevokeAppointment", data)


async def ask(asker: Asker, actor: Actor, command: str, data: dict[str, str]) -> Answer:
    """Ask the portal itself."""
    return await asker.ask("portal", command, data, actor, clock.new_id(), log.correlation())
