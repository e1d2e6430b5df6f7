"""A membership keeps its rules whatever is asked of it."""

from datetime import date
from uuid import UUID

from hypothesis import given, settings

from services.meetings.domain.member.commands import AnswerPair
from services.meetings.domain.member.decide import MEMBERSHIP
from services.meetings.domain.member.events import (
    DutyRecorded,
    DutyReportFiled,
    MemberAdmitted,
    MemberEvaluated,
    MembershipEnded,
    MembersPaired,
    ObserverAssigned,
    PairAnswered,
    PairDeclined,
    PairEnded,
    PairProposed,
)
from services.meetings.rules import DutyRule
from tests.lives import Asking, Life, lives
from tests.meetings.examples import LINSHUI, SYSTEM_ITSELF
from tests.meetings.members import (
    END,
    END_PAIR,
    EVALUATE,
    GU,
    GU_ID,
    MENG_ID,
    NOTE_PAIR,
    OBSERVE,
    PAIR,
    REPORT,
    STAFF,
    WU_ID,
    XIE_ID,
    admit,
    do,
)
from tests.spec import by

SESSIONS = [
    OBSERVE.model_copy(update={"member_id": GU_ID, "session": f"第{n}次", "on": date(year, 6, 1)})
    for n, year in enumerate((2025, 2025, 2026, 2027))
]
MEMBER_WAY: list[Asking] = [
    (admit(standing=False), STAFF),
    (PAIR, STAFF),
    (NOTE_PAIR, SYSTEM_ITSELF),
    *((do(n=n), STAFF) for n in range(1, 5)),
    (do("proposal"), STAFF),
    (SESSIONS[0], STAFF),
    (EVALUATE, STAFF),
    (END, STAFF),
]
MEMBER_OTHERS: list[Asking] = [
    (admit(), STAFF),
    (admit(party_member=False, standing=False), STAFF),
    *((PAIR.model_copy(update={"partner_id": other}), STAFF) for other in (WU_ID, XIE_ID, GU_ID)),
    (NOTE_PAIR.model_copy(update={"partner_id": WU_ID}), SYSTEM_ITSELF),
    (NOTE_PAIR.model_copy(update={"partner_id": XIE_ID, "obstacle": "ended"}), SYSTEM_ITSELF),
    (AnswerPair(member_id=GU_ID, partner_id=MENG_ID), SYSTEM_ITSELF),
    (AnswerPair(member_id=GU_ID, partner_id=WU_ID), SYSTEM_ITSELF),
    (END_PAIR, STAFF),
    (do("proposal", 2), STAFF),
    (do(n=5, year=2024), STAFF),
    (EVALUATE.model_copy(update={"year": 2024}), STAFF),
    (REPORT, GU),
    (REPORT, by("meng", "member")),
    *((session, STAFF) for session in SESSIONS[1:]),
]


MEMBER_LIVES = lives(MEMBER_WAY, MEMBER_OTHERS)


def live(asked: list[Asking]) -> Life:
    """A membership to which all this happened. A no to a pair is an answer each time."""
    return Life(MEMBERSHIP, LINSHUI, (AnswerPair,)).live(asked)


@settings(max_examples=150, deadline=None)
@given(asked=MEMBER_LIVES)
def test_a_year_is_evaluated_from_all_of_its_duties(asked: list[Asking]) -> None:
    life = live(asked)
    for evaluated in life.facts(MemberEvaluated):
        duties = [one for one in life.facts(DutyRecorded) if one.on.year == evaluated.year]
        assert all(duty in life.before(evaluated) for duty in duties)
        assert evaluated.total == sum(_capped(rule, duties) for rule in LINSHUI.members.duties)
        assert evaluated.grade == LINSHUI.members.grade(evaluated.total)


def _capped(rule: DutyRule, duties: list[DutyRecorded]) -> int:
    return min(rule.year_max, rule.points * sum(duty.kind == rule.kind for duty in duties))


@settings(max_examples=150, deadline=None)
@given(asked=MEMBER_LIVES)
def test_only_standing_members_report_and_only_others_observe(asked: list[Asking]) -> None:
    life = live(asked)
    standing = any(fact.standing for fact in life.facts(MemberAdmitted))
    observed = [fact.on.year for fact in life.facts(ObserverAssigned)]
    reporters = [life.by[life.said.index(fact)] for fact in life.facts(DutyReportFiled)]
    assert len(set(observed)) == len(observed)
    assert not (standing and observed)
    assert standing or not reporters
    assert {GU} >= set(reporters)


@settings(max_examples=200, deadline=None)
@given(asked=MEMBER_LIVES)
def test_pairs_stay_within_bounds_and_end_with_the_membership(asked: list[Asking]) -> None:
    life = live(asked)
    in_party = any(fact.party_member for fact in life.facts(MemberAdmitted))
    pairs: set[UUID] = set()
    for fact in life.said:
        match fact:
            case PairProposed() | MembersPaired():
                assert in_party
                pairs.add(fact.partner_id)
            case PairAnswered(obstacle=""):
                assert not in_party
                pairs.add(fact.partner_id)
            case PairDeclined() | PairEnded():
                pairs.remove(fact.partner_id)
            case MembershipEnded():
                assert not pairs
        assert len(pairs) <= (LINSHUI.members.pairs_max if in_party else 1)


@settings(max_examples=100, deadline=None)
@given(asked=MEMBER_LIVES)
def test_after_the_end_only_answers_are_given(asked: list[Asking]) -> None:
    life = live(asked)
    for end in life.facts(MembershipEnded):
        after = life.said[life.said.index(end) + 1 :]
        assert all(isinstance(fact, PairAnswered) and fact.obstacle == "ended" for fact in after)


def test_the_straight_way_leads_to_the_end() -> None:
    assert live(MEMBER_WAY).facts(MemberEvaluated)
    assert live(MEMBER_WAY).facts(MembershipEnded)
