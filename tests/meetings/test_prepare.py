"""What must be there before a consultation has a date: 不调研不协商."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

import pytest
from pydantic import ValidationError

from services.meetings.words import Party
from shared.kernel.message import Event
from tests.meetings.examples import (
    CANCEL,
    CANCELLED,
    CONVENOR,
    DETERMINE,
    ISSUE,
    NOTICE,
    NOTICED,
    OPEN,
    PARTIES,
    PLAN,
    PLANNED,
    POSTPONE,
    POSTPONED,
    READY,
    RESEARCH_ID,
    ROADS_PARTY,
    SYSTEM_ITSELF,
    THERE,
    TOPIC_ID,
    TWO_REPORTS,
    URGENTLY,
    VILLAGERS,
    WORK_PLAN_ISSUED,
    consultation,
    note,
    noted,
    schedule,
    scheduled,
)
from tests.spec import NOW

SECOND = uuid5(TOPIC_ID, "research-2")


def test_an_approved_topic_is_planned() -> None:
    consultation.given().when(PLAN, SYSTEM_ITSELF).then(PLANNED)


def test_planning_twice_is_once() -> None:
    consultation.given(*READY, scheduled()).when(PLAN, SYSTEM_ITSELF).then_nothing()


def test_a_report_may_come_before_the_approval() -> None:
    consultation.given().when(note(), SYSTEM_ITSELF).then(noted())


def test_a_report_that_came_before_the_approval_counts() -> None:
    (
        consultation.given(noted(), PLANNED, PARTIES, WORK_PLAN_ISSUED)
        .when(schedule(), CONVENOR)
        .then(scheduled())
    )


def test_a_waiting_report_alone_prepares_nothing() -> None:
    consultation.given(noted()).when(DETERMINE, CONVENOR).then_refused(
        "not-now", command="DetermineParties", consultation="Waiting"
    )


@pytest.mark.parametrize("past", [(noted(),), (noted(), PLANNED), (PLANNED, noted())])
def test_a_report_is_noted_once(past: tuple[Event, ...]) -> None:
    consultation.given(*past).when(note(), SYSTEM_ITSELF).then_nothing()


def test_two_reports_are_two() -> None:
    consultation.given(PLANNED, noted()).when(note(SECOND), SYSTEM_ITSELF).then(noted(SECOND))


def test_the_people_affected_and_a_unit_are_parties() -> None:
    consultation.given(PLANNED).when(DETERMINE, CONVENOR).then(PARTIES)


def test_naming_the_same_parties_twice_is_once() -> None:
    consultation.given(PLANNED, PARTIES).when(DETERMINE, CONVENOR).then_nothing()


@pytest.mark.parametrize(
    ("parties", "needed"),
    [((ROADS_PARTY,), {"masses": 1}), ((VILLAGERS,), {"unit": 1})],
    ids=["nobody affected", "no unit"],
)
def test_neither_people_nor_unit_are_left_out(
    parties: tuple[Party, ...], needed: dict[str, int]
) -> None:
    short = DETERMINE.model_copy(update={"parties": parties})
    consultation.given(PLANNED).when(short, CONVENOR).then_refused("parties-missing", needed=needed)


def test_a_work_plan_has_all_the_charter_asks_for() -> None:
    consultation.given(PLANNED).when(ISSUE, CONVENOR).then(WORK_PLAN_ISSUED)


def test_an_incomplete_work_plan_is_not_issued() -> None:
    short = ISSUE.model_copy(update={"fields": {"theme": "公路"}})
    consultation.given(PLANNED).when(short, CONVENOR).then_refused(
        "work-plan-incomplete", missing=["participants"]
    )


def test_a_blank_field_is_no_field() -> None:
    with pytest.raises(ValidationError, match="string_too_short"):
        type(ISSUE)(consultation_id=ISSUE.consultation_id, fields={"theme": "  "})


def test_the_same_work_plan_twice_is_once() -> None:
    consultation.given(PLANNED, WORK_PLAN_ISSUED).when(ISSUE, CONVENOR).then_nothing()


def test_what_is_prepared_gets_a_date() -> None:
    consultation.given(*READY).when(schedule(), CONVENOR).then(scheduled())


def test_no_research_no_consultation() -> None:
    (
        consultation.given(PLANNED, PARTIES, WORK_PLAN_ISSUED)
        .when(schedule(), CONVENOR)
        .then_refused("no-research", filed=0, needed=1)
    )


def test_not_even_when_it_is_urgent() -> None:
    (
        consultation.given(PLANNED, PARTIES, WORK_PLAN_ISSUED)
        .when(URGENTLY, CONVENOR)
        .then_refused("no-research", filed=0, needed=1)
    )


def test_a_county_may_ask_for_more_research() -> None:
    (
        consultation.under(TWO_REPORTS)
        .given(*READY)
        .when(schedule(), CONVENOR)
        .then_refused("no-research", filed=1, needed=2)
    )


def test_no_parties_no_consultation() -> None:
    (
        consultation.given(PLANNED, noted(), WORK_PLAN_ISSUED)
        .when(schedule(), CONVENOR)
        .then_refused("no-parties")
    )


def test_no_work_plan_no_consultation() -> None:
    (
        consultation.given(PLANNED, noted(), PARTIES)
        .when(schedule(), CONVENOR)
        .then_refused("no-work-plan")
    )


def test_a_form_the_county_does_not_use() -> None:
    (
        consultation.given(*READY)
        .when(schedule(form="plenary"), CONVENOR)
        .then_refused("no-such-form", forms=["chairpersons", "special-committee", "small"])
    )


def test_a_mode_the_county_does_not_use() -> None:
    (
        consultation.given(*READY)
        .when(schedule(mode="venue"), CONVENOR)
        .then_refused("no-such-mode", modes=["urgent-site", "venue-and-site"])
    )


def test_nobody_meets_yesterday() -> None:
    yesterday = NOW - timedelta(days=1)
    consultation.given(*READY).when(schedule(starts=yesterday), CONVENOR).then_refused(
        "in-the-past", starts=yesterday
    )


def test_three_days_of_notice_are_three_days_of_the_calendar() -> None:
    midnight = datetime(2026, 3, 4, 16, 0, tzinfo=UTC)  # In China the 5th has just begun.
    consultation.given(*READY).when(schedule(starts=midnight), CONVENOR).then(
        scheduled(starts=midnight)
    )


def test_a_minute_before_is_too_short_a_notice() -> None:
    before = datetime(2026, 3, 4, 15, 59, tzinfo=UTC)
    consultation.given(*READY).when(schedule(starts=before), CONVENOR).then_refused(
        "notice-too-short", days=3, earliest=date(2026, 3, 5)
    )


def test_what_is_urgent_happens_the_same_day() -> None:
    consultation.given(*READY).when(URGENTLY, CONVENOR).then(
        scheduled(starts=URGENTLY.starts, mode="urgent-site", urgency="雨季将至,路面已塌")
    )


def test_what_is_urgent_says_why() -> None:
    unexplained = URGENTLY.model_copy(update={"urgency": " "})
    consultation.given(*READY).when(unexplained, CONVENOR).then_refused("urgency-unexplained")


def test_a_date_is_fixed_once() -> None:
    consultation.given(*READY, scheduled()).when(schedule(), CONVENOR).then_refused(
        "not-now", command="ScheduleConsultation", consultation="Scheduled"
    )


def test_the_parties_are_told() -> None:
    consultation.given(*READY, scheduled()).when(NOTICE, CONVENOR).then(NOTICED)


def test_being_told_the_day_before_is_too_late() -> None:
    late = consultation.at(NOW + timedelta(days=3))
    late.given(*READY, scheduled()).when(NOTICE, CONVENOR).then_refused(
        "notice-too-short", days=3, earliest=date(2026, 3, 8)
    )


def test_nobody_is_told_before_there_is_a_date() -> None:
    consultation.given(*READY).when(NOTICE, CONVENOR).then_refused(
        "not-now", command="GivePriorNotice", consultation="Planned"
    )


def test_a_consultation_is_postponed() -> None:
    consultation.given(*READY, scheduled()).when(POSTPONE, CONVENOR).then(POSTPONED)


def test_after_a_postponement_the_research_still_counts() -> None:
    later = NOW + timedelta(days=9)
    (
        consultation.given(*READY, scheduled(), NOTICED, POSTPONED)
        .when(schedule(starts=later), CONVENOR)
        .then(scheduled(starts=later))
    )


def test_after_a_postponement_notice_is_given_anew() -> None:
    (
        consultation.given(*READY, scheduled(), NOTICED, POSTPONED, scheduled(), *THERE)
        .when(OPEN, CONVENOR)
        .then_refused("no-notice")
    )


@pytest.mark.parametrize("past", [READY, (*READY, scheduled())], ids=["planned", "scheduled"])
def test_a_consultation_is_given_up(past: tuple[Event, ...]) -> None:
    consultation.given(*past).when(CANCEL, CONVENOR).then(CANCELLED)


def test_giving_up_twice_is_once() -> None:
    consultation.given(*READY, CANCELLED).when(CANCEL, CONVENOR).then_nothing()


def test_what_was_given_up_gets_no_date() -> None:
    consultation.given(*READY, CANCELLED).when(schedule(), CONVENOR).then_refused(
        "not-now", command="ScheduleConsultation", consultation="Cancelled"
    )


def test_a_report_too_late_is_a_refusal_and_no_failure() -> None:
    consultation.given(*READY, CANCELLED).when(note(RESEARCH_ID), SYSTEM_ITSELF).then_refused(
        "not-now", command="NoteResearch", consultation="Cancelled"
    )
