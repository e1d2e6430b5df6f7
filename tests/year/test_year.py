"""The told year is lawful under every charter, the same each time, and as large as it should be."""

from datetime import date
from pathlib import Path

import pytest

from deploy.year.accounts import accounts
from deploy.year.county import county_of
from deploy.year.files import county_file, kinds
from deploy.year.year import tell_year
from services.portal.edge.people.newcomers import account_of
from services.topics.domain.plan.commands import AdoptIntoPlan
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings
from tests.year.memory import Memory

DAYS = (date(2025, 3, 10), date(2026, 3, 9))
COUNTIES = {"510521": 80, "371621": 100, "421124": 100, "411025": 5, "511623": 150}
"""How many meetings a year of each county has at least."""


@pytest.fixture(scope="module")
def areas() -> Areas:
    """All known areas."""
    return Areas.read(Path(Settings().areas))


@pytest.fixture(scope="module")
def charters() -> Charters:
    """All charters."""
    return Charters(Settings().charters)


@pytest.mark.parametrize("county", COUNTIES)
def test_a_county_lives_a_year_under_its_own_charter(
    county: str, areas: Areas, charters: Charters
) -> None:
    told = tell_year([county], areas, charters, DAYS, "test")
    memory = Memory(charters)
    memory.tell(told)
    assert {fact.charter for _, fact in memory.facts} == {f"{county}@1"}
    assert not memory.turned_down
    held = memory.count("MeetingHeld")
    assert COUNTIES[county] <= held <= COUNTIES[county] * 1.5 + 5
    assert memory.count("OutcomeClosed") * 3 > memory.count("OutcomeSubmitted")


def test_a_county_without_a_file_of_its_own_lives_a_year_by_the_default(
    areas: Areas, charters: Charters
) -> None:
    memory = Memory(charters)
    memory.tell(tell_year(["510502"], areas, charters, DAYS, "test", density=0.3))
    assert {fact.charter for _, fact in memory.facts} == {"default@1"}
    assert memory.count("OutcomeClosed")


def test_the_same_seed_tells_the_same_and_another_one_tells_another(
    areas: Areas, charters: Charters
) -> None:
    once, again, other = (
        tell_year(["411025"], areas, charters, DAYS, seed) for seed in ("one", "one", "two")
    )
    assert once == again
    assert {step.id for step in once}.isdisjoint(step.id for step in other)


def test_nothing_is_told_after_the_last_day_and_nothing_before_the_first(
    areas: Areas, charters: Charters
) -> None:
    days = [step.at.date() for step in tell_year(["411025"], areas, charters, DAYS, "test")]
    assert min(days) >= DAYS[0]
    assert max(days) <= DAYS[1]
    assert days == sorted(days)


def test_every_kind_of_matter_has_units_that_every_county_knows() -> None:
    known = county_file("").units.keys() | {"town"}
    asked = {item.unit for kind in kinds().values() for item in kind.items}
    assert asked <= known


def test_every_own_matter_is_of_a_kind_there_is() -> None:
    for county in COUNTIES:
        assert {own.kind for own in county_file(county).own} <= kinds().keys()


def test_the_institutions_of_a_county_are_as_many_as_it_published(
    areas: Areas, charters: Charters
) -> None:
    memory = Memory(charters)
    memory.tell(tell_year(["411025", "511623"], areas, charters, DAYS, "test"))
    at = {county: memory.of_county(county) for county in ("411025", "511623")}
    assert at["411025"]["MemberAdmitted"] == 256
    assert at["411025"]["MembersPaired"] == 155
    assert at["411025"]["VenueEstablished"] == 5 + 16
    assert at["411025"]["ReportDrafted"] >= 10
    assert at["511623"]["TalentAdmitted"] >= 200
    assert at["511623"]["TalentDrawn"] > 20
    assert at["511623"]["VenueEstablished"] == 11 + 17 + 1
    assert at["511623"]["EvaluationReported"]
    assert at["511623"]["RankingFrozen"] == at["511623"]["SheetOpened"] > 0


def test_each_item_of_a_plan_that_names_its_matters_is_served(
    areas: Areas, charters: Charters
) -> None:
    told = tell_year(["371621"], areas, charters, DAYS, "test")
    served = {step.command.item_no for step in told if isinstance(step.command, AdoptIntoPlan)}
    assert served == set(range(1, len(county_file("371621").plan_items) + 1))
    assert len(served) == 16


@pytest.mark.parametrize("county", COUNTIES)
def test_who_may_log_in_has_acted_in_the_year(
    county: str, areas: Areas, charters: Charters
) -> None:
    told = tell_year([county], areas, charters, DAYS, "test")
    acted = {(step.actor.id, step.actor.role, step.actor.unit) for step in told}
    people = list(accounts(county_of(county, areas, charters, DAYS, "test")))
    idle = [
        one.login
        for one in people
        if (str(account_of(one.login)), one.role, one.unit) not in acted
        and one.role not in {"resident", "unit"}
    ]
    assert not idle
    assert len({one.login for one in people}) == len(people)
