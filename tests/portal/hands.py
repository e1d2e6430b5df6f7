"""What units have in hand, as the services say it: clocks, promises, and follow-ups."""

from datetime import date
from uuid import UUID, uuid5

from services.meetings.domain.consultation import events as meeting
from services.notify.domain.deadline import events as deadline
from services.notify.words import Count
from services.outcomes.domain.assignment import events as assignment
from services.outcomes.domain.followup import events as followup
from services.outcomes.domain.rating import events as rating
from services.topics.domain.topic import events as topic
from tests.views import Said

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000b2")
TOPIC = uuid5(SPACE, "topic")
CONSULTATION = uuid5(SPACE, "consultation")
OUTCOME = uuid5(SPACE, "outcome")
HEALTH, LAND, WATER, ROADS, POWER = (
    "县卫生健康局",
    "县自然资源局",
    "县水利局",
    "县交通局",
    "县供电公司",
)
NEAR, FAR, OVER = date(2026, 3, 20), date(2026, 9, 1), date(2026, 1, 15)
LEVELS = ("blue", "yellow", "red")


def task(no: int, unit: str) -> UUID:
    """The id of the assignment of an item to a unit."""
    return uuid5(SPACE, f"task {no} {unit}")


def assigned(no: int, unit: str, due: date) -> list[Said]:
    """An item lies on the desk of a unit, and its clock runs."""
    one = task(no, unit)
    return [
        ("outcomes", one, assignment.AssignmentOpened(
            assignment_id=one, outcome_id=OUTCOME, topic_id=TOPIC, item_no=no, text=f"第{no}件事",
            lead_unit=unit, assist_units=(), due=due)),
        ("notify", one, deadline.DeadlineSet(
            deadline_id=one, topic_id=TOPIC, unit=unit, due=due, why="reply-days-of-the-charter",
            params={"from": "2025-10-17"}, marks=(),
            count=Count(since=date(2025, 10, 17), days=90, of="calendar", days_off=30,
                        provisional=False))),
    ]  # fmt: skip


def replied(no: int, unit: str, result_class: str, nth: int = 1) -> list[Said]:
    """The unit replied, which stops its clock."""
    one = task(no, unit)
    return [
        ("outcomes", one, assignment.HandlingReplied(
            assignment_id=one, outcome_id=OUTCOME, topic_id=TOPIC, item_no=no, unit=unit,
            round=nth, result_class=result_class, content="答复", followups=())),  # type: ignore[arg-type]
        ("notify", one, deadline.DeadlineMet(deadline_id=one, late_days=0)),
    ]  # fmt: skip


def rejected(no: int, unit: str, due: date) -> list[Said]:
    """The reply does not hold."""
    one = task(no, unit)
    return [
        ("outcomes", one, assignment.HandlingRejected(
            assignment_id=one, outcome_id=OUTCOME, topic_id=TOPIC, item_no=no, unit=unit, round=1,
            reason="没做完", due=due)),
        ("notify", one, deadline.DeadlineSet(
            deadline_id=one, topic_id=TOPIC, unit=unit, due=due, why="clock-restarted",
            params={"from": "2026-03-02", "reason": "没做完"}, marks=(), count=None)),
    ]  # fmt: skip


def rated(no: int, unit: str, *solved: bool, nth: int = 1) -> list[Said]:
    """Those whom it concerns say whether it is solved, each with a voice of their own."""
    one = task(no, unit)
    return [
        ("outcomes", uuid5(one, "rating"), rating.HandlingRated(
            rating_id=uuid5(one, "rating"), topic_id=TOPIC, outcome_id=OUTCOME, assignment_id=one,
            item_no=no, round=nth, voice=uuid5(one, f"voice {voice}"), solved=yes,
            satisfaction="satisfied" if yes else "dissatisfied", remark="", look_by=None))
        for voice, yes in enumerate(solved)
    ]  # fmt: skip


def warned(no: int, unit: str, level: str, due: date) -> Said:
    """The day comes near."""
    one = task(no, unit)
    return ("notify", one, deadline.WarningLevelRaised(
        deadline_id=one, topic_id=TOPIC, unit=unit, due=due, level=level, days_left=5,  # type: ignore[arg-type]
        marks=()))  # fmt: skip


def paused(no: int, unit: str) -> Said:
    """The clock stands still."""
    one = task(no, unit)
    return ("notify", one, deadline.DeadlinePaused(
        deadline_id=one, topic_id=TOPIC, unit=unit, since=date(2026, 2, 9), reason="等待勘测",
        approval="县政协办〔2026〕3号"))  # fmt: skip


def extended(no: int, unit: str, due: date) -> Said:
    """The unit got more time."""
    one = task(no, unit)
    count = Count(since=date(2026, 2, 2), days=30, of="working", days_off=14, provisional=True)
    return ("notify", one, deadline.DeadlineExtended(
        deadline_id=one, topic_id=TOPIC, unit=unit, due=due, count=count, reason="雨季停工",
        marks=()))  # fmt: skip


def promised(unit: str, promise: str, due: date) -> Said:
    """A unit promised something on the spot."""
    return ("meetings", CONSULTATION, meeting.CommitmentMade(
        consultation_id=CONSULTATION, topic_id=TOPIC, unit=unit, promise=promise,
        due=due))  # fmt: skip


def visit_due(no: int, unit: str, kind: str, due: date) -> Said:
    """Somebody will go back and look."""
    one = uuid5(SPACE, f"visit {no} {kind}")
    return ("outcomes", one, followup.FollowUpScheduled(
        followup_id=one, topic_id=TOPIC, outcome_id=OUTCOME, assignment_id=task(no, unit),
        item_no=no, round=1, kind=kind, due=due, led_by="县政协社法委"))  # type: ignore[arg-type]  # fmt: skip


def visited(no: int, unit: str, kind: str, *, passed: bool) -> Said:
    """Somebody went back and looked."""
    one = uuid5(SPACE, f"visit {no} {kind}")
    return ("outcomes", one, followup.FollowUpConducted(
        followup_id=one, topic_id=TOPIC, outcome_id=OUTCOME, assignment_id=task(no, unit),
        item_no=no, round=1, kind=kind, passed=passed, findings="看过了"))  # type: ignore[arg-type]  # fmt: skip


HANDS: list[Said] = [
    ("topics", TOPIC, topic.TopicProposed(
        topic_id=TOPIC, title="集镇污水排放", summary="", origin="resident", proposer="lin",
        lead_id=None, submitter=None)),
    promised(HEALTH, "三月底前建成", NEAR),
    promised(LAND, "出具勘测报告", NEAR),
    promised(WATER, "年内通水", FAR),
    promised(ROADS, "先修便道", OVER),
    promised(POWER, "装夜间购电机", OVER),
    *assigned(1, HEALTH, NEAR),
    *assigned(2, LAND, OVER),
    *assigned(3, WATER, OVER),
    *assigned(4, ROADS, NEAR),
    *replied(1, HEALTH, "A"),
    ("notify", task(2, LAND), deadline.DeadlineBreached(
        deadline_id=task(2, LAND), topic_id=TOPIC, unit=LAND, due=OVER)),
    *(warned(2, LAND, one, OVER) for one in LEVELS),
    paused(3, WATER),
    extended(4, ROADS, NEAR),
    warned(4, ROADS, "blue", NEAR),
    warned(4, ROADS, "yellow", NEAR),
    visit_due(1, HEALTH, "look-back", date(2026, 2, 1)),
    visit_due(1, HEALTH, "press-back", date(2026, 3, 1)),
    visit_due(2, LAND, "look-back", date(2026, 2, 10)),
    visit_due(2, LAND, "press-back", date(2026, 6, 10)),
    visited(1, HEALTH, "look-back", passed=True),
    visited(1, HEALTH, "press-back", passed=False),
]  # fmt: skip
"""Five promises, four tasks, four follow-ups; told on 2026-03-02."""
