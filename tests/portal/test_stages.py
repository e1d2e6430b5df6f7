"""The stage bar: canonical stages read from the facts, in the county's own words."""

from datetime import timedelta
from pathlib import Path

import pytest

from services.portal.pages.stages import Mark, bar, latest, progress
from services.portal.rules import PortalRules, Stage
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
        ("CASE", {"CaseDrafted": 1, "CasePublished": 1}, "done"),
        ("PLAN", {"PlanNoted": 1}, "done"),
        ("EVALUATE", {"EvaluationOpened": 1}, "underway"),
        ("MEET", {"ConsultationScheduled": 2, "MeetingHeld": 1}, "underway"),
        ("MEET", {"ConsultationScheduled": 2, "ConsultationPostponed": 1, "MeetingHeld": 1},
         "done"),
        ("MEET", {"ConsultationScheduled": 2, "ConsultationCancelled": 1, "MeetingHeld": 1},
         "done"),
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


def progresses(charter: str, **times: int) -> list[str]:
    """How far each stage of a county is, given these facts."""
    rules = CHARTERS.at(charter).rules("portal", PortalRules)
    return [stand.progress for stand in bar(rules.stages, marks(**times))]


def test_a_closed_matter_has_all_its_stages_behind_it() -> None:
    closed = progresses("511623@1", TopicProposed=1, ResearchPlanned=1, TopicClosed=1)
    assert ["done", "skipped", "done", "skipped", "done"] == closed


def test_a_matter_taken_up_again_is_not_behind_us() -> None:
    said = {"TopicApproved": 1, "ConsultationScheduled": 2, "MeetingHeld": 1, "TopicClosed": 1}
    assert "done" == progresses("511623@1", **said)[3]
    assert "underway" == progresses("511623@1", **said, TopicReopened=1)[3]


def test_a_matter_that_was_given_up_is_behind_us() -> None:
    assert "skipped" == progresses("511623@1", TopicApproved=1, TopicEnded=1)[4]


def test_in_xiangcheng_an_outcome_comes_of_research_without_a_meeting() -> None:
    said = {"TopicApproved": 1, "TopicCriteriaAssessed": 1, "TopicProposed": 1}
    reported = {"ResearchPlanned": 1, "ResearchReportFiled": 1}
    assert "ahead" == progresses("411025@1", **said, **reported)[2]
    assert "skipped" == progresses("411025@1", **said, **reported, OutcomeSubmitted=1)[2]


def test_an_end_and_what_nobody_has_to_do_are_not_passed_over_while_a_matter_goes_on() -> None:
    stages = [Stage(label=of[-1], of=of) for of in (["RESEARCH"], ["PLAN"], ["CASE", "CLOSE"])]
    said = marks(TopicApproved=1, OutcomeSubmitted=1)
    assert ["skipped", "ahead", "ahead"] == [one.progress for one in bar(stages, said)]


def test_a_report_that_is_issued_is_no_record_of_a_meeting() -> None:
    said = {"ReportDrafted": 1, "MinutesIssued": 1, "OutcomeSubmitted": 1, "TopicClosed": 1}
    assert "skipped" == progresses("411025@1", **said)[2]
    assert "done" == progresses("411025@1", **said, MeetingHeld=1)[2]


def test_what_a_matter_may_do_without_is_not_waited_for() -> None:
    said = {"TopicProposed": 1, "TopicCriteriaAssessed": 1, "TopicApproved": 1}
    assert "done" == progresses("510521@1", **said)[0]


def test_the_stage_a_matter_has_come_to_is_the_furthest_that_began() -> None:
    rules = CHARTERS.at("511623@1").rules("portal", PortalRules)

    assert "确定协商议题" == latest(bar(rules.stages, {})).label
    assert "开展议前调研" == latest(bar(rules.stages, marks(ResearchPlanned=1))).label


def test_names_that_no_county_has_published_are_marked() -> None:
    default = CHARTERS.at("default@1").rules("portal", PortalRules)
    linshui = CHARTERS.at("511623@1").rules("portal", PortalRules)

    assert all(stage.provisional for stage in default.stages)
    assert not any(stage.provisional for stage in linshui.stages)
