"""Ratings: whom it concerns says what became of it, once, and what is not solved is looked at."""

from uuid import uuid4

import pytest

from services.outcomes import heard, policies
from services.outcomes.domain.followup.commands import ScheduleFollowUp
from services.outcomes.domain.rating.commands import RateHandling
from services.outcomes.domain.rating.decide import RATING
from tests.outcomes.examples import ASSIGNMENT_ID, LINSHUI, OUTCOME_ID, RATED, TOPIC_ID, VOICE
from tests.outcomes.test_policies import hear
from tests.spec import HERE, Spec, by

rating = Spec(RATING, LINSHUI)
visitor = by("public", "resident", HERE)
rate = RateHandling(area=HERE, **RATED.model_dump(exclude={"look_by"}))
solved = rate.model_copy(update={"solved": True, "satisfaction": "satisfied"})
SOLVED = RATED.model_copy(update={"solved": True, "satisfaction": "satisfied", "look_by": None})


def test_a_voice_speaks_once_of_a_round() -> None:
    rating.given().when(rate, visitor).then(RATED)
    rating.given(RATED).when(rate, visitor).then_nothing()
    rating.given(RATED).when(solved, visitor).then_refused("already-rated")


def test_who_finds_it_solved_sends_nobody_to_look() -> None:
    rating.given().when(solved, visitor).then(SOLVED)
    assert policies.look_at_what_is_not_solved(hear(heard.HandlingRated, SOLVED)) is None


def test_nobody_speaks_with_the_voice_of_another() -> None:
    rating.given().when(rate, by("somebody", "resident", HERE)).then_refused("not-your-voice")
    rating.given().when(rate, by(str(VOICE), "resident", HERE)).then(RATED)


def test_ratings_of_an_assignment_stand_together() -> None:
    other = rate.model_copy(update={"assignment_id": uuid4()})
    rating.given().when(other, visitor).then_refused("not-its-rating")


@pytest.mark.parametrize("other", [{"voice": uuid4()}, {"round": 2}])
def test_others_speak_for_themselves_and_each_round_is_another(other: dict[str, object]) -> None:
    rating.given(RATED).when(rate.model_copy(update=other), visitor).then(
        RATED.model_copy(update=other)
    )


def test_however_many_find_it_not_solved_one_goes_to_look_in_each_round() -> None:
    looks = [
        policies.look_at_what_is_not_solved(hear(heard.HandlingRated, said))
        for said in (RATED, RATED.model_copy(update={"voice": uuid4(), "rating_id": uuid4()}))
    ]

    assert 1 == len({one.followup_id for one in looks if one})
    look = looks[0]
    assert isinstance(look, ScheduleFollowUp)
    assert (TOPIC_ID, OUTCOME_ID, ASSIGNMENT_ID) == (
        look.topic_id, look.outcome_id, look.assignment_id,
    )  # fmt: skip
    assert ("look-back", RATED.look_by) == (look.kind, look.due)
