"""Read, decide, append; again if someone was faster.

A command seen before is answered with the position it was given then, before anything is decided.
"""

import asyncio
from collections.abc import Iterable, Sequence
from random import uniform
from time import perf_counter
from uuid import UUID
from weakref import WeakValueDictionary

from pydantic import BaseModel

from shared.kernel.decider import AnyDecider
from shared.kernel.errors import No, Refused, Unavailable
from shared.kernel.message import Actor, Command
from shared.runtime import log, telemetry
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.decision import Asked, Decisions
from shared.runtime.draft import Fault
from shared.runtime.reads import Reads
from shared.runtime.store import Append, Appended, Conflict, Store, Taken
from shared.runtime.together import handle_together, no_of

__all__ = ["ANSWER_S", "Asked", "Handler"]

ATTEMPTS_MAX = 20
AGAIN_S, AGAIN_MAX_S = 0.002, 0.1
ANSWER_S = 4.5
"""Whoever asks is answered within this time, be it with "not now"."""


class Handler:
    """Handles the commands of one service."""

    def __init__(
        self,
        service: str,
        deciders: Iterable[AnyDecider],
        rules: type[BaseModel],
        store: Store,
        charters: Charters,
        areas: Areas,
    ) -> None:
        self.deciders = tuple(deciders)
        self._decisions = Decisions(service, self.deciders, rules, charters, areas)
        self._store = store
        self._reads = Reads(store)
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    def stream(self, command: Command) -> UUID:
        """The stream a command goes to. Raises KeyError for a command of others."""
        return self._decisions.stream(command)

    def check(self, charter_id: str, text: str) -> list[Fault]:
        """What is wrong with a draft of a charter, as far as this service's rules go."""
        return self._decisions.check(charter_id, text)

    async def handle(
        self, command: Command, actor: Actor, command_id: UUID, correlation: UUID
    ) -> Appended:
        """Where the command's facts stand in the log. Raises a No."""
        return await self.answer(Asked(command, actor, command_id, correlation))

    async def answer(self, asked: Asked) -> Appended:
        """Like `handle`, for a command that may carry the revision its asker saw."""
        try:
            async with asyncio.timeout(ANSWER_S):
                return await self._measured(asked)
        except TimeoutError as late:
            raise Unavailable("away") from late

    async def handle_many(self, asked: Sequence[Asked]) -> list[Appended | No]:
        """Each command's answer, in order; commands on one stream are handled in that order.

        An error nobody foresaw is that command's answer, and no other's. Raises Unavailable for
        all: some may have been written then, and asking again tells which.
        """
        try:
            async with asyncio.timeout(ANSWER_S):
                # Where spans are kept, each command is to be a step of its own.
                together = () if telemetry.tracing() else asked
                answers = await handle_together(together, self._decisions, self._store)
                rest = [at for at in range(len(asked)) if at not in answers]
                found = await asyncio.gather(*(self._answer_or_no(asked[at]) for at in rest))
        except TimeoutError as late:
            raise Unavailable("away") from late
        answers.update(zip(rest, found, strict=True))
        return [answers[at] for at in range(len(asked))]

    async def _answer_or_no(self, asked: Asked) -> Appended | No:
        try:
            return await self._measured(asked)
        except Exception as error:
            return no_of(error, asked)

    async def _measured(self, asked: Asked) -> Appended:
        if not asked.command.traced:
            return (await self._answer(asked))[0]
        name = type(asked.command).__name__
        began = perf_counter()
        outcome = "away"  # What remains when the time is over.
        try:
            with (
                log.about(asked.correlation),
                telemetry.span(f"command {name}", asked.id, asked.correlation),
            ):
                appended, outcome = await self._answer(asked)
        except Exception as error:
            outcome = error.code if isinstance(error, No) else "internal"
            raise
        finally:
            telemetry.commanded(name, outcome, perf_counter() - began)
        return appended

    async def _answer(self, asked: Asked) -> tuple[Appended, str]:
        stream = self._decisions.stream(asked.command)
        async with self._turn(stream):
            for attempt in range(ATTEMPTS_MAX):
                await self._yield(attempt)
                decided = self._decisions.on(asked, await self._reads.read(stream))
                if isinstance(decided, Appended):
                    return decided, "already"
                try:
                    return await self._append(decided, traced=asked.command.traced), "said"
                except Conflict:
                    telemetry.CONFLICTS.inc()
        raise Refused("contended", attempts=ATTEMPTS_MAX)

    async def _yield(self, attempt: int) -> None:
        # Of two replicas in step one would lose every time: chance takes them out of step.
        if attempt:
            await asyncio.sleep(uniform(0, min(AGAIN_S * 2**attempt, AGAIN_MAX_S)))  # noqa: S311

    def _turn(self, stream: UUID) -> asyncio.Lock:
        # Replicas meet at the store; within a process, taking turns spares us the conflicts.
        lock = self._turns.get(stream)
        if lock is None:
            lock = self._turns[stream] = asyncio.Lock()
        return lock

    async def _append(self, new: Append, *, traced: bool) -> Appended:
        try:
            appended = await self._store.append(new)
        except Taken as taken:
            raise Refused("taken", scope=taken.scope, key=taken.key) from taken
        if traced and telemetry.tracing():
            for fact in new.facts:
                with telemetry.span(f"event {fact.type}", fact.id, new.correlation):
                    pass
        return appended
