"""Promised on the spot and not done: referred only with grounds, approval, and behind a door."""

from collections.abc import AsyncIterator
from uuid import uuid5

import pytest
from hypothesis import given, settings

from services.outcomes import heard, policies
from services.outcomes.domain import DECIDERS
from services.outcomes.domain.referral import commands as ask
from services.outcomes.domain.referral import events as said
from services.outcomes.domain.referral.decide import REFERRAL
from services.outcomes.projections.referrals import REFERRALS, Referral, ReferralsInArea
from shared.kernel.areas import contains
from shared.kernel.message import Actor, Event
from shared.runtime.counting import pattern
from shared.runtime.view import View
from tests.lives import Asking, Life, lives
from tests.outcomes.evaluations import REPORTED
from tests.outcomes.examples import LINSHUI
from tests.outcomes.referrals import (
    ALLEGED,
    ANSWERED,
    APPROVED,
    DECLINED,
    HEALTH,
    LATE,
    POOR,
    PROMISED,
    REFERRAL_ID,
    REFERRED,
    STRONG,
    TOPIC_ID,
)
from tests.outcomes.test_policies import hear
from tests.servers import Postgres
from tests.spec import Spec, by
from tests.views import Said, filled, history, keeps_the_law

COUNTY, TOWN = "511623000000", "511623100000"
ACTIVE = LINSHUI.model_copy(
    update={"referral": LINSHUI.referral.model_copy(update={"active": True})}
)
referral = Spec(REFERRAL, ACTIVE)
GROUP = Actor(id="group", role="party", area=COUNTY, unit="cppcc-party-group")

NOTE_PROMISE = ask.NoteCommitment(**dict(PROMISED), area=COUNTY)
NOTE_BREACH = ask.NoteBreach(**dict(LATE), area=COUNTY)
NOTE_POOR = ask.NotePoorEvaluation(**dict(POOR), area=COUNTY)
RECORD = ask.RecordStrongReaction(**dict(STRONG))
ALLEGE = ask.AllegeInaction(referral_id=REFERRAL_ID, summary=ALLEGED.summary)
APPROVE = ask.ApproveReferral(referral_id=REFERRAL_ID, agrees=True, reason=APPROVED.reason)
DECLINE = ask.ApproveReferral(referral_id=REFERRAL_ID, agrees=False, reason=DECLINED.reason)
REFER = ask.ReferToDiscipline(referral_id=REFERRAL_ID, number=REFERRED.number)
RECEIVE = ask.ReceiveDisciplineResult(referral_id=REFERRAL_ID, result=ANSWERED.result)

GROUNDS = (PROMISED, LATE, STRONG)
NOTES = [(NOTE_PROMISE, PROMISED), (NOTE_BREACH, LATE), (NOTE_POOR, POOR)]


@pytest.mark.parametrize(("note", "fact"), NOTES)
def test_nothing_is_noted_in_a_county_that_has_not_switched_it_on(
    note: ask.ReferralCommand, fact: said.ReferralEvent
) -> None:
    assert not LINSHUI.referral.active
    referral.given().under(LINSHUI).when(note).then_nothing()
    referral.given().when(note).then(fact)


@pytest.mark.parametrize(("note", "fact"), NOTES)
def test_what_was_noted_is_noted_once(note: ask.ReferralCommand, fact: said.ReferralEvent) -> None:
    referral.given(PROMISED, LATE).when(NOTE_POOR).then(POOR)
    referral.given(fact).when(note).then_nothing()
    referral.given(*GROUNDS, ALLEGED).when(note).then_nothing()


def test_a_strong_reaction_is_recorded() -> None:
    referral.given(PROMISED, LATE).when(RECORD).then(STRONG)


@pytest.mark.parametrize(
    ("past", "code"),
    [
        ((LATE, STRONG), "no-commitment"),
        ((PROMISED, STRONG), "no-breach"),
        ((PROMISED, LATE), "no-reaction"),
    ],
)
def test_each_ground_is_needed(past: tuple[Event, ...], code: str) -> None:
    referral.given(*past).when(ALLEGE, by("lin")).then_refused(code, unit=HEALTH)


@pytest.mark.parametrize("last", [STRONG, POOR])
def test_a_poor_evaluation_or_a_strong_reaction_is_enough(last: Event) -> None:
    referral.given(PROMISED, LATE, last).when(ALLEGE, by("lin")).then(ALLEGED)


def test_the_party_group_approves_and_only_then_it_is_referred() -> None:
    alleged = (*GROUNDS, ALLEGED)
    referral.given(*alleged).when(REFER).then_refused(
        "not-now", command="ReferToDiscipline", referral="Alleged"
    )
    referral.given(*alleged).when(APPROVE, GROUP).then(APPROVED)
    referral.given(*alleged, APPROVED).when(REFER).then(REFERRED)
    referral.given(*alleged, APPROVED, REFERRED).when(RECEIVE).then(ANSWERED)


def test_no_other_body_approves_and_nobody_their_own_allegation() -> None:
    other = Actor(id="other", role="party", area=COUNTY, unit="county-party-committee")
    referral.given(*GROUNDS, ALLEGED).when(APPROVE, other).then_refused(
        "not-your-body", body="cppcc-party-group", yours="county-party-committee"
    )
    own = Actor(id="lin", role="party", area=COUNTY, unit="cppcc-party-group")
    referral.given(*GROUNDS, ALLEGED).when(APPROVE, own).then_refused("own-allegation")


def test_what_was_declined_needs_something_new() -> None:
    declined = (*GROUNDS, ALLEGED, DECLINED)
    referral.given(*GROUNDS, ALLEGED).when(DECLINE, GROUP).then(DECLINED)
    referral.given(*declined).when(ALLEGE, by("lin")).then_refused("nothing-new", unit=HEALTH)
    referral.given(*declined, POOR).when(ALLEGE, by("lin")).then(ALLEGED)


def test_it_lies_at_the_county_where_no_town_reaches_it() -> None:
    told = {"topic_id": TOPIC_ID, "unit": HEALTH, "area": "511623100013", "due": "2026-04-01"}
    promise = policies.note_the_commitment(
        heard.CommitmentMade.model_validate(told | {"promise": PROMISED.promise})
    )
    breach = policies.note_the_breach(
        heard.DeadlineBreached.model_validate(told | {"due": "2026-05-31"})
    )
    assert (NOTE_PROMISE, NOTE_BREACH) == (promise, breach)
    assert not contains(TOWN, promise.area)


@pytest.mark.parametrize(
    ("verdict", "noted"), [("failed", [NOTE_POOR]), ("passed", []), ("no-quorum", [])]
)
def test_only_a_failed_evaluation_is_a_ground(
    verdict: str, noted: list[ask.NotePoorEvaluation]
) -> None:
    fact = hear(heard.EvaluationReported, REPORTED, verdict=verdict)
    assert noted == policies.note_the_poor_evaluation(fact)


def test_nobody_else_hears_of_it() -> None:
    assert REFERRAL.restricted
    assert {"cppcc", "party"} == ReferralsInArea.may
    asked = [cls.may for cls in REFERRAL.asked()]
    assert frozenset({"cppcc", "party", "system"}) == frozenset().union(*asked)


WAY: list[Asking] = [
    (NOTE_PROMISE, by("policy")),
    (NOTE_BREACH, by("policy")),
    (RECORD, by("lin")),
    (ALLEGE, by("lin")),
    (APPROVE, GROUP),
    (REFER, by("lin")),
    (RECEIVE, by("lin")),
]
OTHERS: list[Asking] = [(NOTE_POOR, by("policy")), (DECLINE, GROUP), (APPROVE, by("lin"))]


@settings(max_examples=150, deadline=None)
@given(asked=lives(WAY, OTHERS))
def test_no_life_refers_without_promise_breach_reaction_and_approval(asked: list[Asking]) -> None:
    life = Life(REFERRAL, ACTIVE).live(asked)
    for fact in life.facts(said.DisciplineReferred):
        before = {type(earlier) for earlier in life.before(fact)}
        assert {said.CommitmentNoted, said.BreachNoted, said.DisciplineReferralApproved} <= before
        assert before & {said.PoorEvaluationNoted, said.StrongReactionRecorded}
    for fact, actor in zip(life.said, life.by, strict=True):
        if isinstance(fact, said.DisciplineReferralApproved):
            assert GROUP == actor


OTHER_ID = uuid5(REFERRAL_ID, "other")
STORY: list[Said] = [
    *(("outcomes", REFERRAL_ID, fact) for fact in (LATE, PROMISED, STRONG, POOR, ALLEGED)),
    ("outcomes", OTHER_ID, PROMISED),
    *(("outcomes", REFERRAL_ID, fact) for fact in (DECLINED, LATE, ALLEGED, APPROVED, REFERRED)),
]


@pytest.fixture(scope="module")
async def register(pg: Postgres) -> AsyncIterator[View]:
    async with history(pg, STORY) as dsn, filled(dsn, "outcomes", REFERRALS, DECIDERS) as view:
        yield view


@pytest.mark.servers
async def test_the_register_counts_grounds_and_says_how_far_it_is(register: View) -> None:
    rows = await register.ask(
        "in area", area="511623100013", prefixes=[pattern("511623100013")], most=10
    )
    found = {row["referral_id"]: Referral.model_validate(dict(row)) for row in rows}
    one, other = found[REFERRAL_ID], found[OTHER_ID]
    assert (HEALTH, 1, 2, 1, 1, "referred") == (
        one.unit, one.commitments, one.breaches, one.poor_evaluations, one.reactions, one.state,
    )  # fmt: skip
    assert (1, 0, 0, 0, "gathering") == (
        other.commitments, other.breaches, other.poor_evaluations, other.reactions, other.state,
    )  # fmt: skip


@pytest.mark.servers
async def test_who_asks_about_less_is_shown_none(register: View) -> None:
    assert [] == await register.ask(
        "in area", area="511623100000", prefixes=[pattern("511623100000")], most=10
    )


@pytest.mark.servers
async def test_the_register_is_the_same_however_its_facts_arrive(pg: Postgres) -> None:
    async with history(pg, STORY) as dsn:
        await keeps_the_law(dsn, "outcomes", REFERRALS, DECIDERS)
