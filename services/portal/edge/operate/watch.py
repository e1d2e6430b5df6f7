"""Looks after all services for the pages of operators: asks them in turn, and keeps the answers.

While somebody looks they are asked every second, otherwise seldom. A service that does not answer
is told as away, with what was last known of it; the pages go on.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NoReturn
from uuid import UUID, uuid5

from services.portal.projections.operations import OPERATIONS
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import No
from shared.kernel.message import Actor
from shared.runtime import clock, log
from shared.runtime.asker import Asker
from shared.runtime.postgres import AWAY
from shared.runtime.view import View, Views

SERVICES = ("topics", "meetings", "outcomes", "notify", "exchange", "portal")
WATCHER = Actor("portal:watch", "operator", EVERYWHERE)
EACH_S = 0.3
SOON_S, SELDOM_S = 1.0, 10.0
LOOKED_S = 30.0
QUIET_S = 15.0
RECONNECT_MS = 3000
LOST_S = 60.0
GONE_S = 3600.0

Told = Mapping[str, Any]

_log = log.logger()


@dataclass
class Known:
    """What is known of one service: its replicas, its state, and since when it does not answer."""

    service: str
    replicas: Sequence[Told] = ()
    gone: dict[str, Told] = field(default_factory=dict)
    state: Told | None = None
    away_since: datetime | None = None

    @property
    def works(self) -> list[Told]:
        """What its replicas do, or did of late."""
        return [work for one in self.replicas for work in one["works"]]

    @property
    def letters(self) -> Sequence[Told]:
        """How many dead letters wait for whom."""
        found: Sequence[Told] = self.state["letters"] if self.state else ()
        return found

    @property
    def well(self) -> bool:
        """Whether every replica that answers has all it needs."""
        return all(all(one["ready"].values()) for one in self.replicas)

    def heard(self, replicas: Sequence[Told], now: datetime) -> None:
        """Note who answered; whoever did before and does not now is gone for a while."""
        here = {one["id"] for one in replicas}
        for one in self.replicas:
            if one["id"] not in here:
                self.gone[one["id"]] = {**one, "gone_at": now}
        late = now - timedelta(seconds=GONE_S)
        self.gone = {
            key: one for key, one in self.gone.items() if key not in here and one["gone_at"] > late
        }
        self.replicas = sorted(replicas, key=lambda one: (not one["leads"], one["since"]))
        self.away_since = None if replicas else self.away_since or now


class Watch:
    """The pages' eye on all services."""

    def __init__(self, asker: Asker, views: Views) -> None:
        self._asker = asker
        self._operations: View = views[OPERATIONS]
        self._looked = clock.now() - timedelta(seconds=LOOKED_S)
        self._stirred = asyncio.Event()
        self.known = {service: Known(service) for service in SERVICES}
        self.at: datetime | None = None

    async def look(self) -> Mapping[str, Known]:
        """Everything, as of at most a second ago where somebody was looking already."""
        fresh = self.at and clock.now() - self.at < timedelta(seconds=2 * SOON_S)
        self._looked = clock.now()
        if not fresh:
            await self.ask_all()
        return self.known

    async def run(self) -> NoReturn:
        """Ask again and again; also writes down what came of operations."""
        while True:
            looked = clock.now() - self._looked < timedelta(seconds=LOOKED_S)
            with suppress(No, *AWAY):
                await self.ask_all()
                await self._end_operations()
            await asyncio.sleep(SOON_S if looked else SELDOM_S)

    async def ask_all(self) -> None:
        """Ask every replica who it is, and every service how it stands."""
        before = self.mark
        await asyncio.gather(*map(self._ask, self.known.values()))
        self.at = clock.now()
        if self.mark != before:
            self._stirred.set()
            self._stirred = asyncio.Event()

    @property
    def mark(self) -> str:
        """A value that is another whenever the pages would be, but for sizes and seconds."""
        told = [
            (
                [(one["id"], one["leads"], one["ready"], one["works"]) for one in known.replicas],
                sorted(known.gone),
                known.state and {**known.state, "at": "", "oldest_s": 0, "connections": {}},
            )
            for known in self.known.values()
        ]
        return sha256(repr(told).encode()).hexdigest()[:16]

    async def events(self, seen: str, stopping: asyncio.Event) -> AsyncIterator[str]:
        """For an open page: that something changed, and signs of life."""
        yield f"retry: {RECONNECT_MS}\n\n"
        while not stopping.is_set():
            self._looked = clock.now()
            stirred = self._stirred
            if (now := self.mark) != seen:
                yield f"id: {now}\nevent: changed\ndata: {now}\n\n"
                seen = now
            try:
                async with asyncio.timeout(QUIET_S):
                    await stirred.wait()
            except TimeoutError:
                yield ": quiet\n\n"

    async def _ask(self, known: Known) -> None:
        replicas: Sequence[Told] = []
        with suppress(No):
            replicas = await self._asker.each(known.service, WATCHER, EACH_S)
        known.heard(replicas, clock.now())
        with suppress(No):
            known.state = await self._asker.operate(
                known.service, "State", {}, WATCHER, clock.new_id()
            )

    async def _end_operations(self) -> None:
        """What was ordered and is over; or what nobody knows of any more."""
        works = {one["id"]: one for known in self.known.values() for one in known.works}
        for row in await self._operations.ask("open"):
            work = works.get(str(row["operation_id"]))
            if work and work["state"] != "running":
                await self.end(row["operation_id"], work["state"], work["result"])
            elif not work and clock.now() - row["at"] > timedelta(seconds=LOST_S):
                await self.end(row["operation_id"], "lost", "")

    async def end(self, operation_id: UUID, outcome: str, result: str) -> None:
        """Write down what came of an operation; twice is once."""
        data = {
            "operation_id": str(operation_id),
            "outcome": outcome,
            "result": result[:2000],
        }
        command_id = uuid5(operation_id, "ended")
        await self._asker.ask("portal", "EndOperation", data, WATCHER, command_id, operation_id)
