"""Whatever is asked in whatever order: clocks and notices keep their own rules."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.domain.deadline import commands as asked
from services.notify.domain.deadline.decide import DEADLINE
from services.notify.domain.deadline.events import (
    DeadlineBreached,
    DeadlineLifted,
    DeadlineMet,
    DeadlineSet,
)
from services.notify.domain.notice.commands import ReadNotice, SendNotice
from services.notify.domain.notice.decide import NOTICE
from services.notify.domain.notice.events import NoticeRead, NoticeSent
from shared.kernel.decider import Context
from shared.kernel.errors import Refused
from shared.kernel.message import Command, Event
from tests.notify.examples import AREA, DEADLINE_ID, DEFAULT, HEALTH, NOTICE_ID, SENT, TOPIC_ID
from tests.spec import by

DAY_0 = datetime(2026, 3, 2, tzinfo=UTC)
days = st.dates(date(2026, 3, 1), date(2026, 4, 10))

CLOCKS = st.one_of(
    st.builds(
        asked.SetDeadline,
        deadline_id=st.just(DEADLINE_ID),
        area=st.just(AREA),
        topic_id=st.just(TOPIC_ID),
        unit=st.just(HEALTH),
        due=days,
        why=st.just("clock-restarted"),
        params=st.just({}),
    ),
    st.builds(
        asked.MeetDeadline,
        deadline_id=st.just(DEADLINE_ID),
        met_at=st.integers(0, 40).map(lambda n: DAY_0 + timedelta(days=n)),
    ),
    st.builds(asked.LiftDeadline, deadline_id=st.just(DEADLINE_ID)),
    st.builds(asked.BreachDeadline, deadline_id=st.just(DEADLINE_ID), due=days),
)


@settings(max_examples=200, deadline=None)
@given(asks=st.lists(st.tuples(CLOCKS, st.integers(0, 3)), max_size=30))
def test_a_clock_stops_only_when_it_runs_and_is_breached_only_after_its_day(
    asks: list[tuple[Command, int]],
) -> None:
    past: list[Event] = []
    now = DAY_0
    running: DeadlineSet | None = None
    breached = False
    for command, days_later in asks:
        now += timedelta(days=days_later)
        try:
            said = DEADLINE.decide(
                command, DEADLINE.fold(past), Context(now, by("clock", "system"), DEFAULT)
            )
        except Refused:
            continue
        for fact in said:
            match fact:
                case DeadlineSet():
                    running, breached = fact, False
                case DeadlineBreached():
                    assert running is not None
                    assert not breached
                    assert running.due == fact.due < now.date()
                    breached = True
                case DeadlineMet() | DeadlineLifted():
                    assert running is not None
                    running = None
        past += said


@settings(max_examples=50, deadline=None)
@given(readers=st.lists(st.sampled_from(["chen", "wu", "he"]), max_size=8))
def test_a_notice_is_sent_once_and_read_once_by_each(readers: list[str]) -> None:
    to_all = SENT.model_copy(update={"to": f"topic:{TOPIC_ID}"})
    send = SendNotice(**dict(to_all), area=AREA)
    past: list[Event] = []
    for reader in ["clock", *readers]:
        command = send if not past else ReadNotice(notice_id=NOTICE_ID)
        past += NOTICE.decide(command, NOTICE.fold(past), Context(DAY_0, by(reader), DEFAULT))
        assert [] == NOTICE.decide(send, NOTICE.fold(past), Context(DAY_0, by(reader), DEFAULT))
    assert [to_all] == [fact for fact in past if isinstance(fact, NoticeSent)]
    read = [fact.reader for fact in past if isinstance(fact, NoticeRead)]
    assert list(dict.fromkeys(readers)) == read
