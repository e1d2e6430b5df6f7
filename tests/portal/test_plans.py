"""Plans, forms and venues of a county: the law of views, and every figure of a told year."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.portal.domain import DECIDERS
from services.portal.projections.plans import PLANS
from tests.portal.planned import (
    AREAS,
    CLINIC,
    HOUSES,
    PARKING,
    PLAN,
    ROADS,
    ROOM,
    SHUT,
    SIX,
    STATION,
    STEP,
    TITLES,
    TOWN,
    WATER,
    YEAR,
    day_of,
)
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

HERE = {"prefixes": ["511623%"], "year": 2026}
ELSEWHERE = {"prefixes": ["510521%"], "year": 2026}


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose logs the year was told."""
    async with history(pg, YEAR, AREAS, STEP) as dsn:
        yield dsn


@pytest.fixture
async def plans(told: str) -> AsyncIterator[Any]:
    """The view over it."""
    async with filled(told, "portal", PLANS, DECIDERS) as view:
        yield view


def nth(*facts: str) -> list[int]:
    """Where facts of these types were told, in order."""
    return [n for n, (_, _, event) in enumerate(YEAR) if type(event).__name__ in facts]


def when(type_: str, stream: Any) -> int:
    """Where the last fact of that type was told in a stream."""
    return max(n for n in nth(type_) if YEAR[n][1] == stream)


def day_told(type_: str, about: Any) -> Any:
    """The day of the first fact of that type about a topic."""

    def is_about(said: Said) -> bool:
        return getattr(said[2], "topic_id", None) == about

    return day_of(min(n for n in nth(type_) if is_about(YEAR[n])))


async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(told: str) -> None:
    await keeps_the_law(told, "portal", PLANS, DECIDERS)


async def test_each_item_is_as_far_as_its_topics(plans: Any) -> None:
    rows = await plans.ask("plan items of areas", **HERE, stand="")

    assert [
        (1, "城乡道路与住房安全", "item-converted", 2, HOUSES),
        (2, "群众看病难", "item-held", 1, CLINIC),
        (3, "集镇污水治理", "item-closed", 1, WATER),
        (4, "殡葬改革", "item-deferred", 0, None),
    ] == [
        (row["item_no"], row["title"], row["stand"], row["topics"], row["matter_id"])
        for row in rows
    ]


async def test_each_step_of_an_item_has_its_day(plans: Any) -> None:
    one, two, three, four = await plans.ask("plan items of areas", **HERE, stand="")

    issued = day_of(nth("PlanIssued")[0])
    steps = ("planned_on", "approved_on", "held_on", "converted_on", "closed_on")
    assert [
        issued,
        day_told("TopicApproved", WATER),
        day_told("MeetingHeld", WATER),
        day_told("OutcomeAdopted", WATER),
        day_told("TopicClosed", WATER),
    ] == [three[step] for step in steps]
    assert day_told("OutcomeAdopted", HOUSES) == one["converted_on"]
    assert (None, None) == (one["closed_on"], two["closed_on"])
    assert [issued, None, None, None, None] == [four[step] for step in steps]
    assert (day_of(nth("PlanItemDeferred")[0]), "等待上级规划") == (
        four["deferred_on"],
        four["deferral"],
    )


async def test_a_plan_says_who_settled_it_and_how_much_of_the_year_it_foresaw(plans: Any) -> None:
    (plan,) = await plans.ask("plans of areas", **HERE)

    assert (PLAN, "PlanIssued", "leading-group") == (
        plan["plan_id"],
        plan["state"],
        plan["approved_by"],
    )
    assert ["county-cppcc", "county-government"] == plan["issuers"]
    assert (5, 4, 51) == (plan["topics"], plan["planned"], plan["min_planned_share"])
    assert (4, 3, 3, 2, 1, 1) == tuple(
        plan[step] for step in ("items", "approved", "held", "converted", "closed", "deferred")
    )


async def test_behind_the_share_stand_the_topics_of_the_year(plans: Any) -> None:
    unplanned = await plans.ask("topics of year", **HERE, planned="no", item_no="")
    planned = await plans.ask("topics of year", **HERE, planned="yes", item_no="")

    of_one = await plans.ask("topics of year", **HERE, planned="", item_no="1")

    assert [PARKING] == [row["matter_id"] for row in unplanned]
    assert [HOUSES, ROADS] == [row["matter_id"] for row in of_one]
    assert {HOUSES: 1, ROADS: 1, CLINIC: 2, WATER: 3} == {
        row["matter_id"]: row["item_no"] for row in planned
    }


async def test_a_session_without_the_leader_is_held_and_does_not_count(plans: Any) -> None:
    forms = await plans.ask("forms of areas", **HERE)
    (short,) = await plans.ask("sessions of areas", **HERE, form="chairpersons", counted="no")

    assert [("chairpersons", 3, 2, 1, 2), ("small", 1, 1, 0, 0)] == [
        (row["form"], row["held"], row["counted"], row["uncounted"], row["led"]) for row in forms
    ]
    assert (ROADS, TITLES[ROADS], 0, 12, False) == (
        short["matter_id"],
        short["title"],
        short["leaders"],
        short["people"],
        short["counted"],
    )
    assert day_told("MeetingHeld", ROADS) == short["held_on"]


async def test_a_venue_shows_what_is_short_and_is_not_stopped_by_it(plans: Any) -> None:
    rows = await plans.ask("venues of areas", **HERE)

    shown = {row["venue_id"]: row for row in rows}
    assert ["children-too-few", "activities-too-few"] == shown[STATION]["warnings"]
    assert ["standard-unmet", "convenor-missing"] == shown[ROOM]["warnings"]
    assert sorted(SIX[:5]) == shown[ROOM]["met"]
    assert (["lin"], []) == (shown[STATION]["convenors"], shown[ROOM]["convenors"])
    assert (1, 1, 60_000, 3_000) == tuple(
        shown[STATION][name] for name in ("children_here", "activities", "allotted", "spent")
    )
    assert (day_of(when("VenueSuspended", SHUT)), "房屋维修") == (
        shown[SHUT]["suspended_on"],
        shown[SHUT]["suspended_for"],
    )


async def test_coverage_counts_venues_in_use_by_town(plans: Any) -> None:
    (only,) = await plans.ask("coverage of areas", **HERE)

    assert (TOWN, 2, 1, True, 1, 1) == tuple(only.values())


async def test_money_is_told_by_line(plans: Any) -> None:
    rows = await plans.ask("budget of areas", **HERE)

    assert [
        ("construction", 1, 50_000, 0, 50_000, 0.0),
        ("operating", 2, 12_000, 3_000, 9_000, 0.25),
    ] == [tuple(row.values()) for row in rows]


async def test_another_county_and_another_year_have_none_of_it(plans: Any) -> None:
    filters = {
        "plan items of areas": {"stand": ""},
        "plans of areas": {},
        "forms of areas": {},
        "budget of areas": {},
        "topics of year": {"planned": "", "item_no": ""},
        "sessions of areas": {"form": "", "counted": ""},
        "venues of areas": {},
        "coverage of areas": {},
    }
    for question, more in filters.items():
        assert [] == await plans.ask(question, **ELSEWHERE, **more), question
    for question in list(filters)[:6]:
        later = {"prefixes": ["511623%"], "year": 2027}
        assert [] == await plans.ask(question, **later, **filters[question]), question
