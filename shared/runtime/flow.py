"""Everything a service does with facts while it leads: says them, shows them, reacts, and ticks."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import asyncpg

from shared.kernel.decider import AnyDecider
from shared.kernel.policy import AnyPolicy
from shared.runtime import jetstream
from shared.runtime.handle import Handler
from shared.runtime.hear import Ear, OwnLog, Source, Tail
from shared.runtime.jetstream import Login
from shared.runtime.leader import Leader
from shared.runtime.log import logger
from shared.runtime.projector import Lifts, Projector, applying
from shared.runtime.reactions import Reactor
from shared.runtime.reader import Reader
from shared.runtime.rebuild import Progress, up_to_date
from shared.runtime.relay import Relay
from shared.runtime.store import Store
from shared.runtime.ticker import Tick, Ticker
from shared.runtime.view import Views

log = logger()

TELL_PAGES = 50  # A million facts.


@dataclass(frozen=True)
class Flow:
    """The loops of one replica; they run while it leads, and wait while another does."""

    service: str
    dsn: str
    leader: Leader
    store: Store
    login: Login
    views: Views
    handler: Handler
    deciders: Sequence[AnyDecider]
    policies: Sequence[AnyPolicy]
    ticks: Sequence[Tick]

    async def run(self) -> None:
        """Lead whenever nobody else does. Raises what ends one of the loops."""
        await self.leader.run(self._lead)

    async def _lead(self) -> None:
        # A connection of our own, lest requests wait behind thousands of facts.
        async with (
            jetstream.connected(self.login, f"{self.service} flow") as nats,
            applying(self.dsn) as pool,
            asyncio.TaskGroup() as loops,
        ):
            tail = Tail(self.store)

            def source(name: str) -> Source:
                return OwnLog(name, self.store, tail) if name == self.service else Ear(nats, name)

            loops.create_task(tail.run(), name="tail")
            restricted = frozenset[str]().union(*(one.withheld for one in self.deciders))
            relay = Relay(self.service, self.store, tail, nats, restricted)
            loops.create_task(relay.run(), name="relay")
            for name in sorted({policy.hears.source for policy in self.policies}):
                reactor = Reactor(self.service, self.policies, source(name), self.handler, pool)
                loops.create_task(reactor.run(), name=reactor.name)
            for projector in self._projectors(pool):
                await up_to_date(projector, _tell)
                for name in projector.projection.sources:
                    reader = Reader(projector, source(name))
                    loops.create_task(reader.run(), name=reader.name)
            for tick in self.ticks:
                ticker = Ticker(self.service, tick, self.views[tick.view], self.handler)
                loops.create_task(ticker.run(), name=ticker.name)

    def _projectors(self, pool: asyncpg.Pool) -> Iterator[Projector]:
        lifts = lifts_of(self.deciders)
        for view in self.views:
            yield Projector(view.projection, self.service, pool, lifts)


def _tell(progress: Progress) -> None:
    if progress.pages % TELL_PAGES == 0:
        log.info("view under way", **asdict(progress))


def lifts_of(deciders: Sequence[AnyDecider]) -> Lifts:
    """The registries of a service's events, by the name of the event."""
    return {name: decider.events for decider in deciders for name in decider.events.classes}
