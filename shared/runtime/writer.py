"""Writes the log: one writer per process, one commit for all who wait.

append ─┐
append ─┼─▶ waiting ──▶ one statement, one commit ──▶ each is told its position, or no
append ─┘      ▲                                              │
               └──── while it runs, the next ones gather ◀────┘
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

from shared.runtime import log, telemetry
from shared.runtime.append import Append, Conflict, Row, Taken
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY, STATEMENT_S, connect
from shared.runtime.sql import load

APPEND = load(Path(__file__).with_name("store.sql"))["append"].text

FACTS_MAX = 512
BYTES_MAX = 1_000_000
RETRY_S = 0.1

_log = log.logger()


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """An append as rows, and who waits for the position of its last fact."""

    stream: UUID
    facts: list[Row]
    claims: list[Row]
    size: int
    answer: asyncio.Future[int]


class Writer:
    """Appends what is put into it, in batches, over a connection of its own."""

    def __init__(self, dsn: str, schema: str) -> None:
        self.woken = asyncio.Event()
        self._dsn = dsn
        self._schema = schema
        self._waiting: deque[Waiting] = deque()
        self._filled = asyncio.Event()
        self._connection: asyncpg.Connection | None = None
        telemetry.APPENDS_WAITING.set_function(lambda: len(self._waiting))

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, new: Append) -> asyncio.Future[int]:
        """Join the next batch. Whoever gives up cancels the future.

        It raises Conflict, Taken, or what asyncpg raises for facts that no log can hold.
        """
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        # The rows are made here, while the commit before is still under way.
        waiting = Waiting(new.stream, new.rows(), new.claim_rows(), new.size, answer)
        self._waiting.append(waiting)
        self._filled.set()
        return answer

    async def run(self) -> None:
        """Write for ever."""
        while True:
            if not self._waiting:
                self._filled.clear()
                await self._filled.wait()
            await self._write(self._gather())

    async def close(self) -> None:
        """Leave the server."""
        if self._connection:
            await self._connection.close()

    def _gather(self) -> list[Waiting]:
        """The next batch: who waits longest, one command per stream."""
        batch: list[Waiting] = []
        later: list[Waiting] = []
        streams: set[UUID] = set()
        facts = size = 0
        while self._waiting and facts < FACTS_MAX and size < BYTES_MAX:
            waiting = self._waiting.popleft()
            if waiting.stream in streams:
                later.append(waiting)
                continue
            batch.append(waiting)
            streams.add(waiting.stream)
            facts += len(waiting.facts)
            size += waiting.size
        self._waiting.extendleft(reversed(later))
        return batch

    async def _write(self, batch: Sequence[Waiting]) -> None:
        """Commit a batch and answer it, for as long as anybody in it waits.

        Where the connection was lost nobody knows whether it was committed, so it is sent again:
        what the log already holds is a conflict then, in which the store recognises its own facts.
        """
        while batch := [waiting for waiting in batch if not waiting.answer.done()]:
            try:
                async with asyncio.timeout(STATEMENT_S):
                    row = await self._send(batch)
            except AWAY as error:
                self._leave(error)
                await pause(RETRY_S)
            except asyncpg.PostgresError as error:
                await self._part(batch, error)
            else:
                _answer(batch, row)
                self._wake()

    async def _send(self, batch: Sequence[Waiting]) -> asyncpg.Record:
        if self._connection is None:
            self._connection = await connect(self._dsn, self._schema)
        facts = [row for waiting in batch for row in waiting.facts]
        claims = [row for waiting in batch for row in waiting.claims]
        telemetry.APPEND_EVENTS.observe(len(facts))
        with telemetry.COMMIT_SECONDS.time():
            return await self._connection.fetchrow(APPEND, facts, claims)

    def _leave(self, error: Exception) -> None:
        if self._connection is not None:
            _log.warning("the log is away", schema=self._schema, error=str(error))
            self._connection.terminate()
            self._connection = None

    async def _part(self, batch: Sequence[Waiting], error: asyncpg.PostgresError) -> None:
        """Some command makes the statement fail: it is found by halves, and fails alone."""
        if len(batch) == 1:
            batch[0].answer.set_exception(error)
            return
        half = len(batch) // 2
        await self._write(batch[:half])
        await self._write(batch[half:])

    def _wake(self) -> None:
        woken, self.woken = self.woken, asyncio.Event()
        woken.set()


def _answer(batch: Sequence[Waiting], row: asyncpg.Record) -> None:
    """Tell everyone in a batch: positions go on from `base` in the order of those accepted."""
    conflicting = set(row["conflicting"])
    taken = {claim["stream"]: claim for claim in row["taken"]}
    position = row["base"]
    for waiting in batch:
        no: Exception | None = None
        if waiting.stream in conflicting:
            no = Conflict(f"stream {waiting.stream} has moved on")
        elif claim := taken.get(waiting.stream):
            no = Taken(claim["scope"], claim["key"])
        else:
            position += len(waiting.facts)
        if waiting.answer.done():
            continue
        if no:
            waiting.answer.set_exception(no)
        else:
            waiting.answer.set_result(position)
