"""What is told, reported and found is noted where it has to be known: in the outcome."""

import pytest

from services.outcomes.domain.outcome.commands import (
    GiveFeedback,
    ReportMedia,
)
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.outcome.notes import (
    FollowUpNoted,
    NoteFollowUp,
    NoteReply,
    NoteSolution,
)
from shared.kernel.message import Event
from tests.outcomes.examples import (
    ADOPTED,
    ASSIGNED,
    DRAFTED,
    FED_BACK_TO_PEOPLE,
    IN_MEDIA,
    ISSUED,
    LINSHUI,
    LOOK_NOTED,
    OUTCOME_ID,
    REASON,
    REPLY_NOTED,
    RETURN_NOTED,
    SOLUTION_NOTED,
    SUBMITTED,
    TOPIC_ID,
)
from tests.spec import Spec

outcome = Spec(OUTCOME, LINSHUI)
ASSIGNED_SO_FAR = (DRAFTED, ISSUED, SUBMITTED, ADOPTED, ASSIGNED)
REPLIED_SO_FAR = (*ASSIGNED_SO_FAR, REPLY_NOTED)


def test_feedback_names_its_topic() -> None:
    feed_back = GiveFeedback(outcome_id=OUTCOME_ID, to="people", content=FED_BACK_TO_PEOPLE.content)
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(feed_back).then(FED_BACK_TO_PEOPLE)
    assert TOPIC_ID == FED_BACK_TO_PEOPLE.topic_id


def test_a_report_in_the_media_is_recorded() -> None:
    report = ReportMedia(outcome_id=OUTCOME_ID, outlet=IN_MEDIA.outlet, headline=IN_MEDIA.headline)
    outcome.given(DRAFTED, ISSUED, SUBMITTED).when(report).then(IN_MEDIA)


def test_a_reply_is_noted_once() -> None:
    note = NoteReply(
        outcome_id=OUTCOME_ID,
        item_no=1,
        round=1,
        result_class="A",
        awaits=("look-back", "press-back"),
    )
    outcome.given(*ASSIGNED_SO_FAR).when(note).then(REPLY_NOTED)
    outcome.given(*REPLIED_SO_FAR).when(note).then_nothing()


@pytest.mark.parametrize("passed", [True, False])
def test_what_a_follow_up_found_is_noted(passed: bool) -> None:
    note = NoteFollowUp(outcome_id=OUTCOME_ID, item_no=1, round=1, kind="look-back", passed=passed)
    noted = FollowUpNoted(**dict(note))
    outcome.given(*REPLIED_SO_FAR).when(note).then(noted)
    outcome.given(*REPLIED_SO_FAR, noted).when(note).then_nothing()


def test_a_look_at_an_earlier_reply_says_nothing_about_this_one() -> None:
    late = NoteFollowUp(outcome_id=OUTCOME_ID, item_no=1, round=1, kind="look-back", passed=False)
    second = REPLY_NOTED.model_copy(update={"round": 2})
    outcome.given(*REPLIED_SO_FAR, second).when(late).then_nothing()


@pytest.mark.parametrize("fact", [ASSIGNED, REPLY_NOTED, LOOK_NOTED, RETURN_NOTED, REASON])
def test_a_fact_about_an_item_that_was_never_recorded_changes_nothing(fact: Event) -> None:
    before = OUTCOME.fold(REPLIED_SO_FAR)
    ninth = fact.model_copy(update={"item_no": 9})
    assert before == OUTCOME.evolve(before, ninth)


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_those_concerned_say_is_noted_of_the_reply_that_holds(confirmed: bool) -> None:
    note = NoteSolution(outcome_id=OUTCOME_ID, item_no=1, round=1, confirmed=confirmed)
    noted = SOLUTION_NOTED.model_copy(update={"confirmed": confirmed})
    outcome.given(*ASSIGNED_SO_FAR).when(note).then_nothing()
    outcome.given(*REPLIED_SO_FAR).when(note).then(noted)
    outcome.given(*REPLIED_SO_FAR, noted).when(note).then_nothing()
    second = REPLY_NOTED.model_copy(update={"round": 2})
    outcome.given(*REPLIED_SO_FAR, second).when(note).then_nothing()
