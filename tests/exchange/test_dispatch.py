"""What is handed to an agency is tracked until the agency confirms it."""

from tests.exchange.handed import (
    ACKNOWLEDGE,
    ACKNOWLEDGED,
    ITSELF,
    LATER,
    NOTE_RECEIPT,
    OFFER,
    OFFERED,
    REMIND,
    REMINDED,
    STRANGER,
    WORKER,
    dispatch,
)
from tests.spec import NOW

WITH_THEM = dispatch.given(OFFERED)


def test_an_appeal_is_offered_once_with_a_day_to_confirm_it() -> None:
    dispatch.given().when(OFFER, ITSELF).then(OFFERED)
    WITH_THEM.when(OFFER, ITSELF).then_nothing()


def test_the_agency_confirms_it_under_its_own_number() -> None:
    WITH_THEM.when(ACKNOWLEDGE, WORKER).then(ACKNOWLEDGED)


def test_it_confirms_once() -> None:
    done = dispatch.given(OFFERED, ACKNOWLEDGED)
    done.when(ACKNOWLEDGE, WORKER).then_nothing()
    other = ACKNOWLEDGE.model_copy(update={"number": "WG-S-32"})
    done.when(other, WORKER).then_refused("already-acknowledged", receipt_no="WG-S-31")


def test_nobody_confirms_what_another_was_handed() -> None:
    WITH_THEM.when(ACKNOWLEDGE, STRANGER).then_refused("not-your-agency")


def test_what_it_answered_on_paper_counts_as_well() -> None:
    on_paper = ACKNOWLEDGED.model_copy(update={"on_paper": True})
    WITH_THEM.when(NOTE_RECEIPT, ITSELF).then(on_paper)
    dispatch.given(OFFERED, on_paper).when(NOTE_RECEIPT, ITSELF).then_nothing()
    dispatch.given().when(NOTE_RECEIPT, ITSELF).then_nothing()


def test_it_is_reminded_when_it_is_late_each_time_once() -> None:
    WITH_THEM.at(NOW).when(REMIND, ITSELF).then_nothing()
    late = WITH_THEM.at(LATER)
    late.when(REMIND, ITSELF).then(REMINDED)
    dispatch.given(OFFERED, REMINDED).at(LATER).when(REMIND, ITSELF).then_nothing()


def test_nobody_is_reminded_of_what_is_confirmed() -> None:
    dispatch.given(OFFERED, ACKNOWLEDGED).at(LATER).when(REMIND, ITSELF).then_nothing()
