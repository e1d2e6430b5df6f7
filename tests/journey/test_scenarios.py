"""What the scenarios of acceptance say, on the pages of their matters and in the logs.

Each is a story in `stories/`, of the same number; 12-second-version belongs to 11. Of 10 and 11
speaks `test_scenarios_of_rules.py`; of 12, a resident who is erased, `test_erasure.py`; of 13, a
town that is merged, `test_division.py`. 14, the same facts under five charters, stands last here.
"""

import json
import re
from typing import Any

import pytest

from deploy.tongxin.story import Step
from tests.journey import scenarios
from tests.journey.camera import Camera
from tests.journey.scenarios import Logs, Page, facts, matter, missing_from, seen, stream
from tests.platform import Platform
from tests.telling import Told

pytestmark = [pytest.mark.servers, pytest.mark.slow]


@pytest.mark.parametrize("page", scenarios.pages(), ids=lambda page: f"{page.key}-{page.by}")
async def test_the_page_of_a_matter_tells_its_story(
    stage: Platform, logs: Logs, take: Camera, page: Page
) -> None:
    answer = await seen(stage, page.by, page.path)
    assert 200 == answer.status_code
    assert [] == missing_from(answer.text, page)
    await take(page.path, page.by, f"{page.key}-{page.by}")


@pytest.mark.parametrize(
    "step",
    [s for one in scenarios.told_at_once() for s in one.steps if s.refused],
    ids=lambda step: f"{step.command.__name__}-{step.refused}",
)
def test_what_should_be_refused_was_refused(scene: Told, step: Step) -> None:
    given = [no for refused, no in scene.refused if refused == step]
    assert [step.refused] == [no.code for no in given]
    assert step.because.items() <= given[0].facts.items()


def said(logs: Logs, key: str, *types: str) -> list[dict[str, Any]]:
    """The data of the facts of a matter."""
    return [json.loads(fact.data) for fact in facts(logs, key, *types)]


def types(logs: Logs, key: str) -> list[str]:
    """What happened to a matter, service by service."""
    return [fact.type for fact in facts(logs, key)]


def test_on_the_spot_four_departments_agree_on_three_questions(logs: Logs) -> None:
    (held,) = said(logs, "gardenia", "MeetingHeld")
    assert 3 == len(held["items"])
    assert all(item["agreed"] for item in held["items"])
    there = [one["name"] for one in said(logs, "gardenia", "AttendeeCheckedIn")]
    assert 4 == len([name for name in there if name.endswith("局")])
    assert "PlanNoted" in types(logs, "gardenia")


def test_the_copy_and_both_looks_belong_to_the_outcome(logs: Logs) -> None:
    assert ["target-office"] == [one["to"] for one in said(logs, "beichen", "OutcomeCopied")]
    looks = [one["kind"] for one in said(logs, "beichen", "FollowUpConducted")]
    assert ["look-back", "press-back"] == looks


def test_even_what_is_urgent_was_researched_the_same_day(logs: Logs) -> None:
    (visit,) = facts(logs, "leiguping", "ResearchConducted")
    (held,) = facts(logs, "leiguping", "MeetingHeld")
    assert json.loads(visit.data)["on"] == str(scenarios.day(visit.at))
    assert visit.at < held.at
    assert 2 == len(said(logs, "leiguping", "ItemAssigned"))


def test_a_personal_appeal_becomes_no_topic(logs: Logs) -> None:
    expected = ["LeadSubmitted", "PersonalAppealTransferred", "TransferAcknowledged"]
    assert expected == types(logs, "appeal")


def test_what_was_not_agreed_and_is_general_goes_up(logs: Logs) -> None:
    (up,) = said(logs, "night-power", "OutcomeUpreported")
    assert (2, "public-opinion") == (up["item_no"], up["form"])
    assert ["city"] == [one["by"] for one in said(logs, "night-power", "UpreportAdopted")]


def test_the_county_s_committee_charges_a_town(logs: Logs) -> None:
    (item,) = said(logs, "sewage", "ItemAssigned")
    assert ("charge", "云锦镇人民政府") == (item["via"], item["lead_unit"])


def test_a_report_is_passed_on_and_nobody_meets(logs: Logs) -> None:
    assert {"OutcomeEndorsed", "OutcomeClosed", "TopicClosed"} <= set(types(logs, "vegetables"))
    consultation = facts(logs, "vegetables")
    assert [] == [one for one in consultation if one.type == "MeetingHeld"]


def test_a_ballot_is_in_nobody_s_name(logs: Logs) -> None:
    cast = facts(logs, "ballot", "BallotCast")
    assert 7 == len(cast)
    assert {scenarios.NOBODY.id} == {fact.actor.partition("/")[0] for fact in cast}
    (tally,) = said(logs, "ballot", "EvaluationTallied")
    assert 7 == sum(one["ballots"] for one in tally["counts"])
    assert "slip-of-the-beichen-vote" not in str([fact.data for fact in facts(logs, "ballot")])


async def test_the_same_facts_make_five_different_bars(
    stage: Platform, logs: Logs, take: Camera
) -> None:
    path = f"/matters/{stream(matter('gardenia'), 'topic_id')}/charters"
    answer = await seen(stage, "linshui.cppcc", path)
    bars = re.findall(r'<ol class="bar".*?</ol>', answer.text, re.DOTALL)
    labels = [tuple(re.findall(r'class="label">([^<]+)', bar)) for bar in bars]
    assert [7, 5, 7, 4, 5] == [len(one) for one in labels]
    assert 5 == len(set(labels))
    assert "转化协商成果" in labels[4]
    assert 2 + 5 + 4 + 3 < answer.text.count("省级默认")
    await take(path, "linshui.cppcc", "five-bars")
