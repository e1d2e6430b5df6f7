"""The ledger of one notice on its way: each attempt is begun once, and delivered is said once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid5

import pytest

from services.notify.domain.delivery import commands as ask
from services.notify.domain.delivery.decide import ATTEMPTS_MAX, DELIVERY, WAITS
from services.notify.words import CHINA
from services.notify.words.channels import Wishes
from shared.kernel.message import Event
from tests.notify.examples import (
    ACCOUNT_ID,
    AREA,
    BEGUN,
    DEFAULT,
    DELIVERED,
    DELIVERY_ID,
    FAILED,
    GIVEN_UP,
    NOTICE_ID,
    PLANNED,
    WAY,
    WISHES,
)
from tests.spec import NOW, Spec

delivery = Spec(DELIVERY, DEFAULT)
LATER = NOW + timedelta(hours=1)

PLAN = ask.PlanDelivery(
    **WAY, area=AREA, notice_id=NOTICE_ID, account=ACCOUNT_ID, channel="email", text="item-assigned"
)
RECORD = ask.RecordDelivery(**WAY, attempt=1, told="SMTP 250")
DROP = ask.DropDelivery(**WAY, told="no address")
AGAIN = BEGUN.model_copy(update={"attempt": 2, "again": True})


def begin(attempt: int) -> ask.BeginDelivery:
    return ask.BeginDelivery(**WAY, attempt=attempt, message_id=DELIVERY_ID)


def fail(attempt: int = 1, *, permanent: bool = False, unsure: bool = False) -> ask.FailDelivery:
    return ask.FailDelivery(
        **WAY, attempt=attempt, told="SMTP 451", permanent=permanent, unsure=unsure
    )


def test_a_notice_is_planned_once_for_each_way() -> None:
    delivery.given().when(PLAN).then(PLANNED)
    delivery.given(PLANNED).when(PLAN).then_nothing()


def test_at_night_it_is_planned_for_the_morning() -> None:
    night = datetime(2026, 3, 2, 15, tzinfo=UTC)
    morning = datetime(2026, 3, 3, 7, 30, tzinfo=CHINA)
    waits = PLANNED.model_copy(update={"send_at": morning})
    delivery.given().at(night).when(PLAN).then(waits)
    delivery.given(waits).at(night).when(begin(1)).then_refused("not-due", due=morning)
    delivery.given(waits).at(morning).when(begin(1)).then(BEGUN)


def test_what_its_person_does_not_want_is_not_planned() -> None:
    def wishing(wishes: Wishes) -> ask.PlanDelivery:
        return PLAN.model_copy(update={"wishes": wishes})

    delivery.given().when(wishing(WISHES)).then(PLANNED)
    only_sms = WISHES.model_copy(update={"channels": {"task": ("sms",)}})
    delivery.given().when(wishing(only_sms)).then_nothing()


def test_only_the_first_who_begins_an_attempt_sends() -> None:
    delivery.given(PLANNED).when(begin(1)).then(BEGUN)
    delivery.given(PLANNED, BEGUN).when(begin(1)).then_refused("begun-already", attempts=1)
    delivery.given(PLANNED).when(begin(2)).then_refused("begun-already", attempts=0)


def test_what_was_begun_and_never_ended_is_begun_again_and_marked() -> None:
    delivery.given(PLANNED, BEGUN).when(begin(2)).then(AGAIN)
    second = RECORD.model_copy(update={"attempt": 2})
    marked = DELIVERED.model_copy(update={"attempt": 2, "perhaps_twice": True})
    delivery.given(PLANNED, BEGUN, AGAIN).when(second).then(marked)
    delivery.given(PLANNED, BEGUN).when(RECORD).then(DELIVERED)


def test_it_is_delivered_once_in_the_ledger_whoever_says_so() -> None:
    first = DELIVERED.model_copy(update={"perhaps_twice": True})
    delivery.given(PLANNED, BEGUN, AGAIN).when(RECORD).then(first)
    for command in (RECORD, RECORD.model_copy(update={"attempt": 2}), fail(2), DROP):
        delivery.given(PLANNED, BEGUN, AGAIN, first).when(command).then_nothing()


def test_a_failure_for_now_is_tried_again_later_and_later() -> None:
    assert WAITS == tuple(sorted(WAITS))
    past: list[Event] = [PLANNED]
    now = PLANNED.send_at
    for attempt in range(1, ATTEMPTS_MAX):
        past += delivery.given(*past).at(now).when(begin(attempt)).said or []
        (failed,) = delivery.given(*past).at(now).when(fail(attempt)).said or []
        waits = failed.send_at - now  # type: ignore[attr-defined]
        assert WAITS[attempt - 1] <= waits <= 1.25 * WAITS[attempt - 1]
        past, now = [*past, failed], failed.send_at  # type: ignore[attr-defined]
    past += delivery.given(*past).at(now).when(begin(ATTEMPTS_MAX)).said or []
    last = GIVEN_UP.model_copy(update={"told": "SMTP 451"})
    delivery.given(*past).at(now).when(fail(ATTEMPTS_MAX)).then(last)


def test_who_dies_each_time_is_not_followed_for_ever() -> None:
    begun = [BEGUN.model_copy(update={"attempt": n}) for n in range(1, ATTEMPTS_MAX + 1)]
    given_up = GIVEN_UP.model_copy(update={"told": "too many attempts"})
    delivery.given(PLANNED, *begun).when(begin(ATTEMPTS_MAX + 1)).then(given_up)


def test_a_failure_for_good_is_not_tried_again() -> None:
    given_up = GIVEN_UP.model_copy(update={"told": "SMTP 451"})
    delivery.given(PLANNED, BEGUN).when(fail(permanent=True)).then(given_up)
    delivery.given(PLANNED, BEGUN, given_up).at(LATER).when(begin(2)).then_refused(
        "not-now", command="BeginDelivery", delivery="Over"
    )


def test_silence_may_have_been_a_yes_so_the_next_one_is_marked() -> None:
    unsure = FAILED.model_copy(update={"unsure": True})
    (failed,) = delivery.given(PLANNED, BEGUN).when(fail(unsure=True)).said or []
    assert (True, "SMTP 451") == (failed.unsure, failed.told)  # type: ignore[attr-defined]
    delivery.given(PLANNED, BEGUN, unsure).at(LATER).when(begin(2)).then(AGAIN)
    sure = AGAIN.model_copy(update={"again": False})
    delivery.given(PLANNED, BEGUN, FAILED).at(LATER).when(begin(2)).then(sure)


def test_the_failure_of_an_attempt_that_others_took_over_is_not_news() -> None:
    delivery.given(PLANNED, BEGUN, AGAIN).when(fail(1)).then_nothing()


@pytest.mark.parametrize("past", [(PLANNED,), (PLANNED, BEGUN), (PLANNED, BEGUN, FAILED)])
def test_without_an_address_nothing_is_waited_for(past: tuple[Event, ...]) -> None:
    dropped = GIVEN_UP.model_copy(update={"told": "no address"})
    delivery.given(*past).when(DROP).then(dropped)
    delivery.given(*past, dropped).when(DROP).then_nothing()


def test_what_nobody_planned_is_not_sent() -> None:
    stranger = begin(1).model_copy(update={"delivery_id": uuid5(DELIVERY_ID, "other")})
    delivery.given().when(stranger).then_refused(
        "not-now", command="BeginDelivery", delivery="Nothing"
    )
