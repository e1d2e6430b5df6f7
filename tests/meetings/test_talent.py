"""How talents come, are assessed, honoured and sanctioned, and leave."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from services.meetings.domain.talent.commands import AdmitTalent
from shared.kernel.message import Command, Event
from tests.meetings.examples import LINSHUI, talent
from tests.meetings.members import STAFF
from tests.meetings.talents import (
    ADMIT_TALENT,
    ASSESS,
    ASSESSED,
    EXIT,
    EXITED,
    REWARD,
    REWARDED,
    SUSPEND,
    SUSPENDED,
    TALENT_ADMITTED,
    WARN,
    WARNED,
    assessed,
)


def test_a_talent_is_admitted_for_a_term() -> None:
    talent.given().when(ADMIT_TALENT, STAFF).then(TALENT_ADMITTED)


def test_a_term_from_the_leap_day_ends_on_the_first_of_march() -> None:
    leap = talent.at(datetime(2028, 2, 29, 9, 0, tzinfo=UTC))
    said = TALENT_ADMITTED.model_copy(update={"until": date(2031, 3, 1)})
    leap.given().when(ADMIT_TALENT, STAFF).then(said)


@pytest.mark.parametrize("field", ["name", "contact"])
def test_nothing_private_is_said_in_plain_words(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        AdmitTalent.model_validate({**ADMIT_TALENT.model_dump(), field: "13800000000"})


def test_a_talent_may_leave_no_contact() -> None:
    assert not AdmitTalent.model_validate({**ADMIT_TALENT.model_dump(), "contact": ""}).contact


def test_nobody_is_put_on_the_list_unasked() -> None:
    unasked = ADMIT_TALENT.model_copy(update={"willing": False})
    talent.given().when(unasked, STAFF).then_refused("not-willing")


def test_talents_come_from_the_groups_of_the_charter() -> None:
    stranger = ADMIT_TALENT.model_copy(update={"group": "passers-by"})
    talent.given().when(stranger, STAFF).then_refused(
        "no-such-group", groups=["five-elders", "professional"]
    )


def test_a_specialty_is_one_of_the_charter() -> None:
    astrologer = ADMIT_TALENT.model_copy(update={"specialties": ("占星", "法律")})
    talent.given().when(astrologer, STAFF).then_refused(
        "no-such-specialty", strange=["占星"], specialties=sorted(LINSHUI.talent.specialties)
    )


def test_a_year_is_assessed() -> None:
    talent.given(TALENT_ADMITTED).when(ASSESS, STAFF).then(ASSESSED)


def test_the_same_assessment_twice_is_one() -> None:
    talent.given(TALENT_ADMITTED, ASSESSED).when(ASSESS, STAFF).then_nothing()


def test_a_year_is_not_assessed_anew() -> None:
    kinder = ASSESS.model_copy(update={"grade": "qualified"})
    talent.given(TALENT_ADMITTED, ASSESSED).when(kinder, STAFF).then_refused(
        "already-assessed", year=2025, grade="unqualified"
    )


def test_a_grade_is_one_of_the_charter() -> None:
    superb = ASSESS.model_copy(update={"grade": "superb"})
    talent.given(TALENT_ADMITTED).when(superb, STAFF).then_refused(
        "no-such-grade", grades=["excellent", "qualified", "unqualified"]
    )


def test_a_year_that_is_not_over_is_not_assessed() -> None:
    this_year = ASSESS.model_copy(update={"year": 2026})
    talent.given(TALENT_ADMITTED).when(this_year, STAFF).then_refused("year-not-over", year=2026)


def test_who_fails_two_years_in_a_row_leaves() -> None:
    leaves = EXITED.model_copy(update={"reason": "unqualified"})
    talent.given(TALENT_ADMITTED, assessed(2024)).when(ASSESS, STAFF).then(ASSESSED, leaves)


@pytest.mark.parametrize(
    "before",
    [(assessed(2023),), (assessed(2023), assessed(2024, "qualified"))],
    ids=["a year between", "a good year between"],
)
def test_who_fails_now_and_then_stays(before: tuple[Event, ...]) -> None:
    talent.given(TALENT_ADMITTED, *before).when(ASSESS, STAFF).then(ASSESSED)


def test_years_count_in_their_own_order_not_in_that_of_the_papers() -> None:
    late = ASSESS.model_copy(update={"year": 2024})
    leaves = EXITED.model_copy(update={"reason": "unqualified"})
    talent.given(TALENT_ADMITTED, ASSESSED).when(late, STAFF).then(assessed(2024), leaves)


def test_a_talent_is_honoured() -> None:
    talent.given(TALENT_ADMITTED).when(REWARD, STAFF).then(REWARDED)


def test_a_warning_leaves_one_in_the_pool() -> None:
    talent.given(TALENT_ADMITTED).when(WARN, STAFF).then(WARNED)


def test_a_suspension_lasts_as_long_as_the_charter_says() -> None:
    talent.given(TALENT_ADMITTED).when(SUSPEND, STAFF).then(SUSPENDED)


@pytest.mark.parametrize(
    ("said", "again"), [(REWARDED, REWARD), (WARNED, WARN), (SUSPENDED, SUSPEND)]
)
def test_one_document_says_one_thing(said: Event, again: Command) -> None:
    talent.given(TALENT_ADMITTED, said).when(again, STAFF).then_nothing()


def test_a_talent_leaves() -> None:
    talent.given(TALENT_ADMITTED).when(EXIT, STAFF).then(EXITED)


def test_a_talent_leaves_once() -> None:
    talent.given(TALENT_ADMITTED, EXITED).when(EXIT, STAFF).then_nothing()


@pytest.mark.parametrize("command", [ADMIT_TALENT, ASSESS, REWARD, WARN], ids=lambda c: c.label)
def test_who_left_is_left_alone(command: Command) -> None:
    talent.given(TALENT_ADMITTED, EXITED).when(command, STAFF).then_refused(
        "not-now", command=type(command).__name__, talent="Exited"
    )
