"""What units have in hand: overdue and warned, promises kept or broken, and who goes to look."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from services.portal.domain import DECIDERS
from services.portal.pages.sheets import Saying
from services.portal.pages.sheets_of_handling import why_that_day
from services.portal.projections.handling import HANDLING
from tests.portal.hands import (
    FAR,
    HANDS,
    HEALTH,
    LAND,
    NEAR,
    OVER,
    POWER,
    ROADS,
    WATER,
    assigned,
    rated,
    rejected,
    replied,
)
from tests.servers import Postgres
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

TODAY = date(2026, 3, 2)
HERE = {"prefixes": ["511623%"]}
ALL = HERE | {
    "today": TODAY,
    "state": "",
    "level": "",
    "unit": "",
    "by": "",
    "most": 50,
    "skipped": 0,
}


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose logs all this was said."""
    async with history(pg, HANDS) as dsn:
        yield dsn


async def ask(dsn: str, question: str, **params: Any) -> list[dict[str, Any]]:
    """The rows that the view answers with."""
    async with filled(dsn, "portal", HANDLING, DECIDERS) as view:
        return [dict(row) for row in await view.ask(question, **params)]


async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(told: str) -> None:
    await keeps_the_law(told, "portal", HANDLING, DECIDERS)


async def test_a_clock_is_late_warned_or_paused_and_none_that_was_met(told: str) -> None:
    rows = await ask(told, "late or warned", **ALL)
    assert [
        (LAND, "late", "red", 46, OVER),
        (WATER, "paused", None, None, OVER),
        (ROADS, "warned", "yellow", None, NEAR),
    ] == [(row["unit"], row["state"], row["level"], row["late"], row["due"]) for row in rows]


async def test_clocks_are_picked_by_state_colour_unit_and_place(told: str) -> None:
    async def units(**params: Any) -> list[str]:
        return [row["unit"] for row in await ask(told, "late or warned", **(ALL | params))]

    assert [WATER] == await units(state="paused")
    assert [ROADS] == await units(level="yellow")
    assert [LAND] == await units(unit="自然")
    assert [] == await units(prefixes=["510521%"])
    assert [ROADS, WATER, LAND] == await units(by="unit")
    assert [WATER] == await units(most=1, skipped=1)


async def test_a_clock_says_why_its_day_is_that_day(told: str) -> None:
    rows = why_that_day(await ask(told, "late or warned", **ALL))
    because = {row["unit"]: [one.key for one in row["because"]] for row in rows}
    assert {
        LAND: ["reply-days-of-the-charter", "calendar"],
        WATER: ["reply-days-of-the-charter", "calendar", "paused"],
        ROADS: ["reply-days-of-the-charter", "DeadlineExtended", "working", "unpublished"],
    } == because
    assert Saying("DeadlineExtended", {"reason": "雨季停工"}) in rows[2]["because"]


async def test_a_rejected_reply_starts_the_clock_anew_and_says_so(pg: Postgres) -> None:
    async with history(pg, [*HANDS, *rejected(1, HEALTH, date(2026, 3, 1))]) as dsn:
        rows = why_that_day(
            await ask(
                dsn,
                "late or warned",
                **ALL,
            )
        )
    (late,) = [row for row in rows if row["unit"] == HEALTH]
    assert (1, "late") == (late["late"], late["state"])
    assert [Saying("clock-restarted", {"reason": "没做完"})] == late["because"]


async def test_the_calendar_knows_what_was_seen_what_failed_and_what_nobody_went_to_see(
    told: str,
) -> None:
    params = HERE | {"today": TODAY, "year": 2026, "state": "", "kind": ""}
    rows = await ask(told, "follow-ups of year", **params)
    assert [
        ("02", "look-back", HEALTH, "passed", TODAY),
        ("02", "look-back", LAND, "missed", None),
        ("03", "press-back", HEALTH, "failed", TODAY),
        ("06", "press-back", LAND, "ahead", None),
    ] == [(row["month"], row["kind"], row["unit"], row["state"], row["made_on"]) for row in rows]
    failed = await ask(told, "follow-ups of year", **(params | {"state": "failed"}))
    assert [rows[2]] == failed
    assert [] == await ask(told, "follow-ups of year", **(params | {"year": 2025}))


PROMISED = HERE | {"today": TODAY, "year": 2026, "state": "", "unit": ""}


async def kept(dsn: str, today: date = TODAY) -> dict[str, str]:
    """How it stands with each unit's promise."""
    rows = await ask(dsn, "promises of year", **(PROMISED | {"today": today}))
    return {row["unit"]: row["state"] for row in rows}


async def test_a_promise_is_kept_broken_open_or_not_to_be_told(told: str) -> None:
    assert {
        HEALTH: "kept", LAND: "open", WATER: "open", ROADS: "broken", POWER: "unproven",
    } == await kept(told)  # fmt: skip
    late = await kept(told, today=date(2026, 12, 1))
    assert ("broken", "broken", "kept") == (late[LAND], late[WATER], late[HEALTH])


async def test_a_reply_that_was_sent_back_or_only_noted_keeps_no_promise(pg: Postgres) -> None:
    more = [
        *rejected(1, HEALTH, date(2026, 6, 1)),
        *replied(2, LAND, "D"),
        *assigned(5, WATER, NEAR),
        *replied(3, WATER, "A"),
    ]
    async with history(pg, [*HANDS, *more]) as dsn:
        states = await kept(dsn, today=date(2026, 12, 1))
    assert ["broken"] * 3 == [states[HEALTH], states[LAND], states[WATER]]


async def test_a_late_reply_breaks_the_promise_and_says_when_it_came(pg: Postgres) -> None:
    async with history(pg, [*HANDS, *replied(4, ROADS, "A")]) as dsn:
        rows = await ask(dsn, "promises of year", **(PROMISED | {"unit": "交通"}))
    assert [("broken", TODAY, "A")] == [
        (row["state"], row["done_on"], row["classes"]) for row in rows
    ]


async def test_a_unit_finds_what_it_leads_and_what_is_not_done_yet_first(told: str) -> None:
    asked = HERE | {"title": "", "stage": "", "most": 50}
    rows = await ask(told, "of unit", unit=LAND, **asked)
    assert {LAND} == {row["unit"] for row in rows}
    assert OVER == rows[0]["due"]
    assert [] == await ask(told, "of unit", unit="县公安局", **asked)
    assert [] == await ask(told, "of unit", unit=LAND, **(asked | {"prefixes": ["510521%"]}))


async def test_a_unit_sees_how_many_find_its_last_reply_solved(pg: Postgres) -> None:
    one = [*assigned(9, POWER, FAR), *replied(9, POWER, "A"), *rated(9, POWER, False)]
    again = [*replied(9, POWER, "A", nth=2), *rated(9, POWER, True, True, False, nth=2)]
    async with history(pg, [*HANDS, *one, *again]) as dsn:
        rows = await ask(dsn, "of unit", unit=POWER, **HERE, title="第9件", stage="", most=50)
        await keeps_the_law(dsn, "portal", HANDLING, DECIDERS)
    assert [(2, 1)] == [(row["solved"], row["unsolved"]) for row in rows]
