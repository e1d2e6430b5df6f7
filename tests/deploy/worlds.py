"""Worlds for tests: a database with all logs, a story at told moments, and what was written."""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from deploy.tongxin.story import Step, read
from deploy.tongxin.world import Told, World
from shared.runtime import clock
from shared.runtime.migrate import migrate
from tests.platform import people
from tests.runtime.logs import PASSWORD, login
from tests.servers import Postgres

SEALED = "sealed:1:511e0000-0000-7000-8000-000000000001:" + "A" * 40
STEP_EVERY = timedelta(minutes=7)
LONG_AGO = date(2025, 3, 3)


@dataclass(frozen=True)
class Ground:
    """A database with the logs of all services."""

    admin_dsn: str

    def dsn(self, service: str) -> str:
        """The way in of a service."""
        return login(self.admin_dsn, service)

    async def fetch(self, sql: str, *args: object) -> list[asyncpg.Record]:
        """Ask as the administrator."""
        admin = await asyncpg.connect(self.admin_dsn)
        try:
            return await admin.fetch(sql, *args)
        finally:
            await admin.close()

    async def facts(self, service: str) -> list[tuple[Any, ...]]:
        """Everything a service has said, byte by byte, in order."""
        columns = (
            "position, stream, category, revision, id, type, version, area, charter, actor,"
            " at, causation, correlation, data::text"
        )
        rows = await self.fetch(f'SELECT {columns} FROM "{service}".events ORDER BY position')
        return [tuple(row) for row in rows]

    async def counts(self) -> dict[str, int]:
        """How many facts each service has said."""
        return {service: len(await self.facts(service)) for service in SERVICES}

    async def digest(self) -> str:
        """One line that stands for all facts of all services, in their order.

        Which charters a running service found is its own to say: those facts stand anywhere.
        """
        told = [
            repr([fact[1:] for fact in await self.facts(service) if fact[2] != "charter"])
            for service in SERVICES
        ]
        return hashlib.sha256("".join(told).encode()).hexdigest()

    @asynccontextmanager
    async def world(self) -> AsyncIterator[World]:
        """The world over this database."""
        async with World.open(self.admin_dsn, self.dsn) as world:
            yield world


async def fresh_ground(pg: Postgres) -> Ground:
    """All logs, empty."""
    admin_dsn = await pg.fresh_database()
    reads, restricted = {}, {}
    for service in SERVICES:
        app = app_of(service)
        reads[service] = {source for view in app.projections for source in view.sources}
        restricted[service] = {one.category for one in app.deciders if one.restricted}
    await migrate(admin_dsn, dict.fromkeys(SERVICES, PASSWORD), reads, restricted)
    return Ground(admin_dsn)


def story(telling: str = "world", day: date = LONG_AGO) -> list[Told]:
    """All matters of the demo, one after the other, a step every seven minutes of that day."""
    at = datetime.combine(day, time(8), clock.SHANGHAI)
    steps = [step for matter in read(telling, day) for step in matter.steps]
    return [_told(step, at + n * STEP_EVERY) for n, step in enumerate(steps)]


def _told(step: Step, at: datetime) -> Told:
    fields = step.command.model_json_schema()["properties"]
    sealed = {name: SEALED for name in step.data if fields[name].get("sealed")}
    command = step.command.model_validate(step.data | sealed)
    return Told(at, people()[step.who], step.service, command, step.id, step.refused)


def ids(steps: Sequence[Told]) -> set[UUID]:
    """The ids of the steps that have to be accepted."""
    return {step.id for step in steps if not step.refused}


async def _tell_story(admin_dsn: str) -> None:
    async with Ground(admin_dsn).world() as world:
        await world.tell(
            story(), until=datetime.combine(LONG_AGO, time(), UTC) + timedelta(days=99)
        )


if __name__ == "__main__":
    asyncio.run(_tell_story(sys.argv[1]))
