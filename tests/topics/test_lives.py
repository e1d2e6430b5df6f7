"""Leads and topics keep their rules whatever is asked of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.topics.domain.lead.commands import NoteMerged
from services.topics.domain.lead.decide import LEAD
from services.topics.domain.lead.events import (
    LeadAdopted,
    LeadJoined,
    LeadMerged,
    LeadParted,
    LeadScreenedOut,
    LeadSplit,
    LeadSubmitted,
    PersonalAppealTransferred,
)
from services.topics.domain.topic.decide import TOPIC
from services.topics.domain.topic.events import (
    PlanNoted,
    TopicApproved,
    TopicClosed,
    TopicCriteriaAssessed,
    TopicReportFiled,
    TopicReviewedByPartyBody,
)
from tests.lives import Asking, Life, lives
from tests.spec import by
from tests.topics.counties import CPPCC_GROUP, LINSHUI, TOWN_PARTY, UNIT_PARTY, YINGSHAN
from tests.topics.examples import (
    ACKNOWLEDGE,
    ADOPT,
    ADOPT_WITH_EVIDENCE,
    ALL_MET,
    CLAIM,
    CLERK,
    CLOSE,
    COMPLETE,
    CONVENOR,
    MERGE,
    NOTE_MERGED,
    NOTE_PLAN,
    NOTE_UNMERGED,
    POLICE,
    PROPOSE,
    PUBLICIZE,
    RAISE,
    REOPEN,
    RESIDENT,
    RESUBMIT,
    RETURN,
    SCREEN_OUT,
    SPLIT,
    SUBMIT,
    SUBMIT_APPEAL,
    SYSTEM_ITSELF,
    TAKE,
    TRANSFER,
    UNMERGE,
    WITHDRAW,
    agree,
    disagree,
    of,
    report_to,
)

PLANLESS = YINGSHAN.model_copy(
    update={"plan": YINGSHAN.plan.model_copy(update={"approves_topics": False})}
)
LEADS: list[Asking] = [
    (SUBMIT_APPEAL, RESIDENT),
    (SUBMIT, RESIDENT),
    (SCREEN_OUT, CLERK),
    (SCREEN_OUT.model_copy(update={"category": "for-oneself-or-kin"}), CLERK),
    (TRANSFER, CLERK),
    (ACKNOWLEDGE, POLICE),
    (ACKNOWLEDGE.model_copy(update={"receipt_no": "2"}), CLERK),
    (ADOPT, CONVENOR),
    (ADOPT_WITH_EVIDENCE, CONVENOR),
    (RETURN, CLERK),
    (RESUBMIT, RESIDENT),
    (TAKE, SYSTEM_ITSELF),
    (COMPLETE, SYSTEM_ITSELF),
    (MERGE, CLERK),
    (UNMERGE, CLERK),
    (NOTE_MERGED, SYSTEM_ITSELF),
    (NOTE_UNMERGED, SYSTEM_ITSELF),
    (SPLIT, CLERK),
]
WORSE = ALL_MET.model_copy(update={"criteria": {**ALL_MET.criteria, "feasible": False}})
EXCLUDED = ALL_MET.model_copy(update={"excluded": "secret"})
ONE_CRITERION = ALL_MET.model_copy(update={"criteria": {"group-interest": True}})
TOPICS: list[Asking] = [
    (RAISE, SYSTEM_ITSELF),
    (ALL_MET, CONVENOR),
    (ONE_CRITERION, CONVENOR),
    (report_to(CPPCC_GROUP), CONVENOR),
    (report_to(TOWN_PARTY), CONVENOR),
    (report_to(UNIT_PARTY), CONVENOR),
    (agree(CPPCC_GROUP), of(CPPCC_GROUP)),
    (agree(TOWN_PARTY), of(TOWN_PARTY, "hu")),
    (agree(UNIT_PARTY), of(UNIT_PARTY, "shi")),
    (PUBLICIZE, CONVENOR),
    (CLAIM, CONVENOR),
    (CLOSE, SYSTEM_ITSELF),
    (REOPEN, by("qin", "cppcc")),
    (NOTE_PLAN, SYSTEM_ITSELF),
    (CLOSE, SYSTEM_ITSELF),
]
SPOILERS: list[Asking] = [
    (PROPOSE, by("zhou", "member")),
    (WORSE, CONVENOR),
    (EXCLUDED, CONVENOR),
    (agree(CPPCC_GROUP), of(CPPCC_GROUP, "lin")),
    (agree(CPPCC_GROUP), of(CPPCC_GROUP, "zhou")),
    (agree(CPPCC_GROUP), of(TOWN_PARTY)),
    (disagree(TOWN_PARTY), of(TOWN_PARTY)),
    (WITHDRAW, CONVENOR),
    (WITHDRAW, by("zhou", "member")),
]


@settings(max_examples=150, deadline=None)
@given(asked=st.lists(st.sampled_from(LEADS), max_size=12))
def test_a_lead_has_one_end_and_an_appeal_is_never_turned_away(asked: list[Asking]) -> None:
    life = Life(LEAD, LINSHUI, repeatable={NoteMerged}).live(asked)
    ends = [LeadScreenedOut, PersonalAppealTransferred, LeadAdopted, LeadSplit]
    assert 1 >= sum(len(life.facts(end)) for end in ends)
    for lead in life.facts(LeadSubmitted):
        assert not (lead.personal and life.facts(LeadScreenedOut))
        assert not (lead.personal and life.facts(LeadMerged))
        assert not (lead.personal and life.facts(LeadSplit))
        assert not lead.personal or all(adopted.evidence for adopted in life.facts(LeadAdopted))


@settings(max_examples=150, deadline=None)
@given(asked=st.lists(st.sampled_from(LEADS), max_size=12))
def test_two_leads_are_never_part_of_each_other(asked: list[Asking]) -> None:
    life = Life(LEAD, LINSHUI, repeatable={NoteMerged}).live(asked)
    for merged in life.facts(LeadMerged):
        before = life.before(merged)
        joined = sum(isinstance(fact, LeadJoined) for fact in before)
        assert joined == sum(isinstance(fact, LeadParted) for fact in before)


@settings(max_examples=200, deadline=None)
@given(rules=st.sampled_from([LINSHUI, YINGSHAN, PLANLESS]), asked=lives(TOPICS, SPOILERS))
def test_nothing_is_approved_past_a_gate(rules: object, asked: list[Asking]) -> None:
    life = Life(TOPIC, rules).live(asked)
    for approved in life.facts(TopicApproved):
        before = life.before(approved)
        told = {fact.to for fact in before if isinstance(fact, TopicReportFiled)}
        agreed = {
            fact.body: actor
            for fact, actor in zip(before, life.by, strict=False)
            if isinstance(fact, TopicReviewedByPartyBody) and fact.agrees
        }
        assessed = [fact for fact in before if isinstance(fact, TopicCriteriaAssessed)][-1]
        by_plan = rules.plan.approves_topics and any(isinstance(f, PlanNoted) for f in before)
        assert by_plan or told == agreed.keys()
        assert by_plan or not rules.lacking(frozenset(told))
        assert rules.criteria == assessed.criteria.keys()
        assert all(assessed.criteria.values())
        assert not assessed.excluded
        proposer, submitter = life.said[0].proposer, life.said[0].submitter
        assert not {proposer, submitter} & {actor.id for actor in agreed.values()}
        assert all(actor.unit == body for body, actor in agreed.items())


@settings(max_examples=100, deadline=None)
@given(asked=lives(TOPICS, SPOILERS))
def test_nothing_is_closed_that_was_not_approved(asked: list[Asking]) -> None:
    life = Life(TOPIC, LINSHUI).live(asked)
    assert not life.facts(TopicClosed) or life.facts(TopicApproved)


def test_the_straight_way_leads_to_the_end() -> None:
    assert Life(TOPIC, LINSHUI).live(TOPICS).facts(TopicClosed)
    assert Life(TOPIC, YINGSHAN).live(TOPICS).facts(TopicClosed)
