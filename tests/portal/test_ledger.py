"""The ledger: a row for each activity with all it came to, and a library of cases."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.portal.domain import DECIDERS
from services.portal.pages.sheets import Mark
from services.portal.pages.sheets_of_ledger import in_sections, with_all_it_came_to
from services.portal.projections.ledger import LEDGER
from services.portal.rules import PortalRules
from shared.runtime.charter import Charters
from tests.portal.ledgers import (
    CARE,
    GAS,
    HEALTH,
    LEDGER_TOLD,
    PARKING,
    POLICE,
    ROAD,
    ROADS,
    TITLES,
    assigned,
    replied,
    told_to,
)
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

CHARTERS = Charters(Path("deploy/charters"), {"portal": PortalRules})
HERE = {"prefixes": ["511623%"], "most": 50, "skipped": 0}
ALL = HERE | {"year": 2026, "state": "", "form": "", "units": "", "title": ""}
TODAY, DUE = date(2026, 3, 2), date(2026, 4, 1)


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose logs all this was said."""
    async with history(pg, LEDGER_TOLD) as dsn:
        yield dsn


async def ask(dsn: str, question: str, **params: Any) -> list[dict[str, Any]]:
    """The rows that the view answers with."""
    async with filled(dsn, "portal", LEDGER, DECIDERS) as view:
        return [dict(row) for row in await view.ask(question, **params)]


async def ledger(dsn: str, charter: str = "511623@1", **params: Any) -> dict[Any, Any]:
    """The rows of the ledger by matter, as another county would see them."""
    rows = await ask(dsn, "ledger of year", **(ALL | params))
    ruled = [row | {"rules": CHARTERS.at(charter).tables} for row in rows]
    return {row["matter_id"]: row for row in with_all_it_came_to(ruled)}


def done(marks: list[Mark]) -> dict[str, bool]:
    """Which marks there are, and which of them are done."""
    return {mark.label: mark.done for mark in marks}


async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(told: str) -> None:
    await keeps_the_law(told, "portal", LEDGER, DECIDERS)


async def test_every_consultation_and_every_outcome_of_research_has_a_row_in_the_order_of_days(
    told: str,
) -> None:
    rows = await ledger(told)
    assert [
        (1, PARKING, "MeetingHeld", date(2026, 1, 21)),
        (2, CARE, "MeetingHeld", date(2026, 2, 11)),
    ] == [(r["no"], r["matter_id"], r["state"], r["day"]) for r in list(rows.values())[:2]]
    assert {"ConsultationPostponed", "research"} == {rows[ROAD]["state"], rows[GAS]["state"]}
    assert {3, 4} == {rows[ROAD]["no"], rows[GAS]["no"]}
    assert (None, None) == (rows[ROAD]["place"], rows[ROAD]["form"])
    assert {4} == {row["found"] for row in rows.values()}


async def test_a_row_tells_all_that_an_activity_came_to(told: str) -> None:
    row = (await ledger(told))[PARKING]
    assert {
        "title": TITLES[PARKING],
        "origin": "resident",
        "criteria": ["group-interest", "feasible"],
        "place": "北辰社区议事厅",
        "form": "small",
        "mode": "site",
        "convenor": "lin",
        "attendees": {"masses": 12, "member": 3, "unit": 2},
        "number": "邻协纪〔2026〕5号",
        "items": ["划车位", "错时停车", "立体车库"],
        "agreed": 2,
        "apart": 1,
        "units": [ROADS, POLICE],
        "due": DUE,
        "classes": {"A": 1, "B": 1},
        "members_on": TODAY,
        "people_on": None,
        "story": "一个车位两家停",
        "media": "人民政协报 停车难有了解",
    } == {name: row[name] for name in row.keys() & {
        "title", "origin", "criteria", "place", "form", "mode", "convenor", "attendees", "number",
        "items", "agreed", "apart", "units", "due", "classes", "members_on", "people_on", "story",
        "media",
    }}  # fmt: skip


async def test_what_came_of_research_alone_was_passed_on_without_a_meeting(told: str) -> None:
    row = (await ledger(told))[GAS]
    assert (["分片施工"], ["县住建局"]) == (row["items"], row["units"])
    assert [None] * 4 == [row[one] for one in ("form", "attendees", "convenor", "due")]


async def test_marks_are_those_of_the_countys_own_closing_set(told: str) -> None:
    five = (await ledger(told, "371621@1"))[PARKING]
    assert ["theme", "activity", "solved", "case", "media"] == [one.label for one in five["five"]]
    assert "solved" not in done(five["needs"])
    own = (await ledger(told))[PARKING]
    assert [] == own["five"]
    needs = CHARTERS.at("511623@1").tables["outcomes"]["closing_needs"]
    assert set(needs) == set(done(own["needs"]))


async def test_a_mark_is_done_when_the_facts_say_so_and_leads_to_the_fact(told: str) -> None:
    rows = await ledger(told, "371621@1")
    assert [True] * 5 == [one.done for one in rows[PARKING]["five"]]
    assert {
        "record": True, "reply": True, "feedback-to-members": True, "feedback-to-people": False,
    } == done(rows[PARKING]["needs"])  # fmt: skip
    assert {
        "theme": True, "activity": True, "solved": False, "case": False, "media": False,
    } == done(rows[CARE]["five"])  # fmt: skip
    assert not done(rows[CARE]["needs"])["reply"]
    theme, *_, media = rows[PARKING]["five"]
    assert theme.to.startswith(f"/matters/{PARKING}#topics-")
    assert media.to.startswith(f"/matters/{PARKING}#outcomes-")
    assert rows[CARE]["five"][4].to == f"/matters/{CARE}#next"


async def test_a_follow_up_that_is_still_due_holds_the_solution_back(pg: Postgres) -> None:
    def is_visit(said: Said) -> bool:
        return type(said[2]).__name__ == "FollowUpConducted"

    async with history(pg, [one for one in LEDGER_TOLD if not is_visit(one)]) as dsn:
        row = (await ledger(dsn, "371621@1"))[PARKING]
    assert not done(row["five"])["solved"]
    assert done(row["needs"])["reply"]


async def test_the_ledger_is_picked_by_state_form_unit_title_and_year(told: str) -> None:
    async def picked(**params: Any) -> set[Any]:
        return set(await ledger(told, **params))

    assert {GAS} == await picked(state="research")
    assert {PARKING, CARE} == await picked(form="small")
    assert {GAS} == await picked(units="住建")
    assert {PARKING} == await picked(units="公安")
    assert {CARE} == await picked(title="卫生")
    assert set() == await picked(year=2025)
    assert set() == await picked(prefixes=["510521%"])
    assert {CARE} == await picked(most=1, skipped=1)


async def test_a_case_stands_in_the_library_with_its_five_sections(told: str) -> None:
    asked = HERE | {"form": "", "origin": "", "headline": ""}
    (case,) = in_sections(await ask(told, "cases of areas", **asked))
    assert ("一个车位两家停", "small", "resident", "de-identified") == (
        case["headline"], case["form"], case["origin"], case["basis"],
    )  # fmt: skip
    assert ("车多位少", "新增车位120个") == (case["background"], case["effect"])
    assert [] == await ask(told, "cases of areas", **(asked | {"form": "plenary"}))
    assert 1 == len(await ask(told, "cases of areas", **(asked | {"headline": "错时"})))


async def test_replies_wait_until_the_people_concerned_are_told(pg: Postgres) -> None:
    more = [assigned(CARE, 2, POLICE), replied(CARE, 2, POLICE, "C"), told_to(CARE, "people")]
    async with history(pg, LEDGER_TOLD) as dsn:
        due = await ask(dsn, "replies to be told", prefixes=["511623%"], most=50)
    async with history(pg, [*LEDGER_TOLD, *more]) as dsn:
        after = await ask(dsn, "replies to be told", prefixes=["511623%"], most=50)
    assert [(PARKING, ROADS, "A"), (PARKING, POLICE, "B")] == [
        (row["matter_id"], row["unit"], row["class"]) for row in due
    ]
    assert due == after
    assert HEALTH not in {row["unit"] for row in after}
