"""Keeps what is to be carried where, and what came of it, over a pool of exchange's role."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg

from services.exchange.effects.hooks.messages import Attempt, Told
from services.exchange.effects.hooks.schedule import Schedule
from shared.runtime.sql import load

SQL = load(Path(__file__).with_suffix(".sql"))

# 'tongxin hook tables', as a number of its own among the advisory locks of the database.
LOCK = 0x746F6E67_686F6F6B

ROOM = 256
"""A target for which so many messages wait gets no more of them: the log keeps what follows."""

LOG_KEPT = timedelta(days=30)
GIVEN_UP_KEPT = timedelta(days=90)


async def make_tables(pool: asyncpg.Pool) -> None:
    """Make what is not there yet; two replicas may do so at once."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(SQL["tables"].text)


class Book:
    """The targets, their messages, and what became of each."""

    def __init__(self, pool: asyncpg.Pool, schedule: Schedule) -> None:
        self.pool = pool
        self.schedule = schedule

    async def behind(self, head: int) -> list[asyncpg.Record]:
        """Live targets that facts up to `head` have not become messages for, and that have room."""
        return await self._rows("behind", head=head, room=ROOM)

    async def make(
        self, target: asyncpg.Record, told: Sequence[Told], upto: int, now: datetime
    ) -> None:
        """Make messages of facts, and move the target on; nothing where another did so before."""
        subscription_id, after = target["subscription_id"], target["upto"]
        async with self.pool.acquire() as connection, connection.transaction():
            moved = SQL["move on"].args(
                {"subscription_id": subscription_id, "after": after, "upto": upto}
            )
            if not await connection.fetchrow(SQL["move on"].text, *moved):
                return
            made = {
                "subscription_id": subscription_id,
                "message_ids": [one.fact_id for one in told],
                "positions": [one.position for one in told],
                "types": [one.type for one in told],
                "areas": [one.area for one in told],
                "now": now,
            }
            await connection.execute(SQL["make"].text, *SQL["make"].args(made))

    async def due(
        self, now: datetime, mine: Iterable[UUID], busy: Iterable[UUID], most: int
    ) -> list[asyncpg.Record]:
        """What is to be sent now, but for messages in hand, and targets that are busy."""
        return await self._rows(
            "due", now=now, mine=list(mine), busy=list(busy), most=most,
            down_after=self.schedule.down_after,
        )  # fmt: skip

    async def taken(self, attempt: Attempt, *, was_down: bool) -> None:
        """The target has it. After a time when it took nothing, everything else is due."""
        await self._do("taken", **_told(attempt))
        if was_down:
            subscription_id = attempt.message.subscription_id
            await self._do("up again", subscription_id=subscription_id, now=attempt.at)

    async def failed(self, attempt: Attempt, fails: int) -> None:
        """The target does not have it, or did not say so; `fails` in a row."""
        message, schedule = attempt.message, self.schedule
        attempts = message.attempts + 1
        wait = timedelta(seconds=attempt.outcome.retry_after_s)
        knock_at = schedule.knock_at(attempt.at, fails, message.subscription_id)
        await self._do(
            "failed",
            **_told(attempt),
            fails=fails,
            knock_at=max(knock_at, attempt.at + wait),
            next_at=schedule.next_at(attempt.at, attempts, message.message_id),
            is_over=schedule.is_over(attempts),
        )

    async def drop(self, subscription_id: UUID, message_id: UUID, told: str) -> None:
        """It cannot be sent any more."""
        await self._do("drop", subscription_id=subscription_id, message_id=message_id, told=told)

    async def sweep(self, now: datetime) -> None:
        """Forget what is long over."""
        await self._do("sweep", taken_before=now - LOG_KEPT, before=now - GIVEN_UP_KEPT)

    async def given_up(self, since: datetime) -> list[asyncpg.Record]:
        """The targets that lost messages since then: all they lost, and when they lost the last."""
        return await self._rows("given up", since=since)

    async def measures(self) -> asyncpg.Record:
        """How much waits, since when, and how many targets are down."""
        (row,) = await self._rows("measures", down_after=self.schedule.down_after)
        return row

    async def _rows(self, name: str, /, **values: object) -> list[asyncpg.Record]:
        statement = SQL[name]
        rows: list[asyncpg.Record] = await self.pool.fetch(statement.text, *statement.args(values))
        return rows

    async def _do(self, name: str, /, **values: object) -> None:
        statement = SQL[name]
        await self.pool.execute(statement.text, *statement.args(values))


def _told(attempt: Attempt) -> dict[str, object]:
    return {
        "subscription_id": attempt.message.subscription_id,
        "message_id": attempt.message.message_id,
        "at": attempt.at,
        "code": attempt.outcome.code,
        "took_ms": round(attempt.outcome.took_s * 1000),
        "told": attempt.outcome.told,
    }
