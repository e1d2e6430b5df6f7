"""Members and talents in the portal: the law of views, duty files, and how fair luck has been."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from services.portal.domain import DECIDERS
from services.portal.edge.people.newcomers import account_of
from services.portal.projections.members import MEMBERS
from tests.portal.people_at_work import (
    AREAS,
    CANCELLED,
    CONSULTATION,
    DRAW,
    ELSEWHERE,
    FEI,
    FIRST,
    GU,
    HASH,
    HE,
    LUCK,
    MENG,
    NOBODY,
    RESEARCH,
    SECOND,
    SEED,
    SHI,
    STEP,
    THIRD,
    WORK,
    XIE,
)
from tests.servers import Postgres
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

YEAR = {"prefixes": ["511623%"], "year": 2026}
PAGE = {"most": 50, "skipped": 0}


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose log all that work was told."""
    async with history(pg, WORK, AREAS, STEP) as dsn:
        yield dsn


@pytest.fixture
async def members(told: str) -> AsyncIterator[Any]:
    """The view over it."""
    async with filled(told, "portal", MEMBERS, DECIDERS) as view:
        yield view


async def test_the_cut_of_batches_does_not_matter(told: str) -> None:
    await keeps_the_law(told, "portal", MEMBERS, DECIDERS)


async def test_a_member_took_part_in_what_was_held_and_spoke_in_the_own_name(members: Any) -> None:
    rows = await members.ask("members of areas", **YEAR, **PAGE, sector="")

    shown = {row["member_id"]: row for row in rows}
    did = ("came", "spoke", "researched", "duties", "pairs")
    assert {GU: (1, 2, 1, 2, 1), MENG: (0, 0, 1, 0, 1), XIE: (0, 0, 0, 0, 0)} == {
        one: tuple(row[name] for name in did) for one, row in shown.items()
    }
    assert "moved-away" == shown[XIE]["ended"]
    assert (None, date(2026, 3, 20)) == (shown[GU]["observed_on"], shown[MENG]["observed_on"])


async def test_members_stand_in_the_order_of_sectors_whatever_they_did(members: Any) -> None:
    rows = await members.ask("members of areas", **YEAR, **PAGE, sector="")
    doctors = await members.ask("members of areas", **YEAR, **PAGE, sector="医卫界")

    assert ["农业界", "医卫界", "医卫界"] == [row["sector"] for row in rows]
    assert {MENG, XIE} == {row["member_id"] for row in doctors}


async def test_who_was_no_member_yet_or_no_more_is_not_listed(members: Any) -> None:
    earlier = await members.ask(
        "members of areas", prefixes=["511623%"], year=2025, sector="", **PAGE
    )
    later = await members.ask(
        "members of areas", prefixes=["511623%"], year=2027, sector="", **PAGE
    )
    assert [] == earlier
    assert {GU, MENG} == {row["member_id"] for row in later}


async def test_a_duty_file_names_what_stands_behind_its_figures(members: Any) -> None:
    asked = {"member_id": GU, "year": 2026}
    (sat,) = await members.ask("consultations of member", **asked)
    (found,) = await members.ask("research of member", **asked)
    duties = await members.ask("duties of member", **asked)
    (partner,) = await members.ask("pairs of member", member_id=GU)
    (year,) = await members.ask("years of member", member_id=GU)

    assert (CONSULTATION, "擂鼓坪公路质量", 2) == tuple(
        sat[name] for name in ("consultation_id", "title", "spoke")
    )
    assert (RESEARCH, "公路质量调研报告") == (found["research_id"], found["title"])
    assert [("proposal", 15), ("meeting", 10)] == [(row["kind"], row["points"]) for row in duties]
    assert MENG == partner["member_id"]
    assert (2025, 45, "excellent", "全年参会六次。") == tuple(
        year[name] for name in ("year", "total", "grade", "content")
    )


async def test_an_account_finds_its_own_membership_and_no_account_finds_none(members: Any) -> None:
    (own,) = await members.ask("memberships of account", account=str(account_of("gu")))
    assert GU == own["member_id"]
    assert [] == await members.ask("memberships of account", account="")


async def test_the_rota_of_observers(members: Any) -> None:
    (one,) = await members.ask("observing of areas", **YEAR)
    assert ("第3次常委会会议", 1, MENG) == (one["session"], one["batch"], one["member_id"])


async def test_who_was_named_at_a_consultation_and_is_no_member_here_is_listed(
    members: Any,
) -> None:
    rows = await members.ask("strangers in areas", **YEAR)
    assert {(NOBODY, "unknown-member"), (ELSEWHERE, "member-elsewhere")} == {
        (row["member_id"], row["why"]) for row in rows
    }
    assert {"擂鼓坪公路质量"} == {row["title"] for row in rows}
    assert [] == await members.ask("strangers in areas", prefixes=["511623%"], year=2025)
    assert [] == await members.ask("strangers in areas", prefixes=["510521%"], year=2026)


async def test_luck_is_told_beside_what_chance_would_have(members: Any) -> None:
    rows = await members.ask("talents of areas", **YEAR, **PAGE, specialties="", source="")

    luck = {
        row["talent_id"]: tuple(
            row[name] for name in ("pooled", "drawn", "replaced", "expected", "never")
        )
        for row in rows
    }
    assert {
        FIRST: (1, 1, 1, 0.67, False),
        SECOND: (1, 1, 0, 0.67, False),
        THIRD: (1, 0, 0, 0.67, True),
        FEI: (0, 0, 0, 0.0, False),
        SHI: (0, 0, 0, 0.0, False),
    } == luck


async def test_admission_assessment_and_exit_of_a_talent(members: Any) -> None:
    rows = await members.ask(
        "talents of areas", **YEAR, **PAGE, specialties="", source="five-elders"
    )

    shown = {row["talent_id"]: row for row in rows}
    assert {HE, FEI, SHI} == shown.keys()
    assert (2025, "qualified", 1, 0) == tuple(
        shown[HE][name] for name in ("assessed", "grade", "rewards", "sanctions")
    )
    assert ("own-wish", SHI) == (shown[SHI]["left_for"], rows[-1]["talent_id"])


async def test_talents_by_field_count_those_in_the_pool(members: Any) -> None:
    rows = await members.ask("talents by field", **YEAR, today=date(2026, 4, 1))
    after_term = await members.ask("talents by field", **YEAR, today=date(2030, 1, 1))

    assert [("交通", 4, 1, 2, 2), ("法律", 1, 1, 0, 1)] == [tuple(row.values()) for row in rows]
    assert [] == after_term


async def test_a_draw_keeps_what_anybody_needs_to_draw_again(members: Any) -> None:
    (draw,) = await members.ask("one draw", draw_id=DRAW)
    lots = await members.ask("lots of draw", draw_id=DRAW)

    assert (HASH, SEED, list(LUCK), "TalentDrawn") == (
        draw["pool_hash"],
        draw["seed"],
        draw["luck"],
        draw["state"],
    )
    assert {
        FIRST: ("replaced", "当日住院"),
        SECOND: ("drawn-later", None),
        THIRD: ("pooled", None),
        FEI: ("excluded", "系施工单位负责人"),
    } == {row["talent_id"]: (row["lot"], row["reason"]) for row in lots}


async def test_draws_are_listed_with_those_that_came_to_nothing(members: Any) -> None:
    rows = await members.ask("draws of areas", **YEAR)
    assert [(DRAW, "TalentDrawn", 4, 1, 1), (CANCELLED, "DrawCancelled", 4, 0, 0)] == [
        tuple(row[name] for name in ("draw_id", "state", "pool", "excluded", "replaced"))
        for row in rows
    ]
