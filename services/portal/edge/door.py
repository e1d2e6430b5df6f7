"""Who comes in: passwords, lockout, and sessions that end by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from uuid import UUID

import asyncpg

from services.portal.edge import passwords
from shared.kernel.errors import Refused
from shared.runtime import clock
from shared.runtime.sql import load

SQL = load(Path(__file__).with_suffix(".sql"))

IDLE = timedelta(minutes=60)
SESSION_MAX = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
FAILURES_MAX = 5
LOCKED = timedelta(minutes=15)
FORGET_ATTEMPTS = timedelta(days=1)
TOKEN_BYTES = 32
TOUR_DONE = 999
"""The number of a card that no first walk has."""


@dataclass(frozen=True)
class Session:
    """One person in one browser. `csrf` must come back with every form."""

    account_id: UUID
    appointment_id: UUID | None
    csrf: str
    tours: Mapping[str, int]
    """At which card of the first walk each role of the account is."""


class Door:
    """Sessions and passwords, over a pool of the portal's role."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def enter(self, login: str, password: str) -> str:
        """A new session's token. Raises Refused: 'wrong-password', 'locked' (minutes).

        Unknown logins are refused and locked like known ones, so that nobody learns which exist.
        """
        now = clock.now()
        await self._knock(login, now)
        found = await self._row("credential", login=login)
        stored = found["hash"] if found else await passwords.decoy()
        if not await passwords.fits(stored, password) or not found:
            raise Refused("wrong-password")
        await self._do("come in", login=login, long_ago=now - FORGET_ATTEMPTS)
        return await self.open_session(found["account_id"])

    async def open_session(self, account_id: UUID) -> str:
        """A session for somebody whose identity is beyond doubt; its token is told only once."""
        now = clock.now()
        await self._do("close old sessions", **_since(now))
        token = token_urlsafe(TOKEN_BYTES)
        await self._do(
            "open session",
            token_sha256=_digest(token),
            account_id=account_id,
            csrf=token_urlsafe(TOKEN_BYTES),
            now=now,
        )
        return token

    async def session(self, token: str) -> Session | None:
        """The session of a token, unless it has ended."""
        now = clock.now()
        row = await self._row("session", token_sha256=_digest(token), **_since(now))
        if row is None:
            return None
        if row["seen_at"] < now - SEEN_EVERY:
            await self._do("seen", token_sha256=_digest(token), now=now)
        tours = {role: int(card) for role, card in map(str.split, row["tours"])}
        return Session(row["account_id"], row["appointment_id"], row["csrf"], tours)

    async def toured(self, account_id: UUID, role: str, card: int) -> None:
        """Remember at which card of the first walk somebody is in a role."""
        await self._do("tour", account_id=account_id, role=role, card=card)

    async def act_as(self, token: str, appointment_id: UUID) -> None:
        """Go on under another appointment."""
        await self._do("act as", token_sha256=_digest(token), appointment_id=appointment_id)

    async def leave(self, token: str) -> None:
        """End a session."""
        await self._do("close session", token_sha256=_digest(token))

    async def set_password(self, account_id: UUID, login: str, password: str) -> None:
        """Set or change a password, and end the sessions of the account.

        Raises Refused('weak-password').
        """
        if passwords.is_weak(password):
            raise Refused("weak-password", least=passwords.LENGTH_MIN)
        stored = await passwords.hash_of(password)
        await self._do(
            "set credential", account_id=account_id, login=login, hash=stored, now=clock.now()
        )
        await self._do("close sessions of account", account_id=account_id)

    async def forget(self, account_id: UUID) -> None:
        """Let this account in no more: its password, its failures and its sessions are deleted."""
        await self._do("forget", account_id=account_id)
        await self._do("drop tokens of account", account_id=account_id)
        await self._do("close sessions of account", account_id=account_id)

    async def _knock(self, login: str, now: datetime) -> None:
        row = await self._row(
            "knock", login=login, now=now, quiet_since=now - LOCKED, most=FAILURES_MAX
        )
        assert row
        if row["failures"] > FAILURES_MAX:
            left = row["last_at"] + LOCKED - now
            raise Refused("locked", minutes=max(1, -(-left.seconds // 60)))

    async def _row(self, name: str, **values: object) -> asyncpg.Record | None:
        statement = SQL[name]
        row: asyncpg.Record | None = await self._pool.fetchrow(
            statement.text, *statement.args(values)
        )
        return row

    async def _do(self, name: str, **values: object) -> None:
        statement = SQL[name]
        await self._pool.execute(statement.text, *statement.args(values))


def _digest(token: str) -> bytes:
    # A token is as good as a password: who reads the table must not be able to use it.
    return sha256(token.encode()).digest()


def _since(now: datetime) -> dict[str, datetime]:
    return {"idle_since": now - IDLE, "opened_since": now - SESSION_MAX}
