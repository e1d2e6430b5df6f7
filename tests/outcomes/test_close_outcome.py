"""An outcome closes when every item has found its way and the county's needs are met."""

import pytest

from services.outcomes.domain.outcome.commands import (
    CloseOutcome,
)
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.rules import OutcomeRules
from shared.kernel.message import Event
from tests.outcomes.examples import (
    ADOPTED,
    ASSIGNED,
    CLOSED,
    DEFAULT,
    DRAFTED,
    EXPLAINED,
    FED_BACK_TO_MEMBERS,
    FED_BACK_TO_PEOPLE,
    IN_MEDIA,
    ISSUED,
    LINSHUI,
    LOOK_NOTED,
    OUTCOME_ID,
    PRESS_NOTED,
    REASON,
    REPLY_NOTED,
    SUBMITTED,
    UPREPORTED,
)
from tests.spec import Spec

outcome = Spec(OUTCOME, LINSHUI)
CLOSE = CloseOutcome(outcome_id=OUTCOME_ID)

EVERYTHING = (
    DRAFTED,
    ISSUED,
    SUBMITTED,
    ADOPTED,
    ASSIGNED,
    UPREPORTED,
    REPLY_NOTED,
    LOOK_NOTED,
    PRESS_NOTED,
    FED_BACK_TO_MEMBERS,
    FED_BACK_TO_PEOPLE,
)

HUIMIN = LINSHUI.model_copy(
    update={
        "followups": (),
        "closing_needs": frozenset(
            {"record", "reply", "solved", "media", "feedback-to-members", "feedback-to-people"}
        ),
    }
)
"""惠民 五个一: "解决1个问题 … 媒体宣传报道1次"."""


def without(*left_out: Event) -> Spec:
    """All that Linshui needs, but for these facts."""
    return outcome.given(*(fact for fact in EVERYTHING if fact not in left_out))


def test_when_all_is_done_it_closes() -> None:
    without().when(CLOSE).then(CLOSED)


def test_it_closes_once() -> None:
    outcome.given(*EVERYTHING, CLOSED).when(CLOSE).then_nothing()


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ([FED_BACK_TO_MEMBERS], ["feedback-to-members"]),
        ([FED_BACK_TO_PEOPLE], ["feedback-to-people"]),
        ([FED_BACK_TO_MEMBERS, FED_BACK_TO_PEOPLE], ["feedback-to-members", "feedback-to-people"]),
        ([REPLY_NOTED, LOOK_NOTED, PRESS_NOTED], ["follow-up", "reply"]),
        ([LOOK_NOTED], ["follow-up"]),
        ([PRESS_NOTED], ["follow-up"]),
    ],
)
def test_what_is_missing_is_named(left_out: list[Event], missing: list[str]) -> None:
    without(*left_out).when(CLOSE).then_refused("not-yet", missing=missing)


@pytest.mark.parametrize("rules", [LINSHUI, DEFAULT, HUIMIN])
def test_no_county_closes_before_members_and_people_were_told(rules: OutcomeRules) -> None:
    told_nobody = without(FED_BACK_TO_MEMBERS, FED_BACK_TO_PEOPLE).under(rules).when(CLOSE)
    assert told_nobody.no is not None
    missing = told_nobody.no.facts["missing"]
    assert {"feedback-to-members", "feedback-to-people"} <= set(missing)


def test_a_general_matter_without_agreement_stands_open() -> None:
    without(UPREPORTED).when(CLOSE).then_refused("item-open", items=[3])


def test_a_written_reason_settles_it_too() -> None:
    outcome.given(*without(UPREPORTED).past, REASON).when(CLOSE).then(CLOSED)


def test_an_agreed_item_that_names_a_unit_must_be_assigned() -> None:
    without(ASSIGNED, REPLY_NOTED, LOOK_NOTED, PRESS_NOTED).when(CLOSE).then_refused(
        "item-open", items=[1]
    )


def test_an_understanding_reached_is_an_outcome_of_its_own() -> None:
    explained = DRAFTED.model_copy(update={"items": (EXPLAINED,)})
    outcome.given(explained, ISSUED, SUBMITTED, FED_BACK_TO_MEMBERS, FED_BACK_TO_PEOPLE).when(
        CLOSE
    ).then(CLOSED)


def test_a_failed_follow_up_takes_the_reply_away() -> None:
    failed = LOOK_NOTED.model_copy(update={"passed": False})
    outcome.given(*without(LOOK_NOTED, PRESS_NOTED).past, failed).when(CLOSE).then_refused(
        "not-yet", missing=["follow-up", "reply"]
    )


def test_the_second_reply_is_looked_at_anew() -> None:
    failed = LOOK_NOTED.model_copy(update={"passed": False})
    second = REPLY_NOTED.model_copy(update={"round": 2})
    passed = [fact.model_copy(update={"round": 2}) for fact in (LOOK_NOTED, PRESS_NOTED)]
    so_far = (*without(LOOK_NOTED, PRESS_NOTED).past, failed, second)
    outcome.given(*so_far).when(CLOSE).then_refused("not-yet", missing=["follow-up"])
    outcome.given(*so_far, *passed).when(CLOSE).then(CLOSED)


@pytest.mark.parametrize(
    ("rules", "done", "missing"),
    [
        (DEFAULT, (), None),
        (LINSHUI, (), None),
        (HUIMIN, (), ["media"]),
        (HUIMIN, (IN_MEDIA,), None),
    ],
)
def test_the_same_outcome_in_three_counties(
    rules: OutcomeRules, done: tuple[Event, ...], missing: list[str] | None
) -> None:
    closing = outcome.given(*EVERYTHING, *done).under(rules).when(CLOSE)
    if missing is None:
        closing.then(CLOSED)
    else:
        closing.then_refused("not-yet", missing=missing)


def test_a_reply_that_solved_nothing_is_not_enough_for_huimin() -> None:
    planned = REPLY_NOTED.model_copy(update={"result_class": "C", "awaits": ()})
    so_far = (*without(REPLY_NOTED, LOOK_NOTED, PRESS_NOTED).past, planned, IN_MEDIA)
    outcome.given(*so_far).under(HUIMIN).when(CLOSE).then_refused("not-yet", missing=["solved"])


def test_a_county_may_wait_for_adoption() -> None:
    waits = DEFAULT.model_copy(update={"closing_needs": DEFAULT.closing_needs | {"adoption"}})
    explained = DRAFTED.model_copy(update={"items": (EXPLAINED,)})
    told = (explained, ISSUED, SUBMITTED, FED_BACK_TO_MEMBERS, FED_BACK_TO_PEOPLE)
    outcome.given(*told).under(waits).when(CLOSE).then_refused("not-yet", missing=["adoption"])


def test_minutes_nobody_received_are_not_closed() -> None:
    outcome.given(DRAFTED, ISSUED).when(CLOSE).then_refused(
        "not-now", command="CloseOutcome", outcome="Issued"
    )
