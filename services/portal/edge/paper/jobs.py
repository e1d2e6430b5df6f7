"""Long work with a page that shows how far it is, and a file at the end that only the asker gets.

Jobs and their files are kept in the portal's own tables for a day, so any replica can hand them
out. The work itself is done in this process: one that ends takes its jobs along, and says so.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import asyncpg

from services.portal.edge.paper.press import Press
from shared.runtime import clock, log, sql
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY

SQL = sql.load(Path(__file__).with_suffix(".sql"))
AT_ONCE = 2
KEPT = timedelta(days=1)
BEAT_S = 3.0
SWEEP_S = 600.0
ALIVE = timedelta(seconds=20)
PIECE = 1 << 20
LISTED = 50

_log = log.logger()

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for, the address to ask for it again, and the name of its file."""

    account: UUID
    label: str
    address: str
    file: str
    total: int = 0


@dataclass(frozen=True)
class Work:
    """A job on its way: where its file is to lie, and how to say how far it is."""

    path: Path
    press: Press
    tell: Callable[[int], Awaitable[None]]


Doing = Callable[[Work], Awaitable[None]]


@dataclass(frozen=True)
class Jobs:
    """The jobs of this process, AT_ONCE of them at a time, and the files of all."""

    pool: asyncpg.Pool
    press: Press = field(default_factory=Press)
    _few: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _tasks: dict[UUID, asyncio.Task[None]] = field(default_factory=dict)

    async def begin(self, wanted: Wanted, doing: Doing) -> UUID:
        """The id of the job; that of the one under way, where the same was asked for already."""
        await self.sweep()
        now, job_id = clock.now(), clock.new_id()
        asked = {"account": wanted.account, "address": wanted.address, "alive": now - ALIVE}
        made = {"label": wanted.label, "file": wanted.file, "total": wanted.total, "now": now}
        if not await self._ask("begin", job_id=job_id, **asked, **made):
            rows = await self._ask("under way", **asked)
            return rows[0]["job_id"] if rows else await self.begin(wanted, doing)
        self._tasks[job_id] = task = asyncio.create_task(self._do(job_id, doing), name=str(job_id))
        task.add_done_callback(lambda _: self._tasks.pop(job_id))
        return job_id

    async def one(self, job_id: UUID, account: UUID) -> Row | None:
        """A job of this person; somebody else's is none."""
        rows = await self._ask("one", job_id=job_id)
        return rows[0] if rows and rows[0]["account"] == account else None

    async def of(self, account: UUID) -> list[Row]:
        """What somebody asked for within a day, the latest first."""
        return await self._ask("of account", account=account, most=LISTED)

    async def pieces(self, job_id: UUID) -> AsyncIterator[bytes]:
        """The file, piece by piece."""
        no = 0
        while rows := await self._ask("piece", job_id=job_id, no=no):
            yield rows[0]["bytes"]
            no += 1

    async def sweep(self) -> None:
        """Let go of what was asked for more than a day ago."""
        await self._ask("let go", before=clock.now() - KEPT)

    async def run(self) -> None:
        """Let go of what is old, until the portal stops."""
        while True:
            with suppress(*AWAY):
                await self.sweep()
            await pause(SWEEP_S)

    async def _beat(self, job_id: UUID) -> None:
        """Say that a job goes on, as long as it does."""
        while True:
            await pause(BEAT_S)
            with suppress(*AWAY):
                await self._ask("beat", now=clock.now(), job_id=job_id)

    async def _do(self, job_id: UUID, doing: Doing) -> None:
        beating = asyncio.create_task(self._beat(job_id))
        try:
            async with self._few:
                size = await self._made(job_id, doing)
            await self._ask("end", job_id=job_id, state="done", size=size, now=clock.now())
        except Exception:
            _log.exception("a job failed", job=str(job_id))
            with suppress(*AWAY):
                await self._ask("end", job_id=job_id, state="failed", size=0, now=clock.now())
        finally:
            beating.cancel()

    async def _made(self, job_id: UUID, doing: Doing) -> int:
        """Do it, and keep what it made; its size."""

        async def tell(done: int) -> None:
            moved = {"state": "running", "done": done, "now": clock.now()}
            await self._ask("move", job_id=job_id, **moved)

        with TemporaryDirectory(prefix="tongxin-paper-") as folder:
            work = Work(Path(folder) / "file", self.press, tell)
            await tell(0)
            await doing(work)
            return await self._kept(job_id, work.path)

    async def _kept(self, job_id: UUID, path: Path) -> int:
        size = no = 0
        with await asyncio.to_thread(path.open, "rb") as file:
            while piece := await asyncio.to_thread(file.read, PIECE):
                await self._ask("keep piece", job_id=job_id, no=no, bytes=piece)
                size, no = size + len(piece), no + 1
        return size

    async def _ask(self, name: str, **params: Any) -> list[Row]:
        rows: list[Row] = await self.pool.fetch(SQL[name].text, *SQL[name].args(params))
        return rows


def is_gone(job: Row) -> bool:
    """Whether the process that did it ended before it was done."""
    return job["state"] in ("waiting", "running") and job["beat_at"] < clock.now() - ALIVE
