"""A county's year as the services say it: a plan of four items, five topics, four meetings, rooms.

Told from 2026-03-02 on, a day apart.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.meetings.domain.consultation import events as meeting
from services.meetings.words import Form
from services.outcomes.domain.outcome import events as outcome
from services.topics.domain.plan import events as plan
from services.topics.domain.topic import events as topic
from services.topics.domain.venue import events as venue
from tests.spec import NOW
from tests.views import Said

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000b1")
COUNTY, TOWN, VILLAGE, OTHER_VILLAGE = (
    "511623000000",
    "511623100000",
    "511623100013",
    "511623101201",
)
PLAN = uuid5(SPACE, "plan")
HOUSES, ROADS, CLINIC, WATER, PARKING = (
    uuid5(SPACE, name) for name in ("houses", "roads", "clinic", "water", "parking")
)
STATION, ROOM, SHUT = (uuid5(SPACE, name) for name in ("station", "room", "shut"))
TITLES = {
    HOUSES: "栀子村地灾点搬迁",
    ROADS: "擂鼓坪公路质量",
    CLINIC: "北辰社区卫生服务中心",
    WATER: "集镇污水排放",
    PARKING: "老城停车难",
}
SIX = ("有场地", "有门牌", "有制度", "有召集人", "有委员", "有活动记录")


def proposed(topic_id: UUID) -> Said:
    """A matter was put forward."""
    return ("topics", topic_id, topic.TopicProposed(
        topic_id=topic_id, title=TITLES[topic_id], summary="", origin="member", proposer="lin",
        lead_id=None, submitter=None,
    ))  # fmt: skip


def approved(topic_id: UUID) -> Said:
    """It will be consulted on."""
    return ("topics", topic_id, topic.TopicApproved(
        topic_id=topic_id, title=TITLES[topic_id], proposer="lin"))  # fmt: skip


def closed(topic_id: UUID) -> Said:
    """It has come to its end."""
    return ("topics", topic_id, topic.TopicClosed(
        topic_id=topic_id, outcome_id=uuid5(topic_id, "outcome"), title=TITLES[topic_id],
        proposer="lin"))  # fmt: skip


def item(no: int, title: str) -> Said:
    """It stands in the draft."""
    return ("topics", PLAN, plan.PlanItemAdded(
        plan_id=PLAN, item_no=no, title=title, led_by="县政协提案委", month=no))  # fmt: skip


def adopted(no: int, topic_id: UUID) -> Said:
    """A topic serves an item."""
    return ("topics", PLAN, plan.TopicAdoptedIntoPlan(
        plan_id=PLAN, item_no=no, topic_id=topic_id, title="", year=2026, adopter="lin",
    ))  # fmt: skip


def held(topic_id: UUID, form: Form, leaders: int, *, counted: bool) -> Said:
    """People met on it, with so many leaders among them."""
    consultation_id = uuid5(topic_id, "consultation")
    return ("meetings", consultation_id, meeting.MeetingHeld(
        consultation_id=consultation_id, topic_id=topic_id, title=TITLES[topic_id],
        place="县政协会议室", form=form, mode="venue-and-site", venue_id=None, items=(),
        commitments=(), attendees={"leader": leaders, "masses": 12} if leaders else {"masses": 12},
        research=(), signed_by=("masses",), counted=counted, proposer="lin",
    ))  # fmt: skip


def adopted_by_county(topic_id: UUID) -> Said:
    """What was agreed is taken up."""
    outcome_id = uuid5(topic_id, "outcome")
    return ("outcomes", outcome_id, outcome.OutcomeAdopted(
        outcome_id=outcome_id, topic_id=topic_id, body="county-government", instruction="照办",
    ))  # fmt: skip


def upreported(topic_id: UUID) -> Said:
    """It was passed on."""
    outcome_id = uuid5(topic_id, "outcome")
    return ("outcomes", outcome_id, outcome.OutcomeUpreported(
        outcome_id=outcome_id, topic_id=topic_id, item_no=1, form="proposal", headline="建议",
    ))  # fmt: skip


def established(venue_id: UUID, type_: str, name: str, **more: object) -> Said:
    """There is a room."""
    told: dict[str, object] = {
        "host_kind": "area-group", "host": "鼎屏片区委员活动小组", "shared_with": ("mediation",),
        "parent_id": None, "ranks": (1,), "standard": SIX, "children": None,
        "children_least": None, "children_most": None, "activities_min": 0,
    }  # fmt: skip
    data = told | {"venue_id": venue_id, "type": type_, "name": name} | more
    return ("topics", venue_id, venue.VenueEstablished.model_validate(data))


def checked(venue_id: UUID, met: Sequence[str]) -> Said:
    """The six were looked at."""
    return ("topics", venue_id, venue.VenueStandardChecked(
        venue_id=venue_id, met={one: one in met for one in SIX}, remark=""))  # fmt: skip


def allotted(venue_id: UUID, line: str, amount: int, voucher: str) -> Said:
    """The room has money."""
    return ("topics", venue_id, venue.BudgetAllotted(
        venue_id=venue_id, line=line, year=2026, amount=amount, voucher=voucher))  # fmt: skip


YEAR: list[Said] = [
    ("topics", PLAN, plan.PlanDrafted(
        plan_id=PLAN, area=COUNTY, year=2026, title="2026年度协商计划", drafter="lin")),
    item(1, "城乡道路与住房安全"),
    item(2, "看病"),
    item(2, "群众看病难"),
    item(3, "集镇污水治理"),
    item(4, "殡葬改革"),
    ("topics", PLAN, plan.PlanReturned(plan_id=PLAN, by="leading-group", reason="再充实")),
    ("topics", PLAN, plan.PlanApproved(plan_id=PLAN, year=2026, by="leading-group", items=4)),
    ("topics", PLAN, plan.PlanIssued(
        plan_id=PLAN, year=2026, number="邻委〔2026〕9号",
        issuers=("county-cppcc", "county-government"), min_planned_share=51)),
    *map(proposed, TITLES),
    *map(approved, TITLES),
    adopted(1, HOUSES),
    adopted(1, ROADS),
    adopted(2, CLINIC),
    adopted(3, WATER),
    ("topics", PLAN, plan.PlanItemDeferred(plan_id=PLAN, item_no=4, reason="等待上级规划")),
    held(HOUSES, "chairpersons", 1, counted=True),
    held(ROADS, "chairpersons", 0, counted=False),
    held(CLINIC, "chairpersons", 2, counted=True),
    held(WATER, "small", 0, counted=True),
    adopted_by_county(HOUSES),
    upreported(HOUSES),
    adopted_by_county(WATER),
    closed(HOUSES),
    closed(CLINIC),
    ("topics", CLINIC, topic.TopicReopened(
        topic_id=CLINIC, reason="又排长队", round=2, title=TITLES[CLINIC], proposer="lin")),
    closed(WATER),
    established(STATION, "station", "鼎屏协商驿站", children="village-room", children_least=2,
                children_most=3, activities_min=2),
    established(ROOM, "village-room", "栀子村协商议事室", parent_id=STATION),
    established(SHUT, "village-room", "石永村协商议事室", parent_id=STATION),
    checked(STATION, SIX[:2]),
    checked(STATION, SIX),
    checked(ROOM, SIX[:5]),
    ("topics", STATION, venue.ConvenorAppointed(
        venue_id=STATION, rank=1, person="lin", qualities=("area-group",))),
    ("topics", ROOM, venue.ConvenorAppointed(
        venue_id=ROOM, rank=1, person="gu", qualities=("area-group",))),
    ("topics", ROOM, venue.ConvenorRelieved(
        venue_id=ROOM, rank=1, person="gu", reason="换届")),
    ("topics", SHUT, venue.VenueSuspended(venue_id=SHUT, reason="房屋维修")),
    ("topics", STATION, venue.VenueActivityHeld(
        venue_id=STATION, consultation_id=uuid5(HOUSES, "consultation"), on=date(2026, 3, 26))),
    allotted(STATION, "construction", 50_000, "1"),
    allotted(STATION, "operating", 10_000, "2"),
    allotted(ROOM, "operating", 2_000, "3"),
    ("topics", STATION, venue.BudgetSpent(
        venue_id=STATION, line="operating", year=2026, amount=3_000, voucher="4",
        purpose="印资料")),
]  # fmt: skip

AREAS = {PLAN: COUNTY, STATION: TOWN, SHUT: OTHER_VILLAGE}
STEP = timedelta(days=1)


def day_of(nth: int) -> date:
    """The day of the nth fact, as days are in China."""
    return (NOW + nth * STEP).date()
