"""What was promised, to whom, by when: the view says it, however the facts arrive."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID, uuid5

import pytest

from services.outcomes.domain import DECIDERS
from services.outcomes.domain.assignment.events import AssignmentOpened
from services.outcomes.projections.promises import PROMISES, Look, Promise
from shared.kernel.message import Event
from shared.runtime.counting import pattern
from shared.runtime.view import View
from tests.outcomes.examples import (
    ACCEPTED,
    ADOPTED,
    ARBITRATED,
    AREA,
    ASSIGNED,
    ASSIGNMENT_ID,
    CLOSED,
    CONDUCTED,
    DRAFTED,
    DUE_NOTED,
    EXTENSION_GRANTED,
    FOLLOWUP_ID,
    HEALTH,
    OPENED,
    OUTCOME_ID,
    PAUSE_NOTED,
    PLANNING,
    REJECTED,
    REPLIED,
    RETURNED,
    SCHEDULED,
)
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

OTHER_ID = uuid5(OUTCOME_ID, "2")
STILL_ID = uuid5(OUTCOME_ID, "3")
PRESS_ID = uuid5(ASSIGNMENT_ID, "followup-press-back-1")
SECOND_ID = uuid5(ASSIGNMENT_ID, "followup-look-back-2")
COUNTY, NEXT_COUNTY = "511623000000", "510521000000"


def on(stream: UUID, *events: Event) -> list[Said]:
    return [("outcomes", stream, event) for event in events]


OTHER = AssignmentOpened(
    **{**dict(OPENED), "assignment_id": OTHER_ID, "item_no": 2, "due": date(2026, 4, 30)}
)
PRESS = SCHEDULED.model_copy(update={"followup_id": PRESS_ID, "kind": "press-back"})
SECOND = SCHEDULED.model_copy(update={"followup_id": SECOND_ID, "round": 2})

STORY = [
    *on(OUTCOME_ID, DRAFTED, ADOPTED, ASSIGNED),
    *on(ASSIGNMENT_ID, OPENED, RETURNED),
    *on(ASSIGNMENT_ID, OPENED.model_copy(update={"lead_unit": PLANNING, "assist_units": ()})),
    *on(OTHER_ID, OTHER),
    *on(ASSIGNMENT_ID, ACCEPTED, REPLIED),
    *on(FOLLOWUP_ID, SCHEDULED),
    *on(PRESS_ID, PRESS),
    *on(FOLLOWUP_ID, CONDUCTED),
    *on(ASSIGNMENT_ID, REJECTED.model_copy(update={"due": date(2026, 6, 30)})),
]
ENDING = [
    *on(ASSIGNMENT_ID, REPLIED.model_copy(update={"round": 2, "result_class": "B"})),
    *on(SECOND_ID, SECOND),
    *on(OTHER_ID, ARBITRATED, EXTENSION_GRANTED, PAUSE_NOTED, DUE_NOTED),
    *on(STILL_ID, OPENED.model_copy(update={"assignment_id": STILL_ID}), PAUSE_NOTED),
    *on(OUTCOME_ID, CLOSED),
]


@pytest.fixture(scope="module")
async def midway(pg: Postgres) -> AsyncIterator[View]:
    async with history(pg, STORY) as dsn, filled(dsn, "outcomes", PROMISES, DECIDERS) as view:
        yield view


@pytest.fixture(scope="module")
async def ended(pg: Postgres) -> AsyncIterator[View]:
    async with (
        history(pg, STORY + ENDING) as dsn,
        filled(dsn, "outcomes", PROMISES, DECIDERS) as view,
    ):
        yield view


async def test_promises_are_the_same_however_their_facts_arrive(pg: Postgres) -> None:
    async with history(pg, STORY + ENDING) as dsn:
        await keeps_the_law(dsn, "outcomes", PROMISES, DECIDERS)


async def test_a_promise_says_who_by_when_and_how_far(midway: View) -> None:
    rows = await midway.ask("in area", prefixes=[pattern(COUNTY)], most=10)
    first, second = (Promise.model_validate(dict(row)) for row in rows)
    assert (OTHER_ID, HEALTH, [PLANNING], "opened") == (
        first.assignment_id, first.lead_unit, first.assist_units, first.state,
    )  # fmt: skip
    assert (PLANNING, [], date(2026, 6, 30), "rejected", None) == (
        second.lead_unit, second.assist_units, second.due, second.state, second.result_class,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("area", "today", "late"),
    [
        (AREA, date(2026, 4, 30), []),
        (AREA, date(2026, 5, 1), [OTHER_ID]),
        (COUNTY, date(2026, 7, 1), [OTHER_ID, ASSIGNMENT_ID]),
        (NEXT_COUNTY, date(2026, 7, 1), []),
    ],
)
async def test_what_is_late_is_listed(
    midway: View, area: str, today: date, late: list[UUID]
) -> None:
    rows = await midway.ask("overdue in area", prefixes=[pattern(area)], today=today, most=10)
    assert late == [row["assignment_id"] for row in rows]


async def test_what_was_answered_or_stands_still_is_not_late(ended: View) -> None:
    rows = await ended.ask(
        "overdue in area", prefixes=[pattern(COUNTY)], today=date(2026, 7, 1), most=10
    )
    assert [OTHER_ID] == [row["assignment_id"] for row in rows]


@pytest.mark.parametrize(
    ("unit", "desk"), [(HEALTH, [OTHER_ID]), (PLANNING, [OTHER_ID, ASSIGNMENT_ID])]
)
async def test_a_unit_sees_what_it_leads_and_assists(
    midway: View, unit: str, desk: list[UUID]
) -> None:
    rows = await midway.ask("of unit", prefixes=[pattern(COUNTY)], unit=unit, most=10)
    assert desk == [row["assignment_id"] for row in rows]


async def test_a_desk_is_clear_when_the_outcome_is_closed(ended: View) -> None:
    assert [] == await ended.ask("of unit", prefixes=[pattern(COUNTY)], unit=PLANNING, most=10)


async def test_nobody_has_to_look_at_a_reply_that_was_sent_back(ended: View) -> None:
    rows = await ended.ask("looks in area", prefixes=[pattern(COUNTY)], most=10)
    looks = [Look.model_validate(dict(row)) for row in rows]
    assert [(SECOND_ID, 2)] == [(look.followup_id, look.round) for look in looks]


async def test_what_was_arbitrated_has_another_unit_and_the_day_of_its_clock(ended: View) -> None:
    rows = await ended.ask("in area", prefixes=[pattern(COUNTY)], most=10)
    other = next(row for row in rows if row["assignment_id"] == OTHER_ID)
    assert (PLANNING, [HEALTH], date(2026, 6, 2), "accepted") == (
        other["lead_unit"], other["assist_units"], other["due"], other["state"],
    )  # fmt: skip
