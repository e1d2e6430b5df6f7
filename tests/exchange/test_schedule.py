"""When a message is sent again: later each time, and a little apart from others."""

from datetime import timedelta
from uuid import UUID

from services.exchange.effects.hooks.schedule import JITTER, Schedule
from tests.spec import NOW

SCHEDULE = Schedule()
ONE, OTHER = UUID(int=1), UUID(int=2)


def test_a_message_waits_longer_each_time_for_some_three_days() -> None:
    waits = [SCHEDULE.next_at(NOW, n, ONE) - NOW for n in range(1, len(SCHEDULE.again) + 1)]
    assert waits == sorted(waits)
    assert timedelta(days=3) < sum(SCHEDULE.again, timedelta()) < timedelta(days=4)
    for wait, least in zip(waits, SCHEDULE.again, strict=True):
        assert least <= wait <= least * (1 + JITTER)


def test_what_failed_together_is_tried_again_apart() -> None:
    assert SCHEDULE.next_at(NOW, 5, ONE) != SCHEDULE.next_at(NOW, 5, OTHER)
    assert SCHEDULE.next_at(NOW, 5, ONE) == SCHEDULE.next_at(NOW, 5, ONE)


def test_after_the_last_wait_there_is_one_more_attempt_and_no_other() -> None:
    last = len(SCHEDULE.again)
    assert [False, True] == [SCHEDULE.is_over(last), SCHEDULE.is_over(last + 1)]


def test_a_target_is_left_alone_only_after_several_failures_in_a_row() -> None:
    assert NOW == SCHEDULE.knock_at(NOW, SCHEDULE.down_after - 1, ONE)
    assert NOW + SCHEDULE.knock[0] <= SCHEDULE.knock_at(NOW, SCHEDULE.down_after, ONE)


def test_however_long_a_target_is_down_it_is_asked_again_within_minutes() -> None:
    most = SCHEDULE.knock[-1] * (1 + JITTER)
    assert SCHEDULE.knock_at(NOW, 10_000, ONE) - NOW <= most
