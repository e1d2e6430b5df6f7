"""When a notice may go out: quiet hours over midnight, digests over weekends and holidays."""

from datetime import datetime, time

import pytest
from pydantic import ValidationError

from services.notify.rules import NotifyRules
from services.notify.words import CHINA, Text
from services.notify.words.channels import Quiet, When, Wishes
from tests.notify.examples import DEFAULT, WISHES

NIGHT = Quiet(since=time(21), until=time(7, 30))
NOON = Quiet(since=time(12), until=time(14))


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def moment(now: datetime, when: When = "at-once", quiet: Quiet | None = NIGHT) -> datetime:
    wishes = Wishes(when={"progress": when}, digest_at=time(8, 30), quiet=quiet)
    return wishes.moment("topic-approved", now, DEFAULT.workdays)


@pytest.mark.parametrize(
    ("now", "quiet", "then"),
    [
        (at(3, 2, 20, 59), NIGHT, at(3, 2, 20, 59)),
        (at(3, 2, 21), NIGHT, at(3, 3, 7, 30)),
        (at(2, 28, 23, 59), NIGHT, at(3, 1, 7, 30)),
        (at(3, 3, 0), NIGHT, at(3, 3, 7, 30)),
        (at(3, 3, 7, 29), NIGHT, at(3, 3, 7, 30)),
        (at(3, 3, 7, 30), NIGHT, at(3, 3, 7, 30)),
        (at(3, 3, 13), NOON, at(3, 3, 14)),
        (at(3, 3, 23), NOON, at(3, 3, 23)),
        (at(3, 3, 3), None, at(3, 3, 3)),
    ],
)
def test_nobody_is_disturbed_in_quiet_hours(
    now: datetime, quiet: Quiet | None, then: datetime
) -> None:
    assert then == moment(now, quiet=quiet)


@pytest.mark.parametrize(
    ("now", "when", "then"),
    [
        (at(3, 2, 8, 30), "daily", at(3, 2, 8, 30)),
        (at(3, 2, 8, 31), "daily", at(3, 3, 8, 30)),
        (at(3, 6, 17), "daily", at(3, 9, 8, 30)),  # a Friday
        (at(4, 30, 17), "daily", at(5, 6, 8, 30)),  # the holiday of May
        (at(5, 8, 17), "daily", at(5, 9, 8, 30)),  # a Saturday that was moved, and is worked
        (at(3, 2, 8, 30), "weekly", at(3, 2, 8, 30)),
        (at(3, 2, 9), "weekly", at(3, 9, 8, 30)),
        (at(4, 28, 9), "weekly", at(5, 6, 8, 30)),  # Monday and Tuesday are off
        (at(9, 29, 9), "weekly", at(10, 8, 8, 30)),  # and so is nearly all of this week
    ],
)
def test_a_digest_comes_on_working_days(now: datetime, when: When, then: datetime) -> None:
    assert then == moment(now, when)


def test_a_digest_in_quiet_hours_waits_for_their_end() -> None:
    assert at(3, 3, 9) == moment(at(3, 2, 17), "daily", Quiet(since=time(20), until=time(9)))


def test_a_test_of_ones_own_comes_at_once() -> None:
    assert at(3, 2, 23) == WISHES.moment("channel-test", at(3, 2, 23), DEFAULT.workdays)


@pytest.mark.parametrize(
    ("text", "email", "sms"),
    [
        ("topic-approved", True, False),
        ("item-assigned", True, True),
        ("deadline-warned", False, True),
    ],
)
def test_each_kind_comes_by_the_channels_that_were_chosen(
    text: Text, *, email: bool, sms: bool
) -> None:
    assert (email, sms) == (WISHES.wants(text, "email"), WISHES.wants(text, "sms"))


def test_who_has_chosen_nothing_is_told_wherever_an_address_was_given() -> None:
    assert DEFAULT.wishes.wants("topic-approved", "dingtalk")


@pytest.mark.parametrize(
    "steps",
    [
        [{"after_days": 0, "to": "staff"}],
        [{"after_days": 5, "to": "staff"}, {"after_days": 2, "to": "leaders"}],
        [{"after_days": 2, "to": "staff"}, {"after_days": 5, "to": "staff"}],
        [{"after_days": 2, "to": "parliament"}],
    ],
)
def test_a_county_escalates_in_order(steps: list[dict[str, object]]) -> None:
    with pytest.raises(ValidationError):
        NotifyRules.model_validate(dict(DEFAULT) | {"escalation": steps})


def test_a_time_of_day_is_one_in_china_however_it_is_written() -> None:
    evening = {"since": "21:00:00+08:00", "until": "23:30:00Z"}
    quiet = Quiet.model_validate(evening)
    assert (time(21), time(7, 30)) == (quiet.since, quiet.until)
