"""How research is planned, done and reported."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from services.meetings.domain.research.commands import PlanResearch
from tests.meetings.examples import (
    CONDUCT_RESEARCH,
    CONVENOR,
    FILE_REPORT,
    GUANYINQIAO,
    PLAN_RESEARCH,
    REPORT_FILED,
    RESEARCH_CONDUCTED,
    RESEARCH_ID,
    RESEARCH_PLANNED,
    TODAY,
    TOPIC_ID,
    research,
)


def test_research_is_planned_with_questions_and_a_team() -> None:
    research.given().when(PLAN_RESEARCH, CONVENOR).then(RESEARCH_PLANNED)


def test_research_without_a_question_is_none() -> None:
    with pytest.raises(ValidationError, match="questions"):
        PlanResearch(
            research_id=RESEARCH_ID,
            area=GUANYINQIAO,
            topic_id=TOPIC_ID,
            questions=(),
            team=("片区委员活动小组",),
        )


def test_research_is_planned_once() -> None:
    research.given(RESEARCH_PLANNED).when(PLAN_RESEARCH, CONVENOR).then_refused(
        "not-now", command="PlanResearch", research="Planned"
    )


def test_a_visit_is_recorded() -> None:
    research.given(RESEARCH_PLANNED).when(CONDUCT_RESEARCH, CONVENOR).then(RESEARCH_CONDUCTED)


def test_a_second_visit_is_recorded_too() -> None:
    (
        research.given(RESEARCH_PLANNED, RESEARCH_CONDUCTED)
        .when(CONDUCT_RESEARCH, CONVENOR)
        .then(RESEARCH_CONDUCTED)
    )


def test_a_visit_tomorrow_has_not_happened() -> None:
    tomorrow = CONDUCT_RESEARCH.model_copy(update={"on": TODAY + timedelta(days=1)})
    research.given(RESEARCH_PLANNED).when(tomorrow, CONVENOR).then_refused(
        "in-the-future", on=TODAY + timedelta(days=1)
    )


def test_what_is_tomorrow_in_greenwich_is_today_in_china() -> None:
    late = research.at(datetime(2026, 3, 1, 17, 0, tzinfo=UTC))
    late.given(RESEARCH_PLANNED).when(CONDUCT_RESEARCH, CONVENOR).then(RESEARCH_CONDUCTED)


def test_the_report_follows_the_visit() -> None:
    (
        research.given(RESEARCH_PLANNED, RESEARCH_CONDUCTED)
        .when(FILE_REPORT, CONVENOR)
        .then(REPORT_FILED)
    )


def test_nobody_reports_from_a_desk() -> None:
    research.given(RESEARCH_PLANNED).when(FILE_REPORT, CONVENOR).then_refused("not-conducted")


def test_a_report_ends_the_research() -> None:
    (
        research.given(RESEARCH_PLANNED, RESEARCH_CONDUCTED, REPORT_FILED)
        .when(CONDUCT_RESEARCH, CONVENOR)
        .then_refused("not-now", command="ConductResearch", research="Reported")
    )


def test_research_of_another_round_is_reported_for_that_round() -> None:
    second = RESEARCH_PLANNED.model_copy(update={"round": 2})
    asked = PLAN_RESEARCH.model_copy(update={"round": 2})
    research.given().when(asked, CONVENOR).then(second)
    research.given(second, RESEARCH_CONDUCTED).when(FILE_REPORT, CONVENOR).then(
        REPORT_FILED.model_copy(update={"round": 2})
    )
