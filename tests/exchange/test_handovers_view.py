"""What became of what agencies handed over, from the facts of exchange and topics."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

import pytest
from pydantic_core import from_json

from services.exchange.domain import DECIDERS
from services.exchange.projections.handovers import HANDOVERS
from services.topics.domain.topic import events as topics
from shared.kernel.message import Event
from tests.exchange import handed
from tests.exchange.examples import APPROVED
from tests.servers import Postgres
from tests.topics import examples as lead
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

LEAD = handed.HANDOVER_ID
OTHER = lead.OTHER_LEAD
TOPIC = uuid5(OTHER, "topic")
SECOND = uuid5(handed.OTHER_AGENCY, "12345-8")
MINE = {"lead_id": LEAD, "submitter": f"agency:{handed.AGENCY_ID}"}

WHOLE = {"after_topics": 0, "after_exchange": 0, "most": 500}
PAGE: dict[str, Any] = {"step": "", "text": "", "most": 9, "skipped": 0}


def of_lead(event: Event, **changes: object) -> tuple[str, UUID, Event]:
    told = event.model_copy(update=MINE | changes)
    return "topics", told.lead_id, told  # type: ignore[attr-defined]


HANDED = ("exchange", LEAD, handed.HANDED_OVER)
AGAIN = handed.HANDED_OVER.model_copy(
    update={"handover_id": SECOND, "agency_id": handed.OTHER_AGENCY, "same_as": LEAD}
)
ALL = [
    HANDED,
    ("exchange", SECOND, AGAIN),
    of_lead(lead.HANDED_OVER),
    of_lead(lead.RETURNED_FOR_FIX),
    ("exchange", LEAD, handed.RETURNED.model_copy(update={"cause": "topics:2"})),
    ("exchange", LEAD, handed.COMPLETED),
    of_lead(lead.RESUBMITTED),
    of_lead(lead.MERGED),
    of_lead(lead.UNMERGED),
    of_lead(lead.MERGED),
    of_lead(lead.SCREENED_OUT, lead_id=UUID(int=5), submitter="zhou"),
    of_lead(lead.ADOPTED, lead_id=OTHER, submitter="zhou"),
    (
        "topics",
        TOPIC,
        topics.TopicProposed.model_validate(
            lead.PROPOSED.model_dump() | {"topic_id": TOPIC, "lead_id": OTHER}
        ),
    ),
    ("exchange", TOPIC, APPROVED.model_copy(update={"topic_id": TOPIC})),
]


async def untold(pg: Postgres, said: Sequence[tuple[str, UUID, Event]]) -> list[tuple[str, str]]:
    """The steps of the first handover that its agency does not know yet."""
    async with (
        history(pg, said, also=["topics"]) as dsn,
        filled(dsn, "exchange", HANDOVERS, DECIDERS) as view,
    ):
        rows = await view.ask("to be told", **WHOLE)
        return [(row["cause"], row["step"]) for row in rows if row["handover_id"] == LEAD]


async def test_the_view_keeps_the_law_of_views(pg: Postgres) -> None:
    async with history(pg, ALL) as dsn:
        await keeps_the_law(dsn, "exchange", HANDOVERS, DECIDERS)


async def test_every_step_of_the_lead_and_of_what_it_goes_on_as_is_told_once(
    pg: Postgres,
) -> None:
    steps = [step for _, step in await untold(pg, ALL)]
    assert [
        "accepted",
        "completed",
        "merged",
        "unmerged",
        "merged",
        "adopted",
        "published",
    ] == steps


async def test_what_was_parted_again_goes_its_own_way(pg: Postgres) -> None:
    parted = [*ALL[:9], *ALL[10:]]
    assert "adopted" not in [step for _, step in await untold(pg, parted)]


async def test_who_handed_over_the_same_hears_of_the_first_one(pg: Postgres) -> None:
    async with (
        history(pg, ALL) as dsn,
        filled(dsn, "exchange", HANDOVERS, DECIDERS) as view,
    ):
        rows = await view.ask("to be told", **WHOLE)
        told = [row for row in rows if row["handover_id"] == SECOND]
        assert "accepted" == told[0]["step"]
        assert {"reason": "请写明是哪个小区"} == from_json(told[1]["told"])
        (first,) = await view.ask("same matter", matter=handed.COMPLETED.matter)
        assert LEAD == first["handover_id"]


async def test_an_agency_sees_its_own_with_the_steps_it_knows(pg: Postgres) -> None:
    async with (
        history(pg, ALL) as dsn,
        filled(dsn, "exchange", HANDOVERS, DECIDERS) as view,
    ):
        mine = PAGE | {"agency_id": handed.AGENCY_ID}
        (row,) = await view.ask("of agency", **mine)
        assert ("returned", handed.COMPLETED.title) == (row["step"], row["title"])
        (whole,) = await view.ask("one", handover_id=LEAD)
        assert ["topics:2"] == [one["cause"] for one in from_json(whole["steps"])]
        here = PAGE | {"prefixes": ["511623%"], "agency_id": None}
        (last,) = await view.ask("in area", **here | {"most": 1, "skipped": 1})
        assert {LEAD, SECOND} >= {last["handover_id"]}
        assert 1 == len(await view.ask("in area", **here | {"agency_id": handed.AGENCY_ID}))


@pytest.mark.parametrize("last", ["topics", "exchange", "path"])
async def test_what_moved_is_looked_at_and_nothing_else(pg: Postgres, last: str) -> None:
    """A step of a lead, the public fact of a topic, or that a lead goes on as part of another."""
    told = {"topics": ALL[:4], "exchange": ALL, "path": [*ALL[:7], *ALL[10:], ALL[9]]}[last]
    async with (
        history(pg, told, also=["topics"]) as dsn,
        filled(dsn, "exchange", HANDOVERS, DECIDERS) as view,
    ):
        seen = await view.positions()
        nothing = {f"after_{source}": position for source, position in seen.items()}
        assert [] == await view.ask("to be told", **WHOLE | nothing)
        source = "exchange" if last == "exchange" else "topics"
        moved = nothing | {f"after_{source}": seen[source] - 1}
        rows = await view.ask("to be told", **WHOLE | moved)
        whole = await view.ask("to be told", **WHOLE)
        assert rows
        assert {row["clock"] for row in rows} <= {row["clock"] for row in whole}
        assert {row["handover_id"] for row in rows} == {LEAD, SECOND}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"step": "returned"}, 1), ({"step": "closed"}, 0), ({"step": "received"}, 0),
        ({"text": handed.NUMBER.lower()}, 1), ({"text": "路灯"}, 1), ({"text": "100%"}, 0),
    ],
)  # fmt: skip
async def test_a_list_is_picked_by_the_last_step_and_by_words(
    pg: Postgres, asked: dict[str, str], found: int
) -> None:
    async with (
        history(pg, ALL) as dsn,
        filled(dsn, "exchange", HANDOVERS, DECIDERS) as view,
    ):
        rows = await view.ask("of agency", **PAGE | {"agency_id": handed.AGENCY_ID} | asked)
        assert found == len(rows)


async def test_a_topic_tells_of_all_who_handed_it_over(pg: Postgres) -> None:
    async with (
        history(pg, ALL) as dsn,
        filled(dsn, "exchange", HANDOVERS, DECIDERS) as view,
    ):
        for matter in (TOPIC, OTHER, LEAD):
            rows = await view.ask("brought", matter_id=matter)
            assert {LEAD, SECOND} == {row["handover_id"] for row in rows}
        assert [] == await view.ask("brought", matter_id=UUID(int=5))
