"""What there is by now, out of public facts: the last word counts, and what is gone stays."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.exchange.domain import DECIDERS
from services.exchange.projections.objects import OBJECTS, OpenObject
from services.exchange.words import ListName
from shared.runtime.view import View
from tests.exchange.examples import (
    APPROVED,
    ASSIGNED,
    CANCELLED,
    CASE_ID,
    CLOSED,
    FEEDBACK,
    HELD,
    HELD_BACK,
    POSTPONED,
    PROPOSED,
    PUBLISHED,
    REPLIED,
    SCHEDULED,
    TALLIED,
    TITLE,
    TOPIC_ID,
)
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

OTHER = TOPIC_ID.__class__(int=TOPIC_ID.int + 99)
STORY: list[Said] = [
    ("exchange", TOPIC_ID, fact)
    for fact in (
        HELD_BACK, PROPOSED, APPROVED, SCHEDULED, POSTPONED, SCHEDULED, HELD, ASSIGNED, REPLIED,
        FEEDBACK, TALLIED, PUBLISHED, CLOSED,
        SCHEDULED.model_copy(update={"consultation_id": OTHER}),
        CANCELLED.model_copy(update={"consultation_id": OTHER}),
    )
]  # fmt: skip


@pytest.fixture(scope="module")
async def objects(pg: Postgres) -> AsyncIterator[View]:
    async with history(pg, STORY) as dsn, filled(dsn, "exchange", OBJECTS, DECIDERS) as view:
        yield view


async def of(view: View, list_: ListName, **more: Any) -> list[OpenObject]:
    asked = {"after": 0, "since": None, "most": 100, "prefixes": ["511623%"]} | more
    rows = await view.ask("in list", list=list_, **asked)
    return [OpenObject.model_validate(dict(row)) for row in rows]


async def test_it_is_the_same_however_its_facts_arrive(pg: Postgres) -> None:
    async with history(pg, STORY) as dsn:
        await keeps_the_law(dsn, "exchange", OBJECTS, DECIDERS)


async def test_the_last_word_counts_and_earlier_ones_are_kept(objects: View) -> None:
    (topic,) = await of(objects, "topics")
    assert ("TopicClosed", TITLE, "resident") == (
        topic.state,
        topic.said["title"],
        topic.said["origin"],
    )
    (assigned,) = await of(objects, "assignments")
    assert ("HandlingReplied", "A", "2026-05-31") == (
        assigned.state,
        assigned.said["result_class"],
        assigned.said["due"],
    )


async def test_every_list_has_its_things(objects: View) -> None:
    (case,) = await of(objects, "cases")
    assert CASE_ID == case.object_id
    assert [TALLIED.verdict] == [one.said["verdict"] for one in await of(objects, "evaluations")]
    assert [FEEDBACK.content] == [one.said["content"] for one in await of(objects, "outcomes")]


async def test_what_was_called_off_is_there_as_gone(objects: View) -> None:
    held, gone = await of(objects, "meetings")
    assert ("MeetingHeld", "ConsultationCancelled") == (held.state, gone.state)
    assert held.position < gone.position


async def test_it_goes_on_behind_a_change_and_keeps_to_a_place(objects: View) -> None:
    held, gone = await of(objects, "meetings")
    assert [gone] == await of(objects, "meetings", after=held.position)
    assert [] == await of(objects, "meetings", prefixes=["5105%"])
    assert [] == await of(objects, "meetings", since=gone.modified.replace(year=2999))
    assert [held] == await of(objects, "meetings", most=1)
