"""Offices are scored with evidence, ranked and heard; a fixed ranking is visibly corrected."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from services.outcomes.domain.sheet import commands as ask
from services.outcomes.domain.sheet import events as said
from services.outcomes.domain.sheet.decide import SHEET
from services.outcomes.words import Subject
from shared.kernel.message import Actor, Event
from tests.lives import Asking, Life, lives
from tests.outcomes.examples import LINSHUI
from tests.outcomes.sheets import (
    AMENDED,
    APPEALED,
    ASSESSOR,
    CHENGNAN,
    CORRECTED,
    DUTIES,
    FROZEN,
    GAOTAN,
    OPENED,
    PROOF,
    PUBLISHED,
    SCORES,
    SHEET_ID,
    TASKS,
    TURNED_DOWN,
)
from tests.spec import NOW, Spec

COUNTY = "511623000000"
sheet = Spec(SHEET, LINSHUI)
TARGETS = Actor("targets", "party", COUNTY, unit=ASSESSOR)
TOWN = Actor("gaotan", "clerk", COUNTY, unit=GAOTAN)
LATER = NOW + timedelta(days=8)

OPEN = ask.OpenSheet(
    sheet_id=SHEET_ID, area=COUNTY, period="2026", assessor=ASSESSOR, subjects=OPENED.subjects
)
RECORD = ask.RecordScore(**dict(SCORES[0]))
PUBLISH = ask.PublishAssessment(sheet_id=SHEET_ID)
APPEAL = ask.AppealScore(sheet_id=SHEET_ID, dimension=DUTIES, reason=APPEALED.reason)
TURN_DOWN = ask.TurnDownAppeal(**dict(TURNED_DOWN))
AMEND = ask.AmendScore(**{name: one for name, one in AMENDED if name != "before"})
FREEZE = ask.FreezeRanking(sheet_id=SHEET_ID)

FILLED = (OPENED, *SCORES)
SEEN = (*FILLED, PUBLISHED)


def test_a_sheet_has_the_dimensions_and_weights_of_its_assessor() -> None:
    sheet.given().when(OPEN, TARGETS).then(OPENED)


@pytest.mark.parametrize(
    ("changed", "code", "facts"),
    [
        ({"assessor": "tea-house"}, "no-such-assessor",
         {"assessors": ["target-office", "county-cppcc"]}),
        ({"assessor": "county-cppcc"}, "not-your-sheet",
         {"assessor": "county-cppcc", "yours": "target-office"}),
        ({"subjects": (Subject(kind="committee", name="社会法制委员会"),)}, "not-assessed-here",
         {"kinds": ["committee"]}),
        ({"subjects": OPENED.subjects[:1] * 2}, "subject-twice", {}),
    ],
)  # fmt: skip
def test_an_unsound_sheet_is_not_opened(
    changed: dict[str, Any], code: str, facts: dict[str, Any]
) -> None:
    sheet.given().when(OPEN.model_copy(update=changed), TARGETS).then_refused(code, **facts)


def test_persons_are_not_assessed() -> None:
    with pytest.raises(ValidationError):
        Subject.model_validate({"kind": "person", "name": "张三"})


def test_a_score_needs_evidence() -> None:
    with pytest.raises(ValidationError):
        ask.RecordScore.model_validate(dict(RECORD) | {"evidence": ()})


def test_a_score_is_given_and_may_be_changed_until_it_is_published() -> None:
    other = RECORD.model_copy(update={"score": Decimal(50)})
    sheet.given(OPENED).when(RECORD, TARGETS).then(SCORES[0])
    sheet.given(OPENED, SCORES[0]).when(RECORD, TARGETS).then_nothing()
    sheet.given(OPENED, SCORES[0]).when(other, TARGETS).then(
        SCORES[0].model_copy(update={"score": Decimal(50)})
    )
    sheet.given(*SEEN).when(other, TARGETS).then_refused(
        "not-now", command="RecordScore", sheet="Published"
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"subject": "别镇"}, "no-such-subject"), ({"dimension": "天气"}, "no-such-dimension")],
)
def test_nothing_is_scored_that_is_not_on_the_sheet(changed: dict[str, str], code: str) -> None:
    sheet.given(OPENED).when(RECORD.model_copy(update=changed), TARGETS).then_refused(
        code, **changed
    )


@pytest.mark.parametrize(
    ("past", "command"),
    [
        ((OPENED,), RECORD),
        (FILLED, PUBLISH),
        ((*SEEN, APPEALED), TURN_DOWN),
        (SEEN, AMEND),
        (SEEN, FREEZE),
    ],
)
def test_only_the_assessor_writes_on_the_sheet(
    past: tuple[Event, ...], command: ask.SheetCommand
) -> None:
    sheet.given(*past).when(command, TOWN).then_refused(
        "not-your-sheet", assessor=ASSESSOR, yours=GAOTAN
    )


def test_all_is_published_at_once_and_equal_totals_share_a_rank() -> None:
    sheet.given(*FILLED[:-1]).when(PUBLISH, TARGETS).then_refused("scores-missing", missing=1)
    sheet.given(*FILLED).when(PUBLISH, TARGETS).then(PUBLISHED)
    sheet.given(*SEEN).when(PUBLISH, TARGETS).then_nothing()


def test_an_office_appeals_against_its_own_score_in_time() -> None:
    sheet.given(*SEEN).when(APPEAL, TOWN).then(APPEALED)
    sheet.given(*SEEN, APPEALED).when(APPEAL, TOWN).then_nothing()
    sheet.given(*SEEN).at(LATER).when(APPEAL, TOWN).then_refused(
        "appeals-over", until=PUBLISHED.appeals_until
    )
    stranger = Actor("x", "clerk", COUNTY, unit="别镇")
    sheet.given(*SEEN).when(APPEAL, stranger).then_refused("no-such-subject", subject="别镇")


def test_every_appeal_is_answered_before_the_ranking_is_fixed() -> None:
    late = sheet.at(LATER)
    late.given(*SEEN, APPEALED).when(FREEZE, TARGETS).then_refused(
        "appeals-unanswered", subjects=[GAOTAN]
    )
    late.given(*SEEN, APPEALED).when(TURN_DOWN, TARGETS).then(TURNED_DOWN)
    late.given(*SEEN, APPEALED, TURNED_DOWN).when(FREEZE, TARGETS).then(FROZEN)
    late.given(*SEEN, APPEALED, AMENDED).when(FREEZE, TARGETS).then(
        FROZEN.model_copy(update={"standings": CORRECTED.standings})
    )
    sheet.given(*SEEN).when(TURN_DOWN, TARGETS).then_refused("no-such-appeal")


def test_the_ranking_is_not_fixed_while_somebody_may_appeal() -> None:
    sheet.given(*SEEN).when(FREEZE, TARGETS).then_refused(
        "appeals-open", until=PUBLISHED.appeals_until
    )
    sheet.given(*SEEN, FROZEN).when(FREEZE, TARGETS).then_nothing()


def test_what_is_amended_before_the_ranking_is_fixed_stays_visible() -> None:
    sheet.given(*SEEN).when(AMEND, TARGETS).then(AMENDED)
    sheet.given(*SEEN, AMENDED).when(AMEND, TARGETS).then_nothing()


def test_a_fixed_ranking_is_only_corrected_and_corrections_are_counted() -> None:
    fixed = (*SEEN, FROZEN)
    sheet.given(*fixed).when(AMEND, TARGETS).then(AMENDED, CORRECTED)
    sheet.given(*fixed, AMENDED, CORRECTED).when(AMEND, TARGETS).then_nothing()
    back = AMEND.model_copy(update={"score": Decimal(80)})
    second = sheet.given(*fixed, AMENDED, CORRECTED).when(back, TARGETS)
    second.then(
        AMENDED.model_copy(update={"before": Decimal(90), "score": Decimal(80)}),
        CORRECTED.model_copy(update={"number": 2, "standings": FROZEN.standings}),
    )


WAY: list[Asking] = [
    (OPEN, TARGETS),
    *((ask.RecordScore(**dict(one)), TARGETS) for one in SCORES),
    (PUBLISH, TARGETS),
    (APPEAL, TOWN),
    (AMEND, TARGETS),
    (FREEZE, TARGETS),
]
OTHERS: list[Asking] = [
    (TURN_DOWN, TARGETS),
    (AMEND.model_copy(update={"subject": CHENGNAN, "dimension": TASKS}), TARGETS),
    (AMEND.model_copy(update={"evidence": PROOF * 2}), TOWN),
]


@settings(max_examples=100, deadline=None)
@given(asked=lives(WAY, OTHERS))
def test_whoever_stands_higher_has_more(asked: list[Asking]) -> None:
    rules = LINSHUI.model_copy(
        update={"appeal_days": -1}
    )  # So that the ranking may be fixed today.
    life = Life(SHEET, rules).live(asked)
    told = life.facts(said.AssessmentPublished) + life.facts(said.RankingFrozen)
    for fact in [*told, *life.facts(said.RankingCorrected)]:
        rows = [(row.rank, -row.total) for row in fact.standings]
        assert sorted(rows) == rows
        assert 1 == rows[0][0]
    assert len(life.facts(said.RankingFrozen)) <= 1
