"""Research and consultations keep their rules whatever is asked of them."""

from uuid import uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from services.meetings.domain.consultation.commands import GivePriorNotice, RecordStatement
from services.meetings.domain.consultation.decide import CONSULTATION
from services.meetings.domain.consultation.events import (
    ConsultationOpened,
    ConsultationPostponed,
    ConsultationScheduled,
    MeetingHeld,
    PartiesDetermined,
    PriorNoticeGiven,
    ResearchNoted,
    WorkPlanIssued,
)
from services.meetings.domain.research.commands import ConductResearch
from services.meetings.domain.research.decide import RESEARCH
from services.meetings.domain.research.events import ResearchConducted, ResearchReportFiled
from tests.lives import Asking, Life, lives
from tests.meetings.examples import (
    BEGIN_ITEM,
    CANCEL,
    COMMIT,
    CONDUCT_RESEARCH,
    CONVENOR,
    DETERMINE,
    DROP_VENUE,
    FILE_REPORT,
    INVITE,
    ISSUE,
    LINSHUI,
    NOTE_VENUE,
    NOTICE,
    OPEN,
    PLAN,
    PLAN_RESEARCH,
    POSTPONE,
    ROADS,
    ROADS_OFFICE,
    SET_AGENDA,
    SIGN,
    STATE,
    SYSTEM_ITSELF,
    TOPIC_ID,
    TWO_REPORTS,
    URGENTLY,
    agree,
    check_in,
    disagree,
    note,
    schedule,
)

RESEARCHES: list[Asking] = [
    (PLAN_RESEARCH, CONVENOR),
    (CONDUCT_RESEARCH, CONVENOR),
    (FILE_REPORT, CONVENOR),
]
WAY: list[Asking] = [
    (note(), SYSTEM_ITSELF),
    (PLAN, SYSTEM_ITSELF),
    (DETERMINE, CONVENOR),
    (ISSUE, CONVENOR),
    (note(uuid5(TOPIC_ID, "research-2")), SYSTEM_ITSELF),
    (NOTE_VENUE, SYSTEM_ITSELF),
    (schedule(), CONVENOR),
    (SET_AGENDA, CONVENOR),
    (INVITE, CONVENOR),
    (NOTICE, CONVENOR),
    (check_in("masses", "擂鼓坪受益群众代表", 12), CONVENOR),
    (check_in("unit", ROADS, 2), CONVENOR),
    (OPEN, CONVENOR),
    (BEGIN_ITEM, CONVENOR),
    (STATE, CONVENOR),
    (COMMIT, ROADS_OFFICE),
    (agree(), CONVENOR),
    (disagree(), CONVENOR),
    (SIGN, CONVENOR),
]
OTHERS: list[Asking] = [
    (DROP_VENUE, SYSTEM_ITSELF),
    (URGENTLY, CONVENOR),
    (schedule(form="chairpersons"), CONVENOR),
    (schedule(mode="venue"), CONVENOR),
    (check_in("leader", "县政府联系领导"), CONVENOR),
    (disagree("返工三处沉陷路段", 1), CONVENOR),
    (POSTPONE, CONVENOR),
    (CANCEL, CONVENOR),
]
REPEATABLE = (ConductResearch, RecordStatement, GivePriorNotice)


@settings(max_examples=50, deadline=None)
@given(asked=st.lists(st.sampled_from(RESEARCHES), max_size=10))
def test_a_report_rests_on_a_visit(asked: list[Asking]) -> None:
    life = Life(RESEARCH, LINSHUI, REPEATABLE).live(asked)
    for report in life.facts(ResearchReportFiled):
        assert any(isinstance(fact, ResearchConducted) for fact in life.before(report))


@settings(max_examples=200, deadline=None)
@given(rules=st.sampled_from([LINSHUI, TWO_REPORTS]), asked=lives(WAY, OTHERS))
def test_nothing_is_held_past_a_gate(rules: object, asked: list[Asking]) -> None:
    life = Life(CONSULTATION, rules, REPEATABLE).live(asked)
    for scheduled in life.facts(ConsultationScheduled):
        before = life.before(scheduled)
        reports = {fact.research_id for fact in before if isinstance(fact, ResearchNoted)}
        assert rules.reports_per_topic <= len(reports)
        assert reports == set(scheduled.research)
        assert any(isinstance(fact, PartiesDetermined) for fact in before)
        assert any(isinstance(fact, WorkPlanIssued) for fact in before)
    for opened in life.facts(ConsultationOpened):
        assert _since_the_last(ConsultationPostponed, life.before(opened), PriorNoticeGiven)
    for held in life.facts(MeetingHeld):
        assert any(isinstance(fact, ConsultationOpened) for fact in life.before(held))
        assert held.items
        assert {"masses", "unit"} <= held.attendees.keys()
        assert held is life.said[-1]


def _since_the_last(turn: type, facts: list[object], wanted: type) -> bool:
    turns = [n for n, fact in enumerate(facts) if isinstance(fact, turn)]
    return any(isinstance(fact, wanted) for fact in facts[turns[-1] if turns else 0 :])


def test_the_straight_way_leads_to_the_end() -> None:
    assert Life(CONSULTATION, LINSHUI, REPEATABLE).live(WAY).facts(MeetingHeld)
    assert Life(CONSULTATION, TWO_REPORTS, REPEATABLE).live(WAY).facts(MeetingHeld)
    assert Life(RESEARCH, LINSHUI, REPEATABLE).live(RESEARCHES).facts(ResearchReportFiled)
