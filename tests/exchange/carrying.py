"""A deployment's webhooks without the rest of it: the tables, a vault, and facts to be told."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg

from services.exchange.effects.hooks.book import SQL, Book, make_tables
from services.exchange.effects.hooks.carrier import Carrier
from services.exchange.effects.hooks.messages import Told, Wanted
from services.exchange.effects.hooks.schedule import Schedule
from services.exchange.effects.hooks.settings import HookSettings
from services.exchange.effects.hooks.signing import PREFIX
from shared.kernel.areas import contains
from shared.runtime import clock, vault
from shared.runtime.vault import Vault
from tests.runtime.logs import login
from tests.servers import Postgres
from tests.views import history

COUNTY = "511623000000"
TOPIC = uuid4()
SETTINGS = HookSettings(networks="127.0.0.0/8", timeout_s=2, in_flight=4)
SOON = timedelta(milliseconds=20)
QUICK = Schedule(again=(SOON,) * 4, knock=(SOON,) * 2)
PATIENCE_S = 120


@dataclass
class Facts:
    """What is told: a list, in place of the view."""

    told: list[Told] = field(default_factory=list)
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, count: int = 1, area: str = COUNTY, kind: str = "TopicApproved") -> list[str]:
        """Some more facts; their ids."""
        first = len(self.told) + 1
        made = [
            Told(
                n, uuid5(TOPIC, str(n)), TOPIC, area, kind, 1, clock.now(), TOPIC,
                f'{{"title": "修路 {n}"}}',
            )
            for n in range(first, first + count)
        ]  # fmt: skip
        self.told += made
        self._more.set()
        self._more = asyncio.Event()
        return [str(one.fact_id) for one in made]

    async def head(self) -> int:
        """See `Feed`."""
        return len(self.told)

    async def after(self, position: int, wanted: Wanted, most: int) -> list[Told]:
        """See `Feed`."""
        areas, kinds = wanted.areas, wanted.kinds
        told = [
            one
            for one in self.told[position:]
            if any(contains(area, one.area) for area in areas) and (not kinds or one.type in kinds)
        ]
        return told[:most]

    async def at(self, positions: Sequence[int]) -> list[Told]:
        """See `Feed`."""
        return [self.told[n - 1] for n in positions]

    async def since(self, moment: datetime) -> int:
        """See `Feed`."""
        return next((one.position - 1 for one in self.told if one.at >= moment), len(self.told))

    async def moved(self) -> None:
        """See `Feed`."""
        await self._more.wait()


@dataclass
class Hooks:
    """The webhooks of one deployment."""

    pool: asyncpg.Pool
    schedule: Schedule = QUICK
    settings: HookSettings = SETTINGS
    facts: Facts = field(default_factory=Facts)
    gone: list[UUID] = field(default_factory=list)
    secrets: dict[UUID, list[str]] = field(default_factory=dict)

    async def subscribe(
        self, url: str, areas: Sequence[str] = (COUNTY,), kinds: Sequence[str] = ()
    ) -> UUID:
        """A live subscription, with a secret."""
        one = uuid4()
        opened = {"agency_id": uuid4(), "url": url, "areas": list(areas), "kinds": list(kinds)}
        await self.do("open", subscription_id=one, **opened)
        await self.do("approve", subscription_id=one, position=len(self.facts.told))
        await self.give_secret(one, None)
        return one

    async def give_secret(self, one: UUID, old_until: datetime | None) -> str:
        """A new one; the one before is good until then."""
        known = self.secrets.setdefault(one, [])
        secret = PREFIX + b64encode(bytes([len(known) + 1]) * 32).decode()
        known.append(secret)
        sealed = await Vault(self.pool).seal(one, secret)
        await self.do("give secret", subscription_id=one, secret=sealed, old_until=old_until)
        return secret

    def carrier(self) -> Carrier:
        """Who carries."""

        async def gone(one: UUID) -> None:
            self.gone.append(one)
            await self.do("end", subscription_id=one)

        book = Book(self.pool, self.schedule)
        return Carrier(book, Vault(self.pool), self.facts, self.settings, gone)

    async def do(self, name: str, **values: object) -> None:
        """One statement of the book."""
        await self.pool.execute(SQL[name].text, *SQL[name].args(values))

    async def target(self, one: UUID) -> dict[str, Any]:
        """How a target fares."""
        asked = "SELECT * FROM exchange__hooks.targets WHERE subscription_id = $1"
        return dict(await self.pool.fetchrow(asked, one))

    async def states(self, one: UUID) -> dict[str, int]:
        """How many messages are in each state."""
        asked = """SELECT state, count(*) FROM exchange__hooks.messages
                    WHERE subscription_id = $1 GROUP BY state"""
        return dict(await self.pool.fetch(asked, one))

    async def until(self, one: UUID, **wanted: int) -> None:
        """Returns when as many messages are in these states, and none in another."""
        await eventually(lambda: self.states(one), lambda found: found == wanted)

    async def until_target(self, one: UUID, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Returns when this holds of a target."""
        await eventually(lambda: self.target(one), holds)


async def eventually[T](ask: Callable[[], Awaitable[T]], holds: Callable[[T], bool]) -> None:
    """Ask until it holds of the answer; after a long while say what the answer was."""
    found = await ask()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            while not holds(found):
                await asyncio.sleep(0.02)
                found = await ask()
    assert holds(found), found


@asynccontextmanager
async def hooks(pg: Postgres) -> AsyncIterator[Hooks]:
    """An empty deployment."""
    async with (
        history(pg, [], also=["exchange"]) as dsn,
        asyncpg.create_pool(login(dsn, "exchange"), min_size=0, max_size=4) as pool,
    ):
        await pool.execute(vault.SQL["tables"].text)
        await make_tables(pool)
        yield Hooks(pool)


@asynccontextmanager
async def carrying(hooks: Hooks) -> AsyncIterator[Carrier]:
    """Somebody carries, until told to stop in the middle of whatever it is."""
    carrier = hooks.carrier()
    work = asyncio.create_task(carrier.run())
    try:
        yield carrier
    finally:
        died = work.done()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await carrier.close(0)
        if died:
            work.result()
