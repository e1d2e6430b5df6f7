"""Agencies and subscriptions as both sides see them, and whose a key is."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from services.exchange.domain import DECIDERS
from services.exchange.projections.agencies import (
    AGENCIES,
    Agency,
    Holder,
    Stepped,
    Subscription,
)
from shared.kernel.message import Event
from shared.runtime.counting import pattern
from shared.runtime.view import View
from tests.exchange.examples import (
    AGENCY_ID,
    AGENCY_RESUMED,
    COUNTY,
    DECLINED,
    HOTLINE,
    ISSUED,
    KEY,
    NEARED,
    OPENED,
    OTHER_COUNTY,
    OTHER_KEY,
    PAUSED,
    QUOTAS_CHANGED,
    REGISTERED,
    REMOVED,
    REPLAYED,
    RESUMED,
    REVOKED,
    SUBSCRIPTION_APPROVED,
    SUBSCRIPTION_ASKED,
    SUBSCRIPTION_ID,
    SUSPENDED,
    at,
)
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

THIRD_KEY = "0c" * 32
OTHER_ID, OTHER_AGENCY = UUID(int=7), UUID(int=9)
ROTATED = ISSUED.model_copy(
    update={"key_sha256": OTHER_KEY, "old_until": at(10) + timedelta(hours=24)}
)
ROTATED_AT_ONCE = ISSUED.model_copy(update={"key_sha256": THIRD_KEY})
ELSEWHERE = REGISTERED.model_copy(update={"agency_id": OTHER_AGENCY, "area": OTHER_COUNTY})


def of_agency(*events: Event, agency_id: UUID = AGENCY_ID) -> list[Said]:
    return [("exchange", agency_id, event) for event in events]


def of_subscription(*events: Event, subscription_id: UUID = SUBSCRIPTION_ID) -> list[Said]:
    return [("exchange", subscription_id, event) for event in events]


LIVE = [
    *of_agency(REGISTERED, SUBSCRIPTION_ASKED),
    *of_subscription(OPENED, SUBSCRIPTION_APPROVED, ISSUED),
]


@pytest.fixture(scope="module")
async def live(pg: Postgres) -> AsyncIterator[View]:
    other = OPENED.model_copy(update={"subscription_id": OTHER_ID})
    said = [
        *LIVE,
        *of_agency(ELSEWHERE, agency_id=OTHER_AGENCY),
        *of_subscription(other, subscription_id=OTHER_ID),
        *of_subscription(REPLAYED, NEARED),
    ]
    async with history(pg, said) as dsn, filled(dsn, "exchange", AGENCIES, DECIDERS) as view:
        yield view


async def holder(view: View, key: str, now: datetime) -> UUID | None:
    rows = await view.ask("holder of key", key_sha256=key, now=now)
    found = [Holder.model_validate(dict(row)) for row in rows]
    return found[0].subscription_id if found else None


async def test_the_view_says_the_same_however_facts_arrive(pg: Postgres) -> None:
    said = [
        *LIVE,
        *of_agency(QUOTAS_CHANGED, SUSPENDED, AGENCY_RESUMED),
        *of_subscription(PAUSED, RESUMED, ROTATED, REPLAYED, NEARED, PAUSED, REVOKED),
        *of_agency(REMOVED),
        *of_subscription(
            OPENED.model_copy(update={"subscription_id": OTHER_ID}),
            DECLINED,
            subscription_id=OTHER_ID,
        ),
    ]
    async with history(pg, said) as dsn:
        await keeps_the_law(dsn, "exchange", AGENCIES, DECIDERS)


async def test_an_operator_finds_the_agencies_of_the_area_and_what_waits(live: View) -> None:
    rows = await live.ask("in area", prefixes=[pattern(COUNTY)], most=10)
    (found,) = [Agency.model_validate(dict(row)) for row in rows]
    assert (HOTLINE, "connected", 2, 1) == (found.name, found.state, found.taken, found.asked)


async def test_a_subscription_is_shown_with_its_agency(live: View) -> None:
    (row,) = await live.ask("subscription", subscription_id=SUBSCRIPTION_ID)
    found = Subscription.model_validate(dict(row))
    assert ("live", HOTLINE, [COUNTY], 12) == (
        found.state,
        found.agency,
        found.areas,
        found.waiting,
    )
    assert 2 == len(await live.ask("subscriptions of", agency_id=AGENCY_ID))


async def test_its_steps_are_told_from_the_newest_on(live: View) -> None:
    rows = await live.ask("steps of", subscription_id=SUBSCRIPTION_ID)
    found = [Stepped.model_validate(dict(row)).type for row in rows]
    assert ["RetentionNeared", "SubscriptionReplayed", "CredentialsIssued"] == found[:3]


async def test_a_key_opens_what_it_was_issued_for(live: View) -> None:
    assert SUBSCRIPTION_ID == await holder(live, KEY, at(11))
    assert await holder(live, OTHER_KEY, at(11)) is None


@pytest.mark.parametrize(
    "then",
    [
        of_subscription(PAUSED),
        of_subscription(REVOKED),
        of_agency(SUSPENDED),
        of_agency(REMOVED),
        of_subscription(ROTATED_AT_ONCE),
    ],
    ids=["paused", "revoked", "suspended", "removed", "rotated"],
)
async def test_a_key_opens_nothing_any_more(pg: Postgres, then: list[Said]) -> None:
    async with (
        history(pg, [*LIVE, *then]) as dsn,
        filled(dsn, "exchange", AGENCIES, DECIDERS) as view,
    ):
        assert await holder(view, KEY, at(11)) is None


async def test_the_key_before_is_good_for_a_while_and_the_one_before_that_is_not(
    pg: Postgres,
) -> None:
    said = [*LIVE, *of_subscription(ROTATED)]
    async with history(pg, said) as dsn, filled(dsn, "exchange", AGENCIES, DECIDERS) as view:
        assert SUBSCRIPTION_ID == await holder(view, KEY, at(11))
        assert SUBSCRIPTION_ID == await holder(view, OTHER_KEY, at(11))
        assert await holder(view, KEY, at(10) + timedelta(hours=24)) is None
    said = [*said, *of_subscription(ROTATED_AT_ONCE)]
    async with history(pg, said) as dsn, filled(dsn, "exchange", AGENCIES, DECIDERS) as view:
        assert await holder(view, KEY, at(11)) is None
        assert await holder(view, OTHER_KEY, at(11)) is None
        assert SUBSCRIPTION_ID == await holder(view, THIRD_KEY, at(11))


async def test_what_is_to_be_told_on_a_channel_is_told_with_its_bounds(live: View) -> None:
    (row,) = await live.ask("live on channel", channel="nats")
    assert (SUBSCRIPTION_ID, 1000, False) == (
        row["subscription_id"],
        row["in_flight"],
        row["held"],
    )
    assert [] == await live.ask("live on channel", channel="webhook")
    assert [""] == [
        row["secret"] for row in await live.ask("secrets of", subscription_id=SUBSCRIPTION_ID)
    ]
