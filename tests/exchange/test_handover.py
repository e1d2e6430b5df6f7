"""What an agency hands over is received once, under its own number, and it hears every step."""

from services.exchange.domain.handover.decide import MATTER, claims
from tests.exchange.handed import (
    AGENCY_ID,
    COMPLETED,
    FIRST_ID,
    HAND_OVER,
    HAND_OVER_COMPLETED,
    HANDED_OVER,
    ITSELF,
    NUMBER,
    RECEIVED,
    RETURNED,
    RETURNED_STEP,
    STRANGER,
    WORKER,
    handover,
)

HANDED = handover.given(HANDED_OVER, RECEIVED)
BACK = handover.given(HANDED_OVER, RECEIVED, RETURNED)


def test_an_agency_hands_a_matter_over_and_gets_a_receipt() -> None:
    handover.given().when(HAND_OVER, WORKER).then(HANDED_OVER, RECEIVED)


def test_the_same_under_the_same_number_is_received_already() -> None:
    HANDED.when(HAND_OVER, WORKER).then_nothing()


def test_other_content_under_the_same_number_is_refused_saying_what_is_kept() -> None:
    HANDED.when(HAND_OVER_COMPLETED, WORKER).then_refused(
        "number-taken", number=NUMBER, kept=HANDED_OVER.title
    )


def test_nobody_hands_over_in_the_name_of_another_agency() -> None:
    handover.given().when(HAND_OVER, STRANGER).then_refused("not-your-agency")
    HANDED.when(HAND_OVER, STRANGER).then_refused("not-your-agency")


def test_the_id_follows_from_the_agency_and_its_number() -> None:
    assert HANDED_OVER.handover_id == HAND_OVER.handover_id
    assert HAND_OVER.handover_id != HAND_OVER.model_copy(update={"number": "2"}).handover_id


def test_what_another_handed_over_before_keeps_the_receipt_of_the_first() -> None:
    same = HAND_OVER.model_copy(update={"same_as": FIRST_ID})
    receipt = f"{FIRST_ID.int % 10**12:012}"
    handover.given().when(same, WORKER).then(
        HANDED_OVER.model_copy(update={"same_as": FIRST_ID}),
        RECEIVED.model_copy(update={"same_as": FIRST_ID, "receipt": receipt}),
    )


def test_a_matter_is_claimed_by_the_first_unless_it_happened_again() -> None:
    assert [(MATTER, HANDED_OVER.matter)] == claims(HANDED_OVER)
    assert () == claims(HANDED_OVER.model_copy(update={"same_as": FIRST_ID}))
    assert () == claims(HANDED_OVER.model_copy(update={"again": True}))


def test_the_agency_is_told_of_each_step_once() -> None:
    HANDED.when(RETURNED_STEP, ITSELF).then(RETURNED)
    BACK.when(RETURNED_STEP, ITSELF).then_nothing()


def test_what_was_returned_is_completed_under_the_same_number() -> None:
    BACK.when(HAND_OVER_COMPLETED, WORKER).then(COMPLETED)
    completed = handover.given(HANDED_OVER, RECEIVED, RETURNED, COMPLETED)
    completed.when(HAND_OVER_COMPLETED, WORKER).then_nothing()
    completed.when(HAND_OVER, WORKER).then_refused(
        "number-taken", number=NUMBER, kept=COMPLETED.title
    )


def test_there_is_no_step_of_what_was_never_handed_over() -> None:
    handover.given().when(RETURNED_STEP, ITSELF).then_refused(
        "not-now", command="TellStep", handover="Nothing"
    )


def test_no_step_tells_a_private_word() -> None:
    assert {"words", "contact"}.isdisjoint(RETURNED.model_dump().keys() | RECEIVED.model_dump())
    assert AGENCY_ID == RETURNED.agency_id
