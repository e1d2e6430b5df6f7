"""What programs come with: tokens of their own, and keys under which a command is asked once.

What a token is good for, and until when, was said to the log, see `people`; here is only what it is
recognised by. A key is remembered for KEPT; the command it was used for is in the log for ever.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

import asyncpg

from services.portal.edge.door import SEEN_EVERY, SQL
from shared.kernel.errors import Invalid, Refused
from shared.runtime import clock

MARK = "tongxin_"
"""Every token of a program begins like this, so that one that got out is easily found."""

TOKEN_BYTES = 32
KEPT = timedelta(days=30)


class Keys:
    """Tokens and keys, over a pool of the portal's role."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def make(self, token_id: UUID, account_id: UUID) -> str:
        """A new token; it is told only once. Raises Refused('token-told') for one that was."""
        token = MARK + token_urlsafe(TOKEN_BYTES)
        named = {"token_sha256": _digest(token), "token_id": token_id, "account_id": account_id}
        if not await self._rows("keep token", **named):
            raise Refused("token-told")
        return token

    async def find(self, token: str) -> tuple[UUID, UUID] | None:
        """The id and the account of a token, whatever it is still good for."""
        now = clock.now()
        for row in await self._rows("token", token_sha256=_digest(token)):
            if row["seen_at"] is None or row["seen_at"] < now - SEEN_EVERY:
                await self._rows("token seen", token_id=row["token_id"], now=now)
            return row["token_id"], row["account_id"]
        return None

    async def seen(self, account_id: UUID) -> dict[UUID, datetime | None]:
        """When each token of an account was used last, to about a minute."""
        rows = await self._rows("tokens seen", account_id=account_id)
        return {row["token_id"]: row["seen_at"] for row in rows}

    async def drop(self, token_id: UUID) -> None:
        """Recognise this token no more."""
        await self._rows("drop token", token_id=token_id)

    async def once(self, key: UUID, account_id: UUID, asked: bytes) -> None:
        """Note that this is asked under this key.

        Raises Invalid('key-reused') where the key was used for something else, or by another.
        """
        now, body = clock.now(), sha256(asked).digest()
        await self._rows("forget what was asked", long_ago=now - KEPT)
        named = {"key": key, "account_id": account_id, "body_sha256": body, "now": now}
        rows = await self._rows("ask once", **named)
        if not rows:  # Somebody else came with the key in this very moment.
            rows = await self._rows("ask once", **named)
        if any((row["account_id"], row["body_sha256"]) != (account_id, body) for row in rows):
            raise Invalid("key-reused", key=key)

    async def _rows(self, name: str, **values: object) -> list[asyncpg.Record]:
        statement = SQL[name]
        rows: list[asyncpg.Record] = await self._pool.fetch(statement.text, *statement.args(values))
        return rows


def _digest(token: str) -> bytes:
    # A token is as good as a password: who reads the table must not be able to use it.
    return sha256(token.encode()).digest()
