"""Read, decide, append; again if someone was faster.

A command seen before is answered with the position it was given then, before anything is decided.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import UUID, uuid5
from weakref import WeakValueDictionary

from pydantic import BaseModel

from shared.kernel.areas import contains
from shared.kernel.decider import AnyDecider, Context
from shared.kernel.envelope import Envelope, Fact
from shared.kernel.errors import Forbidden, Invalid, Missing, No, Refused, Unavailable
from shared.kernel.message import Actor, Command, Event
from shared.runtime import clock, log, problems, telemetry
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.reads import Reads
from shared.runtime.store import Append, Appended, Conflict, Store, Taken

ATTEMPTS_MAX = 5
ANSWER_S = 4.5
"""Whoever asks is answered within this time, be it with "not now"."""

_log = log.logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with everything known about the asking of it.

    `revision` is that of the stream as the asker saw it, if the answer depends on having seen it.
    """

    command: Command
    actor: Actor
    id: UUID
    correlation: UUID
    revision: int | None = None


class Handler:
    """Decides the commands of one service."""

    def __init__(
        self,
        service: str,
        deciders: Iterable[AnyDecider],
        rules: type[BaseModel],
        store: Store,
        charters: Charters,
        areas: Areas,
    ) -> None:
        self._service = service
        self._deciders = {asked: one for one in deciders for asked in one.asked()}
        self.categories = {asked: one.category for asked, one in self._deciders.items()}
        """The aggregate each command is asked of."""
        aggregates = {one.category: one for one in self._deciders.values()}
        self.said = [cls for one in aggregates.values() for cls in one.events.classes.values()]
        """Every kind of fact that can be said here."""
        self._rules = rules
        self._store = store
        self._charters = charters
        self._areas = areas
        self._reads = Reads(store)
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def handle(
        self, command: Command, actor: Actor, command_id: UUID, correlation: UUID
    ) -> Appended:
        """Where the command's facts stand in the log. Raises a No."""
        return await self.answer(Asked(command, actor, command_id, correlation))

    async def handle_many(self, asked: Sequence[Asked]) -> list[Appended | No]:
        """Each command's answer, in order; commands on one stream are handled in that order.

        An error nobody foresaw is that command's answer, and no other's.
        """
        tasks: list[asyncio.Task[Appended | No]] = []
        try:
            async with asyncio.timeout(ANSWER_S), asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._answer_or_no(one)) for one in asked]
        except TimeoutError:
            _log.warning("a batch took too long", commands=len(asked))
        return [Unavailable("not-now") if task.cancelled() else task.result() for task in tasks]

    async def answer(self, asked: Asked) -> Appended:
        """Like `handle`, for a command that may carry the revision its asker saw."""
        try:
            async with asyncio.timeout(ANSWER_S):
                return await self._measured(asked)
        except TimeoutError as late:
            raise Unavailable("not-now") from late

    async def _answer_or_no(self, asked: Asked) -> Appended | No:
        try:
            return await self._measured(asked)
        except No as no:
            return no
        except Exception:
            _log.exception("a command failed", command=type(asked.command).__name__)
            return problems.UNEXPECTED

    async def _measured(self, asked: Asked) -> Appended:
        name = type(asked.command).__name__
        began = perf_counter()
        outcome = "not-now"  # What remains when the time is over.
        try:
            with telemetry.span(f"command {name}", asked.id, asked.correlation):
                appended, outcome = await self._answer(asked)
        except Exception as error:
            outcome = error.code if isinstance(error, No) else "internal"
            raise
        finally:
            telemetry.commanded(name, outcome, perf_counter() - began)
        return appended

    async def _answer(self, asked: Asked) -> tuple[Appended, str]:
        decider = self._deciders[type(asked.command)]
        area = getattr(asked.command, "area", None)
        if area is not None and area not in self._areas:
            raise Invalid("unknown-area", area=area)
        stream = decider.stream(asked.command)
        async with self._turn(stream):
            for _ in range(ATTEMPTS_MAX):
                past = await self._reads.read(stream)
                if seen := _seen(past, asked.id):
                    return seen, "already"
                new = self._decide(decider, past, asked)
                if not new.facts:
                    return _end(stream, past), "already"
                try:
                    return await self._append(new), "said"
                except Conflict:
                    telemetry.CONFLICTS.inc()
        raise Refused("contended", attempts=ATTEMPTS_MAX)

    def _turn(self, stream: UUID) -> asyncio.Lock:
        # Replicas meet at the store; within a process, taking turns spares us the conflicts.
        lock = self._turns.get(stream)
        if lock is None:
            lock = self._turns[stream] = asyncio.Lock()
        return lock

    def _decide(self, decider: AnyDecider, past: list[Envelope], asked: Asked) -> Append:
        command, now = asked.command, clock.now()
        stream = decider.stream(command)
        area = _area(decider, past, command)
        _may(command, asked.actor, area)
        if asked.revision not in (None, len(past)):
            raise Refused("stale", seen=asked.revision, revision=len(past))

        born = past[0].charter if past else None
        charter = (
            self._charters.at(born) if born else self._charters.current(area, clock.today(now))
        )
        rules = charter.rules(self._service, self._rules)
        events = (decider.events.parse(e.type, e.version, e.data) for e in past)
        said = decider.decide(command, decider.fold(events), Context(now, asked.actor, rules))
        return Append(
            stream=stream,
            category=decider.category,
            area=area,
            charter=charter.id,
            actor=str(asked.actor),
            expected=len(past),
            causation=asked.id,
            correlation=asked.correlation,
            at=now,
            facts=[_fact(asked.id, ordinal, event) for ordinal, event in enumerate(said)],
            claims=[claim for event in said for claim in decider.claims(event)],
        )

    async def _append(self, new: Append) -> Appended:
        try:
            appended = await self._store.append(new)
        except Taken as taken:
            raise Refused("taken", scope=taken.scope, key=taken.key) from taken
        if telemetry.tracing():
            for fact in new.facts:
                with telemetry.span(f"event {fact.type}", fact.id, new.correlation):
                    pass
        return appended


def _seen(past: list[Envelope], command_id: UUID) -> Appended | None:
    """Where the facts of this very command stand already."""
    for fact in reversed(past):
        if fact.causation == command_id:
            return Appended(fact.stream, fact.position, fact.revision)
    return None


def _end(stream: UUID, past: list[Envelope]) -> Appended:
    if not past:
        return Appended(stream, 0, 0)
    return Appended(stream, past[-1].position, past[-1].revision)


def _area(decider: AnyDecider, past: list[Envelope], command: Command) -> str:
    """Where the stream lives; a command without `area` cannot start one."""
    if past and past[0].category == decider.category:
        return past[0].area
    area: str | None = None if past else getattr(command, "area", None)
    if area is None:
        name = f"{decider.category}_id"
        raise Missing(f"unknown-{decider.category}", **{name: getattr(command, name)})
    return area


def _may(command: Command, actor: Actor, area: str) -> None:
    if actor.role not in command.may:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(command.may))
    if not contains(actor.area, area):
        raise Forbidden("wrong-place", area=area, yours=actor.area)


def _fact(command_id: UUID, ordinal: int, event: Event) -> Fact:
    data: Any = event.__pydantic_serializer__.to_json(event)
    return Fact(uuid5(command_id, str(ordinal)), type(event).__name__, event.version, data)
