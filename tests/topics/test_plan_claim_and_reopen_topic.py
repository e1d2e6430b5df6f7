"""A topic in the plan of the year, claimed by a group, and taken up again."""

from dataclasses import replace

from services.topics.domain.topic.commands import AssessCriteria
from services.topics.domain.topic.events import TopicCriteriaAssessed
from services.topics.heard import TopicAdoptedIntoPlan
from services.topics.policies import note_the_plan
from tests.spec import by
from tests.topics import plans
from tests.topics.counties import YINGSHAN
from tests.topics.examples import (
    APPROVED,
    CLAIM,
    CLAIMED,
    CLOSE,
    CLOSED,
    CONVENOR,
    END,
    ENDED,
    NOTE_PLAN,
    PLAN_NOTED,
    PROPOSED,
    PUBLICISED,
    REOPEN,
    REOPENED,
    SYSTEM_ITSELF,
    TOPIC_ID,
    WITHDRAWN,
    topic,
)

STAFF = by("qin", "cppcc")
MET = TopicCriteriaAssessed(
    topic_id=TOPIC_ID, criteria={"group-interest": True}, excluded=None, remark=""
)
ASSESS = AssessCriteria(topic_id=TOPIC_ID, criteria={"group-interest": True})
by_the_plan = topic.under(YINGSHAN)


def test_where_the_plan_decides_a_topic_in_it_is_approved() -> None:
    by_the_plan.given(PROPOSED, MET).when(NOTE_PLAN, SYSTEM_ITSELF).then(PLAN_NOTED, APPROVED)


def test_elsewhere_the_plan_is_noted_and_the_bodies_decide() -> None:
    topic.given(PROPOSED, MET).when(NOTE_PLAN, SYSTEM_ITSELF).then(PLAN_NOTED)


def test_a_topic_in_the_plan_is_approved_once_it_meets_the_criteria() -> None:
    by_the_plan.given(PROPOSED).when(NOTE_PLAN, SYSTEM_ITSELF).then(PLAN_NOTED)
    by_the_plan.given(PROPOSED, PLAN_NOTED).when(ASSESS, CONVENOR).then(MET, APPROVED)


def test_a_topic_in_the_plan_that_is_excluded_is_not_approved() -> None:
    secret = ASSESS.model_copy(update={"excluded": "secret"})
    by_the_plan.given(PROPOSED, PLAN_NOTED).when(secret, CONVENOR).then(
        MET.model_copy(update={"excluded": "secret"})
    )


def test_a_topic_that_fails_a_criterion_is_not_approved_by_the_plan() -> None:
    unmet = MET.model_copy(update={"criteria": {"group-interest": False}})
    by_the_plan.given(PROPOSED, unmet).when(NOTE_PLAN, SYSTEM_ITSELF).then(PLAN_NOTED)


def test_nobody_approves_the_own_topic_by_putting_it_into_the_plan() -> None:
    own = NOTE_PLAN.model_copy(update={"adopter": "lin"})
    by_the_plan.given(PROPOSED, MET).when(own, SYSTEM_ITSELF).then(
        PLAN_NOTED.model_copy(update={"adopter": "lin"})
    )


def test_a_topic_is_noted_in_the_plan_once_even_when_it_is_approved() -> None:
    topic.given(PROPOSED, APPROVED).when(NOTE_PLAN, SYSTEM_ITSELF).then(PLAN_NOTED)
    topic.given(PROPOSED, APPROVED, PLAN_NOTED).when(NOTE_PLAN, SYSTEM_ITSELF).then_nothing()


def test_what_was_withdrawn_is_not_noted_in_the_plan() -> None:
    topic.given(PROPOSED, WITHDRAWN).when(NOTE_PLAN, SYSTEM_ITSELF).then_refused(
        "not-now", command="NotePlan", topic="Withdrawn"
    )


def test_what_the_plan_says_is_noted_in_the_topic() -> None:
    heard = TopicAdoptedIntoPlan.model_validate(plans.TAKEN.model_dump())
    noted = NOTE_PLAN.model_copy(update={"topic_id": plans.SOME_TOPIC, "plan_id": plans.PLAN_ID})
    assert noted == note_the_plan(heard)


def test_a_group_claims_an_approved_topic() -> None:
    topic.given(PROPOSED, APPROVED, PUBLICISED).when(CLAIM, CONVENOR).then(CLAIMED)
    topic.given(PROPOSED, APPROVED, CLAIMED).when(CLAIM, CONVENOR).then_nothing()


def test_a_topic_is_claimed_by_one_group() -> None:
    other = CLAIM.model_copy(update={"group": "社会法制委员会"})
    topic.given(PROPOSED, APPROVED, CLAIMED).when(other, CONVENOR).then_refused(
        "already-claimed", group="鼎屏片区委员活动小组"
    )


def test_what_is_not_approved_is_not_claimed() -> None:
    topic.given(PROPOSED).when(CLAIM, CONVENOR).then_refused(
        "not-now", command="ClaimTopic", topic="Proposed"
    )


def test_an_approved_matter_may_end_without_an_outcome_for_a_reason() -> None:
    topic.given(PROPOSED, APPROVED).when(END, STAFF).then(ENDED)
    topic.given(PROPOSED, APPROVED, ENDED).when(END, STAFF).then_nothing()


def test_what_is_not_approved_is_returned_or_withdrawn_not_ended() -> None:
    topic.given(PROPOSED).when(END, STAFF).then_refused(
        "not-now", command="EndTopic", topic="Proposed"
    )


def test_what_ended_may_be_taken_up_again() -> None:
    topic.given(PROPOSED, APPROVED, ENDED).when(REOPEN, STAFF).then(REOPENED)


def test_a_closed_matter_is_taken_up_again() -> None:
    topic.given(PROPOSED, APPROVED, CLOSED).when(REOPEN, STAFF).then(REOPENED)


def test_it_can_be_closed_again_and_taken_up_once_more() -> None:
    again = (PROPOSED, APPROVED, CLOSED, REOPENED)
    topic.given(*again).when(CLOSE, SYSTEM_ITSELF).then(CLOSED)
    third = REOPENED.model_copy(update={"round": 3})
    topic.given(*again, CLOSED).when(REOPEN, STAFF).then(third)


def test_who_may_take_it_up_again_is_in_the_charter() -> None:
    by_the_plan.given(PROPOSED, APPROVED, CLOSED).when(REOPEN, STAFF).then_refused(
        "not-yours-to-reopen", reopened_by=["party"]
    )
    party = replace(STAFF, role="party")
    by_the_plan.given(PROPOSED, APPROVED, CLOSED).when(REOPEN, party).then(REOPENED)


def test_what_is_not_closed_is_not_taken_up_again() -> None:
    topic.given(PROPOSED, APPROVED).when(REOPEN, STAFF).then_refused(
        "not-now", command="ReopenTopic", topic="Approved"
    )
