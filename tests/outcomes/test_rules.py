"""What a county may choose about its outcomes, and what it may not."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from services.outcomes.rules import OutcomeRules
from tests.outcomes.examples import DEFAULT, LINSHUI

TABLE: dict[str, Any] = DEFAULT.model_dump(mode="json")
VOTE = TABLE["evaluation"]
SHEET = TABLE["assessments"][0]
LOOK_BACK = {"kind": "look-back", "after_days": 30, "led_by": "社会法制委员会"}


def check(**changed: object) -> None:
    """Read the default table with some values changed, as a charter is read."""
    OutcomeRules.model_validate_json(json.dumps(TABLE | changed))


def test_linshui_copies_the_target_office_and_goes_back_to_look_twice() -> None:
    assert {"target-office"} == LINSHUI.copies_to
    assert ["look-back", "press-back"] == [rule.kind for rule in LINSHUI.followups]


def test_the_default_is_sound() -> None:
    check()


@pytest.mark.parametrize(
    "changed",
    [
        {"reply_days": 0},
        {"reply_days": "90"},
        {"reply_days": True},
        {"returns_max": -1},
        {"submitted_to": []},
        {"routes": []},
        {"routes": ["shout"]},
        {"closing_needs": ["song", "feedback-to-members", "feedback-to-people"]},
        {"followups": [LOOK_BACK | {"after_days": 0}]},
        {"evaluation": VOTE | {"scale": ["satisfied"]}},
        {"evaluation": VOTE | {"satisfied": VOTE["scale"]}},
        {"evaluation": VOTE | {"satisfied": ["splendid"]}},
        {"evaluation": VOTE | {"voters_min": 2}},
        {"evaluation": VOTE | {"quorum": "0"}},
        {"evaluation": VOTE | {"threshold": "3/2"}},
        {"assessments": []},
        {"assessments": [SHEET | {"dimensions": SHEET["dimensions"][:5]}]},
        {"assessments": [SHEET | {"dimensions": [SHEET["dimensions"][0]] * 6}]},
        {"assessments": [SHEET, SHEET]},
        {"assessments": [SHEET | {"subjects": ["person"]}]},
        {"appeal_days": 0},
        {"snacks": True},
    ],
)
def test_what_makes_no_sense_stops_the_charter(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        check(**changed)


@pytest.mark.parametrize("told", ["feedback-to-members", "feedback-to-people"])
def test_no_charter_can_do_without_feedback(told: str) -> None:
    needs = [need for need in TABLE["closing_needs"] if need != told]
    with pytest.raises(ValidationError, match=f"closing needs {told} as well"):
        check(closing_needs=needs)


def test_a_county_that_goes_back_to_look_waits_for_what_it_finds() -> None:
    with pytest.raises(ValidationError, match="closing needs follow-up as well"):
        check(followups=[LOOK_BACK])
    check(followups=[LOOK_BACK], closing_needs=[*TABLE["closing_needs"], "follow-up"])


def test_each_kind_of_follow_up_is_named_once() -> None:
    with pytest.raises(ValidationError, match="each kind of follow-up may be named once"):
        check(
            followups=[LOOK_BACK, LOOK_BACK], closing_needs=[*TABLE["closing_needs"], "follow-up"]
        )


def test_two_keys_and_waiting_for_the_second_go_together() -> None:
    with pytest.raises(ValidationError, match="closing needs confirmed as well"):
        check(two_keys=True)
    with pytest.raises(ValidationError, match="nobody can confirm without two_keys"):
        check(closing_needs=[*TABLE["closing_needs"], "confirmed"])
    check(two_keys=True, closing_needs=[*TABLE["closing_needs"], "confirmed"])
