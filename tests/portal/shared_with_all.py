"""A story of which some is public and much is not; what is not carries a word nobody else says.

Told from 2026-03-02 on, a day apart: one matter gone through to its end, one under way and late,
one only proposed, and leads that never become topics.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from services.meetings.domain.research import events as research
from services.topics.domain.lead import events as lead
from services.topics.domain.topic import events as topic
from shared.kernel.message import Event
from tests.meetings import examples as met
from tests.notify import examples as clock
from tests.outcomes import evaluations, referrals
from tests.outcomes import examples as came
from tests.spec import NOW
from tests.topics import examples as brought
from tests.views import Said

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000d7")
DAY = timedelta(days=1)
CLINIC, ROAD, SECRET = (uuid5(SPACE, name) for name in ("clinic", "road", "only proposed"))
LEAD, APPEAL, SCREENED = (uuid5(SPACE, name) for name in ("lead", "appeal", "screened"))
TITLE, LATE = "北辰社区增设社区卫生服务中心", "𠮷祥路5G路灯与停车"
HIDDEN = "密不可宣"
"""Stands in every word that is not public."""

GONE = "HIDDEN-PERSON"
"""Is the account of everybody private."""

VILLAGE, TOWN, ELSEWHERE = "511623100013", "511623100000", "510521001001"
STARTS = datetime(2099, 4, 2, 1, tzinfo=UTC)


def _one(topic_id: UUID, source: str, event: Event) -> Said:
    ids = {
        name: uuid5(topic_id, "assignment_id" if name == "deadline_id" else name)
        for name in type(event).model_fields
        if name in STREAMS and getattr(event, name) is not None
    }
    told: dict[str, Any] = ids | ({"topic_id": topic_id} if "topic_id" in ids else {})
    copy = event.model_copy(update=told)
    return source, ids[next(name for name in STREAMS if name in ids)], copy


STREAMS = (
    "rating_id", "assignment_id", "evaluation_id", "followup_id", "case_id", "deadline_id",
    "outcome_id", "consultation_id", "research_id", "referral_id", "topic_id",
)  # fmt: skip
"""Whose stream a fact belongs to: the first that it names."""


def _topic(topic_id: UUID, title: str, *said: topic.TopicEvent) -> list[Said]:
    proposed = brought.PROPOSED.model_copy(
        update={
            "topic_id": topic_id, "title": title, "summary": f"说明{HIDDEN}", "proposer": GONE,
            "submitter": GONE, "lead_id": None,
        }
    )  # fmt: skip
    return [
        ("topics", topic_id, one.model_copy(update={"topic_id": topic_id}))
        for one in (proposed, *said)
    ]


PRIVATE = ("reason", "remark", "text", "instruction", "findings")


def _marked(event: Event) -> Event:
    """Fields that nobody outside may read say HIDDEN; who said them is GONE."""
    fields = type(event).model_fields
    people = {name: GONE for name in ("proposer", "submitter", "by") if name in fields}
    return event.model_copy(update=people | {name: HIDDEN for name in PRIVATE if name in fields})


BEFORE = [
    met.PLANNED, met.PARTIES, met.WORK_PLAN_ISSUED,
    research.ResearchReportFiled(
        research_id=met.RESEARCH_ID, topic_id=met.TOPIC_ID, title=HIDDEN, findings=HIDDEN,
        suggestions=(HIDDEN,), round=1,
    ),
    met.NOTICED.model_copy(update={"content": HIDDEN}),
]  # fmt: skip
DURING = [
    met.scheduled(place="北辰社区院坝", starts=NOW + 4 * DAY),
    met.OPENED,
    met.STATED.model_copy(update={"speaker": HIDDEN}),
    met.COMMITTED,
    met.held(place="北辰社区院坝", items=(), proposer=GONE),
]
AFTER = [
    came.DRAFTED.model_copy(update={"items": ()}),
    came.ISSUED, came.SUBMITTED, came.ADOPTED, came.ASSIGNED, came.OPENED, came.RETURNED,
    came.ARBITRATED, came.ACCEPTED,
    came.PROGRESS.model_copy(update={"progress": HIDDEN}),
    came.COSIGNED.model_copy(update={"opinion": HIDDEN}),
    came.REPLIED.model_copy(update={"content": HIDDEN}),
    came.RATED, came.RATED.model_copy(update={"voice": CLINIC, "solved": True}),
    came.SCHEDULED, came.CONDUCTED.model_copy(update={"passed": True}), came.CONFIRMED,
    came.FED_BACK_TO_MEMBERS.model_copy(update={"content": HIDDEN}),
    came.FED_BACK_TO_PEOPLE,
    came.CASE_DRAFTED.model_copy(update={"headline": HIDDEN}),
    came.CASE_PUBLISHED.model_copy(update={"consents": (HIDDEN,)}),
    came.IN_MEDIA,
    came.REASON,
]  # fmt: skip
POLL = [
    evaluations.OPENED.model_copy(update={"voters": (GONE,), "handlers": (GONE,)}),
    *(one.model_copy(update={"voter": GONE}) for one in evaluations.TAKEN[:2]),
    evaluations.POLL_OPENED, *evaluations.BOX, evaluations.TALLIED, evaluations.RECOUNTED,
]  # fmt: skip
REFERRED = [one.model_copy(update={"unit": HIDDEN}) for one in referrals.FACTS]
CLOCKS = [clock.SET, clock.WARNED, clock.PAUSED, clock.RESUMED, clock.EXTENDED, clock.MET]


def _lead(lead_id: UUID, receipt: str, *said: lead.LeadEvent, personal: bool = False) -> list[Said]:
    first = brought.submitted(
        lead_id=lead_id, title=f"线索{HIDDEN}", personal=personal, words=f"sealed:1:{HIDDEN}",
        contact=f"sealed:1:{HIDDEN}", submitter=GONE, receipt=receipt, place=HIDDEN,
    )  # fmt: skip
    told = {"lead_id": lead_id, "submitter": GONE, "reason": HIDDEN}
    return [
        ("topics", lead_id, one.model_copy(update=told) if one is not first else one)
        for one in (first, *said)
    ]


def _every(topic_id: UUID, source: str, events: list[Any]) -> list[Said]:
    """These facts about another matter, in streams of its own, with private words marked."""
    return [_one(topic_id, source, _marked(event)) for event in events]


SAID: list[Said] = [
    *_topic(CLINIC, TITLE, brought.ASSESSED, brought.APPROVED, brought.PUBLICISED),
    *_every(CLINIC, "meetings", BEFORE + DURING),
    *_every(CLINIC, "outcomes", AFTER + POLL + REFERRED),
    *_every(CLINIC, "notify", CLOCKS),
    ("topics", CLINIC, brought.CLOSED.model_copy(update={"topic_id": CLINIC, "proposer": GONE})),
    *_topic(ROAD, LATE, brought.ASSESSED, brought.APPROVED),
    *_every(ROAD, "meetings", [met.PLANNED, met.scheduled(starts=STARTS, place="𠮷祥路口")]),
    *_every(ROAD, "outcomes", [came.ASSIGNED, came.OPENED]),
    *_every(ROAD, "notify", [clock.SET, clock.BREACHED]),
    *_topic(SECRET, f"未公开{HIDDEN}", brought.ASSESSED),
    *_every(SECRET, "meetings", [met.PLANNED, met.RESEARCH_PLANNED, met.scheduled(starts=STARTS)]),
    *_every(SECRET, "outcomes", [
        came.ASSIGNED.model_copy(update={"lead_unit": HIDDEN}),
        came.OPENED.model_copy(update={"lead_unit": HIDDEN}),
        came.FED_BACK_TO_PEOPLE.model_copy(update={"content": HIDDEN}),
        came.CASE_PUBLISHED.model_copy(update={"headline": HIDDEN}),
    ]),
    *_every(SECRET, "notify", [clock.SET.model_copy(update={"unit": HIDDEN})]),
    *_lead(LEAD, "111122223333"),
    *_lead(APPEAL, "222233334444", brought.TRANSFERRED, brought.ACKNOWLEDGED, personal=True),
    *_lead(SCREENED, "333344445555", brought.SCREENED_OUT),
]  # fmt: skip

AREAS = {
    **{stream: VILLAGE for _, stream, _ in SAID},
    ROAD: TOWN,
}
