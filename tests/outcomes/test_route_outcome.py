"""Other ways an outcome goes: filed, passed on, asked to be charged, adopted above; no meeting."""

from uuid import uuid5

import pytest

from services.outcomes import heard, policies
from services.outcomes.domain.outcome import commands as ask
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.outcome.notes import NoteResearchReport
from shared.kernel.message import Actor, Event
from tests.outcomes.examples import (
    ADOPTED,
    AREA,
    CLOSED,
    COMMITTEE,
    COPIED,
    DRAFTED,
    ENDORSED,
    ESCALATED,
    EXPLAINED,
    FED_BACK_TO_MEMBERS,
    FED_BACK_TO_PEOPLE,
    FILED,
    GOVERNMENT,
    ISSUED,
    LINSHUI,
    OUTCOME_ID,
    REASON,
    REPORT_DRAFTED,
    RESEARCH_ID,
    RESEARCH_NOTED,
    SUBMITTED,
    TARGETS,
    TOPIC_ID,
    UPREPORT_ADOPTED,
    UPREPORTED,
)
from tests.spec import Spec

outcome = Spec(OUTCOME, LINSHUI)
UNDER_WAY = (DRAFTED, ISSUED, SUBMITTED)

FILING = LINSHUI.model_copy(update={"files_to": frozenset({"liaison-committee"})})
RESEARCHING = LINSHUI.model_copy(update={"from_research": True})

SUBMIT = ask.SubmitOutcome(outcome_id=OUTCOME_ID, to=SUBMITTED.to)
ENDORSE = ask.EndorseOutcome(
    outcome_id=OUTCOME_ID,
    body=GOVERNMENT,
    units=ENDORSED.units,
    instruction=ENDORSED.instruction,
)
ESCALATE = ask.EscalateOutcome(
    outcome_id=OUTCOME_ID, to=COMMITTEE, charged=ESCALATED.charged, reason=ESCALATED.reason
)
RECORD = ask.RecordUpreportAdoption(outcome_id=OUTCOME_ID, item_no=3, by="province")
NOTE = NoteResearchReport(
    outcome_id=OUTCOME_ID, area=AREA, topic_id=TOPIC_ID, research_id=RESEARCH_ID
)
DRAFT = ask.DraftReport(outcome_id=OUTCOME_ID, items=REPORT_DRAFTED.items)


def body(name: str) -> Actor:
    """Somebody who acts for a body."""
    return Actor(id=f"at-{name}", role="party", area="511623000000", unit=name)


def without(route: str) -> Spec:
    """A county that does not know this route."""
    return outcome.under(LINSHUI.model_copy(update={"routes": LINSHUI.routes - {route}}))


def test_where_the_county_files_outcomes_it_happens_by_itself() -> None:
    outcome.given(DRAFTED, ISSUED).under(FILING).when(SUBMIT).then(SUBMITTED, COPIED, FILED)


def test_a_body_passes_it_on_to_units_once() -> None:
    outcome.given(*UNDER_WAY).when(ENDORSE, body(GOVERNMENT)).then(ENDORSED)
    outcome.given(*UNDER_WAY, ENDORSED).when(ENDORSE, body(GOVERNMENT)).then_nothing()


def test_only_who_received_it_passes_it_on_and_only_for_themselves() -> None:
    by_targets = ENDORSE.model_copy(update={"body": TARGETS})
    outcome.given(*UNDER_WAY).when(by_targets, body(TARGETS)).then_refused(
        "not-submitted", to=TARGETS
    )
    outcome.given(*UNDER_WAY).when(ENDORSE, body(COMMITTEE)).then_refused(
        "not-your-body", body=GOVERNMENT, yours=COMMITTEE
    )


def test_a_county_need_not_know_these_routes() -> None:
    without("forward").given(*UNDER_WAY).when(ENDORSE, body(GOVERNMENT)).then_refused(
        "no-such-route", routes=["assign", "charge"]
    )
    without("charge").given(*UNDER_WAY).when(ESCALATE).then_refused(
        "no-such-route", routes=["assign", "forward"]
    )


def test_what_concerns_the_county_is_put_before_the_committee_once() -> None:
    outcome.given(*UNDER_WAY).when(ESCALATE).then(ESCALATED)
    outcome.given(*UNDER_WAY, ESCALATED).when(ESCALATE).then_nothing()
    assert "cppcc" in ask.EscalateOutcome.may
    assert not ask.EscalateOutcome.may & {"party", "leader"}


def test_not_every_body_can_charge_others() -> None:
    to_targets = ESCALATE.model_copy(update={"to": TARGETS})
    outcome.given(*UNDER_WAY).when(to_targets).then_refused("no-such-body", bodies=[COMMITTEE])


def test_the_committee_takes_up_what_it_was_only_asked_to_charge_others_with() -> None:
    to_government = SUBMITTED.model_copy(update={"to": (GOVERNMENT,)})
    adopt = ask.AdoptOutcome(outcome_id=OUTCOME_ID, body=COMMITTEE, instruction=ADOPTED.instruction)
    past = (DRAFTED, ISSUED, to_government)
    outcome.given(*past).when(adopt, body(COMMITTEE)).then_refused("not-submitted", to=COMMITTEE)
    outcome.given(*past, ESCALATED).when(adopt, body(COMMITTEE)).then(
        ADOPTED.model_copy(update={"body": COMMITTEE})
    )


def test_each_level_adopts_what_was_passed_on_once() -> None:
    outcome.given(*UNDER_WAY, UPREPORTED).when(RECORD).then(UPREPORT_ADOPTED)
    outcome.given(*UNDER_WAY, UPREPORTED, UPREPORT_ADOPTED).when(RECORD).then_nothing()
    higher = RECORD.model_copy(update={"by": "national"})
    outcome.given(*UNDER_WAY, UPREPORTED, UPREPORT_ADOPTED).when(higher).then(
        UPREPORT_ADOPTED.model_copy(update={"by": "national"})
    )


@pytest.mark.parametrize("past", [UNDER_WAY, (*UNDER_WAY, REASON)])
def test_what_was_not_passed_on_is_not_adopted(past: tuple[Event, ...]) -> None:
    outcome.given(*past).when(RECORD).then_refused("not-upreported", item_no=3)


def test_a_report_is_noted_only_where_the_county_lets_outcomes_come_from_research() -> None:
    outcome.given().when(NOTE).then_nothing()
    outcome.given().under(RESEARCHING).when(NOTE).then(RESEARCH_NOTED)
    outcome.given(RESEARCH_NOTED).under(RESEARCHING).when(NOTE).then_nothing()


def test_without_a_report_there_is_nothing_to_draw_up() -> None:
    outcome.given().when(DRAFT).then_refused("not-now", command="DraftReport", outcome="Nothing")


def test_research_alone_leads_to_an_outcome_that_is_passed_on_and_closed() -> None:
    """襄城: report, 批转, and no meeting."""
    report = REPORT_DRAFTED.model_copy(update={"items": (EXPLAINED,)})
    outcome.given(RESEARCH_NOTED).when(DRAFT).then(REPORT_DRAFTED)
    past = (RESEARCH_NOTED, report, ISSUED, SUBMITTED)
    outcome.given(*past).when(ENDORSE, body(GOVERNMENT)).then(ENDORSED)
    done = (*past, ENDORSED, FED_BACK_TO_MEMBERS, FED_BACK_TO_PEOPLE)
    outcome.given(*done).when(ask.CloseOutcome(outcome_id=OUTCOME_ID)).then(CLOSED)


def test_one_piece_of_research_has_one_outcome_named_after_it() -> None:
    told = {"area": AREA, "research_id": RESEARCH_ID, "topic_id": TOPIC_ID}
    note = policies.note_the_research_report(heard.ResearchReportFiled.model_validate(told))
    assert NOTE.model_copy(update={"outcome_id": uuid5(RESEARCH_ID, "outcome")}) == note
