"""What operators order of a service: take letters up again, rebuild a view, verify the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import asyncpg
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from shared.kernel.decider import AnyDecider
from shared.kernel.errors import Missing
from shared.kernel.policy import AnyPolicy
from shared.runtime import sql
from shared.runtime.chain import Broken, Chain
from shared.runtime.flow import lifts_of
from shared.runtime.handle import Handler
from shared.runtime.hear import OwnLog, Tail
from shared.runtime.projection import Projection
from shared.runtime.projector import Projector, applying
from shared.runtime.reactions import Reactor, letters_of
from shared.runtime.rebuild import Progress, rebuild
from shared.runtime.store import Store
from shared.runtime.works import Work

SQL = sql.load(Path(__file__).with_name("operating.sql"))
VERIFY_BATCHES = 50
STREAMS_MAX = 10_000


class Order(BaseModel):
    """What every order names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    operation_id: UUID


class Retry(Order):
    """Take dead letters up again: those of one taker and one stream, of one taker, or all."""

    kind: Literal["retry"]
    name: str = Field(default="", max_length=200)
    stream: UUID | None = None


class Rebuild(Order):
    """Fill a view anew beside the live one, compare, and swap."""

    kind: Literal["rebuild"]
    view: str = Field(max_length=80)


class Verify(Order):
    """Compute the proof of the commits from one position to another; 0 is the end."""

    kind: Literal["verify"]
    first: int = Field(default=1, ge=1)
    last: int = Field(default=0, ge=0)


ORDER: TypeAdapter[Retry | Rebuild | Verify] = TypeAdapter(
    Annotated[Retry | Rebuild | Verify, Field(discriminator="kind")]
)


@dataclass(frozen=True)
class Orders:
    """Carries orders out, beside everything else the service does."""

    service: str
    dsn: str
    store: Store
    handler: Handler
    deciders: Sequence[AnyDecider]
    projections: Sequence[Projection]
    policies: Sequence[AnyPolicy]

    def what(self, order: Retry | Rebuild | Verify) -> str:
        """What is ordered, in a few words. Raises Missing for a view there is none of."""
        match order:
            case Retry():
                return " ".join(filter(None, (order.name, str(order.stream or ""))))
            case Rebuild():
                self._projection(order.view)
                return order.view
            case Verify():
                return f"{order.first}-{order.last or ''}"

    async def carry_out(self, order: Retry | Rebuild | Verify, work: Work) -> str:
        """Do it, and say what came of it. Raises whatever stops it."""
        match order:
            case Retry():
                return await self._retry(order, work)
            case Rebuild():
                return await self._rebuild(order, work)
            case Verify():
                return await self._verify(order, work)

    def _projection(self, name: str) -> Projection:
        found = next((one for one in self.projections if one.name == name), None)
        if found is None:
            raise Missing("no-such-view", view=name, service=self.service)
        return found

    async def _rebuild(self, order: Rebuild, work: Work) -> str:
        def tell(progress: Progress) -> None:
            work.progress(progress.done, progress.total)

        async with applying(self.dsn) as pool:
            projector = Projector(
                self._projection(order.view), self.service, pool, lifts_of(self.deciders)
            )
            built = await rebuild(projector, tell)
        work.progress(built.facts, built.facts)
        return f"{built.facts} {'same' if built.same else 'differs'}"

    async def _retry(self, order: Retry, work: Work) -> str:
        """Stream by stream; what still stops one does not stop the others."""
        taken, stopped = 0, []
        async with applying(self.dsn) as pool:
            rows = await pool.fetch(
                self._text("streams with letters"), order.name, order.stream, STREAMS_MAX
            )
            for number, (name, stream, _) in enumerate(rows, 1):
                try:
                    taken += await self._replay(pool, name, stream)
                except Exception as error:
                    stopped.append(f"{name} {stream}: {error}")
                work.progress(number, len(rows))
        if stopped:
            raise RuntimeError("; ".join(stopped[:3]))
        return str(taken)

    async def _replay(self, pool: asyncpg.Pool, name: str, stream: UUID) -> int:
        for projection in self.projections:
            if projection.name == name:
                lifts = lifts_of(self.deciders)
                return await Projector(projection, self.service, pool, lifts).replay(stream)
        taken = 0
        for policy in self.policies:
            if letters_of(policy) == name:
                source = OwnLog(policy.hears.source, self.store, Tail(self.store))
                reactor = Reactor(self.service, [policy], source, self.handler, pool)
                taken += await reactor.replay(policy, stream)
        return taken

    async def _verify(self, order: Verify, work: Work) -> str:
        """From the commit that holds the first position; before it the recorded chain is taken."""
        last = order.last or await self.store.last()
        chain = await self._chain_before(order.first)
        began, commits = chain.last, 0
        while chain.last < last:
            batches = await self.store.batches(chain.last, VERIFY_BATCHES)
            if not batches:
                raise Broken(chain.last + 1, "a fact that no commit recorded")
            start = chain.last
            facts = await self.store.after(start, batches[-1].last - start)
            for batch in batches:
                if chain.last < last:
                    chain.verify(batch, facts[batch.first - start - 1 : batch.last - start])
                    commits += 1
            work.progress(min(chain.last, last) - began, last - began)
        return f"{began + 1}-{chain.last} {commits} {chain.value.hex()}"

    async def _chain_before(self, position: int) -> Chain:
        chain = Chain(self.service)
        if position > 1:
            async with applying(self.dsn) as pool:
                row = await pool.fetchrow(self._text("batch before"), position - 1)
            if row:
                chain.last, chain.value = row
        return chain

    def _text(self, name: str) -> str:
        return SQL[name].text.replace("log.", f'"{self.service}".')
