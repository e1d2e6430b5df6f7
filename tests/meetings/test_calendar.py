"""What the calendar of consultations shows."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

import pytest

from services.meetings.domain import DECIDERS
from services.meetings.projections.calendar import CALENDAR, Entry, Held
from shared.kernel.message import Event
from shared.runtime.counting import pattern
from tests.boards import Board, board
from tests.meetings.examples import (
    CANCELLED,
    CONSULTATION_ID,
    GUANYINQIAO,
    NOTICED,
    OPENED,
    PARTIES,
    PLANNED,
    POSTPONED,
    READY,
    RESEARCH_PLANNED,
    TALKING,
    THERE,
    TITLE,
    TOPIC_ID,
    agreed,
    held,
    noted,
    scheduled,
)
from tests.servers import Postgres
from tests.spec import NOW

pytestmark = pytest.mark.servers

LATER = scheduled(starts=NOW + timedelta(days=9), place="镇政府会议室")
COUNTY = "511623000000"


def another(n: int, *facts: Event) -> list[Event]:
    """The same facts on another matter."""
    ids = {"consultation_id": uuid5(CONSULTATION_ID, str(n)), "topic_id": uuid5(TOPIC_ID, str(n))}
    return [
        fact.model_copy(update={k: v for k, v in ids.items() if getattr(fact, k, None)})
        for fact in facts
    ]


@pytest.fixture
async def shown(pg: Postgres) -> AsyncIterator[Board]:
    async with board(pg, "meetings", CALENDAR, DECIDERS) as shown:
        yield shown


async def entries(shown: Board, area: str = COUNTY, state: str | None = None) -> list[Entry]:
    rows = await shown.ask("in area", prefixes=[pattern(area)], state=state, most=9)
    return [Entry.model_validate(row) for row in rows]


async def entry(shown: Board) -> Entry:
    (row,) = await shown.ask("of topic", topic_id=TOPIC_ID)
    return Entry.model_validate(row)


async def test_a_report_alone_is_no_consultation(shown: Board) -> None:
    await shown.tell(RESEARCH_PLANNED, noted(), area=GUANYINQIAO)
    assert [] == await entries(shown)


async def test_a_consultation_shows_what_it_still_lacks(shown: Board) -> None:
    await shown.tell(PLANNED, PARTIES, area=GUANYINQIAO)
    now = await entry(shown)
    assert (TITLE, "planned") == (now.title, now.state)
    assert (True, False, 0) == (now.parties, now.work_plan, now.reports)


async def test_a_report_from_before_the_approval_is_counted(shown: Board) -> None:
    await shown.tell(noted(), PLANNED, area=GUANYINQIAO)
    assert 1 == (await entry(shown)).reports


async def test_time_and_place_are_shown_and_taken_back(shown: Board) -> None:
    await shown.tell(*READY, scheduled(), area=GUANYINQIAO)
    now = await entry(shown)
    assert ("scheduled", "擂鼓坪院坝", NOW + timedelta(days=4)) == (
        now.state,
        now.place,
        now.starts,
    )
    await shown.tell(POSTPONED, area=GUANYINQIAO)
    now = await entry(shown)
    assert ("planned", None, None) == (now.state, now.place, now.starts)


async def test_what_was_held_shows_who_came_and_what_was_agreed(shown: Board) -> None:
    await shown.tell(*TALKING, agreed(), held(), area=GUANYINQIAO)
    now = await entry(shown)
    assert ("held", True) == (now.state, now.counted)
    assert (14, 1, 2) == (now.people, now.agreed, now.items)


async def test_consultations_are_found_by_area_and_state(shown: Board) -> None:
    await shown.tell(*READY, CANCELLED, area=GUANYINQIAO)
    await shown.tell(*another(1, *READY), area="511623100013")
    assert ["planned", "cancelled"] == [one.state for one in await entries(shown)]
    assert ["cancelled"] == [one.state for one in await entries(shown, GUANYINQIAO)]
    assert [uuid5(CONSULTATION_ID, "1")] == [
        one.consultation_id for one in await entries(shown, state="planned")
    ]


async def between(shown: Board, first: date, last: date) -> list[str]:
    rows = await shown.ask(
        "between", prefixes=[pattern(COUNTY)], first_day=first, last_day=last, most=9
    )
    return [Entry.model_validate(row).place or "" for row in rows]


async def test_a_day_is_a_day_in_china(shown: Board) -> None:
    late = scheduled(starts=datetime(2026, 3, 8, 16, 30, tzinfo=UTC), place="院坝")
    await shown.tell(*READY, late, area=GUANYINQIAO)
    assert [] == await between(shown, date(2026, 3, 8), date(2026, 3, 8))
    assert ["院坝"] == await between(shown, date(2026, 3, 9), date(2026, 3, 9))


async def test_what_was_given_up_is_in_no_calendar(shown: Board) -> None:
    await shown.tell(*READY, scheduled(), CANCELLED, area=GUANYINQIAO)
    await shown.tell(*another(1, *READY, LATER), area=GUANYINQIAO)
    assert ["镇政府会议室"] == await between(shown, date(2026, 3, 1), date(2026, 3, 31))


async def test_forms_are_counted_by_year(shown: Board) -> None:
    led, unled = held(form="chairpersons"), held(form="chairpersons", counted=False)
    for n, record in enumerate((led, unled, held())):
        past = (*READY, scheduled(form=record.form), NOTICED, *THERE, OPENED, agreed())
        await shown.tell(*another(n, *past, record), area=GUANYINQIAO)
    rows = await shown.ask("held in year", prefixes=[pattern(COUNTY)], year=2026)
    assert [
        Held(form="chairpersons", held=2, counted=1),
        Held(form="small", held=1, counted=1),
    ] == [Held.model_validate(row) for row in rows]
    assert [] == await shown.ask("held in year", prefixes=[pattern(COUNTY)], year=2025)


async def test_what_is_shown_does_not_depend_on_the_cut(shown: Board) -> None:
    moved = [*READY, scheduled(), NOTICED, POSTPONED, LATER, NOTICED, *THERE, OPENED, agreed()]
    given_up = another(1, noted(), PLANNED, PARTIES, scheduled(), CANCELLED)
    facts = [*moved, held()]
    for n, fact in enumerate(given_up):
        facts.insert(2 * n, fact)
    await shown.tell(*facts, area=GUANYINQIAO)
    assert 1 == len(await shown.digests())
