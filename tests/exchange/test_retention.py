"""An agency that does not take what is told to it is warned, in time and for its own facts only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from nats.aio.client import Client

from services.exchange.domain import DECIDERS
from services.exchange.domain.subscription.events import RetentionNeared
from services.exchange.effects.consumers import Told
from services.exchange.effects.retention import Retention, oldest_untaken
from services.exchange.rules import ExchangeRules
from shared.runtime import clock
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.handle import Handler
from shared.runtime.settings import DEPLOY
from tests.exchange.neighbours import LINSHUI, LUXIAN, Door, Neighbour, door
from tests.runtime.flows import nats_as
from tests.runtime.logs import until
from tests.servers import NatsServer, Postgres

pytestmark = pytest.mark.servers

AT_ONCE, NEVER = 1e-12, 0.999


@pytest.fixture
async def here(pg: Postgres, nats_server: NatsServer) -> AsyncIterator[Door]:
    async with door(nats_server, await pg.fresh_database()) as one:
        yield one


@asynccontextmanager
async def watching(here: Door) -> AsyncIterator[tuple[Client, Handler]]:
    """What looks at the consumers needs."""
    charters = Charters(DEPLOY / "charters", {"exchange": ExchangeRules})
    areas = Areas.read(DEPLOY / "areas.csv")
    handler = Handler("exchange", DECIDERS, ExchangeRules, here.store, charters, areas)
    async with nats_as(here.server, "exchange") as nats:
        yield nats, handler


async def warnings(here: Door, one: Neighbour) -> int:
    facts = await here.store.read(one.subscription_id)
    return sum(fact.type == RetentionNeared.__name__ for fact in facts)


async def told_of(here: Door, one: Neighbour, waiting: int, *rows: dict[str, Any]) -> Any:
    """What the server tells, once it counts what was just said."""
    told: dict[UUID, Told] = {}

    async def counted() -> bool:
        told.update(await here.look(*rows))
        return bool(told[one.subscription_id]["num_pending"] == waiting)

    await until(counted)
    return told


async def test_who_is_late_is_warned_once_and_nobody_else(here: Door) -> None:
    late, other = await here.connected([LINSHUI]), await here.connected([LUXIAN])
    rows = late.row(), other.row()
    await here.look(*rows)
    await here.publish(LINSHUI, "TopicApproved", 1)
    told = await told_of(here, late, 1, *rows)
    async with watching(here) as (nats, handler):
        await Retention(nats, handler, NEVER).look(told)
        assert 0 == await warnings(here, late)
        for _ in range(2):
            await Retention(nats, handler, AT_ONCE).look(told)
        assert (1, 0) == (await warnings(here, late), await warnings(here, other))


async def test_who_took_everything_is_not_warned(here: Door) -> None:
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    await here.publish(LINSHUI, "TopicApproved", 1)
    async with here.client(one) as guest:
        assert ["1"] == await guest.take(1)
    told = await told_of(here, one, 0, one.row())
    async with watching(here) as (nats, handler):
        await Retention(nats, handler, AT_ONCE).look(told)
    assert 0 == await warnings(here, one)


async def test_what_is_not_told_to_it_does_not_count(here: Door) -> None:
    one = await here.connected([LUXIAN], ["TopicClosed"])
    await here.look(one.row())
    for position, area in ((1, LINSHUI), (2, LUXIAN)):
        await here.publish(area, "TopicApproved", position)
    await here.publish(LUXIAN, "TopicClosed", 3)
    told = (await told_of(here, one, 1, one.row()))[one.subscription_id]
    async with watching(here) as (nats, _):
        worrying = clock.now() + timedelta(days=1)
        oldest = await oldest_untaken(nats, told, worrying)
        first = await oldest_untaken(nats, told, clock.now() - timedelta(days=1))
    assert oldest
    assert first
    assert first < oldest


async def test_no_consumer_no_warning(here: Door) -> None:
    async with watching(here) as (nats, handler):
        await Retention(nats, handler, AT_ONCE).look({})
    assert 0 == await warnings(here, Neighbour([LINSHUI], subscription_id=uuid4()))
