"""The stage bar: canonical stages read from the facts, in the county's own words."""

from datetime import timedelta
from pathlib import Path

import pytest

from services.portal.pages.stages import Mark, bar, latest, progress
from services.portal.rules import PortalRules
from shared.runtime.charter import Charters
from tests.spec import NOW

CHARTERS = Charters(Path("deploy/charters"), {"portal": PortalRules})


def marks(**times: int) -> dict[str, Mark]:
    """Facts by type, said so many times, an hour after one another."""
    return {
        name.replace("__", "/"): Mark(n, NOW + timedelta(hours=hour), NOW + timedelta(hours=hour))
        for hour, (name, n) in enumerate(times.items())
    }


@pytest.mark.parametrize(
    ("stage", "said", "expected"),
    [
        ("APPROVE", {}, "ahead"),
        ("APPROVE", {"TopicReportFiled": 1}, "underway"),
        ("APPROVE", {"TopicReportFiled": 1, "TopicApproved": 1}, "done"),
        ("FEEDBACK", {"FeedbackGiven": 1, "FeedbackGiven__members": 1}, "underway"),
        ("FEEDBACK", {"FeedbackGiven": 2, "FeedbackGiven__members": 2}, "underway"),
        (
            "FEEDBACK",
            {"FeedbackGiven": 2, "FeedbackGiven__members": 1, "FeedbackGiven__people": 1},
            "done",
        ),
        ("HANDLE", {"ItemAssigned": 2, "HandlingReplied": 1}, "underway"),
        ("HANDLE", {"ItemAssigned": 2, "HandlingReplied": 2}, "done"),
        ("HANDLE", {"ItemAssigned": 1, "HandlingReplied": 1, "HandlingRejected": 1}, "underway"),
        ("HANDLE", {"ItemAssigned": 2, "AssignmentReturned": 1, "HandlingReplied": 1}, "done"),
        ("FOLLOWUP", {"FollowUpScheduled": 2, "FollowUpConducted": 1}, "underway"),
        ("CASE", {"TopicClosed": 1}, "ahead"),
    ],
)  # fmt: skip
def test_how_far_a_stage_is(stage: str, said: dict[str, int], expected: str) -> None:
    assert expected == progress(stage, marks(**said))  # type: ignore[arg-type]


def test_the_same_facts_make_a_bar_of_its_own_in_every_county() -> None:
    said = marks(TopicProposed=1, TopicCriteriaAssessed=1, TopicApproved=1, ResearchPlanned=1)
    bars = {
        one: [(stand.label, stand.progress) for stand in bar(rules.stages, said)]
        for one in CHARTERS.ids()
        if (rules := CHARTERS.at(one).rules("portal", PortalRules))
    }

    assert ("确定协商议题", "done") == bars["511623@1"][0]
    assert ("开展议前调研", "underway") == bars["511623@1"][2]
    assert 5 == len(bars["511623@1"])
    assert len(bars) == len({tuple(one) for one in bars.values()})


def test_a_closed_matter_has_all_its_stages_behind_it() -> None:
    rules = CHARTERS.at("511623@1").rules("portal", PortalRules)
    stands = bar(rules.stages, marks(TopicProposed=1, TopicClosed=1))

    assert {"done"} == {stand.progress for stand in stands}


def test_the_stage_a_matter_has_come_to_is_the_furthest_that_began() -> None:
    rules = CHARTERS.at("511623@1").rules("portal", PortalRules)

    assert "确定协商议题" == latest(bar(rules.stages, {})).label
    assert "开展议前调研" == latest(bar(rules.stages, marks(ResearchPlanned=1))).label


def test_names_that_no_county_has_published_are_marked() -> None:
    default = CHARTERS.at("default@1").rules("portal", PortalRules)
    linshui = CHARTERS.at("511623@1").rules("portal", PortalRules)

    assert all(stage.provisional for stage in default.stages)
    assert not any(stage.provisional for stage in linshui.stages)
