"""Whatever is asked in whatever order: clocks and notices keep their own rules."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.domain.deadline import commands as asked
from services.notify.domain.deadline.decide import DEADLINE
from services.notify.domain.deadline.events import (
    DeadlineBreached,
    DeadlineExtended,
    DeadlineLifted,
    DeadlineMet,
    DeadlinePaused,
    DeadlineResumed,
    DeadlineSet,
    ReminderSent,
    WarningLevelRaised,
)
from services.notify.domain.notice.commands import ReadNotice, SendNotice
from services.notify.domain.notice.decide import NOTICE
from services.notify.domain.notice.events import NoticeRead, NoticeSent
from services.notify.words import Mark, day
from shared.kernel.decider import Context
from shared.kernel.errors import Refused
from shared.kernel.message import Command, Event
from tests.notify.examples import (
    AREA,
    DEADLINE_ID,
    DEFAULT,
    GRANTED,
    HEALTH,
    NOTICE_ID,
    SENT,
    TOPIC_ID,
    mark,
)
from tests.spec import by

type Clock = DeadlineSet | DeadlineResumed | DeadlineExtended | ReminderSent | WarningLevelRaised

DAY_0 = datetime(2026, 3, 2, tzinfo=UTC)
days = st.dates(date(2026, 3, 1), date(2026, 4, 10))

GRANTS = {name: st.just(value) for name, value in GRANTED.items()}

CLOCKS = st.one_of(
    st.builds(
        asked.SetDeadline,
        deadline_id=st.just(DEADLINE_ID),
        area=st.just(AREA),
        topic_id=st.just(TOPIC_ID),
        unit=st.just(HEALTH),
        since=st.just(date(2026, 3, 1)),
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
    st.builds(asked.PauseDeadline, deadline_id=st.just(DEADLINE_ID), **GRANTS),
    st.builds(asked.ResumeDeadline, deadline_id=st.just(DEADLINE_ID), **GRANTS),
    st.builds(
        asked.ExtendDeadline,
        deadline_id=st.just(DEADLINE_ID),
        due=days,
        reason=st.just("r"),
    ),
    st.none(),
)


@dataclass
class Watch:
    """What a clock has said so far, and what it may say next."""

    clock: Clock | None = None
    paused: bool = False
    breached: bool = False
    passed: set[Mark] = field(default_factory=set)

    def next(self, command: Command | None, now: datetime) -> Command:
        """What is asked; where nothing is, the next mark. No reply comes from the future."""
        if isinstance(command, asked.MeetDeadline):
            return command.model_copy(update={"met_at": min(command.met_at, now)})
        marks = self.clock.marks if self.clock else ()
        return command or asked.PassMark(
            deadline_id=DEADLINE_ID, mark=marks[0] if marks else mark("red", 3, 2)
        )

    def hear(self, fact: Event, now: datetime) -> None:
        """One more fact, and whether it may be."""
        if isinstance(fact, DeadlineSet):
            self.clock, self.paused, self.breached, self.passed = fact, False, False, set()
            return
        assert self.clock is not None
        match fact:
            case DeadlineMet() | DeadlineLifted():
                self.clock = None
            case ReminderSent() | WarningLevelRaised():
                self.ticking()
                self.mark(fact, now)
            case DeadlinePaused():
                self.ticking()
                assert self.clock.due >= fact.since
                self.paused = True
            case DeadlineResumed():
                assert self.paused
                assert self.clock.due <= fact.due >= day(now)
                self.clock, self.paused = fact, False
            case DeadlineExtended():
                assert self.clock.due < fact.due
                self.clock, self.paused, self.breached = fact, False, False
            case DeadlineBreached():
                self.ticking()
                assert self.clock.due == fact.due < now.date()
                self.breached = True

    def ticking(self) -> None:
        assert not self.paused
        assert not self.breached

    def mark(self, fact: ReminderSent | WarningLevelRaised, now: datetime) -> None:
        """Each in its turn, not too early, and once."""
        assert self.clock
        said, *ahead = self.clock.marks
        assert said.at <= now
        assert said not in self.passed
        assert tuple(ahead) == fact.marks
        self.passed.add(said)
        self.clock = fact


@settings(max_examples=200, deadline=None)
@given(asks=st.lists(st.tuples(CLOCKS, st.integers(0, 3)), max_size=30))
def test_a_clock_says_only_what_may_come_next(asks: list[tuple[Command | None, int]]) -> None:
    past: list[Event] = []
    now, watch = DAY_0, Watch()
    for command, days_later in asks:
        now += timedelta(days=days_later)
        context = Context(now, by("clock", "system"), DEFAULT)
        try:
            said = DEADLINE.decide(watch.next(command, now), DEADLINE.fold(past), context)
        except Refused:
            continue
        for fact in said:
            watch.hear(fact, now)
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
