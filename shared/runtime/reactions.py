"""Runs policies: a fact is heard, a command is asked of our own service.

The command's id follows from the fact's id and the policy's name, so that what is heard again, by
us or by another leader, is asked once. Reactions to the facts of one stream, and commands to one
stream of ours, keep the order of the facts; the rest goes on side by side.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg

from shared.kernel.areas import EVERYWHERE
from shared.kernel.envelope import Envelope
from shared.kernel.errors import No, Unavailable
from shared.kernel.message import SYSTEM, Actor
from shared.kernel.policy import AnyPolicy, hear
from shared.runtime import sql, telemetry, wire
from shared.runtime.handle import Asked, Handler
from shared.runtime.hear import Source
from shared.runtime.log import about, logger
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY

log = logger()

SQL = sql.load(Path(__file__).with_suffix(".sql"))
CHECKPOINT = "policies"
SIDE_BY_SIDE_MAX = 64
RETRY_S, RETRY_MAX_S = 0.1, 5.0
CONTENDED = "contended"


def actor_of(service: str, name: str) -> Actor:
    """Who asks when a policy or a clock of a service asks."""
    return Actor(id=f"{service}:{name}", role=SYSTEM, area=EVERYWHERE)


def asked_because(
    service: str, policy: AnyPolicy, fact: Envelope, at: datetime | None = None
) -> Iterator[Asked]:
    """What a policy of a service asks because of a fact, in order; perhaps at a told moment."""
    actor = actor_of(service, policy.name)
    for ordinal, command in enumerate(policy.commands(hear(policy.hears, fact))):
        command_id = policy.command_id(fact.id, ordinal)
        yield Asked(command, actor, command_id, fact.correlation, charter=fact.charter, at=at)


class Reactor:
    """The policies of one service that hear one source."""

    def __init__(
        self,
        service: str,
        policies: Iterable[AnyPolicy],
        source: Source,
        handler: Handler,
        pool: asyncpg.Pool,
    ) -> None:
        self.name = f"{service} reacts to {source.name}"
        self._service = service
        self._source = source
        self._handler = handler
        self._pool = pool
        self._sql = {name: s.text.replace("log.", f'"{service}".') for name, s in SQL.items()}
        self._policies: dict[str, list[AnyPolicy]] = defaultdict(list)
        for policy in policies:
            if policy.hears.source == source.name:
                self._policies[policy.hears.__name__].append(policy)
        self._free = asyncio.Semaphore(SIDE_BY_SIDE_MAX)
        self._parked: set[tuple[str, UUID]] = set()

    async def run(self) -> None:
        """React to what is said, batch by batch, from our own checkpoint on."""
        source = self._source.name
        position = await self._pool.fetchval(self._sql["seen"], CHECKPOINT, source) or 0
        try:
            while True:
                facts = await self._source.next(position)
                await self._react_to_all(await facts.envelopes(self._policies.keys()))
                position = facts.last
                await self._pool.execute(self._sql["advance"], CHECKPOINT, source, position)
        finally:
            await self._source.close()

    async def replay(self, policy: AnyPolicy, stream: UUID) -> int:
        """React after all to the parked facts of a stream; says how many. Raises what stops it."""
        key = (letters_of(policy), self._source.name)
        letters = await self._pool.fetch(self._sql["letters"], *key, stream)
        for position, envelope in letters:
            await self._react(policy, wire.from_json(envelope))
            await self._pool.execute(self._sql["forget"], *key, position)
        return len(letters)

    async def _react_to_all(self, facts: Sequence[Envelope]) -> None:
        names = [letters_of(policy) for heard in self._policies.values() for policy in heard]
        rows = await self._pool.fetch(self._sql["parked"], names, self._source.name)
        self._parked = {(name, stream) for name, stream in rows}
        latest: dict[UUID, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as reactions:
            for fact in facts:
                for policy in self._policies[fact.type]:
                    touched = {fact.stream, *self._streams_asked(policy, fact)}
                    before = {latest[stream] for stream in touched if stream in latest}
                    task = reactions.create_task(self._react_after(before, policy, fact))
                    latest.update(dict.fromkeys(touched, task))

    def _streams_asked(self, policy: AnyPolicy, fact: Envelope) -> Iterable[UUID]:
        """The streams of ours that a reaction writes to; none of one that will be parked."""
        try:
            commands = policy.commands(hear(policy.hears, fact))
            return [self._handler.stream(command) for command in commands]
        except Exception:
            return []

    async def _react_after(
        self, before: Collection[asyncio.Task[None]], policy: AnyPolicy, fact: Envelope
    ) -> None:
        if before:
            await asyncio.wait(before)
        async with self._free:
            await self._react_or_park(policy, fact)

    async def _react_or_park(self, policy: AnyPolicy, fact: Envelope) -> None:
        letter = (letters_of(policy), fact.stream)
        if letter in self._parked:
            await self._park(policy, fact, "an earlier fact of its stream is parked")
            return
        try:
            await self._react(policy, fact)
        except AWAY:
            raise
        except Exception as error:
            log.exception("fact parked", policy=policy.name, fact=fact.type, position=fact.position)
            self._parked.add(letter)
            await self._park(policy, fact, repr(error))

    async def _react(self, policy: AnyPolicy, fact: Envelope) -> None:
        for asked in asked_because(self._service, policy, fact):
            name = f"reaction {policy.name}"
            with (
                about(fact.correlation),
                telemetry.span(name, uuid5(asked.id, name), fact.correlation, parent=fact.id),
            ):
                outcome = await ask(self._handler, asked)
            telemetry.REACTIONS.labels(policy.name, outcome).inc()

    async def _park(self, policy: AnyPolicy, fact: Envelope, error: str) -> None:
        letter = (letters_of(policy), self._source.name, fact.position, fact.stream, fact.type)
        envelope = wire.to_json(fact)
        await self._pool.execute(self._sql["park"], *letter, error, envelope)


def letters_of(policy: AnyPolicy) -> str:
    """The name under which a policy's dead letters wait."""
    return f"policy {policy.name}"


async def ask(handler: Handler, asked: Asked) -> str:
    """Ask until it is answered; a no is an answer too. Says what became of it."""
    wait = RETRY_S
    while True:
        try:
            await handler.answer(asked)
        except No as no:
            if not isinstance(no, Unavailable) and no.code != CONTENDED:
                # An answer, not a failure: asking again would not help.
                name = type(asked.command).__name__
                log.info("refused", asker=asked.actor.id, command=name, reason=str(no))
                return no.code
            await pause(wait)
            wait = min(2 * wait, RETRY_MAX_S)
        else:
            return "done"
