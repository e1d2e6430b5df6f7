"""Meetings of a running platform, brought by commands to where a test begins."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg

from services.portal.edge.meeting.codes import Codes
from shared.runtime.vault import Vault
from tests.portal.conftest import COUNTY, PASSWORD, VILLAGE, Portal

PATIENCE_S = 60.0
PRINCIPLES = ("political", "group-interest", "foresight", "democratic", "feasible")
PLAN = ("theme", "participants", "content", "timetable")
MASSES, UNIT = "住户代表", "县卫生健康局"
PARTIES = ({"kind": "masses", "name": MASSES}, {"kind": "unit", "name": UNIT})


@dataclass(frozen=True)
class Met:
    """One matter and its meeting, and whoever asks for something in it."""

    portal: Portal
    topic_id: UUID
    title: str

    @property
    def id(self) -> UUID:
        """The consultation."""
        return uuid5(self.topic_id, "consultation")

    @property
    def at(self) -> str:
        """Where it is prepared."""
        return f"/meetings/{self.id}"

    async def ask(self, login: str, service: str, command: str, **data: Any) -> None:
        """A command; what it waits for may take a moment to arrive."""
        ends = monotonic() + PATIENCE_S
        async with self.portal.client() as client:
            session = await client.post(
                "/api/v1/sessions", json={"login": login, "password": PASSWORD}
            )
            token = {"Authorization": f"Bearer {session.json()['token']}"}
            while True:
                to = f"/api/v1/{service}/{command}"
                answer = await client.post(to, json=data, headers=token)
                if answer.status_code == 200:
                    return
                assert monotonic() < ends, answer.text
                await asyncio.sleep(0.2)

    async def do(self, login: str, command: str, **data: Any) -> None:
        """A command to the meeting itself."""
        await self.ask(login, "meetings", command, consultation_id=str(self.id), **data)

    async def token(self, at: datetime | None = None) -> str:
        """The code that is on the wall, or was."""
        dsn = self.portal.servers.service_dsn("portal")
        async with asyncpg.create_pool(dsn, min_size=0) as pool:
            return await Codes(pool).token(self.id, at)

    async def shown(self) -> None:
        """Wait until the portal shows the meeting."""
        ends = monotonic() + PATIENCE_S
        async with self.portal.client() as client:
            session = await client.get("/login")
            form = {"login": "cppcc", "password": PASSWORD, "next": "/", "carry": ""}
            csrf = session.text.partition('name="csrf" value="')[2].partition('"')[0]
            await client.post("/login", data=form | {"csrf": csrf})
            while (await client.get(self.at)).status_code != 200:
                assert monotonic() < ends
                await asyncio.sleep(0.2)


async def approved(portal: Portal, title: str) -> Met:
    """A topic that will be consulted on; its meeting is planned."""
    topic_id = uuid4()
    met = Met(portal, topic_id, title)
    its: Mapping[str, str] = {"topic_id": str(topic_id)}
    await met.ask(
        "convenor", "topics", "ProposeTopic", **its, area=VILLAGE, title=title, origin="member"
    )
    criteria = dict.fromkeys(PRINCIPLES, True)
    await met.ask("convenor", "topics", "AssessCriteria", **its, criteria=criteria)
    await met.ask("convenor", "topics", "FileReport", **its, to="cppcc-party-group")
    await met.ask(
        "party", "topics", "ReviewTopic", **its, body="cppcc-party-group", agrees=True,
        reason="同意",
    )  # fmt: skip
    await met.do("convenor", "DetermineParties", parties=PARTIES)
    await met.shown()
    return met


async def researched(portal: Portal, title: str) -> Met:
    """A meeting whose gate of research is open."""
    met = await approved(portal, title)
    its = {"research_id": str(uuid5(met.topic_id, "research"))}
    yesterday = str((datetime.now(UTC) - timedelta(days=1)).date())
    await met.ask(
        "member", "meetings", "PlanResearch", **its, area=VILLAGE, topic_id=str(met.topic_id),
        questions=["归谁管"], team=["片区委员小组"],
    )  # fmt: skip
    await met.ask(
        "member", "meetings", "ConductResearch", **its, on=yesterday,
        place="北辰社区", findings="12 盏灯坏了 9 盏",
    )  # fmt: skip
    await met.ask(
        "member", "meetings", "FileResearchReport", **its, title="路灯调研", findings="线路老化",
        suggestions=["更换线路"],
    )  # fmt: skip
    return met


async def scheduled(portal: Portal, title: str) -> Met:
    """A meeting that takes place in an hour, announced."""
    met = await researched(portal, title)
    await met.do("convenor", "IssueWorkPlan", fields=dict.fromkeys(PLAN, "路灯维修"))
    await met.do(
        "convenor", "SetAgenda",
        items=[{"title": "通报调研", "minutes": 10}, {"title": "各方发言", "minutes": 30}],
    )  # fmt: skip
    starts = datetime.now(UTC) + timedelta(hours=1)
    await met.do(
        "convenor", "ScheduleConsultation", starts=starts.isoformat(), place="巷口", form="small",
        mode="urgent-site", urgency="夜间安全",
    )  # fmt: skip
    await met.do("convenor", "GivePriorNotice", content="商量路灯怎么修")
    return met


async def opened(portal: Portal, title: str) -> Met:
    """A meeting at whose table people sit."""
    met = await scheduled(portal, title)
    await met.do("clerk", "CheckIn", kind="masses", name=MASSES, people=9)
    await met.do("clerk", "CheckIn", kind="unit", name=UNIT, people=1)
    await met.do("convenor", "OpenConsultation")
    return met


async def held(portal: Portal, title: str) -> Met:
    """A meeting whose record is signed."""
    met = await opened(portal, title)
    await met.do("clerk", "RecordStatement", speaker=MASSES, text="晚上看不见路。")
    await met.do("clerk", "RecordConsensus", item_no=1, text="一个月内修好路灯", unit=UNIT)
    await met.do("convenor", "SignRecord", signed_by=["masses", "unit"])
    return met


async def seated(portal: Portal, login: str) -> UUID:
    """A member of the county, whose account this is."""
    member_id = uuid4()
    async with asyncpg.create_pool(portal.servers.service_dsn("portal"), min_size=0) as pool:
        name = await Vault(pool).seal(member_id, "苏晓岚")
    account = portal.people[login].id
    await Met(portal, member_id, "").ask(
        "cppcc", "meetings", "AdmitMember", member_id=str(member_id), area=COUNTY, name=name,
        account=account, party_member=False, standing=False, sector="教育界", district="", term=15,
    )  # fmt: skip
    return member_id
