"""Accounts from the terminal: where nobody can enter yet, and where somebody is locked out.

Whoever may run this has the platform's own passwords; what is done is a fact like any other, said
by `terminal`.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from deploy.tongxin.home import Trouble
from deploy.tongxin.servers import Servers
from services.portal.edge.door import Door
from services.portal.edge.passwords import is_weak
from services.portal.edge.people import newcomers
from services.portal.edge.tables import make_tables
from services.portal.words import OPERATOR
from shared.kernel.areas import EVERYWHERE, prefix
from shared.kernel.errors import No
from shared.kernel.message import Actor
from shared.runtime import clock
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connected
from shared.runtime.vault import Vault

TERMINAL = Actor("terminal", OPERATOR, EVERYWHERE)

HELD = """
SELECT p.login, p.area, coalesce(a.role, ''), coalesce(a.area, ''), coalesce(a.unit, '')
  FROM portal__people.people p
  LEFT JOIN portal__people.appointments a ON a.account_id = p.account_id AND a.held
 WHERE p.area LIKE $1 || '%' AND NOT p.closed
 ORDER BY 1, 3, 4
"""
OFFICES = """
SELECT p.account_id, a.area, a.unit
  FROM portal__people.people p
  JOIN portal__people.appointments a ON a.account_id = p.account_id AND a.held
 WHERE p.login = $1 AND NOT p.closed AND a.role = $2
   AND coalesce(a.since, $3) <= $3 AND coalesce(a.until, $3) >= $3
 ORDER BY a.area
"""
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 14


@dataclass(frozen=True)
class Held:
    """An account with one of its appointments."""

    login: str
    area: str
    role: str
    within: str
    unit: str


@dataclass(frozen=True)
class Granted:
    """What somebody was appointed to."""

    login: str
    role: str
    within: str
    unit: str


@dataclass(frozen=True)
class LetIn:
    """Who may enter, and with which password: it is shown once, and kept nowhere."""

    login: str
    password: str


@dataclass(frozen=True)
class Doorway:
    """The ways in that accounts are made with."""

    asker: Asker
    door: Door
    vault: Vault
    pool: asyncpg.Pool

    async def open(self, login: str, name: str, area: str) -> LetIn:
        """Let somebody in with a first password. Raises a No."""
        await newcomers.open_account(self.asker, self.vault, TERMINAL, login, name, area)
        return await self._new_password(login)

    async def grant(self, login: str, office: tuple[str, str, str]) -> Granted:
        """Appoint somebody to a role within an area, perhaps in a unit. Raises a No."""
        await newcomers.grant(self.asker, TERMINAL, newcomers.account_of(login), office)
        return Granted(login, *office)

    async def renew(self, login: str) -> LetIn:
        """A new password; whoever is logged in has to log in again. Raises Trouble, Refused."""
        known = "SELECT count(*) FROM portal__people.people WHERE login = $1 AND NOT closed"
        if not await self.pool.fetchval(known, login):
            raise Trouble(f"there is no account '{login}'")
        return await self._new_password(login)

    async def actor(self, login: str, role: str) -> Actor:
        """An account in its office of that role, the widest of them. Raises Trouble."""
        offices = await self.pool.fetch(OFFICES, login, role, clock.today())
        if not offices:
            raise Trouble(f"'{login}' holds no office as {role} today")
        account_id, area, unit = offices[0]
        return Actor(str(account_id), role, area, unit)

    async def held(self, area: str) -> list[Held]:
        """The accounts of an area and below, given by the digits that matter."""
        return [Held(*row) for row in await self.pool.fetch(HELD, prefix(area.ljust(12, "0")))]

    async def _new_password(self, login: str) -> LetIn:
        made = LetIn(login, password())
        await self.door.set_password(newcomers.account_of(login), login, made.password)
        return made


def password() -> str:
    """One that nobody can guess, of letters and digits that are told apart when read out."""
    while True:
        made = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if not is_weak(made):
            return made


@asynccontextmanager
async def doorway(servers: Servers) -> AsyncIterator[Doorway]:
    """The ways in, as long as the work goes on; a No is told as Trouble."""
    dsn = servers.service_dsn("portal")
    async with (
        connected(servers.login("portal"), "tongxin accounts") as client,
        asyncpg.create_pool(dsn, min_size=0, max_size=2) as pool,
    ):
        await make_tables(pool)
        try:
            yield Doorway(Asker(client), Door(pool), Vault(pool), pool)
        except No as no:
            raise Trouble(str(no)) from no
