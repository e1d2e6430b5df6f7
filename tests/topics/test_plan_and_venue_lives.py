"""Plans and venues keep their rules whatever is asked of them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from services.topics.domain.plan import commands as plan_asked
from services.topics.domain.plan.decide import PLAN
from services.topics.domain.plan.events import (
    PlanApproved,
    PlanDrafted,
    PlanIssued,
    PlanItemDeferred,
    TopicAdoptedIntoPlan,
)
from services.topics.domain.venue.decide import VENUE
from services.topics.domain.venue.events import (
    BudgetAllotted,
    BudgetSpent,
    ConvenorAppointed,
    ConvenorRelieved,
    VenueOffered,
    VenueOffersWithdrawn,
    VenueSuspended,
)
from services.topics.rules import TopicRules
from tests.lives import Asking, Life, lives
from tests.spec import by
from tests.topics import plans, venues
from tests.topics.counties import LINSHUI, YINGSHAN

APPROVER = replace(by("wu", "party"), unit=LINSHUI.plan.approver)
PLANS: list[Asking] = [
    (plans.DRAFT, plans.STAFF),
    (plans.ADD, plans.STAFF),
    (plans.ADD_SECOND, plans.STAFF),
    (plans.SETTLE, APPROVER),
    (plans.issue_by("county-cppcc"), plans.STAFF),
    (plans.ADOPT_TOPIC, plans.STAFF),
    (plans.DEFER, plans.STAFF),
]
PLAN_SPOILERS: list[Asking] = [
    (plans.SEND_BACK, APPROVER),
    (plans.SETTLE, replace(plans.STAFF, unit=LINSHUI.plan.approver)),
    (plans.SETTLE, replace(APPROVER, unit="cppcc-party-group")),
    (plans.issue_by("county-government"), plans.STAFF),
    (plans.ADOPT_TOPIC.model_copy(update={"item_no": 2}), plans.STAFF),
    (plans.ADOPT_TOPIC.model_copy(update={"topic_id": plans.OTHER_TOPIC}), plans.STAFF),
    (plans.DEFER.model_copy(update={"item_no": 1}), plans.STAFF),
    (plans.ADD.model_copy(update={"title": "停车难"}), plans.STAFF),
]
VENUES: list[Asking] = [
    (venues.ESTABLISH, venues.STAFF),
    (venues.appoint("lin", "area-group", "party-secretary"), venues.STAFF),
    (venues.appoint("hu", "member", "linked-member", rank=2), venues.STAFF),
    (venues.CHECK, venues.CONVENOR),
    (venues.ALLOT, venues.STAFF),
    (venues.SPEND, venues.STAFF),
    (venues.OFFER, venues.CONVENOR),
    (venues.NOTE_ACTIVITY, venues.MEETINGS),
]
VENUE_SPOILERS: list[Asking] = [
    (venues.RELIEVE, venues.STAFF),
    (venues.SUSPEND, venues.STAFF),
    (venues.RESUME, venues.STAFF),
    (venues.appoint("hu", "member"), venues.STAFF),
    (venues.appoint("hu", "area-group", "party-secretary"), venues.STAFF),
    (venues.SPEND.model_copy(update={"amount": 4000, "voucher": "0032"}), venues.STAFF),
    (venues.SPEND.model_copy(update={"amount": 3800, "voucher": "0033"}), venues.STAFF),
    (venues.OFFER.model_copy(update={"consultation_id": venues.STATION_ID}), venues.CONVENOR),
]


@settings(max_examples=150, deadline=None)
@given(asked=lives(PLANS, PLAN_SPOILERS))
def test_a_plan_is_settled_and_issued_once_and_by_those_who_may(asked: list[Asking]) -> None:
    life = Life(PLAN, LINSHUI, repeatable={plan_asked.DecidePlan}).live(asked)
    assert 1 >= len(life.facts(PlanApproved))
    assert 1 >= len(life.facts(PlanIssued))
    for fact, actor in zip(life.said, life.by, strict=True):
        if isinstance(fact, PlanApproved):
            assert actor.unit == LINSHUI.plan.approver
            assert actor.id != life.facts(PlanDrafted)[0].drafter
    for issued in life.facts(PlanIssued):
        assert LINSHUI.plan.issuers == set(issued.issuers)
        assert any(isinstance(fact, PlanApproved) for fact in life.before(issued))


@settings(max_examples=150, deadline=None)
@given(asked=lives(PLANS, PLAN_SPOILERS))
def test_a_topic_serves_one_item_of_an_issued_plan(asked: list[Asking]) -> None:
    life = Life(PLAN, LINSHUI, repeatable={plan_asked.DecidePlan}).live(asked)
    taken = life.facts(TopicAdoptedIntoPlan)
    assert len(taken) == len({fact.topic_id for fact in taken})
    for fact in taken:
        before = life.before(fact)
        assert any(isinstance(earlier, PlanIssued) for earlier in before)
        off = [f.item_no for f in before if isinstance(f, PlanItemDeferred)]
        assert fact.item_no not in off


@settings(max_examples=200, deadline=None)
@given(rules=st.sampled_from([LINSHUI, YINGSHAN]), asked=lives(VENUES, VENUE_SPOILERS))
def test_only_a_venue_whose_convenors_fit_is_offered(
    rules: TopicRules, asked: list[Asking]
) -> None:
    life = Life(VENUE, rules).live(asked)
    needs = {one.rank: one.needs for one in rules.venues[-1].convenors}
    for offered in life.facts(VenueOffered):
        there: dict[int, ConvenorAppointed] = {}
        for fact in life.before(offered):
            if isinstance(fact, ConvenorAppointed):
                there[fact.rank] = fact
            elif isinstance(fact, ConvenorRelieved):
                del there[fact.rank]
        assert needs.keys() == there.keys()
        assert all(needs[rank] <= set(one.qualities) for rank, one in there.items())


@settings(max_examples=150, deadline=None)
@given(asked=lives(VENUES, VENUE_SPOILERS))
def test_an_offer_never_outlives_what_it_rests_on(asked: list[Asking]) -> None:
    life = Life(VENUE, LINSHUI).live(asked)
    for n, fact in enumerate(life.said):
        if isinstance(fact, ConvenorRelieved | VenueSuspended):
            before, after = life.said[:n], life.said[n + 1 : n + 2]
            held = {f.consultation_id for f in before if type(f).__name__ == "VenueActivityHeld"}
            offers = [f.consultation_id for f in before if isinstance(f, VenueOffered)]
            gone = [
                c for f in before if isinstance(f, VenueOffersWithdrawn) for c in f.consultations
            ]
            standing = {one for one in offers if offers.count(one) > gone.count(one)} - held
            back = [set(f.consultations) for f in after if isinstance(f, VenueOffersWithdrawn)]
            assert back == ([standing] if standing else [])


@settings(max_examples=150, deadline=None)
@given(asked=lives(VENUES, VENUE_SPOILERS))
def test_no_more_is_spent_than_was_allotted(asked: list[Asking]) -> None:
    life = Life(VENUE, LINSHUI).live(asked)
    spent = sum(fact.amount for fact in life.facts(BudgetSpent))
    assert spent <= sum(fact.amount for fact in life.facts(BudgetAllotted))


def test_the_straight_ways_lead_to_the_end() -> None:
    assert Life(PLAN, LINSHUI).live(PLANS).facts(TopicAdoptedIntoPlan)
    assert Life(VENUE, YINGSHAN).live(VENUES).facts(VenueOffered)
