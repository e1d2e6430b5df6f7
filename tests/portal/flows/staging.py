"""A matter brought to the day on which a unit finds an item in its inbox, through the API."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from tests.portal.conftest import PASSWORD, VILLAGE, Portal

PATIENCE_S = 60.0
AGAIN_S = 0.5
HEALTH, CIVIL = "县卫生健康局", "县民政局"
PRINCIPLES = ("political", "group-interest", "foresight", "democratic", "feasible")
PLAN = ("theme", "participants", "content", "timetable")

Asked = tuple[str, str, str, dict[str, Any]]
"""Who asks which command of which service, with what."""


async def until_done(portal: Portal, asked: Asked) -> None:
    """Ask once more while a policy is still on its way; what stays refused fails."""
    login, service, command, data = asked
    async with portal.client() as client:
        session = await client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD})
        token = {"Authorization": f"Bearer {session.json()['token']}"}
        for _ in range(int(PATIENCE_S / AGAIN_S)):
            answer = await client.post(f"/api/v1/{service}/{command}", json=data, headers=token)
            if answer.status_code == 200:
                return
            await asyncio.sleep(AGAIN_S)
    raise AssertionError(f"{command}: {answer.text}")


async def assigned(portal: Portal, title: str, item: str) -> UUID:
    """The outcome of a matter of this title, whose one item lies with 县卫生健康局."""
    topic = uuid4()
    for asked in _to_the_assignment(topic, title, item):
        await until_done(portal, asked)
    return outcome_of(topic)


async def replied(portal: Portal, lead_id: UUID, item: str) -> None:
    """A lead has become a matter, whose one item 县卫生健康局 says to have done."""
    adopted = {"lead_id": str(lead_id), "title": item}
    topic = uuid5(lead_id, "topic")
    for asked in (
        ("cppcc", "topics", "AdoptLead", adopted),
        *list(_to_the_assignment(topic, item, item))[1:],
        *_done(uuid5(outcome_of(topic), "1")),
    ):
        await until_done(portal, asked)


async def closed(portal: Portal, lead_id: UUID) -> None:
    """What was replied to is looked at again and told, and the matter is closed."""
    for asked in _to_the_end(outcome_of(uuid5(lead_id, "topic"))):
        await until_done(portal, asked)


def outcome_of(topic: UUID) -> UUID:
    """What comes of a topic's first consultation."""
    return uuid5(uuid5(topic, "consultation"), "outcome")


async def to_be_held(portal: Portal, title: str, starts: datetime) -> None:
    """A consultation on a matter of this title is called for that time."""
    for asked in _to_the_meeting(uuid4(), title, starts):
        await until_done(portal, asked)


async def to_be_public(portal: Portal, title: str) -> str:
    """The id of a matter of this title that was approved, once everybody can read it."""
    topic = uuid4()
    for asked in _to_the_approval(topic, title):
        await until_done(portal, asked)
    async with asyncio.timeout(PATIENCE_S), portal.client() as client:
        while (await client.get(f"/topics/{topic}")).status_code != 200:  # noqa: ASYNC110
            await asyncio.sleep(AGAIN_S)
    return str(topic)


def assigning(outcome: UUID, unit: str) -> Asked:
    """The first item goes to a unit."""
    data = {
        "outcome_id": str(outcome), "item_no": 1, "lead_unit": unit, "via": "assign",
    }  # fmt: skip
    return ("county.committee", "outcomes", "AssignItem", data)


def _to_the_assignment(topic: UUID, title: str, item: str) -> Iterator[Asked]:
    yield from _to_the_meeting(topic, title, _now() + timedelta(hours=1))
    yield from _met(topic, item)
    yield from _out(outcome_of(topic))


def _to_the_meeting(topic: UUID, title: str, starts: datetime) -> Iterator[Asked]:
    yield from _to_the_approval(topic, title)
    yield from _researched(topic)
    yield from _called(topic, starts)


def _to_the_approval(topic: UUID, title: str) -> Iterator[Asked]:
    of = {"topic_id": str(topic)}
    yield "convenor", "topics", "ProposeTopic", of | {
        "area": VILLAGE, "title": title, "origin": "member",
    }  # fmt: skip
    criteria = dict.fromkeys(PRINCIPLES, True)
    yield "convenor", "topics", "AssessCriteria", of | {"criteria": criteria}
    yield "convenor", "topics", "FileReport", of | {"to": "cppcc-party-group"}
    yield "party", "topics", "ReviewTopic", of | {
        "body": "cppcc-party-group", "agrees": True, "reason": "同意",
    }  # fmt: skip


def _researched(topic: UUID) -> Iterator[Asked]:
    of = {"research_id": str(uuid5(topic, "research"))}
    yield "member", "meetings", "PlanResearch", of | {
        "area": VILLAGE, "topic_id": str(topic), "questions": ["缺什么"], "team": ["委员小组"],
    }  # fmt: skip
    yield "member", "meetings", "ConductResearch", of | {
        "on": f"{_now():%Y-%m-%d}", "place": "北辰社区", "findings": "缺三处",
    }  # fmt: skip
    yield "member", "meetings", "FileResearchReport", of | {
        "title": "调研", "findings": "缺三处", "suggestions": ["补上"],
    }  # fmt: skip


def _called(topic: UUID, starts: datetime) -> Iterator[Asked]:
    of = {"consultation_id": str(uuid5(topic, "consultation"))}
    yield "convenor", "meetings", "DetermineParties", of | {
        "parties": [{"kind": "masses", "name": "住户代表"}, {"kind": "unit", "name": HEALTH}],
    }  # fmt: skip
    yield "convenor", "meetings", "IssueWorkPlan", of | {"fields": dict.fromkeys(PLAN, "办事")}
    yield "convenor", "meetings", "ScheduleConsultation", of | {
        "starts": starts.isoformat(), "place": "巷口", "form": "small", "mode": "urgent-site",
        "urgency": "急",
    }  # fmt: skip


def _met(topic: UUID, item: str) -> Iterator[Asked]:
    of = {"consultation_id": str(uuid5(topic, "consultation"))}
    yield "convenor", "meetings", "GivePriorNotice", of | {"content": "商量"}
    for kind, name, people in (("masses", "住户代表", 9), ("unit", HEALTH, 1)):
        yield "clerk", "meetings", "CheckIn", of | {"kind": kind, "name": name, "people": people}
    yield "convenor", "meetings", "OpenConsultation", of
    yield "convenor", "meetings", "RecordConsensus", of | {
        "item_no": 1, "text": item, "unit": HEALTH,
    }  # fmt: skip
    yield "convenor", "meetings", "SignRecord", of | {"signed_by": ["masses", "unit"]}


def _out(outcome: UUID) -> Iterator[Asked]:
    of = {"outcome_id": str(outcome)}
    yield "cppcc", "outcomes", "IssueMinutes", of | {"number": "纪要〔2026〕2 号"}
    yield "cppcc", "outcomes", "SubmitOutcome", of | {
        "to": ["county-party-committee", "county-government"],
    }  # fmt: skip
    yield "county.committee", "outcomes", "AdoptOutcome", of | {
        "body": "county-party-committee", "instruction": "抓紧办理",
    }  # fmt: skip
    yield assigning(outcome, HEALTH)


def _done(assignment: UUID) -> Iterator[Asked]:
    of = {"assignment_id": str(assignment)}
    yield "health", "outcomes", "AcceptAssignment", of
    yield "health", "outcomes", "ReplyHandling", of | {"result_class": "A", "content": "都换了"}


def _to_the_end(outcome: UUID) -> Iterator[Asked]:
    for login, kind in (("cppcc", "look-back"), ("member", "press-back")):
        followup = uuid5(uuid5(outcome, "1"), f"followup-{kind}-1")
        yield login, "outcomes", "ConductFollowUp", {
            "followup_id": str(followup), "passed": True, "findings": "都亮了",
        }  # fmt: skip
    of = {"outcome_id": str(outcome)}
    for login, to in (("cppcc", "members"), ("convenor", "people")):
        yield login, "outcomes", "GiveFeedback", of | {"to": to, "content": "已办结"}
    yield "cppcc", "outcomes", "CloseOutcome", of


def _now() -> datetime:
    return datetime.now(UTC)
