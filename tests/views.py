"""The law of views, tried: however facts are cut into batches and sources interleave, same rows.

async with history(pg, [(service, stream, event), …]) as dsn:
    await keeps_the_law(dsn, "notify", INBOX, DECIDERS)
    async with filled(dsn, "notify", INBOX, DECIDERS) as view:
        rows = await view.ask("of reader", …)
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from pydantic_core import to_json

from shared.kernel.decider import AnyDecider
from shared.kernel.envelope import Fact
from shared.kernel.message import Event
from shared.kernel.registry import Registry
from shared.runtime import copies
from shared.runtime.digest import Digest, digest_of
from shared.runtime.facts import Logged
from shared.runtime.migrate import migrate
from shared.runtime.projection import Projection
from shared.runtime.projector import Projector
from shared.runtime.store import Append
from shared.runtime.view import View
from tests.runtime.flows import log, shown
from tests.runtime.logs import PASSWORD
from tests.servers import Postgres
from tests.spec import NOW

AREA = "511623100013"
TRIES = 8

Said = tuple[str, UUID, Event]
"""A service, the stream, and what is said there."""


@dataclass(frozen=True)
class Frame:
    """Where and when a fact was said, and under which charter."""

    area: str = AREA
    at: datetime = NOW
    charter: str = "511623@1"


@asynccontextmanager
async def history(
    pg: Postgres,
    said: Sequence[Said],
    areas: Mapping[UUID, str] | None = None,
    step: timedelta = timedelta(),
    frames: Sequence[Frame] = (),
    also: Sequence[str] = (),
) -> AsyncIterator[str]:
    """A database in whose logs all this was said, in this order; the admin's way in.

    The first facts have these `frames`; for all others `areas` are those of streams that live
    elsewhere than in AREA, and `step` is the time between facts. `also` are
    services that have a log, though they said nothing.
    """
    dsn = await pg.fresh_database()
    where = areas or {}
    framed = [
        frames[n] if n < len(frames) else Frame(where.get(stream, AREA), NOW + n * step)
        for n, (_, stream, _) in enumerate(said)
    ]
    services = dict.fromkeys(sorted({*also, *(service for service, _, _ in said)}), PASSWORD)
    await migrate(dsn, services)
    for service in services:
        async with log(dsn, service) as store:
            for new in _appends(service, said, framed):
                await store.append(new)
    yield dsn


def _appends(service: str, said: Sequence[Said], frames: Sequence[Frame]) -> Iterator[Append]:
    revisions: dict[UUID, int] = {}
    for n, (name, stream, event) in enumerate(said):
        if name != service:
            continue
        frame, cause = frames[n], uuid5(stream, str(n))
        fact = Fact(uuid5(cause, "0"), type(event).__name__, event.version, to_json(event))
        yield Append(
            stream=stream, category=_category(event), area=frame.area, charter=frame.charter,
            actor="lin/convenor", expected=revisions.get(stream, 0), causation=cause,
            correlation=cause, at=frame.at, facts=[fact],
        )  # fmt: skip
        revisions[stream] = revisions.get(stream, 0) + 1


def _category(event: Event) -> str:
    """An aggregate is a folder, and its name is the category of its streams."""
    parts = type(event).__module__.split(".")
    return parts[parts.index("domain") + 1]


async def keeps_the_law(
    dsn: str, service: str, projection: Projection, deciders: Sequence[AnyDecider]
) -> None:
    """One fact at a time, all at once, and some ways between: always the same rows."""
    digests = []
    async with shown(dsn, service, projection, lifts(deciders)) as keeping:
        for n in range(TRIES):
            copy = keeping.projector.beside(f"__try{n}")
            await fill(copy, Random(n), batch_max=(1, 1_000, 4)[min(n, 2)])
            digests.append(await _digest(copy))
    assert any(rows for rows in digests[0].rows().values())
    for other in digests[1:]:
        assert [] == digests[0].differs(other)


@asynccontextmanager
async def filled(
    dsn: str, service: str, projection: Projection, deciders: Sequence[AnyDecider]
) -> AsyncIterator[View]:
    """The view of all that was said."""
    async with shown(dsn, service, projection, lifts(deciders)) as keeping:
        await fill(keeping.projector, Random(0), batch_max=1_000)
        yield keeping.view


def lifts(deciders: Sequence[AnyDecider]) -> dict[str, Registry[Event]]:
    return {name: decider.events for decider in deciders for name in decider.events.classes}


async def fill(copy: Projector, chance: Random, batch_max: int) -> None:
    """Let a copy hear everything, in batches of at most so many facts, as chance will have it."""
    await copies.make(copy)
    left = {source: await _last(copy, source) for source in copy.projection.sources}
    while any(left.values()):
        source = chance.choice([source for source, n in left.items() if n])
        seen = await copy.seen(source)
        batch = min(left[source], chance.randint(1, batch_max) if batch_max < 1_000 else batch_max)
        await copy.apply(Logged(source, seen, seen + batch))
        left[source] -= batch


async def _last(copy: Projector, source: str) -> int:
    async with copy.pool.acquire() as connection:
        last: int = await connection.fetchval(f'SELECT count(*) FROM "{source}".events')
        return last


async def _digest(copy: Projector) -> Digest:
    async with copy.pool.acquire() as connection:
        return await digest_of(connection, copy.schema)
