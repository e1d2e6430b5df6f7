"""A year's activities, as the services say them: one gone all the way, others on their way."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from services.meetings.domain.consultation import events as meeting
from services.meetings.words import Item as Point
from services.outcomes.domain.assignment import events as assignment
from services.outcomes.domain.case import events as case
from services.outcomes.domain.followup import events as followup
from services.outcomes.domain.outcome import events as outcome
from services.outcomes.domain.outcome import notes
from services.outcomes.words import Item, Sections
from services.topics.domain.topic import events as topic
from tests.views import Said

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000c3")
PARKING, CARE, ROAD, GAS = (uuid5(SPACE, one) for one in ("parking", "care", "road", "gas"))
TITLES = {
    PARKING: "北辰社区停车难",
    CARE: "增设卫生服务中心",
    ROAD: "擂鼓坪公路质量",
    GAS: "农村天然气改造",
}
ROADS, POLICE, HEALTH = "县交通局", "县公安局", "县卫生健康局"
DUE = date(2026, 4, 1)
SECTIONS = Sections(
    background="车多位少", participants="住户、物业、交警", process="三次恳谈", opinions="错时共享",
    effect="新增车位120个",
)  # fmt: skip


def consultation(topic_id: UUID) -> UUID:
    """The consultation on a topic."""
    return uuid5(topic_id, "consultation")


def outcome_of(topic_id: UUID) -> UUID:
    """What came of it."""
    return uuid5(topic_id, "outcome")


def task(topic_id: UUID, no: int) -> UUID:
    """The assignment of an item."""
    return uuid5(topic_id, f"task {no}")


def approved(topic_id: UUID) -> list[Said]:
    """A topic was proposed, checked and approved, and a consultation planned."""
    title = TITLES[topic_id]
    return [
        ("topics", topic_id, topic.TopicProposed(
            topic_id=topic_id, title=title, summary="", origin="resident", proposer="lin",
            lead_id=None, submitter=None)),
        ("topics", topic_id, topic.TopicCriteriaAssessed(
            topic_id=topic_id, criteria={"group-interest": True, "feasible": True,
            "political": False}, excluded=None, remark="")),
        ("topics", topic_id, topic.TopicApproved(topic_id=topic_id, title=title, proposer="lin")),
        ("meetings", consultation(topic_id), meeting.ConsultationPlanned(
            consultation_id=consultation(topic_id), topic_id=topic_id, title=title,
            proposer="lin")),
    ]  # fmt: skip


def scheduled(topic_id: UUID, month: int, day: int) -> Said:
    """Time and place are fixed."""
    return ("meetings", consultation(topic_id), meeting.ConsultationScheduled(
        consultation_id=consultation(topic_id), topic_id=topic_id, title=TITLES[topic_id],
        starts=datetime(2026, month, day, 17, tzinfo=UTC), place="北辰社区议事厅", form="small",
        mode="site", urgency="", venue_id=None, research=(), proposer="lin"))  # fmt: skip


def postponed(topic_id: UUID) -> Said:
    """They were taken back."""
    return ("meetings", consultation(topic_id), meeting.ConsultationPostponed(
        consultation_id=consultation(topic_id), topic_id=topic_id, reason="暴雨"))  # fmt: skip


def held(topic_id: UUID) -> list[Said]:
    """The consultation took place: two items agreed for units, one not agreed."""
    points = (("划车位", True, ROADS), ("错时停车", True, POLICE), ("立体车库", False, ""))
    return [
        ("meetings", consultation(topic_id), meeting.MeetingHeld(
            consultation_id=consultation(topic_id), topic_id=topic_id, title=TITLES[topic_id],
            place="北辰社区议事厅", form="small", mode="site", venue_id=None,
            items=tuple(Point(no=no, text=text, agreed=agreed, general=False, unit=unit)
                        for no, (text, agreed, unit) in enumerate(points, 1)),
            commitments=(), attendees={"masses": 12, "member": 3, "unit": 2}, research=(),
            signed_by=("masses", "unit"), counted=True, proposer="lin")),
        ("outcomes", outcome_of(topic_id), outcome.MinutesDrafted(
            outcome_id=outcome_of(topic_id), topic_id=topic_id,
            consultation_id=consultation(topic_id),
            items=tuple(Item(no=no, text=text, agreed=agreed, general=False, unit=unit)
                        for no, (text, agreed, unit) in enumerate(points, 1)))),
        ("outcomes", outcome_of(topic_id), outcome.MinutesIssued(
            outcome_id=outcome_of(topic_id), topic_id=topic_id, number="邻协纪〔2026〕5号")),
    ]  # fmt: skip


def assigned(topic_id: UUID, no: int, unit: str) -> Said:
    """An item lies on the desk of a unit."""
    return ("outcomes", task(topic_id, no), assignment.AssignmentOpened(
        assignment_id=task(topic_id, no), outcome_id=outcome_of(topic_id), topic_id=topic_id,
        item_no=no, text="办", lead_unit=unit, assist_units=(), due=DUE))  # fmt: skip


def replied(topic_id: UUID, no: int, unit: str, result_class: str) -> Said:
    """The unit answered."""
    return ("outcomes", task(topic_id, no), assignment.HandlingReplied(
        assignment_id=task(topic_id, no), outcome_id=outcome_of(topic_id), topic_id=topic_id,
        item_no=no, unit=unit, round=1, result_class=result_class,  # type: ignore[arg-type]
        content="车位已经划好,请大家按线停放。", followups=()))  # fmt: skip


def visit_due(topic_id: UUID, no: int) -> Said:
    """Somebody will go back and look."""
    one = uuid5(topic_id, f"visit {no}")
    return ("outcomes", one, followup.FollowUpScheduled(
        followup_id=one, topic_id=topic_id, outcome_id=outcome_of(topic_id),
        assignment_id=task(topic_id, no), item_no=no, round=1, kind="look-back", due=DUE,
        led_by="委员"))  # fmt: skip


def visited(topic_id: UUID, no: int) -> Said:
    """Somebody did, and found it done."""
    one = uuid5(topic_id, f"visit {no}")
    return ("outcomes", one, followup.FollowUpConducted(
        followup_id=one, topic_id=topic_id, outcome_id=outcome_of(topic_id),
        assignment_id=task(topic_id, no), item_no=no, round=1, kind="look-back", passed=True,
        findings="好"))  # fmt: skip


def told_to(topic_id: UUID, to: str) -> Said:
    """Members, or the people concerned, were told."""
    return ("outcomes", outcome_of(topic_id), outcome.FeedbackGiven(
        outcome_id=outcome_of(topic_id), topic_id=topic_id, to=to, content="已办"))  # type: ignore[arg-type]  # fmt: skip


def in_library(topic_id: UUID) -> list[Said]:
    """Its case was published, and a paper wrote about it."""
    case_id = uuid5(topic_id, "case")
    return [
        ("outcomes", case_id, case.CasePublished(
            case_id=case_id, topic_id=topic_id, outcome_id=outcome_of(topic_id),
            headline="一个车位两家停", sections=SECTIONS, basis="de-identified", consents=())),
        ("outcomes", outcome_of(topic_id), notes.CaseNoted(
            outcome_id=outcome_of(topic_id), case_id=case_id)),
        ("outcomes", outcome_of(topic_id), outcome.MediaReported(
            outcome_id=outcome_of(topic_id), topic_id=topic_id, outlet="人民政协报",
            headline="停车难有了解")),
    ]  # fmt: skip


def from_research(topic_id: UUID) -> list[Said]:
    """A report was passed on to a unit without a meeting."""
    one = uuid5(topic_id, "outcome")
    return [
        ("topics", topic_id, topic.TopicProposed(
            topic_id=topic_id, title=TITLES[topic_id], summary="", origin="member",
            proposer="lin", lead_id=None, submitter=None)),
        ("outcomes", one, outcome.ReportDrafted(
            outcome_id=one, topic_id=topic_id, research_id=uuid5(topic_id, "research"),
            items=(Item(no=1, text="分片施工", agreed=True, general=True, unit=""),))),
        ("outcomes", one, outcome.OutcomeEndorsed(
            outcome_id=one, topic_id=topic_id, body="county-government", units=("县住建局",),
            instruction="研究落实")),
    ]  # fmt: skip


LEDGER_TOLD: list[Said] = [
    *approved(PARKING),
    scheduled(PARKING, 1, 20),
    *held(PARKING),
    assigned(PARKING, 1, HEALTH),
    ("outcomes", task(PARKING, 1), assignment.AssignmentArbitrated(
        assignment_id=task(PARKING, 1), outcome_id=outcome_of(PARKING), topic_id=PARKING,
        item_no=1, former_unit=HEALTH, lead_unit=ROADS, assist_units=(),
        reason="路权", due=DUE)),
    assigned(PARKING, 2, POLICE),
    replied(PARKING, 1, ROADS, "A"),
    visit_due(PARKING, 1),
    replied(PARKING, 2, POLICE, "B"),
    visited(PARKING, 1),
    told_to(PARKING, "members"),
    *in_library(PARKING),
    *approved(CARE),
    scheduled(CARE, 2, 10),
    *held(CARE),
    assigned(CARE, 1, HEALTH),
    *approved(ROAD),
    scheduled(ROAD, 3, 5),
    postponed(ROAD),
    *from_research(GAS),
]  # fmt: skip
"""Told on 2026-03-02 in 邻水县."""
