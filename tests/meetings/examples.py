"""邻水县 as the tests of meetings know it: its rules, its people, and 擂鼓坪's bad road."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from services.meetings.domain.consultation import commands as ask
from services.meetings.domain.consultation import events as say
from services.meetings.domain.consultation.decide import CONSULTATION
from services.meetings.domain.draw.decide import DRAW
from services.meetings.domain.member.decide import MEMBERSHIP
from services.meetings.domain.pool.decide import POOL
from services.meetings.domain.research import commands as research_commands
from services.meetings.domain.research import events as research_events
from services.meetings.domain.research.decide import RESEARCH
from services.meetings.domain.talent.decide import TALENT
from services.meetings.rules import FormRule, MeetingRules, PartiesMin
from services.meetings.words import AgendaItem, Commitment, Item, Kind, Party
from shared.kernel.message import SYSTEM
from tests.meetings import members, talents
from tests.spec import NOW, Spec, by

GUANYINQIAO = "511623105000"

LINSHUI = MeetingRules(
    reports_per_topic=1,
    parties_min=PartiesMin(masses=1, unit=1, member=0, expert=0, leader=0),
    workplan_fields=frozenset({"theme", "participants"}),
    notice_days=3,
    urgent_notice_days=0,
    venue_needed=False,
    modes=frozenset({"venue-and-site", "urgent-site"}),
    forms=(
        FormRule(form="chairpersons", per_year=2, leaders=1),
        FormRule(form="special-committee"),
        FormRule(form="small"),
    ),
    members=members.MEMBER_RULES,
    talent=talents.TALENT_RULES,
)
VENUE_NEEDED = LINSHUI.model_copy(update={"venue_needed": True})
TWO_REPORTS = LINSHUI.model_copy(update={"reports_per_topic": 2})

SYSTEM_ITSELF = by("meetings:plan_a_consultation", SYSTEM)
CONVENOR = by("lin")
ROADS = "县交通运输局"
ROADS_OFFICE = replace(by("luo", "unit"), unit=ROADS)

research = Spec(RESEARCH, LINSHUI)
consultation = Spec(CONSULTATION, LINSHUI)
member = Spec(MEMBERSHIP, LINSHUI)
talent = Spec(TALENT, LINSHUI)
pool = Spec(POOL, LINSHUI)
draw = Spec(DRAW, LINSHUI)

TOPIC_ID = UUID("01890000-0000-7000-8000-00000000b001")
RESEARCH_ID = uuid5(TOPIC_ID, "research")
CONSULTATION_ID = uuid5(TOPIC_ID, "consultation")
VENUE_ID = uuid5(TOPIC_ID, "venue")
MEMBER_ID = uuid5(TOPIC_ID, "member")
TITLE = "擂鼓坪村公路质量"
TODAY = date(2026, 3, 2)

PLAN_RESEARCH = research_commands.PlanResearch(
    research_id=RESEARCH_ID,
    area=GUANYINQIAO,
    topic_id=TOPIC_ID,
    questions=("路面为何一年就开裂",),
    team=("片区委员活动小组", "公路工程人才"),
    members=frozenset({MEMBER_ID}),
)
CONDUCT_RESEARCH = research_commands.ConductResearch(
    research_id=RESEARCH_ID, on=TODAY, place="擂鼓坪", findings="基层厚度不足,三处沉陷。"
)
FILE_REPORT = research_commands.FileResearchReport(
    research_id=RESEARCH_ID,
    title="擂鼓坪公路质量调研报告",
    findings="基层厚度不足,三处沉陷。",
    suggestions=("返工沉陷路段",),
)
RESEARCH_PLANNED = research_events.ResearchPlanned(
    research_id=RESEARCH_ID,
    topic_id=TOPIC_ID,
    questions=("路面为何一年就开裂",),
    team=("片区委员活动小组", "公路工程人才"),
    members=(MEMBER_ID,),
    round=1,
)
RESEARCH_CONDUCTED = research_events.ResearchConducted(
    research_id=RESEARCH_ID,
    topic_id=TOPIC_ID,
    on=TODAY,
    place="擂鼓坪",
    findings="基层厚度不足,三处沉陷。",
)
REPORT_FILED = research_events.ResearchReportFiled(
    research_id=RESEARCH_ID,
    topic_id=TOPIC_ID,
    title="擂鼓坪公路质量调研报告",
    findings="基层厚度不足,三处沉陷。",
    suggestions=("返工沉陷路段",),
    round=1,
)

VILLAGERS = Party(kind="masses", name="擂鼓坪受益群众代表")
ROADS_PARTY = Party(kind="unit", name=ROADS)
WORK_PLAN: dict[ask.WorkPlanField, str] = {"theme": TITLE, "participants": "群众代表、交通部门"}

PLAN = ask.PlanConsultation(
    consultation_id=CONSULTATION_ID,
    area=GUANYINQIAO,
    topic_id=TOPIC_ID,
    title=TITLE,
    proposer="lin",
)
DETERMINE = ask.DetermineParties(consultation_id=CONSULTATION_ID, parties=(VILLAGERS, ROADS_PARTY))
ISSUE = ask.IssueWorkPlan(consultation_id=CONSULTATION_ID, fields=WORK_PLAN)
NOTE_VENUE = ask.NoteVenue(
    consultation_id=CONSULTATION_ID, venue_id=VENUE_ID, name="观音桥协商驿站"
)
DROP_VENUE = ask.DropVenue(consultation_id=CONSULTATION_ID, venue_id=VENUE_ID)
NOTICE = ask.GivePriorNotice(consultation_id=CONSULTATION_ID, content="商议路面返工与质保")
OPEN = ask.OpenConsultation(consultation_id=CONSULTATION_ID)
STATE = ask.RecordStatement(
    consultation_id=CONSULTATION_ID, speaker="擂鼓坪受益群众代表", text="通车一年就烂了。"
)
COMMIT = ask.MakeCommitment(
    consultation_id=CONSULTATION_ID, unit=ROADS, promise="十日内返工", due=date(2026, 3, 12)
)
AGENDA = (
    AgendaItem(title="通报调研情况", speaker="片区委员活动小组", minutes=10),
    AgendaItem(title="各方发言", minutes=40),
)
SET_AGENDA = ask.SetAgenda(consultation_id=CONSULTATION_ID, items=AGENDA)
INVITE = ask.RecordInvitation(
    consultation_id=CONSULTATION_ID, kind="masses", name="擂鼓坪受益群众代表", how="in-person"
)
BEGIN_ITEM = ask.BeginAgendaItem(consultation_id=CONSULTATION_ID, no=1)
SIGN = ask.SignRecord(consultation_id=CONSULTATION_ID, signed_by=("unit", "masses"))
POSTPONE = ask.PostponeConsultation(consultation_id=CONSULTATION_ID, reason="连日大雨")
CANCEL = ask.CancelConsultation(consultation_id=CONSULTATION_ID, reason="已经返工")


def note(research_id: UUID = RESEARCH_ID) -> ask.NoteResearch:
    """A report is there."""
    return ask.NoteResearch(
        consultation_id=CONSULTATION_ID,
        area=GUANYINQIAO,
        topic_id=TOPIC_ID,
        research_id=research_id,
    )


def schedule(**changes: Any) -> ask.ScheduleConsultation:
    """A small consultation, on the spot, in four days."""
    asked: dict[str, Any] = {
        "consultation_id": CONSULTATION_ID,
        "starts": NOW + timedelta(days=4),
        "place": "擂鼓坪院坝",
        "form": "small",
        "mode": "venue-and-site",
    }
    return ask.ScheduleConsultation(**asked | changes)


URGENTLY = schedule(
    starts=NOW + timedelta(hours=1), mode="urgent-site", urgency="雨季将至,路面已塌"
)


def check_in(kind: Kind, name: str, people: int = 1, member_id: UUID | None = None) -> ask.CheckIn:
    """Somebody arrives."""
    return ask.CheckIn(
        consultation_id=CONSULTATION_ID, kind=kind, name=name, people=people, member_id=member_id
    )


def agree(text: str = "返工三处沉陷路段", item_no: int = 1) -> ask.RecordConsensus:
    """All agree."""
    return ask.RecordConsensus(
        consultation_id=CONSULTATION_ID, item_no=item_no, text=text, unit=ROADS
    )


def disagree(text: str = "全县村道质保期延长", item_no: int = 2) -> ask.RecordDissent:
    """Not all agree, and it concerns many."""
    return ask.RecordDissent(
        consultation_id=CONSULTATION_ID, item_no=item_no, text=text, general=True
    )


PLANNED = say.ConsultationPlanned(
    consultation_id=CONSULTATION_ID, topic_id=TOPIC_ID, title=TITLE, proposer="lin"
)
PARTIES = say.PartiesDetermined(consultation_id=CONSULTATION_ID, parties=(VILLAGERS, ROADS_PARTY))
WORK_PLAN_ISSUED = say.WorkPlanIssued(consultation_id=CONSULTATION_ID, fields=WORK_PLAN)
VENUE_NOTED = say.VenueNoted(
    consultation_id=CONSULTATION_ID, venue_id=VENUE_ID, name="观音桥协商驿站"
)
VENUE_DROPPED = say.VenueDropped(consultation_id=CONSULTATION_ID, venue_id=VENUE_ID)
NOTICED = say.PriorNoticeGiven(
    consultation_id=CONSULTATION_ID, topic_id=TOPIC_ID, content="商议路面返工与质保"
)
AGENDA_SET = say.AgendaSet(consultation_id=CONSULTATION_ID, items=AGENDA)
INVITED = say.InvitationRecorded(
    consultation_id=CONSULTATION_ID, kind="masses", name="擂鼓坪受益群众代表", how="in-person"
)
ITEM_BEGUN = say.AgendaItemBegun(consultation_id=CONSULTATION_ID, no=1)
OPENED = say.ConsultationOpened(consultation_id=CONSULTATION_ID)
STATED = say.StatementRecorded(
    consultation_id=CONSULTATION_ID,
    speaker="擂鼓坪受益群众代表",
    text="通车一年就烂了。",
    member_id=None,
)
COMMITTED = say.CommitmentMade(
    consultation_id=CONSULTATION_ID,
    topic_id=TOPIC_ID,
    unit=ROADS,
    promise="十日内返工",
    due=date(2026, 3, 12),
)
POSTPONED = say.ConsultationPostponed(
    consultation_id=CONSULTATION_ID, topic_id=TOPIC_ID, reason="连日大雨"
)
CANCELLED = say.ConsultationCancelled(
    consultation_id=CONSULTATION_ID, topic_id=TOPIC_ID, reason="已经返工"
)


def noted(research_id: UUID = RESEARCH_ID) -> say.ResearchNoted:
    """A report was noted."""
    return say.ResearchNoted(
        consultation_id=CONSULTATION_ID, topic_id=TOPIC_ID, research_id=research_id
    )


def scheduled(**changes: Any) -> say.ConsultationScheduled:
    """As asked by `schedule`."""
    told: dict[str, Any] = {
        "consultation_id": CONSULTATION_ID,
        "topic_id": TOPIC_ID,
        "title": TITLE,
        "starts": NOW + timedelta(days=4),
        "place": "擂鼓坪院坝",
        "form": "small",
        "mode": "venue-and-site",
        "urgency": "",
        "venue_id": None,
        "research": (RESEARCH_ID,),
        "proposer": "lin",
    }
    return say.ConsultationScheduled(**told | changes)


def arrived(
    kind: Kind, name: str, people: int = 1, member_id: UUID | None = None
) -> say.AttendeeCheckedIn:
    """Somebody is there."""
    return say.AttendeeCheckedIn(
        consultation_id=CONSULTATION_ID, kind=kind, name=name, people=people, member_id=member_id
    )


def agreed(text: str = "返工三处沉陷路段", item_no: int = 1) -> say.ConsensusRecorded:
    """All agreed."""
    return say.ConsensusRecorded(
        consultation_id=CONSULTATION_ID, item_no=item_no, text=text, unit=ROADS, general=False
    )


def disagreed(text: str = "全县村道质保期延长", item_no: int = 2) -> say.DissentRecorded:
    """Not all agreed."""
    return say.DissentRecorded(
        consultation_id=CONSULTATION_ID, item_no=item_no, text=text, general=True
    )


def held(**changes: Any) -> say.MeetingHeld:
    """The record of it all."""
    told: dict[str, Any] = {
        "consultation_id": CONSULTATION_ID,
        "topic_id": TOPIC_ID,
        "title": TITLE,
        "place": "擂鼓坪院坝",
        "form": "small",
        "mode": "venue-and-site",
        "venue_id": None,
        "items": (
            Item(no=1, text="返工三处沉陷路段", agreed=True, general=False, unit=ROADS),
            Item(no=2, text="全县村道质保期延长", agreed=False, general=True, unit=""),
        ),
        "commitments": (Commitment(unit=ROADS, promise="十日内返工", due=date(2026, 3, 12)),),
        "attendees": {"masses": 12, "unit": 2},
        "research": (RESEARCH_ID,),
        "signed_by": ("masses", "unit"),
        "counted": True,
        "proposer": "lin",
    }
    return say.MeetingHeld(**told | changes)


READY = (PLANNED, noted(), PARTIES, WORK_PLAN_ISSUED)
THERE = (arrived("masses", "擂鼓坪受益群众代表", 12), arrived("unit", ROADS, 2))
TALKING = (*READY, scheduled(), NOTICED, *THERE, OPENED)
DURING = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)

ALSO_SAID = (scheduled(), agreed(), disagreed(), held(), *members.SAID, *talents.SAID)
