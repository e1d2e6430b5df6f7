"""The inbox, and the clocks that run: the views say it, however the facts arrive."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from services.notify.app import app
from services.notify.domain import DECIDERS
from services.notify.domain.deadline.commands import BreachDeadline, PassMark
from services.notify.domain.notice.events import NoticeSent
from services.notify.projections.deadlines import DEADLINES, Deadline
from services.notify.projections.inbox import INBOX, Notice
from services.notify.words import Mark, because, to_account, to_role, to_topic, to_unit
from services.topics.domain.topic.events import TopicProposed
from shared.kernel.message import Event
from shared.runtime.counting import pattern
from shared.runtime.view import View
from tests.notify.examples import (
    AREA,
    BLUE,
    BREACHED,
    COUNTY,
    DEADLINE_ID,
    EXTENDED,
    FACT_ID,
    HEALTH,
    LIFTED,
    MET,
    NOTICE_ID,
    PAUSED,
    READ,
    REMINDED,
    RESUMED,
    SENT,
    SET,
    TOPIC_ID,
    WARNED,
    YELLOW,
)
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

PROPOSED = TopicProposed.model_construct(
    topic_id=TOPIC_ID, title="增设社区卫生服务中心", proposer="lin", submitter="zhou"
)


def sent(to: str, text: str = "topic-approved") -> NoticeSent:
    return SENT.model_copy(update={"notice_id": uuid5(FACT_ID, to), "to": to, "text": text})


def on(*events: Event) -> list[Said]:
    """Each in the stream its first field names."""
    return [("notify", next(iter(dict(event).values())), event) for event in events]


TO_PROPOSER, TO_MEMBERS = sent(to_topic(TOPIC_ID)), sent(to_role("member", AREA))
TO_CHEN, TO_OTHERS = sent(to_account("chen")), sent(to_unit(HEALTH, "510521100013"))
NOTICES: list[Said] = [
    ("topics", TOPIC_ID, PROPOSED),
    *on(SENT, TO_PROPOSER, TO_MEMBERS, TO_CHEN, TO_OTHERS, READ),
]

LATE_ID, BACK_ID, ANEW_ID, PAUSED_ID, LONGER_ID, WARNED_ID = (
    uuid5(DEADLINE_ID, name) for name in ("late", "back", "anew", "paused", "longer", "warned")
)


def clock(deadline_id: UUID, *events: Event) -> list[Said]:
    return on(*(event.model_copy(update={"deadline_id": deadline_id}) for event in events))


CLOCKS = [
    *clock(PAUSED_ID, SET, WARNED, PAUSED),
    *clock(LONGER_ID, SET, WARNED, PAUSED, RESUMED, EXTENDED),
    *clock(WARNED_ID, SET, WARNED, REMINDED),
    *clock(DEADLINE_ID, SET),
    *clock(LATE_ID, SET, BREACHED, MET.model_copy(update={"late_days": 3})),
    *clock(BACK_ID, SET, LIFTED),
    *clock(ANEW_ID, SET, BREACHED, SET.model_copy(update={"due": date(2026, 8, 29)})),
]


@pytest.fixture(scope="module")
async def inbox(pg: Postgres) -> AsyncIterator[View]:
    async with history(pg, NOTICES) as dsn, filled(dsn, "notify", INBOX, DECIDERS) as view:
        yield view


@pytest.fixture(scope="module")
async def clocks(pg: Postgres) -> AsyncIterator[View]:
    async with history(pg, CLOCKS) as dsn, filled(dsn, "notify", DEADLINES, DECIDERS) as view:
        yield view


async def test_the_inbox_is_the_same_however_its_facts_arrive(pg: Postgres) -> None:
    async with history(pg, NOTICES) as dsn:
        await keeps_the_law(dsn, "notify", INBOX, DECIDERS)


@pytest.mark.parametrize(
    ("reader", "role", "unit", "area", "told"),
    [
        ("lin", "convenor", "", COUNTY, {TO_PROPOSER.notice_id}),
        ("zhou", "resident", "", AREA, {TO_PROPOSER.notice_id}),
        ("ma", "member", "", COUNTY, {TO_MEMBERS.notice_id}),
        ("ma", "member", "", "511623103210", set()),
        ("chen", "unit", HEALTH, COUNTY, {NOTICE_ID, TO_CHEN.notice_id}),
        ("wu", "unit", HEALTH, COUNTY, {NOTICE_ID}),
        ("wu", "unit", HEALTH, "510521000000", {TO_OTHERS.notice_id}),
        ("wu", "unit", "县公安局", COUNTY, set()),
    ],
)
async def test_everybody_sees_their_own_notices(
    inbox: View, reader: str, role: str, unit: str, area: str, told: set[UUID]
) -> None:
    rows = await inbox.ask(
        "of reader",
        reader=reader,
        role=role,
        unit=unit,
        prefixes=[pattern(area)],
        unread_only=False,
        most=9,
    )
    assert told == {row["notice_id"] for row in rows}


async def test_what_one_has_read_others_have_not(inbox: View) -> None:
    asked = {
        "role": "unit",
        "unit": HEALTH,
        "prefixes": [pattern(COUNTY)],
        "unread_only": True,
        "most": 9,
    }
    chen = await inbox.ask("of reader", reader="chen", **asked)
    wu = await inbox.ask("of reader", reader="wu", **asked)
    assert [TO_CHEN.notice_id] == [row["notice_id"] for row in chen]
    (notice,) = (Notice.model_validate(dict(row)) for row in wu)
    assert (SENT.params, "增设社区卫生服务中心") == (notice.params, notice.title)


async def test_clocks_are_the_same_however_their_facts_arrive(pg: Postgres) -> None:
    async with history(pg, CLOCKS) as dsn:
        await keeps_the_law(dsn, "notify", DEADLINES, DECIDERS)


async def test_a_clock_says_how_it_stands(clocks: View) -> None:
    rows = await clocks.ask("of topic", topic_id=TOPIC_ID)
    deadlines = [Deadline.model_validate(dict(row)) for row in rows]
    assert {
        DEADLINE_ID: ("DeadlineSet", None, None, SET.due),
        LATE_ID: ("DeadlineMet", None, 3, SET.due),
        BACK_ID: ("DeadlineLifted", None, None, SET.due),
        ANEW_ID: ("DeadlineSet", None, None, date(2026, 8, 29)),
        PAUSED_ID: ("DeadlinePaused", "blue", None, SET.due),
        LONGER_ID: ("DeadlineExtended", None, None, EXTENDED.due),
        WARNED_ID: ("DeadlineSet", "blue", None, SET.due),
    } == {one.deadline_id: (one.state, one.level, one.late_days, one.due) for one in deadlines}


async def test_a_clock_says_why_that_day(clocks: View) -> None:
    rows = await clocks.ask("of topic", topic_id=TOPIC_ID)
    told = {row["deadline_id"]: Deadline.model_validate(dict(row)) for row in rows}
    assert SET.params == told[DEADLINE_ID].params
    assert SET.count
    assert because(SET.count, SET.due) == told[DEADLINE_ID].model_dump()["because"]
    assert because(EXTENDED.count, EXTENDED.due) == told[LONGER_ID].model_dump()["because"]


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        (datetime(2026, 5, 31, 15, 59, tzinfo=UTC), set()),
        (datetime(2026, 5, 31, 16, 0, tzinfo=UTC), {DEADLINE_ID, WARNED_ID}),
        (
            datetime(2026, 8, 30, 16, 0, tzinfo=UTC),
            {DEADLINE_ID, WARNED_ID, LONGER_ID, ANEW_ID},
        ),
    ],
)
async def test_a_running_clock_is_overdue_after_midnight_in_china(
    clocks: View, now: datetime, overdue: set[UUID]
) -> None:
    rows = await clocks.ask("overdue", now=now)
    assert overdue == {row["deadline_id"] for row in rows}
    assert len(rows) == len({row["clock"] for row in rows})


async def test_the_ticker_asks_for_each_overdue_clock_once(clocks: View) -> None:
    tick, *_ = app.ticks
    rows = await clocks.ask(tick.statement, now=datetime(2026, 6, 1, tzinfo=UTC))
    late = {DEADLINE_ID, WARNED_ID}
    assert sorted(late) == sorted(row["deadline_id"] for row in rows)
    assert {f"{one}/{SET.due}" for one in late} == {row[tick.key] for row in rows}
    assert all(
        BreachDeadline(deadline_id=row["deadline_id"], due=SET.due) == tick.react(row)
        for row in rows
    )


@pytest.mark.parametrize(
    ("now", "reached"),
    [
        (BLUE.at - timedelta(seconds=1), {}),
        (BLUE.at, {DEADLINE_ID: BLUE, ANEW_ID: BLUE}),
        (YELLOW.at, {DEADLINE_ID: BLUE, ANEW_ID: BLUE, WARNED_ID: YELLOW}),
        (
            EXTENDED.marks[0].at,
            {
                DEADLINE_ID: BLUE,
                ANEW_ID: BLUE,
                WARNED_ID: YELLOW,
                LONGER_ID: EXTENDED.marks[0],
            },
        ),
    ],
)
async def test_the_ticker_asks_for_the_next_mark_of_each_clock_that_runs(
    clocks: View, now: datetime, reached: dict[UUID, Mark]
) -> None:
    _, tick, _ = app.ticks
    assert tick.every_s <= 30
    rows = await clocks.ask(tick.statement, now=now)
    asked = [PassMark(deadline_id=one, mark=mark) for one, mark in reached.items()]
    assert sorted(asked, key=str) == sorted(map(tick.react, rows), key=str)
    keys = {f"{one}/{mark.what}/{mark.at.timestamp():.6f}" for one, mark in reached.items()}
    assert keys == {row[tick.key] for row in rows}
