"""Long works of one replica: what an operator ordered, how far it is, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.kernel.errors import Refused
from shared.runtime import clock, log

KEPT_MAX = 20
RUNNING_MAX = 2

_log = log.logger()

State = Literal["running", "done", "failed"]


@dataclass
class Work:
    """One work: `done` of `total` steps, and in the end its result or what stopped it."""

    id: UUID
    kind: str
    what: str
    began_at: datetime = field(default_factory=clock.now)
    state: State = "running"
    done: int = 0
    total: int = 0
    result: str = ""
    ended_at: datetime | None = None

    def progress(self, done: int, total: int) -> None:
        """Note how far it is."""
        self.done, self.total = done, total

    def told(self) -> dict[str, Any]:
        """As others are told."""
        return {
            "id": str(self.id),
            "kind": self.kind,
            "what": self.what,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "result": self.result,
            "began_at": self.began_at.isoformat(),
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


class Works:
    """The works of this replica, the latest KEPT_MAX of them."""

    def __init__(self) -> None:
        self._works: dict[UUID, Work] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Work, doing: Callable[[Work], Awaitable[str]]) -> Work:
        """Do it in the background; `doing` answers what came of it. Begun again, it is the same.

        Raises Refused('too-busy').
        """
        if known := self._works.get(work.id):
            return known
        if len(self._tasks) >= RUNNING_MAX:
            raise Refused("too-busy", running=len(self._tasks), limit=RUNNING_MAX)
        while len(self._works) >= KEPT_MAX and (old := self._oldest_ended()):
            del self._works[old]
        self._works[work.id] = work
        task = asyncio.create_task(self._do(work, doing), name=f"{work.kind} {work.what}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return work

    def __iter__(self) -> Iterator[Work]:
        return iter(self._works.values())

    def stop(self) -> None:
        """Give up what is under way; what was committed stays."""
        for task in self._tasks:
            task.cancel()

    def _oldest_ended(self) -> UUID | None:
        return next((one.id for one in self._works.values() if one.state != "running"), None)

    async def _do(self, work: Work, doing: Callable[[Work], Awaitable[str]]) -> None:
        try:
            work.result = await doing(work)
            work.state = "done"
        except asyncio.CancelledError:
            work.state, work.result = "failed", "stopped"
            raise
        except Exception as error:
            # Whatever stops a work is for the operator to read; the service goes on.
            _log.exception("a work failed", kind=work.kind, what=work.what)
            work.state, work.result = "failed", str(error) or repr(error)
        finally:
            work.ended_at = clock.now()
