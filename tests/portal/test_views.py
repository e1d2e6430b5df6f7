"""The portal's views: the law of views, and figures that are the sum of what stands behind them."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from services.portal.domain import DECIDERS
from services.portal.pages.figures import MEASURES
from services.portal.pages.stages import read_marks
from services.portal.projections.board import BOARD
from services.portal.projections.matters import MATTERS
from services.portal.projections.people import PEOPLE
from services.portal.projections.story import STORY
from shared.kernel.areas import EVERYWHERE, lineage
from shared.runtime.counting import pattern
from shared.runtime.projection import Projection
from tests.portal.examples import (
    APPEAL,
    HISTORY,
    LEAD,
    LIN,
    OFFICE,
    OTHER,
    TOPIC,
)
from tests.servers import Postgres
from tests.views import AREA, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

COUNTY = "511623000000"
TODAY = date(2026, 3, 2)
ALL = {"states": [], "title": "", "type": "", "year": 0, "most": 50, "skipped": 0}


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose logs the examples were said."""
    async with history(pg, HISTORY) as dsn:
        yield dsn


@pytest.mark.parametrize("projection", [STORY, MATTERS, BOARD, PEOPLE], ids=lambda one: one.name)
async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(
    told: str, projection: Projection
) -> None:
    await keeps_the_law(told, "portal", projection, DECIDERS)


async def test_a_story_holds_every_fact_of_its_matter_and_of_the_lead_it_came_from(
    told: str,
) -> None:
    async with filled(told, "portal", STORY, DECIDERS) as story:
        facts = await story.ask("of matter", matter_id=TOPIC, most=1000)
        of_lead = await story.ask("of matter", matter_id=LEAD, most=1000)

    said = [(source, type(event).__name__) for source, stream, event in HISTORY]
    shown = {(fact["source"], fact["type"]) for fact in facts}
    assert {"LeadSubmitted", "LeadAdopted"} == {fact["type"] for fact in of_lead}
    assert {("topics", "LeadSubmitted"), ("notify", "DeadlineBreached")} <= shown <= set(said)
    assert len(facts) == len({(fact["source"], fact["position"]) for fact in facts})
    assert {str(TOPIC), str(LEAD)} <= {str(fact["stream"]) for fact in facts}
    assert str(OTHER) not in {str(fact["stream"]) for fact in facts}


async def test_an_open_page_of_a_lead_is_told_when_a_topic_comes_of_it(told: str) -> None:
    async with filled(told, "portal", STORY, DECIDERS) as story:
        of_lead = await story.ask("of matter", matter_id=LEAD, most=1000)
        rows = await story.ask("how much of matters", matter_ids=[LEAD])

    assert [len(of_lead) + 1] == [row["n"] for row in rows]


async def test_a_matter_knows_its_state_its_receipt_and_its_topic(told: str) -> None:
    async with filled(told, "portal", MATTERS, DECIDERS) as matters:
        rows = await matters.ask("in area", prefixes=[pattern(COUNTY)], **ALL)
        (receipt,) = await matters.ask("by receipt", receipt="000000000002")
        (topic,) = await matters.ask("topic of lead", lead_id=LEAD)

    states = {row["matter_id"]: row["state"] for row in rows}
    assert {
        TOPIC: "TopicApproved", OTHER: "TopicReturned", APPEAL: "TransferAcknowledged",
    } == states  # fmt: skip
    assert APPEAL == receipt["matter_id"]
    assert TOPIC == topic["matter_id"]


async def test_feedback_is_marked_by_whom_it_was_given_to(told: str) -> None:
    async with filled(told, "portal", MATTERS, DECIDERS) as matters:
        marks = read_marks(await matters.ask("marks of matters", matter_ids=[TOPIC]))

    assert (3, 1, 2) == tuple(
        marks[one].n for one in ("FeedbackGiven", "FeedbackGiven/members", "FeedbackGiven/people")
    )


async def test_every_figure_is_the_sum_of_the_matters_behind_it(told: str) -> None:
    async with filled(told, "portal", BOARD, DECIDERS) as board:
        (year,) = [
            row["year"] for row in await board.ask("years of area", prefixes=[pattern(COUNTY)])
        ]
        counts = await board.ask(
            "of areas",
            areas=[COUNTY],
            patterns=[pattern(COUNTY)],
            signs=[1],
            year=year,
            types=MEASURES,
        )
    async with filled(told, "portal", MATTERS, DECIDERS) as matters:
        behind = {
            one: await matters.ask(
                "in area", prefixes=[pattern(COUNTY)], **(ALL | {"type": one, "year": year})
            )
            for one in MEASURES
        }
        marks = {
            row["matter_id"]: read_marks(
                await matters.ask("marks of matters", matter_ids=[row["matter_id"]])
            )
            for rows in behind.values()
            for row in rows
        }

    figures = {row["type"]: row["n"] for row in counts if row["type"] in MEASURES}
    sums = {one: sum(marks[row["matter_id"]][one].n for row in behind[one]) for one in MEASURES}
    assert figures == {one: n for one, n in sums.items() if n}
    assert 2 == figures["LeadSubmitted"]


async def test_a_figure_is_the_same_on_every_level_above_the_only_village(told: str) -> None:
    async with filled(told, "portal", BOARD, DECIDERS) as board:
        (year,) = [
            row["year"] for row in await board.ask("years of area", prefixes=[pattern(AREA)])
        ]
        areas = [EVERYWHERE, *lineage(AREA)]
        summed = {"patterns": [*map(pattern, areas)], "signs": [1] * len(areas)}
        rows = await board.ask("of areas", areas=areas, **summed, year=year, types=MEASURES)
        elsewhere = await board.ask(
            "of areas",
            areas=["510521000000"],
            patterns=["510521%"],
            signs=[1],
            year=year,
            types=MEASURES,
        )

    proposed = {row["area"]: row["n"] for row in rows if row["type"] == "TopicProposed"}
    assert dict.fromkeys(areas, 2) == proposed
    assert [] == elsewhere


async def test_an_appointment_is_held_as_its_last_fact_says(told: str) -> None:
    async with filled(told, "portal", PEOPLE, DECIDERS) as people:
        held = await people.ask("held by", account_id=LIN, today=TODAY)
        (lin,) = await people.ask("by login", login="lin")

    assert [OFFICE] == [row["appointment_id"] for row in held]
    assert LIN == lin["account_id"]
