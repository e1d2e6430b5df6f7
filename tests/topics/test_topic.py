"""How a topic comes to be approved, returned, withdrawn or closed."""

import pytest

from shared.kernel.message import Command, Event
from tests.spec import by
from tests.topics.counties import CPPCC_GROUP, LINSHUI, TOWN_PARTY, UNIT_PARTY, YINGSHAN
from tests.topics.examples import (
    ALL_MET,
    APPROVED,
    ASSESSED,
    CLOSE,
    CLOSED,
    CONVENOR,
    PROPOSE,
    PROPOSED,
    PUBLICISED,
    PUBLICIZE,
    RAISE,
    RETURNED,
    SYSTEM_ITSELF,
    WITHDRAW,
    WITHDRAWN,
    agree,
    assessed,
    disagree,
    of,
    report_to,
    reviewed,
    told,
    topic,
)

yingshan = topic.under(YINGSHAN)


def test_whoever_proposes_is_the_proposer() -> None:
    direct = PROPOSED.model_copy(
        update={"origin": "member", "summary": "", "lead_id": None, "submitter": None}
    )
    topic.given().when(PROPOSE, by("lin", "member")).then(direct)


def test_an_adopted_lead_is_raised_for_whoever_adopted_it() -> None:
    topic.given().when(RAISE, SYSTEM_ITSELF).then(PROPOSED)


def test_raising_a_lead_twice_is_once() -> None:
    topic.given(PROPOSED).when(RAISE, SYSTEM_ITSELF).then_nothing()


def test_five_principles_are_assessed() -> None:
    topic.given(PROPOSED).when(ALL_MET, CONVENOR).then(ASSESSED)


def test_the_same_assessment_twice_is_once() -> None:
    topic.given(PROPOSED, ASSESSED).when(ALL_MET, CONVENOR).then_nothing()


def test_the_last_assessment_counts() -> None:
    topic.given(PROPOSED, assessed(feasible=False)).when(ALL_MET, CONVENOR).then(ASSESSED)


def test_no_criterion_is_left_out() -> None:
    criteria = dict.fromkeys(LINSHUI.criteria - {"feasible"}, True)
    partial = ALL_MET.model_copy(update={"criteria": criteria})
    topic.given(PROPOSED).when(partial, CONVENOR).then_refused(
        "criteria-missing", missing=["feasible"]
    )


def test_no_criterion_is_added() -> None:
    more = ALL_MET.model_copy(update={"criteria": {**ALL_MET.criteria, "small-cut": True}})
    topic.given(PROPOSED).when(more, CONVENOR).then_refused(
        "no-such-criterion", strange=["small-cut"]
    )


def test_no_ground_of_exclusion_is_invented() -> None:
    odd = ALL_MET.model_copy(update={"excluded": "too-expensive"})
    no = topic.given(PROPOSED).when(odd, CONVENOR).no
    assert no
    assert "no-such-exclusion" == no.code


def test_the_report_goes_to_the_body_that_decides() -> None:
    topic.given(PROPOSED).when(report_to(CPPCC_GROUP), CONVENOR).then(told(CPPCC_GROUP))


def test_filing_a_report_twice_is_once() -> None:
    topic.given(PROPOSED, told(CPPCC_GROUP)).when(report_to(CPPCC_GROUP), CONVENOR).then_nothing()


def test_a_body_that_does_not_decide_gets_no_report() -> None:
    topic.given(PROPOSED).when(report_to(TOWN_PARTY), CONVENOR).then_refused(
        "not-asked", asked=[CPPCC_GROUP]
    )


def test_the_one_body_of_the_county_approves() -> None:
    (
        topic.given(PROPOSED, ASSESSED, told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then(reviewed(CPPCC_GROUP), APPROVED)
    )


def test_one_of_two_reports_is_missing() -> None:
    (
        yingshan.given(PROPOSED, ASSESSED, told(TOWN_PARTY))
        .when(agree(TOWN_PARTY), of(TOWN_PARTY))
        .then_refused("report-missing", to=[CPPCC_GROUP])
    )


def test_the_first_of_two_bodies_does_not_approve_alone() -> None:
    (
        yingshan.given(PROPOSED, ASSESSED, told(TOWN_PARTY), told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then(reviewed(CPPCC_GROUP))
    )


def test_the_last_body_to_agree_approves_the_topic() -> None:
    (
        yingshan.given(
            PROPOSED, ASSESSED, told(TOWN_PARTY), told(CPPCC_GROUP), reviewed(CPPCC_GROUP)
        )
        .when(agree(TOWN_PARTY), of(TOWN_PARTY))
        .then(reviewed(TOWN_PARTY), APPROVED)
    )


def test_either_party_body_of_the_place_or_of_the_unit_will_do() -> None:
    (
        yingshan.given(
            PROPOSED, ASSESSED, told(UNIT_PARTY), told(CPPCC_GROUP), reviewed(CPPCC_GROUP)
        )
        .when(agree(UNIT_PARTY), of(UNIT_PARTY))
        .then(reviewed(UNIT_PARTY), APPROVED)
    )


def test_of_two_to_choose_from_neither_has_a_report() -> None:
    (
        yingshan.given(PROPOSED, ASSESSED, told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then_refused("report-missing", to=[TOWN_PARTY, UNIT_PARTY])
    )


def test_who_has_no_report_does_not_review() -> None:
    (
        yingshan.given(PROPOSED, ASSESSED, told(CPPCC_GROUP), told(TOWN_PARTY))
        .when(agree(UNIT_PARTY), of(UNIT_PARTY))
        .then_refused("report-missing", to=[UNIT_PARTY])
    )


def test_where_both_have_a_report_both_have_to_agree() -> None:
    both = yingshan.given(
        PROPOSED, ASSESSED, told(CPPCC_GROUP), told(TOWN_PARTY), told(UNIT_PARTY),
        reviewed(CPPCC_GROUP),
    )  # fmt: skip
    both.when(agree(TOWN_PARTY), of(TOWN_PARTY)).then(reviewed(TOWN_PARTY))


def test_agreeing_twice_is_once() -> None:
    (
        yingshan.given(
            PROPOSED, ASSESSED, told(TOWN_PARTY), told(CPPCC_GROUP), reviewed(CPPCC_GROUP)
        )
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then_nothing()
    )


@pytest.mark.parametrize("person", ["lin", "zhou"], ids=["who adopted it", "who brought it"])
def test_nobody_reviews_their_own_topic(person: str) -> None:
    (
        topic.given(PROPOSED, ASSESSED, told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP, person))
        .then_refused("own-topic")
    )


def test_nobody_speaks_for_a_body_that_is_not_theirs() -> None:
    (
        yingshan.given(PROPOSED, ASSESSED, told(TOWN_PARTY), told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(TOWN_PARTY))
        .then_refused("not-your-body", body=CPPCC_GROUP, yours=TOWN_PARTY)
    )


def test_a_body_that_was_not_asked_has_no_say() -> None:
    (
        topic.given(PROPOSED, ASSESSED, told(CPPCC_GROUP))
        .when(agree(TOWN_PARTY), of(TOWN_PARTY))
        .then_refused("not-asked", asked=[CPPCC_GROUP])
    )


def test_nothing_is_approved_unassessed() -> None:
    (
        topic.given(PROPOSED, told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then_refused("criteria-missing", missing=sorted(LINSHUI.criteria))
    )


def test_an_unmet_principle_stands_in_the_way() -> None:
    (
        topic.given(PROPOSED, assessed(group_interest=False), told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then_refused("criteria-unmet", unmet=["group-interest"])
    )


def test_an_excluded_matter_is_not_approved() -> None:
    (
        topic.given(PROPOSED, assessed(excluded="in-legal-proceedings"), told(CPPCC_GROUP))
        .when(agree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then_refused("excluded", category="in-legal-proceedings")
    )


def test_one_no_returns_the_topic() -> None:
    (
        topic.given(PROPOSED, ASSESSED, told(CPPCC_GROUP))
        .when(disagree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then(reviewed(CPPCC_GROUP, agrees=False), RETURNED)
    )


def test_a_no_needs_no_assessment() -> None:
    (
        topic.given(PROPOSED, told(CPPCC_GROUP))
        .when(disagree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then(reviewed(CPPCC_GROUP, agrees=False), RETURNED)
    )


def test_a_body_may_change_its_mind_before_the_last_has_spoken() -> None:
    (
        yingshan.given(
            PROPOSED, ASSESSED, told(TOWN_PARTY), told(CPPCC_GROUP), reviewed(CPPCC_GROUP)
        )
        .when(disagree(CPPCC_GROUP), of(CPPCC_GROUP))
        .then(reviewed(CPPCC_GROUP, agrees=False), RETURNED)
    )


def test_the_proposer_takes_the_topic_back() -> None:
    topic.given(PROPOSED).when(WITHDRAW, CONVENOR).then(WITHDRAWN)


def test_nobody_else_takes_it_back() -> None:
    topic.given(PROPOSED).when(WITHDRAW, by("zhao")).then_refused("not-the-proposer")


def test_taking_back_twice_is_once() -> None:
    topic.given(PROPOSED, WITHDRAWN).when(WITHDRAW, CONVENOR).then_nothing()


def test_an_approved_topic_is_not_taken_back() -> None:
    topic.given(PROPOSED, APPROVED).when(WITHDRAW, CONVENOR).then_refused(
        "not-now", command="WithdrawTopic", topic="Approved"
    )


def test_an_approved_topic_is_posted() -> None:
    topic.given(PROPOSED, APPROVED).when(PUBLICIZE, CONVENOR).then(PUBLICISED)


def test_posting_in_one_place_twice_is_once() -> None:
    topic.given(PROPOSED, APPROVED, PUBLICISED).when(PUBLICIZE, CONVENOR).then_nothing()


def test_what_is_not_approved_is_not_posted() -> None:
    topic.given(PROPOSED).when(PUBLICIZE, CONVENOR).then_refused(
        "not-now", command="PublicizeTopic", topic="Proposed"
    )


def test_a_topic_ends_with_its_outcome() -> None:
    topic.given(PROPOSED, APPROVED).when(CLOSE, SYSTEM_ITSELF).then(CLOSED)


def test_closing_twice_is_once() -> None:
    topic.given(PROPOSED, APPROVED, CLOSED).when(CLOSE, SYSTEM_ITSELF).then_nothing()


def test_a_topic_that_was_never_approved_is_not_closed() -> None:
    topic.given(PROPOSED).when(CLOSE, SYSTEM_ITSELF).then_refused(
        "not-now", command="CloseTopic", topic="Proposed"
    )


@pytest.mark.parametrize("end", [RETURNED, WITHDRAWN], ids=lambda e: e.label)
@pytest.mark.parametrize(
    "command", [PROPOSE, ALL_MET, report_to(CPPCC_GROUP), PUBLICIZE, CLOSE], ids=lambda c: c.label
)
def test_what_has_ended_stays_as_it_is(command: Command, end: Event) -> None:
    no = topic.given(PROPOSED, end).when(command, SYSTEM_ITSELF).no
    assert no
    assert "not-now" == no.code
