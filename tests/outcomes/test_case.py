"""A case has five sections, shows nobody who did not agree, and lets its outcome close."""

import pytest
from hypothesis import given, settings

from services.outcomes import heard, policies
from services.outcomes.domain.case import commands as ask
from services.outcomes.domain.case import events as said
from services.outcomes.domain.case.decide import CASE
from services.outcomes.domain.outcome.commands import CloseOutcome
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.outcome.notes import NoteCase
from tests.lives import Asking, Life, lives
from tests.outcomes.examples import (
    AREA,
    CASE_DRAFTED,
    CASE_ID,
    CASE_NOTED,
    CASE_PUBLISHED,
    CLOSED,
    IN_MEDIA,
    LINSHUI,
    OUTCOME_ID,
    TOPIC_ID,
)
from tests.outcomes.test_close_outcome import EVERYTHING
from tests.outcomes.test_policies import hear
from tests.spec import Spec, by

case = Spec(CASE, LINSHUI)
DRAFT = ask.DraftCase(**dict(CASE_DRAFTED), area=AREA)
PUBLISH = ask.PublishCase(case_id=CASE_ID, deidentified=True)
SECTIONS = ("background", "participants", "process", "opinions", "effect")

FIVE_ONES = LINSHUI.model_copy(
    update={"closing_needs": LINSHUI.closing_needs | {"solved", "case", "media"}}
)
"""惠民 五个一: "解决1个问题、形成1个典型案例、媒体宣传报道1次"."""


def without(section: str) -> said.CaseDrafted:
    sections = CASE_DRAFTED.sections.model_copy(update={section: ""})
    return CASE_DRAFTED.model_copy(update={"sections": sections})


def test_a_case_is_written_and_written_anew() -> None:
    anew = DRAFT.model_copy(update={"headline": "从停车难到好停车"})
    case.given().when(DRAFT).then(CASE_DRAFTED)
    case.given(CASE_DRAFTED).when(DRAFT).then_nothing()
    case.given(CASE_DRAFTED).when(anew).then(
        CASE_DRAFTED.model_copy(update={"headline": "从停车难到好停车"})
    )


def test_a_case_stays_that_of_its_outcome() -> None:
    other = DRAFT.model_copy(update={"outcome_id": TOPIC_ID})
    case.given(CASE_DRAFTED).when(other).then_refused("other-outcome", outcome_id=OUTCOME_ID)


@pytest.mark.parametrize("section", SECTIONS)
def test_none_of_the_five_sections_is_empty(section: str) -> None:
    case.given(without(section)).when(PUBLISH).then_refused("section-empty", sections=[section])


def test_there_are_five() -> None:
    assert SECTIONS == tuple(type(CASE_DRAFTED.sections).model_fields)


def test_nobody_is_shown_who_did_not_agree() -> None:
    shown = PUBLISH.model_copy(update={"deidentified": False})
    agreed = shown.model_copy(update={"consents": ("同意书2026-1",)})
    case.given(CASE_DRAFTED).when(shown).then_refused("no-consent")
    case.given(CASE_DRAFTED).when(agreed).then(
        CASE_PUBLISHED.model_copy(update={"basis": "consent", "consents": ("同意书2026-1",)})
    )


def test_it_is_published_once_and_not_changed_afterwards() -> None:
    case.given(CASE_DRAFTED).when(PUBLISH).then(CASE_PUBLISHED)
    case.given(CASE_DRAFTED, CASE_PUBLISHED).when(PUBLISH).then_nothing()
    case.given(CASE_DRAFTED, CASE_PUBLISHED).when(DRAFT).then_refused(
        "not-now", command="DraftCase", case="Published"
    )


def test_its_outcome_notes_it_once() -> None:
    note = policies.note_the_case(hear(heard.CasePublished, CASE_PUBLISHED))
    assert NoteCase(outcome_id=OUTCOME_ID, case_id=CASE_ID) == note
    Spec(OUTCOME, LINSHUI).given(*EVERYTHING).when(note).then(CASE_NOTED)
    Spec(OUTCOME, LINSHUI).given(*EVERYTHING, CASE_NOTED).when(note).then_nothing()


def test_five_ones_wait_for_the_case_and_for_the_media() -> None:
    close = CloseOutcome(outcome_id=OUTCOME_ID)
    outcome = Spec(OUTCOME, FIVE_ONES)
    outcome.given(*EVERYTHING, IN_MEDIA).when(close).then_refused("not-yet", missing=["case"])
    outcome.given(*EVERYTHING, CASE_NOTED).when(close).then_refused("not-yet", missing=["media"])
    outcome.given(*EVERYTHING, CASE_NOTED, IN_MEDIA).when(close).then(CLOSED)


WAY: list[Asking] = [(DRAFT, by("lin")), (PUBLISH, by("lin"))]
OTHERS: list[Asking] = [
    *((ask.DraftCase(**dict(without(one)), area=AREA), by("lin")) for one in SECTIONS),
    (PUBLISH.model_copy(update={"deidentified": False}), by("lin")),
]


@settings(max_examples=100, deadline=None)
@given(asked=lives(WAY, OTHERS))
def test_no_life_publishes_what_is_incomplete(asked: list[Asking]) -> None:
    for fact in Life(CASE, LINSHUI).live(asked).facts(said.CasePublished):
        assert all(text for _, text in fact.sections)
