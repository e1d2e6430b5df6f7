"""A service's own view over a log in a fresh database, and the law that every view keeps."""

import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4, uuid5

from shared.kernel.decider import AnyDecider
from shared.kernel.envelope import Fact
from shared.kernel.message import Event
from shared.runtime import copies
from shared.runtime.digest import digest_of
from shared.runtime.facts import Logged
from shared.runtime.migrate import migrate
from shared.runtime.projection import Projection
from shared.runtime.store import Append, Store
from tests.runtime.flows import Shown, log, shown
from tests.runtime.logs import PASSWORD, login
from tests.servers import Postgres
from tests.spec import NOW


@dataclass
class Board:
    """A view, made and empty, and the log it reads; a minute passes between two facts."""

    store: Store
    shown: Shown
    deciders: Sequence[AnyDecider]
    _revisions: Counter[UUID] = field(default_factory=Counter)

    async def tell(self, *facts: Event, area: str) -> None:
        """Let facts be said in this order, and shown one by one."""
        after = self._revisions.total()
        for fact in facts:
            await self.store.append(self._append(fact, area))
        for position in range(after, self._revisions.total()):
            await self.shown.projector.apply(Logged(self.store.schema, position, position + 1))

    async def ask(self, question: str, **params: object) -> list[dict[str, object]]:
        """What the view answers."""
        return [dict(row) for row in await self.shown.view.ask(question, **params)]

    async def digests(self, cuts_of: int = 5) -> set[str]:
        """What the view holds when it hears everything again, cut into batches in many ways."""
        last = self._revisions.total()
        dice = random.Random(0)
        cuts = [list(range(1, last)), []]
        cuts += [sorted(dice.sample(range(1, last), last // 4)) for _ in range(cuts_of)]
        return {await self._digest([0, *cut, last]) for cut in cuts}

    async def _digest(self, cut: Sequence[int]) -> str:
        copy = self.shown.projector.beside(copies.NEXT)
        await copies.make(copy)
        for after, upto in pairwise(cut):
            await copy.apply(Logged(self.store.schema, after, upto))
        async with copy.pool.acquire() as connection:
            return (await digest_of(connection, copy.schema)).hex

    def _append(self, fact: Event, area: str) -> Append:
        decider = next(d for d in self.deciders if type(fact).__name__ in d.events.classes)
        stream: UUID = getattr(fact, f"{decider.category}_id")
        revision, command = self._revisions[stream], uuid4()
        at = NOW + timedelta(minutes=self._revisions.total())
        self._revisions[stream] += 1
        data = fact.model_dump_json().encode()
        return Append(
            stream=stream,
            category=decider.category,
            area=area,
            charter="511623@1",
            actor="lin/convenor",
            expected=revision,
            causation=command,
            correlation=command,
            at=at,
            facts=[Fact(uuid5(command, "0"), type(fact).__name__, fact.version, data)],
        )


@asynccontextmanager
async def board(
    pg: Postgres, service: str, projection: Projection, deciders: Sequence[AnyDecider]
) -> AsyncIterator[Board]:
    """The view of a service over its own log, both empty at first."""
    admin_dsn = await pg.fresh_database()
    await migrate(admin_dsn, {service: PASSWORD})
    async with (
        log(admin_dsn, service) as store,
        shown(login(admin_dsn, service), service, projection) as view,
    ):
        await copies.make(view.projector)
        yield Board(store, view, deciders)
