"""The life of an assessment sheet (考核).

nothing ──open──▶ open ──publish──▶ published ──freeze──▶ frozen
               record scores     appeal, amend         amend: a correction

泸县: six dimensions, “量化打分,计入综合目标考核得分,全县拉通排名”. 邻水 has two assessors:
departments and towns are assessed for the county, its own committees and groups by the CPPCC.
Members and talents are persons: they are not assessed here, and never ranked.
"""

from datetime import timedelta

from services.outcomes.domain.sheet import commands as asked
from services.outcomes.domain.sheet import events as said
from services.outcomes.domain.sheet.state import (
    Frozen,
    Nothing,
    Open,
    Place,
    Published,
    Scores,
    Sheet,
    evolve,
)
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[OutcomeRules]
type Facts = list[said.SheetEvent]


def decide(command: asked.SheetCommand, sheet: Sheet, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, sheet:
        case asked.OpenSheet() as c, Nothing():
            return open_sheet(c, ctx)
        case asked.RecordScore() as c, Open() as s:
            return record(c, s, ctx)
        case asked.PublishAssessment() as c, Open() as s:
            return publish(c, s, ctx)
        case asked.AppealScore() as c, Published() as s:
            return appeal(c, s, ctx)
        case asked.TurnDownAppeal() as c, Published() as s:
            return turn_down(c, s, ctx)
        case asked.AmendScore() as c, (Published() | Frozen()) as s:
            return amend(c, s, ctx)
        case asked.FreezeRanking() as c, Published() as s:
            return freeze(c, s, ctx)
        case asked.PublishAssessment(), Published():
            return []
        case asked.FreezeRanking(), Frozen():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, sheet=type(sheet).__name__)


def open_sheet(command: asked.OpenSheet, ctx: Ctx) -> Facts:
    """Who assesses whom, and in which dimensions, is the charter's."""
    rule = ctx.rules.assessment(command.assessor)
    if rule is None:
        raise Refused("no-such-assessor", assessors=ctx.rules.assessors)
    _must_be(command.assessor, ctx)
    if strange := {subject.kind for subject in command.subjects} - rule.subjects:
        raise Refused("not-assessed-here", kinds=sorted(strange))
    names = [subject.name for subject in command.subjects]
    if len(names) != len(set(names)):
        raise Refused("subject-twice")

    weights = tuple(
        said.Weight(dimension=one.dimension, weight=one.weight) for one in rule.dimensions
    )
    return [said.SheetOpened(**_own(command), subjects=command.subjects, weights=weights)]


def _own(command: asked.OpenSheet) -> dict[str, object]:
    return command.model_dump(include={"sheet_id", "period", "assessor"})


def record(command: asked.RecordScore, sheet: Open, ctx: Ctx) -> Facts:
    """A score may be changed until it is published."""
    _must_be(sheet.scores.plan.assessor, ctx)
    place = _place(command.subject, command.dimension, sheet.scores)
    if sheet.scores.given.get(place) == command.score:
        return []

    return [said.ScoreRecorded(**dict(command))]


def publish(command: asked.PublishAssessment, sheet: Open, ctx: Ctx) -> Facts:
    """All or nothing."""
    plan = sheet.scores.plan
    _must_be(plan.assessor, ctx)
    if missing := sheet.scores.missing():
        raise Refused("scores-missing", missing=missing)

    return [
        said.AssessmentPublished(
            sheet_id=command.sheet_id,
            period=plan.period,
            assessor=plan.assessor,
            standings=sheet.scores.standings(),
            appeals_until=day(ctx.now) + timedelta(days=ctx.rules.appeal_days),
        )
    ]


def appeal(command: asked.AppealScore, sheet: Published, ctx: Ctx) -> Facts:
    """Everybody for their own office, and in time."""
    place = _place(ctx.actor.unit, command.dimension, sheet.scores)
    if place in sheet.appeals:
        return []
    if day(ctx.now) > sheet.until:
        raise Refused("appeals-over", until=sheet.until)

    return [said.ScoreAppealed(**dict(command), subject=ctx.actor.unit)]


def turn_down(command: asked.TurnDownAppeal, sheet: Published, ctx: Ctx) -> Facts:
    """Every appeal has an answer in writing."""
    _must_be(sheet.scores.plan.assessor, ctx)
    if (command.subject, command.dimension) not in sheet.appeals:
        raise Refused("no-such-appeal")

    return [said.AppealTurnedDown(**dict(command))]


def amend(command: asked.AmendScore, sheet: Published | Frozen, ctx: Ctx) -> Facts:
    """What was fixed stays in the log; a later change is a correction with its number."""
    plan = sheet.scores.plan
    _must_be(plan.assessor, ctx)
    before = sheet.scores.given[_place(command.subject, command.dimension, sheet.scores)]
    if before == command.score:
        return []

    amended = said.ScoreAmended(**dict(command), before=before)
    if isinstance(sheet, Published):
        return [amended]
    corrected = said.RankingCorrected(
        sheet_id=command.sheet_id,
        period=plan.period,
        assessor=plan.assessor,
        number=sheet.corrections + 1,
        standings=sheet.scores.with_one(amended).standings(),
    )
    return [amended, corrected]


def freeze(command: asked.FreezeRanking, sheet: Published, ctx: Ctx) -> Facts:
    """Not before everybody had their time, and their answer."""
    plan = sheet.scores.plan
    _must_be(plan.assessor, ctx)
    if day(ctx.now) <= sheet.until:
        raise Refused("appeals-open", until=sheet.until)
    if sheet.appeals:
        raise Refused("appeals-unanswered", subjects=sorted({one for one, _ in sheet.appeals}))

    return [
        said.RankingFrozen(
            sheet_id=command.sheet_id,
            period=plan.period,
            assessor=plan.assessor,
            standings=sheet.scores.standings(),
        )
    ]


def _must_be(assessor: str, ctx: Ctx) -> None:
    if ctx.actor.unit != assessor:
        raise Refused("not-your-sheet", assessor=assessor, yours=ctx.actor.unit)


def _place(subject: str, dimension: str, scores: Scores) -> Place:
    if subject not in {one.name for one in scores.plan.subjects}:
        raise Refused("no-such-subject", subject=subject)
    if dimension not in {one.dimension for one in scores.plan.weights}:
        raise Refused("no-such-dimension", dimension=dimension)
    return subject, dimension


SHEET: Decider[Sheet, asked.SheetCommand, said.SheetEvent, OutcomeRules] = Decider(
    category="sheet",
    commands=asked.SheetCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
