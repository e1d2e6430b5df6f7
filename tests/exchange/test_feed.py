"""The feed: public facts after a position, of an area, some kinds, a time; held back ones never."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import uuid5

import pytest

from services.exchange.domain import DECIDERS
from services.exchange.projections.feed import FEED, PublicFact
from shared.kernel.areas import prefix
from shared.kernel.message import Event
from shared.runtime.view import View
from tests.exchange.examples import APPROVED, CLOSED, HELD, HELD_BACK, PROPOSED, TOPIC_ID, at
from tests.exchange.handed import AGENCY_ID, HANDOVER_ID, OTHER_AGENCY, RECEIVED, RETURNED
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

ELSEWHERE = uuid5(TOPIC_ID, "elsewhere")


def elsewhere(fact: Event) -> Said:
    return "exchange", ELSEWHERE, fact.model_copy(update={"topic_id": ELSEWHERE})


STORY: list[Said] = [
    *(("exchange", TOPIC_ID, fact) for fact in (HELD_BACK, PROPOSED, APPROVED, HELD, CLOSED)),
    elsewhere(PROPOSED),
    elsewhere(APPROVED),
]
AREAS = {ELSEWHERE: "510521100001"}


@pytest.fixture(scope="module")
async def feed(pg: Postgres) -> AsyncIterator[View]:
    async with history(pg, STORY, AREAS) as dsn, filled(dsn, "exchange", FEED, DECIDERS) as view:
        yield view


async def asked(feed: View, area: str, **more: Any) -> list[tuple[int, str]]:
    known = {"after": 0, "types": [], "since": None, "most": 100}
    rows = await feed.ask("after", prefixes=[f"{prefix(area)}%"], **known | more)
    return [(row["position"], row["type"]) for row in rows]


async def test_it_is_the_same_however_its_facts_arrive(pg: Postgres) -> None:
    async with history(pg, STORY, AREAS) as dsn:
        await keeps_the_law(dsn, "exchange", FEED, DECIDERS)


async def test_what_was_said_aloud_is_there_in_order_and_what_is_held_back_is_not(
    feed: View,
) -> None:
    assert [
        (2, "TopicProposed"),
        (3, "TopicApproved"),
        (4, "MeetingHeld"),
        (5, "TopicClosed"),
    ] == await asked(feed, "511623000000")


async def test_an_area_is_told_apart_from_others(feed: View) -> None:
    assert [(6, "TopicProposed"), (7, "TopicApproved")] == await asked(feed, "510521000000")
    assert [] == await asked(feed, "371621000000")
    assert 6 == len(await asked(feed, "510000000000"))


@pytest.mark.parametrize(
    ("asks", "positions"),
    [
        ({"after": 3}, [4, 5]),
        ({"types": ["TopicApproved", "TopicClosed"]}, [3, 5]),
        ({"since": at(12)}, [4, 5]),
        ({"most": 1}, [2]),
    ],
)
async def test_it_is_narrowed_down(
    feed: View, asks: dict[str, int | list[str] | datetime], positions: list[int]
) -> None:
    assert positions == [position for position, _ in await asked(feed, "511623000000", **asks)]


async def test_what_one_agency_alone_is_told_is_told_to_nobody_else(pg: Postgres) -> None:
    steps: list[Said] = [("exchange", HANDOVER_ID, fact) for fact in (RECEIVED, RETURNED)]
    async with (
        history(pg, [*STORY, *steps], AREAS) as dsn,
        filled(dsn, "exchange", FEED, DECIDERS) as view,
    ):
        assert 6 == len(await asked(view, "510000000000"))
        told = {}
        for agency_id in (AGENCY_ID, OTHER_AGENCY):
            rows = await view.ask(
                "after for agency", agency_id=agency_id, after=4, types=["TopicClosed"],
                prefixes=["511623%"], most=9,
            )  # fmt: skip
            told[agency_id] = [row["type"] for row in rows]
        at_it = await view.ask("at", positions=[8])
    assert {
        AGENCY_ID: ["TopicClosed", "HandoverReceived", "HandoverAdvanced"],
        OTHER_AGENCY: ["TopicClosed"],
    } == told
    assert [(8, "HandoverReceived", HANDOVER_ID)] == [
        (row["position"], row["type"], row["topic_id"]) for row in at_it
    ]


async def test_a_fact_is_told_in_the_shape_of_the_contract(feed: View) -> None:
    rows = await feed.ask("after", prefixes=["511623%"], after=3, types=[], since=None, most=1)
    (fact,) = (PublicFact.model_validate(dict(row)) for row in rows)
    assert HELD.model_dump(mode="json") == fact.data
    assert (1, HELD.happened_at, TOPIC_ID) == (fact.version, fact.at, fact.topic_id)
