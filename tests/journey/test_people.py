"""Members are paired, and talents drawn, across records that only policies connect."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.meetings.domain.draw.decide import hash_of
from shared.kernel.errors import Refused
from shared.runtime import clock
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from tests.meetings.members import sealed
from tests.platform import Platform, people
from tests.runtime.logs import until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

COUNTY = "511525000000"
"""高县: nobody else tells anything there, so its talents are those of these tests."""


class Staff:
    """The county's CPPCC staff, who ask the meetings service."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.me = replace(people()["cppcc"], area=COUNTY)

    async def ask(self, command: str, **data: Any) -> None:
        """One command."""
        command_id = uuid4()
        await self.asker.ask("meetings", command, data, self.me, command_id, command_id)

    async def rows(self, question: str, **data: Any) -> list[dict[str, Any]]:
        """One question."""
        answer = await self.asker.question("meetings", question, data, self.me, uuid4())
        rows: list[dict[str, Any]] = answer["rows"]
        return rows

    async def admit_member(self, *, party_member: bool) -> str:
        """A new member of the county."""
        member_id = str(uuid4())
        await self.ask(
            "AdmitMember",
            member_id=member_id,
            area=COUNTY,
            name=sealed("anybody"),
            party_member=party_member,
            standing=False,
            sector="农业界",
            term=14,
        )
        return member_id

    async def admit_talent(self, specialty: str) -> str:
        """A new talent of the county."""
        talent_id = str(uuid4())
        await self.ask(
            "AdmitTalent",
            talent_id=talent_id,
            area=COUNTY,
            name=sealed("anybody"),
            group="professional",
            specialties=[specialty],
            willing=True,
        )
        return talent_id


@pytest.fixture
async def staff(platform: Platform) -> AsyncIterator[Staff]:
    client = await connect(platform.servers.login("portal"), "staff")
    yield Staff(Asker(client))
    await client.close()


async def pairs(staff: Staff, *members: str) -> list[list[str]]:
    """With whom each of these members is paired."""
    rows = await staff.rows("MembersInArea", area=COUNTY, year=2026)
    found = {row["member_id"]: row["paired_with"] for row in rows}
    return [found.get(member, []) for member in members]


async def test_a_pair_comes_about_in_both_records_and_ends_with_a_membership(staff: Staff) -> None:
    gu = await staff.admit_member(party_member=True)
    meng = await staff.admit_member(party_member=False)
    await staff.ask("PairMembers", member_id=gu, partner_id=meng)

    async def looks(*expected: list[str]) -> bool:
        return list(expected) == await pairs(staff, gu, meng)

    await until(lambda: looks([meng], [gu]))
    await staff.ask("EndMembership", member_id=meng, reason="moved-away")
    await until(lambda: looks([], []))


async def test_two_party_members_are_no_pair(staff: Staff) -> None:
    gu, xie = [await staff.admit_member(party_member=True) for _ in range(2)]
    await staff.ask("PairMembers", member_id=gu, partner_id=xie)
    other = [await staff.admit_member(party_member=False) for _ in range(3)]
    for one in other[:2]:
        await staff.ask("PairMembers", member_id=gu, partner_id=one)

    async def is_declined() -> bool:
        """Only then is there room for a third: the charter allows no more."""
        with suppress(Refused):
            await staff.ask("PairMembers", member_id=gu, partner_id=other[2])
            return True
        return False

    await until(is_declined)


async def open_draw(staff: Staff, specialty: str) -> str:
    """A draw of two, whose pool is committed."""
    draw_id = str(uuid4())
    await staff.ask(
        "OpenDraw",
        draw_id=draw_id,
        area=COUNTY,
        topic_id=str(uuid4()),
        purpose="research",
        specialty=specialty,
        wanted=2,
        seed_source="次日双色球开奖号码",
        seed_day=str(clock.today() + timedelta(days=1)),
    )
    await until(lambda: staff.rows("LotsOfDraw", draw_id=draw_id))
    return draw_id


async def test_a_draw_takes_from_the_talents_there_are_and_from_nobody_else(staff: Staff) -> None:
    at_work = {await staff.admit_talent("水利") for _ in range(3)}
    gone, suspended = await staff.admit_talent("水利"), await staff.admit_talent("水利")
    await staff.admit_talent("法律")
    await staff.ask("ExitTalent", talent_id=gone, reason="own-wish")
    await staff.ask(
        "SanctionTalent",
        talent_id=suspended,
        document="邻协〔2026〕7号",
        measure="suspension",
        reason="两次无故缺席",
    )

    async def pool_is_settled() -> bool:
        """What was said of talents reaches the pool by and by."""
        lots = await staff.rows("LotsOfDraw", draw_id=await open_draw(staff, "水利"))
        return at_work == {lot["talent_id"] for lot in lots}

    await until(pool_is_settled)


async def test_a_pool_is_committed_and_waits_for_its_seed(staff: Staff) -> None:
    talents = {await staff.admit_talent("教育") for _ in range(2)}
    draw_id = await open_draw(staff, "教育")
    (draw,) = [
        one for one in await staff.rows("DrawsInArea", area=COUNTY) if one["draw_id"] == draw_id
    ]
    lots = {UUID(lot["talent_id"]) for lot in await staff.rows("LotsOfDraw", draw_id=draw_id)}
    assert {str(one) for one in lots} <= talents
    assert ("committed", hash_of(lots)) == (draw["state"], draw["pool_hash"])
    with pytest.raises(Refused, match="seed-to-come"):
        await staff.ask("PublishSeed", draw_id=draw_id, seed="1", published_in="无")
