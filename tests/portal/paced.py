"""A spring of 邻水 and 泸县: two matters gone through, one just begun, rooms, votes and appeals."""

from uuid import uuid5

from services.notify.domain.deadline import events as deadline
from services.outcomes.domain.assignment import events as assignment
from services.outcomes.domain.case import events as case
from services.outcomes.domain.followup import events as followup
from services.outcomes.domain.outcome import events as outcome
from services.outcomes.words import Sections
from services.topics.domain.topic import events as topic
from services.topics.domain.venue import events as venue
from tests.portal.pacing import (
    CLINIC,
    FIRST_ITEM,
    FRAMES,
    HEALTH,
    ITEM_1,
    LAND,
    LINSHUI,
    LUXIAN,
    OTHER_TOWN,
    ROAD,
    ROAD_ITEM,
    ROOM,
    SAID,
    SECOND_ITEM,
    SPACE,
    TOWN,
    VILLAGE,
    WATER,
    appeal,
    approved,
    keyed,
    met,
    minutes,
    on,
    opened,
    proposed,
    replied,
    researched,
    room,
    tell,
    upreported,
    voted,
)

__all__ = [
    "CLINIC",
    "FRAMES",
    "HEALTH",
    "LAND",
    "LINSHUI",
    "LUXIAN",
    "OTHER_TOWN",
    "ROAD",
    "SAID",
    "TOWN",
    "on",
]

for _area, _name, _checks in (
    (VILLAGE, "第一议事室", (False, True)),
    (OTHER_TOWN, "第二议事室", (True, False)),
    (OTHER_TOWN, "停用的议事室", (True,)),
):
    _closed = room(_area, _name, *_checks)
tell(1, OTHER_TOWN, "topics", _closed, venue.VenueSuspended(venue_id=_closed, reason="装修"))

for _one, _area, _title in (
    (CLINIC, VILLAGE, "看病要跑很远"),
    (ROAD, OTHER_TOWN, "村道坑坑洼洼"),
    (WATER, "510521100000", "集镇污水排放"),
):
    proposed(0, _area, _one, _title)

approved(4, VILLAGE, CLINIC, "看病要跑很远")
researched(6, OTHER_TOWN, ROAD)
researched(8, VILLAGE, CLINIC)
approved(10, OTHER_TOWN, ROAD, "村道坑坑洼洼")
approved(2, "510521100000", WATER, "集镇污水排放")
met(14, VILLAGE, CLINIC, "看病要跑很远", ROOM, masses=6, unit=2, leader=1, member=1)
met(20, OTHER_TOWN, ROAD, "村道坑坑洼洼", None, masses=2, unit=2)
CLINIC_OUTCOME = minutes(15, VILLAGE, CLINIC)
minutes(21, OTHER_TOWN, ROAD)

opened(20, FIRST_ITEM, HEALTH, 50)
tell(21, VILLAGE, "outcomes", ITEM_1, assignment.AssignmentReturned(
    **FIRST_ITEM.about, unit=HEALTH, reason="不归我们", counter_proposal=LAND))  # fmt: skip
opened(22, FIRST_ITEM, LAND, 52)
opened(20, SECOND_ITEM, HEALTH, 30)
replied(32, FIRST_ITEM, LAND, "A", late=0)
keyed(34, FIRST_ITEM, solved=True)
replied(40, SECOND_ITEM, HEALTH, "B", late=10)
keyed(42, SECOND_ITEM, solved=False)
opened(25, ROAD_ITEM, LAND, 35)
tell(26, OTHER_TOWN, "notify", ROAD_ITEM.task, deadline.DeadlinePaused(
    deadline_id=ROAD_ITEM.task, topic_id=ROAD, unit=LAND, since=on(26), reason="雨季",
    approval="3号"))  # fmt: skip
upreported(30, OTHER_TOWN, ROAD)

LOOK = uuid5(SPACE, "look")
tell(35, VILLAGE, "outcomes", LOOK,
     followup.FollowUpScheduled(
         followup_id=LOOK, **FIRST_ITEM.about, round=1, kind="look-back", due=on(40),
         led_by="委员"),
     followup.FollowUpConducted(
         followup_id=LOOK, **FIRST_ITEM.about, round=1, kind="look-back", passed=True,
         findings="办好了"))  # fmt: skip
tell(36, VILLAGE, "outcomes", CLINIC_OUTCOME, outcome.MediaReported(
    outcome_id=CLINIC_OUTCOME, topic_id=CLINIC, outlet="县融媒体中心",
    headline="看病近了"))  # fmt: skip
CASE = uuid5(SPACE, "case")
tell(37, VILLAGE, "outcomes", CASE, case.CasePublished(
    case_id=CASE, topic_id=CLINIC, outcome_id=CLINIC_OUTCOME, headline="卫生室开到家门口",
    sections=Sections(
        background="远", participants="村民", process="谈", opinions="办", effect="近"),
    basis="de-identified", consents=()))  # fmt: skip
tell(40, VILLAGE, "topics", CLINIC, topic.TopicClosed(
    topic_id=CLINIC, outcome_id=CLINIC_OUTCOME, title="看病要跑很远", proposer="lin"))  # fmt: skip
voted(41, CLINIC, LAND, "passed", 4, 1, 2)
voted(42, CLINIC, HEALTH, "failed", 1, 1, 5)
voted(43, CLINIC, HEALTH, "no-quorum", 1, 1, 0)
appeal(5, VILLAGE, 1, acknowledged=True)
appeal(6, OTHER_TOWN, 2, acknowledged=False)
