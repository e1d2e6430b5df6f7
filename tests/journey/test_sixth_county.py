"""A county that does not exist, with choices that none has made so far, runs by data alone."""

import json
import shutil
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from deploy.tongxin.contradictions import contradictions
from deploy.tongxin.world import World
from deploy.year.year import tell_year
from services.portal.pages.stages import bar
from services.portal.rules import PortalRules
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings
from tests.deploy.loops import stuck_in
from tests.deploy.worlds import Ground, fresh_ground
from tests.drafts import FOLDER, MODELS
from tests.servers import Postgres

pytestmark = pytest.mark.servers

SIXTH = Path(__file__).with_name("sixth")
COUNTY = "990101"
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
SPOKEN = ("topics", "meetings", "outcomes", "notify")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The five counties and the sixth."""
    folder = tmp_path_factory.mktemp("six") / "charters"
    shutil.copytree(FOLDER, folder)
    shutil.copytree(SIXTH / "charters", folder, dirs_exist_ok=True)
    return Settings(charters=folder, areas=SIXTH / "areas.csv")


@pytest.fixture(scope="module")
async def ground(pg: Postgres, settings: Settings) -> Ground:
    """A year of the sixth county."""
    areas, charters = Areas.read(settings.areas), Charters(settings.charters, MODELS)
    ground = await fresh_ground(pg)
    steps = tell_year([COUNTY], areas, charters, YEAR, seed="sixth", density=2)
    async with World.open(ground.admin_dsn, ground.dsn, settings) as world:
        await world.tell(steps, until=datetime(2026, 1, 1, tzinfo=UTC))
    return ground


async def said(ground: Ground, *types: str) -> list[dict[str, Any]]:
    """The data of all facts of these types."""
    facts = [fact for service in SPOKEN for fact in await ground.facts(service)]
    return [json.loads(fact[13]) for fact in facts if fact[5] in types]


def test_its_charter_is_good(settings: Settings) -> None:
    file = settings.charters / COUNTY / "1.toml"
    assert [] == Charters(settings.charters).check(file, MODELS, contradictions)


async def test_everything_there_lives_under_it(ground: Ground) -> None:
    charters = {fact[8] for service in SPOKEN for fact in await ground.facts(service)}
    assert {f"{COUNTY}@1"} == charters


async def test_matters_come_to_their_end_and_none_is_stuck(
    ground: Ground, settings: Settings
) -> None:
    assert await said(ground, "TopicClosed")
    assert [] == await stuck_in(ground, Charters(settings.charters))


async def test_nothing_is_consulted_on_before_two_reports(ground: Ground) -> None:
    noted = Counter(one["consultation_id"] for one in await said(ground, "ResearchNoted"))
    held = {one["consultation_id"] for one in await said(ground, "MeetingHeld")}
    assert held
    assert all(noted[one] >= 2 for one in held)


async def test_either_of_two_bodies_decides_beside_the_county_committee(ground: Ground) -> None:
    told = await by_topic(ground, "TopicReportFiled", "to")
    for topic_id in await by_topic(ground, "TopicApproved", "topic_id"):
        assert "county-party-committee" in told[topic_id]
        assert {"town-party-committee", "unit-party-committee"} & told[topic_id]


async def test_every_reply_is_signed_by_those_who_assist_and_confirmed_by_those_concerned(
    ground: Ground,
) -> None:
    opened = {one["assignment_id"]: one for one in await said(ground, "AssignmentOpened")}
    signed = await said(ground, "CosignGiven")
    confirmed = {one["assignment_id"] for one in await said(ground, "SolutionConfirmed")}
    for reply in await said(ground, "HandlingReplied"):
        signers = {
            one["unit"]
            for one in signed
            if (one["assignment_id"], one["round"]) == (reply["assignment_id"], reply["round"])
        }
        assert set(opened[reply["assignment_id"]]["assist_units"]) <= signers
    closed = {one["outcome_id"] for one in await said(ground, "OutcomeClosed")}
    items = {one["assignment_id"] for one in opened.values() if one["outcome_id"] in closed}
    assert items
    assert items <= confirmed


async def test_items_are_forwarded_and_what_divides_becomes_a_report_on_opinion(
    ground: Ground,
) -> None:
    assert {"forward"} == {one["via"] for one in await said(ground, "ItemAssigned")}
    assert {"public-opinion"} == {one["form"] for one in await said(ground, "OutcomeUpreported")}
    assert {"red"} == {one["level"] for one in await said(ground, "WarningLevelRaised")}


def test_its_stages_are_its_own(settings: Settings) -> None:
    charter = Charters(settings.charters).at(f"{COUNTY}@1")
    labels = [stand.label for stand in bar(charter.rules("portal", PortalRules).stages, {})]
    assert 10 == len(labels)
    assert ("列入年计", "了结") == (labels[0], labels[-1])


async def by_topic(ground: Ground, event: str, field: str) -> dict[str, set[str]]:
    """The values of a field of an event, by topic."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in await said(ground, event):
        found[one["topic_id"]].add(one[field])
    return found
