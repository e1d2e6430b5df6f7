"""An agreed item is given to a unit; a general one that was not agreed is passed on upwards."""

from datetime import date

import pytest

from services.outcomes.domain.outcome.commands import (
    AssignItem,
    RecordReason,
    UpreportItem,
)
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.outcome.notes import NoteReturn
from services.outcomes.words import Item
from tests.outcomes.examples import (
    ADOPTED,
    ASSIGNED,
    CLINIC,
    DRAFTED,
    EXPLAINED,
    HEALTH,
    HOUSING,
    ISSUED,
    LINSHUI,
    NOISE,
    OUTCOME_ID,
    PARKING,
    PLANNING,
    REASON,
    RETURN_NOTED,
    SUBMITTED,
    UPREPORTED,
)
from tests.spec import NOW, Spec

outcome = Spec(OUTCOME, LINSHUI)
ADOPTED_SO_FAR = (DRAFTED, ISSUED, SUBMITTED, ADOPTED)
ASSIGNED_SO_FAR = (*ADOPTED_SO_FAR, ASSIGNED)

ASSIGN = AssignItem(outcome_id=OUTCOME_ID, item_no=1, lead_unit=HEALTH, assist_units=(PLANNING,))
UPREPORT = UpreportItem(
    outcome_id=OUTCOME_ID, item_no=3, form="public-opinion", headline=UPREPORTED.headline
)
GIVE_A_REASON = RecordReason(outcome_id=OUTCOME_ID, item_no=3, reason=REASON.reason)


def by_day(due: date) -> AssignItem:
    return ASSIGN.model_copy(update={"due": due})


def test_an_agreed_item_is_assigned_for_the_days_of_the_charter() -> None:
    outcome.given(*ADOPTED_SO_FAR).when(ASSIGN).then(ASSIGNED)


def test_whoever_assigns_may_ask_for_it_sooner() -> None:
    sooner = ASSIGNED.model_copy(update={"due": date(2026, 4, 1), "due_set_by": "assigner"})
    outcome.given(*ADOPTED_SO_FAR).when(by_day(date(2026, 4, 1))).then(sooner)


@pytest.mark.parametrize("due", [date(2026, 3, 1), date(2026, 5, 29)])
def test_neither_yesterday_nor_later_than_the_charter_allows(due: date) -> None:
    outcome.given(*ADOPTED_SO_FAR).when(by_day(due)).then_refused(
        "due-out-of-range", earliest=date(2026, 3, 2), latest=date(2026, 5, 28)
    )


def test_the_last_day_is_counted_in_china() -> None:
    late_evening_utc = NOW.replace(hour=23)
    tomorrow = ASSIGNED.model_copy(update={"due": date(2026, 5, 29)})
    outcome.given(*ADOPTED_SO_FAR).at(late_evening_utc).when(ASSIGN).then(tomorrow)


def test_nothing_is_assigned_before_somebody_adopted_the_outcome() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(ASSIGN).then_refused("not-adopted")


def test_what_was_not_agreed_is_not_assigned() -> None:
    parking = AssignItem(outcome_id=OUTCOME_ID, item_no=3, lead_unit=HOUSING)
    outcome.given(*ADOPTED_SO_FAR).when(parking).then_refused("not-agreed", item_no=3)


def test_an_item_nobody_recorded_is_not_assigned() -> None:
    ninth = AssignItem(outcome_id=OUTCOME_ID, item_no=9, lead_unit=HEALTH)
    outcome.given(*ADOPTED_SO_FAR).when(ninth).then_refused("no-such-item", item_no=9)


def test_assigning_it_again_to_the_same_unit_changes_nothing() -> None:
    outcome.given(*ASSIGNED_SO_FAR).when(ASSIGN).then_nothing()


def test_an_item_has_one_lead_unit() -> None:
    to_housing = AssignItem(outcome_id=OUTCOME_ID, item_no=1, lead_unit=HOUSING)
    outcome.given(*ASSIGNED_SO_FAR).when(to_housing).then_refused("already-assigned", unit=HEALTH)


def test_a_county_may_not_know_every_route() -> None:
    no_charge = LINSHUI.model_copy(update={"routes": frozenset({"assign", "forward"})})
    charge = ASSIGN.model_copy(update={"via": "charge"})
    outcome.given(*ADOPTED_SO_FAR).under(no_charge).when(charge).then_refused(
        "no-such-route", routes=["assign", "forward"]
    )


def test_an_item_given_back_is_assigned_to_another_unit() -> None:
    to_planning = AssignItem(outcome_id=OUTCOME_ID, item_no=1, lead_unit=PLANNING)
    anew = ASSIGNED.model_copy(update={"lead_unit": PLANNING, "assist_units": ()})
    outcome.given(*ASSIGNED_SO_FAR, RETURN_NOTED).when(to_planning).then(anew)


def test_a_return_is_noted_once() -> None:
    note = NoteReturn(outcome_id=OUTCOME_ID, item_no=1, unit=HEALTH)
    outcome.given(*ASSIGNED_SO_FAR).when(note).then(RETURN_NOTED)
    outcome.given(*ASSIGNED_SO_FAR, RETURN_NOTED).when(note).then_nothing()


def test_not_agreed_and_general_is_reported_upwards() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(UPREPORT).then(UPREPORTED)


def test_or_it_is_written_why_not() -> None:
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(GIVE_A_REASON).then(REASON)


@pytest.mark.parametrize("command", [UPREPORT, GIVE_A_REASON])
@pytest.mark.parametrize(
    ("item", "code"), [(CLINIC, "item-agreed"), (EXPLAINED, "item-agreed"), (NOISE, "not-general")]
)
def test_only_what_is_general_and_not_agreed_goes_upwards(
    command: UpreportItem | RecordReason, item: Item, code: str
) -> None:
    about_it = command.model_copy(update={"item_no": item.no})
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(about_it).then_refused(code, item_no=item.no)


def test_a_county_may_not_know_every_form() -> None:
    proposals_only = LINSHUI.model_copy(update={"upreport_forms": frozenset({"proposal"})})
    outcome.given(DRAFTED, ISSUED, SUBMITTED).under(proposals_only).when(UPREPORT).then_refused(
        "no-such-form", forms=["proposal"]
    )


def test_parking_is_both_general_and_not_agreed() -> None:
    """The example the tests above rest on."""
    assert (PARKING.agreed, PARKING.general) == (False, True)
