"""No matter is shown in a wrong state: leads merged, split or sent back, topics reopened."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from services.outcomes.domain.assignment import events as assignment
from services.portal.domain import DECIDERS
from services.portal.edge.matters.matters import ENDED, GOING_ON, STATES
from services.portal.pages.texts import read
from services.portal.projections.handling import HANDLING
from services.portal.projections.matters import MATTERS
from services.topics.domain.lead import events as lead
from services.topics.domain.topic import events as topic
from shared.kernel.message import Event
from shared.runtime.view import View
from tests.portal.examples import (
    ASSIGNMENT,
    DUE,
    HISTORY,
    LATER,
    NEXT_UNIT,
    UNIT,
    opened,
    proposed,
    submitted,
)
from tests.portal.examples import TOPIC as OF_DUTY
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

LEAD, OTHER, TOPIC = uuid4(), uuid4(), uuid4()
ALL = {"prefixes": ["511623%"], "title": "", "type": "", "year": 0, "most": 50, "skipped": 0}
BACK = lead.LeadReturnedForFix(lead_id=LEAD, reason="说明具体地点", submitter="he")
FIXED = lead.LeadResubmitted(
    lead_id=LEAD, title="河边路灯不亮", place="河边", photos=(), words="", contact="",
    submitter="he",
)  # fmt: skip
MERGED = lead.LeadMerged(lead_id=LEAD, into=OTHER, reason="同一件事", submitter="he")
UNMERGED = lead.LeadUnmerged(lead_id=LEAD, into=OTHER, reason="不是一件事", submitter="he")
SPLIT = lead.LeadSplit(
    lead_id=LEAD, parts=(), reason="两件事", origin="resident", proxy=False, place="",
    submitter="he",
)  # fmt: skip
CLOSED = topic.TopicClosed(topic_id=TOPIC, outcome_id=uuid4(), title="路灯", proposer="lin")
REOPENED = topic.TopicReopened(
    topic_id=TOPIC, reason="又坏了", round=2, title="路灯", proposer="lin"
)

OTHERS = ("meetings", "outcomes", "notify")
ELSEWHERE = [next(one for one in HISTORY if one[0] == source) for source in OTHERS]
"""A fact of each of the other logs, about another matter."""


def told_of_lead(*events: Event) -> list[Said]:
    """A lead was submitted, and then all this."""
    first = submitted(LEAD, "路灯不亮", personal=False, receipt="000000000009")
    return [first, *(("topics", LEAD, one) for one in events)]


def told_of_topic(*events: Event) -> list[Said]:
    """A topic was proposed, and then all this."""
    return [proposed(TOPIC, "路灯", None), *(("topics", TOPIC, one) for one in events)]


@asynccontextmanager
async def shown(pg: Postgres, said: Sequence[Said]) -> AsyncIterator[View]:
    """The matters after all this was said."""
    async with (
        history(pg, [*said, *ELSEWHERE]) as dsn,
        filled(dsn, "portal", MATTERS, DECIDERS) as view,
    ):
        yield view


async def matters(pg: Postgres, said: Sequence[Said], states: Sequence[str]) -> dict[UUID, str]:
    """The matters in these states, and in which."""
    async with shown(pg, said) as view:
        rows = await view.ask("in area", **ALL, states=list(states))
    return {row["matter_id"]: row["state"] for row in rows}


@pytest.mark.servers
@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([BACK], "LeadReturnedForFix"),
        ([BACK, FIXED], "LeadSubmitted"),
        ([MERGED], "LeadMerged"),
        ([MERGED, UNMERGED], "LeadSubmitted"),
        ([SPLIT], "LeadSplit"),
    ],
)
async def test_a_lead_stands_where_its_last_fact_put_it(
    pg: Postgres, events: list[Event], state: str
) -> None:
    states = STATES["going-on"] if state in GOING_ON else STATES["ended"]
    assert {LEAD: state} == await matters(pg, told_of_lead(*events), states)


@pytest.mark.servers
async def test_a_topic_taken_up_again_is_going_on_and_no_longer_closed(pg: Postgres) -> None:
    assert {TOPIC: "TopicReopened"} == await matters(
        pg, told_of_topic(CLOSED, REOPENED), STATES["TopicApproved"]
    )
    again = told_of_topic(CLOSED, REOPENED, CLOSED)
    assert {TOPIC: "TopicClosed"} == await matters(pg, again, STATES["ended"])


@pytest.mark.servers
async def test_the_figure_of_what_goes_on_is_that_of_the_list_behind_it(pg: Postgres) -> None:
    said = [*told_of_topic(CLOSED, REOPENED), *told_of_lead(BACK)]
    async with (
        history(pg, [*said, *ELSEWHERE]) as dsn,
        filled(dsn, "portal", MATTERS, DECIDERS) as view,
    ):
        figures = await view.ask("going on in area", prefixes=["511623%"])
        behind = await view.ask("in area", **ALL, states=list(STATES["TopicApproved"]))
    assert {"TopicApproved": len(behind)} == {row["state"]: row["n"] for row in figures}


@pytest.mark.servers
async def test_a_completed_lead_is_called_as_it_was_completed(pg: Postgres) -> None:
    said = told_of_lead(BACK, FIXED)
    async with (
        history(pg, [*said, *ELSEWHERE]) as dsn,
        filled(dsn, "portal", MATTERS, DECIDERS) as view,
    ):
        (row,) = await view.ask("one", matter_id=LEAD)
    assert "河边路灯不亮" == row["title"]


TASK = {"assignment_id": ASSIGNMENT, "topic_id": OF_DUTY}
MOVED: list[Said] = [
    proposed(OF_DUTY, "停车", None),
    opened(UNIT, DUE),
    ("outcomes", ASSIGNMENT, assignment.AssignmentArbitrated(
        **TASK, outcome_id=uuid4(), item_no=1, former_unit=UNIT, lead_unit=NEXT_UNIT,
        assist_units=(), reason="职责", due=DUE)),
    ("outcomes", ASSIGNMENT, assignment.ExtensionGranted(
        **TASK, unit=NEXT_UNIT, due=LATER, reason="雨季")),
]  # fmt: skip


@pytest.mark.servers
async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(pg: Postgres) -> None:
    said = [
        *told_of_lead(BACK, FIXED, MERGED, UNMERGED, SPLIT),
        *told_of_topic(CLOSED, REOPENED),
        *MOVED,
        *ELSEWHERE,
    ]
    async with history(pg, said) as dsn:
        await keeps_the_law(dsn, "portal", MATTERS, DECIDERS)


@pytest.mark.servers
async def test_a_duty_moves_with_arbitration(pg: Postgres) -> None:
    asked = {"prefixes": ["511623%"], "title": "", "stage": "", "most": 10}
    async with (
        history(pg, [*MOVED, *ELSEWHERE]) as dsn,
        filled(dsn, "portal", HANDLING, DECIDERS) as view,
    ):
        (duty,) = await view.ask("of unit", unit=NEXT_UNIT, **asked)
        assert [] == await view.ask("of unit", unit=UNIT, **asked)
    assert (ASSIGNMENT, "handling") == (duty["assignment_id"], duty["stage"])


def test_every_state_has_a_word_and_is_either_going_on_or_over() -> None:
    assert set() == {*GOING_ON, *ENDED} - set(read().words.states.names())
    assert not set(GOING_ON) & set(ENDED)
