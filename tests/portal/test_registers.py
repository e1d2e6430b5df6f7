"""The registers: who items may be assigned to, what was certified, and where a charter was left."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from services.outcomes.domain import DECIDERS as OUTCOMES
from services.portal.edge.matters.units import must_be_registered
from services.portal.projections.registers import REGISTERS
from services.portal.projections.story import STORY
from services.topics.domain import DECIDERS as TOPICS
from shared.kernel.errors import Refused
from shared.runtime.charter import Charters
from shared.runtime.view import View
from tests.drafts import FOLDER
from tests.outcomes.registers import BUREAU, FORMER, LEDGER_CERTIFIED
from tests.portal.registered import COUNTY, FRAMES, SAID, TOWN
from tests.servers import Postgres
from tests.topics.charters import ACCEPTED, CHARTER, DEVIATION, TOPIC_ID
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

DECIDERS = [*TOPICS, *OUTCOMES]
ALL = {"kind": "", "name": "", "most": 9, "skipped": 0}


@pytest.fixture(scope="module")
async def registers(pg: Postgres) -> AsyncIterator[View]:
    async with (
        history(pg, SAID, frames=FRAMES, also=["portal"]) as dsn,
        filled(dsn, "portal", REGISTERS, DECIDERS) as view,
    ):
        yield view


async def test_units_are_found_by_any_name_they_had(registers: View) -> None:
    for name in ("计划生育", "卫计局", "卫生健康"):
        rows = await registers.ask("units of areas", prefixes=["511623%"], **ALL | {"name": name})
        assert [(BUREAU, [FORMER])] == [(row["name"], row["aliases"]) for row in rows]
    assert [] == await registers.ask("units of areas", prefixes=["421124%"], **ALL)


async def test_who_is_no_more_comes_last_and_names_who_goes_on(registers: View) -> None:
    rows = await registers.ask("units of areas", prefixes=["511623%"], **ALL)
    told = [(row["name"], row["standing"], row["successor"]) for row in rows]
    assert ("县农机站", "retired", "县水务局") == told[-1]
    assert ["registered", "registered"] == [standing for _, standing, _ in told[:-1]]


async def test_every_name_of_a_unit_leads_to_its_name_of_now(registers: View) -> None:
    rows = await registers.ask("names of units", prefixes=["511623%"])
    names = {row["alias"]: row["name"] for row in rows}
    assert BUREAU == names[FORMER] == names["卫计局"] == names[BUREAU]
    assert "县农机站" not in names


async def test_a_certified_ledger_is_found_by_its_period(registers: View) -> None:
    (row,) = await registers.ask("certifications of ledger", area=TOWN, period="2026-02")
    assert (2, LEDGER_CERTIFIED.digest) == (row["rows"], row["digest"])
    assert [] == await registers.ask("certifications of ledger", area=TOWN, period="2026-01")
    assert [] == await registers.ask("certifications of ledger", area=COUNTY, period="2026-02")


async def test_the_text_that_counts_is_the_one_accepted_last(registers: View) -> None:
    (row,) = await registers.ask("texts of charters")
    assert (CHARTER, "CharterTextAccepted", ACCEPTED.digest) == (
        row["charter"],
        row["type"],
        row["digest"],
    )


async def test_a_deviation_names_its_matter_and_is_counted(registers: View) -> None:
    (row,) = await registers.ask("deviations of areas", prefixes=["511623%"], most=9, skipped=0)
    assert (DEVIATION.key, DEVIATION.approved_by) == (row["key"], row["approved_by"])
    assert (TOPIC_ID, date(2026, 3, 2)) == (row["matter_id"], row["day"])
    assert row["title"]
    (counted,) = await registers.ask("deviations by charter", prefixes=["511623%"])
    assert (COUNTY, CHARTER, 1) == tuple(counted)


@pytest.mark.parametrize("named", [BUREAU, FORMER, "卫计局"])
async def test_a_county_may_have_items_assigned_to_its_register_alone(
    registers: View, named: str
) -> None:
    views = SimpleNamespace(named={"registers": registers}.__getitem__)
    site: Any = SimpleNamespace(views=views, prefixes=lambda _: ["511623%"])
    free = Charters(FOLDER).at("511623@1")
    strict = replace(
        free, tables=free.tables | {"outcomes": {"registered_units_only": True}}, _rules={}
    )
    stranger = {"lead_unit": named, "assist_units": ["县农机站", 7]}
    await must_be_registered(site, "AssignItem", stranger, TOWN, free)
    await must_be_registered(site, "AssignItem", {"lead_unit": named}, TOWN, strict)
    with pytest.raises(Refused) as refused:
        await must_be_registered(site, "AssignItem", stranger, TOWN, strict)
    assert ("unknown-unit", ["县农机站"]) == (refused.value.code, refused.value.facts["units"])


async def test_the_registers_are_the_same_however_their_facts_arrive(pg: Postgres) -> None:
    async with history(pg, SAID, frames=FRAMES, also=["portal"]) as dsn:
        await keeps_the_law(dsn, "portal", REGISTERS, DECIDERS)


async def test_a_story_tells_where_its_charter_was_left_and_nothing_else_of_it(
    pg: Postgres,
) -> None:
    async with (
        history(pg, SAID, frames=FRAMES, also=["portal", "meetings", "notify"]) as dsn,
        filled(dsn, "portal", STORY, DECIDERS) as view,
    ):
        told = await view.ask("of matter", matter_id=TOPIC_ID, most=9)
        assert {"TopicProposed", "CharterDeviationRecorded"} == {row["type"] for row in told}
        assert 2 == len(told)
