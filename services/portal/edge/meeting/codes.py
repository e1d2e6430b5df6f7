"""Codes on the wall of a meeting: each holds for a moment, for this meeting, and for nothing else.

token     meeting and moment, signed with the meeting's secret; on the wall, another every STEP_S
ticket    that this browser showed such a token a while ago; a cookie, so that there is time to
          log in

What a token proves: somebody saw the wall within the last minute, or was sent the picture at once.
It does not prove that this somebody is in the room; a photo sent home is worth nothing a minute
later. Who is checked in is who is logged in.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from uuid import UUID

import asyncpg

from shared.kernel.errors import Refused
from shared.runtime import clock
from shared.runtime.sql import load

SQL = load(Path(__file__).with_suffix(".sql"))

STEP_S = 30
STEPS_KEPT = 1
"""A code is taken for the step it was shown in, and so many after it: 30 to 60 seconds."""

TICKET_S = 600
KEPT = timedelta(days=30)
ID_BYTES, MOMENT_BYTES, MAC_BYTES = 16, 5, 12
TOKEN_BYTES = ID_BYTES + MOMENT_BYTES + MAC_BYTES


@dataclass(frozen=True)
class Shown:
    """What a token or ticket says: which meeting, and the number of its moment."""

    consultation_id: UUID
    moment: int


class Codes:
    """Makes codes and reads them, over a pool of the portal's role."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def token(self, consultation_id: UUID, now: datetime | None = None) -> str:
        """The code of this moment."""
        step = int((now or clock.now()).timestamp()) // STEP_S
        return await self._signed(consultation_id, step, "token")

    async def ticket(self, consultation_id: UUID) -> str:
        """That the code was shown just now."""
        until = int(clock.now().timestamp()) + TICKET_S
        return await self._signed(consultation_id, until, "ticket")

    async def shown(self, token: str) -> UUID:
        """The meeting on whose wall this code is now. Raises Refused('code-over')."""
        read = await self._read(token, "token")
        steps = int(clock.now().timestamp()) // STEP_S - read.moment
        if not 0 <= steps <= STEPS_KEPT:
            raise Refused("code-over", seconds=STEP_S * (STEPS_KEPT + 1))
        return read.consultation_id

    async def held(self, ticket: str) -> UUID:
        """The meeting for which this browser holds a ticket. Raises Refused('code-over')."""
        read = await self._read(ticket, "ticket")
        if read.moment < int(clock.now().timestamp()):
            raise Refused("code-over", seconds=STEP_S * (STEPS_KEPT + 1))
        return read.consultation_id

    async def _signed(self, consultation_id: UUID, moment: int, what: str) -> str:
        said = consultation_id.bytes + moment.to_bytes(MOMENT_BYTES)
        secret = await self._secret(consultation_id) or await self._make(consultation_id)
        return urlsafe_b64encode(said + _mac(secret, said, what)).decode()

    async def _read(self, text: str, what: str) -> Shown:
        over = Refused("code-over", seconds=STEP_S * (STEPS_KEPT + 1))
        try:
            raw = urlsafe_b64decode(text.encode("ascii"))
        except ValueError as error:
            raise over from error
        if len(raw) != TOKEN_BYTES:
            raise over
        said, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
        consultation_id = UUID(bytes=said[:ID_BYTES])
        secret = await self._secret(consultation_id)
        if secret is None or not hmac.compare_digest(mac, _mac(secret, said, what)):
            raise over
        return Shown(consultation_id, int.from_bytes(said[ID_BYTES:]))

    async def _secret(self, consultation_id: UUID) -> bytes | None:
        statement = SQL["secret"]
        values = {"consultation_id": consultation_id}
        found: bytes | None = await self._pool.fetchval(statement.text, *statement.args(values))
        return found

    async def _make(self, consultation_id: UUID) -> bytes:
        now = clock.now()
        for name, values in (
            ("forget old", {"before": now - KEPT}),
            ("make", {"consultation_id": consultation_id, "secret": token_bytes(32), "now": now}),
        ):
            statement = SQL[name]
            await self._pool.execute(statement.text, *statement.args(values))
        made = await self._secret(consultation_id)
        assert made  # By us, or by another replica at the same moment.
        return made


def _mac(secret: bytes, said: bytes, what: str) -> bytes:
    return hmac.digest(secret, what.encode() + said, "sha256")[:MAC_BYTES]
