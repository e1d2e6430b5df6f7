"""What becomes of a yearly plan."""

from dataclasses import replace

from services.topics.domain.plan.decide import PLAN
from shared.kernel.message import Actor
from tests.spec import by
from tests.topics.counties import YINGSHAN
from tests.topics.plans import (
    ADD,
    ADD_SECOND,
    ADDED,
    ADDED_SECOND,
    ADOPT_TOPIC,
    COUNTY,
    DEFER,
    DEFERRED,
    DRAFT,
    DRAFTED,
    ISSUED,
    OUT,
    SEND_BACK,
    SENT_BACK,
    SETTLE,
    SETTLED,
    STAFF,
    TAKEN,
    issue_by,
    issued,
    plan,
)

THREE = ("county-cppcc", "county-government", "county-party-committee")
APPROVER = replace(by("wu", "party"), unit="leading-group")


def test_a_plan_is_drafted_and_filled() -> None:
    plan.given().when(DRAFT, STAFF).then(DRAFTED)
    plan.given(DRAFTED).when(ADD, STAFF).then(ADDED)


def test_an_area_has_one_plan_a_year() -> None:
    assert [("plan", f"{COUNTY}/2026")] == PLAN.claims(DRAFTED)
    assert () == PLAN.claims(ADDED)


def test_the_last_word_on_an_item_counts() -> None:
    later = ADD.model_copy(update={"month": 9})
    plan.given(DRAFTED, ADDED).when(later, STAFF).then(ADDED.model_copy(update={"month": 9}))
    plan.given(DRAFTED, ADDED).when(ADD, STAFF).then_nothing()


def test_the_body_of_the_charter_settles_the_plan() -> None:
    plan.given(DRAFTED, ADDED, ADDED_SECOND).when(SETTLE, APPROVER).then(SETTLED)


def test_another_body_does_not_settle_it() -> None:
    group = replace(APPROVER, unit="cppcc-party-group")
    plan.given(DRAFTED, ADDED).when(SETTLE, group).then_refused(
        "not-your-body", body="leading-group", yours="cppcc-party-group"
    )


def test_in_another_county_another_body_settles_it() -> None:
    plan.under(YINGSHAN).given(DRAFTED, ADDED).when(SETTLE, APPROVER).then_refused(
        "not-your-body", body="county-party-standing-committee", yours="leading-group"
    )


def test_nobody_settles_the_own_plan() -> None:
    drafter = replace(STAFF, unit="leading-group")
    plan.given(DRAFTED, ADDED).when(SETTLE, drafter).then_refused("own-plan")


def test_an_empty_plan_is_not_settled() -> None:
    plan.given(DRAFTED).when(SETTLE, APPROVER).then_refused("no-items")


def test_a_plan_of_which_everything_is_put_off_is_empty() -> None:
    plan.given(DRAFTED, ADDED_SECOND, DEFERRED).when(SETTLE, APPROVER).then_refused("no-items")


def test_a_plan_that_is_sent_back_is_written_on() -> None:
    plan.given(DRAFTED, ADDED).when(SEND_BACK, APPROVER).then(SENT_BACK)
    plan.given(DRAFTED, ADDED, SENT_BACK).when(ADD_SECOND, STAFF).then(ADDED_SECOND)


def test_a_settled_plan_takes_no_further_item() -> None:
    plan.given(DRAFTED, ADDED, SETTLED).when(ADD_SECOND, STAFF).then_refused(
        "not-now", command="AddPlanItem", plan="Approved"
    )


def test_the_settled_plan_goes_out_in_the_names_of_the_charter() -> None:
    plan.given(*OUT[:-1]).when(issue_by("county-cppcc"), STAFF).then(ISSUED)


def test_three_bodies_issue_it_together() -> None:
    yingshan = plan.under(YINGSHAN).given(*OUT[:-1])
    yingshan.when(issue_by(*THREE), STAFF).then(issued(*THREE, share=0))


def test_a_plan_is_not_out_while_an_issuer_is_missing() -> None:
    yingshan = plan.under(YINGSHAN).given(*OUT[:-1])
    yingshan.when(issue_by("county-cppcc", "county-government"), STAFF).then_refused(
        "issuer-missing", missing=["county-party-committee"]
    )


def test_nobody_issues_it_who_is_not_asked() -> None:
    plan.given(*OUT[:-1]).when(issue_by("county-cppcc", "county-government"), STAFF).then_refused(
        "not-an-issuer", strange=["county-government"]
    )


def test_what_is_not_settled_is_not_issued() -> None:
    plan.given(DRAFTED, ADDED).when(issue_by("county-cppcc"), STAFF).then_refused(
        "not-now", command="IssuePlan", plan="Drafted"
    )


def test_a_topic_serves_an_item_of_the_issued_plan() -> None:
    plan.given(*OUT).when(ADOPT_TOPIC, STAFF).then(TAKEN)
    plan.given(*OUT, TAKEN).when(ADOPT_TOPIC, STAFF).then_nothing()


def test_a_topic_serves_one_item() -> None:
    second = ADOPT_TOPIC.model_copy(update={"item_no": 2})
    plan.given(*OUT, TAKEN).when(second, STAFF).then_refused("already-planned", item_no=1)


def test_a_topic_serves_no_item_that_is_not_there() -> None:
    nine = ADOPT_TOPIC.model_copy(update={"item_no": 9})
    plan.given(*OUT).when(nine, STAFF).then_refused("no-such-plan-item", items=[1, 2])


def test_no_topic_is_taken_into_a_plan_that_is_not_out() -> None:
    plan.given(*OUT[:-1]).when(ADOPT_TOPIC, STAFF).then_refused(
        "not-now", command="AdoptIntoPlan", plan="Approved"
    )


def test_an_item_is_put_off_with_a_reason_and_once() -> None:
    plan.given(*OUT).when(DEFER, STAFF).then(DEFERRED)
    plan.given(*OUT, DEFERRED).when(DEFER, STAFF).then_nothing()


def test_an_item_that_was_put_off_takes_no_topic() -> None:
    second = ADOPT_TOPIC.model_copy(update={"item_no": 2})
    plan.given(*OUT, DEFERRED).when(second, STAFF).then_refused("item-deferred", item_no=2)


def test_the_number_of_an_item_that_was_put_off_is_not_used_again() -> None:
    plan.given(DRAFTED, ADDED_SECOND, DEFERRED).when(ADD_SECOND, STAFF).then_refused(
        "item-deferred", item_no=2
    )


def test_settling_twice_is_once() -> None:
    body: Actor = APPROVER
    plan.given(*OUT[:-1]).when(SETTLE, body).then_nothing()
