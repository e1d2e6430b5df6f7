"""The life of a talent (协商人才).

nothing ──admit──▶ admitted ──exit, or too many failed years──▶ exited
                       assess, reward, sanction

邻水: 《协商人才管理(试行)办法》: "产生、基本权利和职责、保障以及考核、奖惩、退出".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from services.meetings.domain.talent import commands as ask
from services.meetings.domain.talent import events as say
from services.meetings.domain.talent.commands import TalentCommand
from services.meetings.domain.talent.events import TalentEvent
from services.meetings.rules import MeetingRules
from services.meetings.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody."""


@dataclass(frozen=True)
class Admitted:
    """In the pool. `documents` name what was said of rewards and sanctions."""

    assessed: Mapping[int, say.TalentAssessed] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Exited:
    """In the pool no more."""


type Ctx = Context[MeetingRules]
type Talent = Nothing | Admitted | Exited


def evolve(talent: Talent, event: TalentEvent) -> Talent:
    """The talent after one more fact."""
    match talent, event:
        case Nothing(), say.TalentAdmitted():
            return Admitted()
        case Admitted() as t, say.TalentAssessed() as e:
            return replace(t, assessed={**t.assessed, e.year: e})
        case Admitted() as t, say.TalentRewarded() | say.TalentSanctioned() as e:
            return replace(t, documents=t.documents | {e.document})
        case Admitted(), say.TalentExited():
            return Exited()
        case _:
            return talent


def decide(command: TalentCommand, talent: Talent, ctx: Ctx) -> list[TalentEvent]:
    """What may happen when."""
    match command, talent:
        case ask.AdmitTalent() as c, Nothing():
            return admit(c, ctx)
        case ask.AssessTalent() as c, Admitted() as t:
            return assess(c, t, ctx)
        case ask.RewardTalent() | ask.SanctionTalent() as c, Admitted() as t if (
            c.document in t.documents
        ):
            return []
        case ask.RewardTalent() as c, Admitted():
            return [say.TalentRewarded(**dict(c))]
        case ask.SanctionTalent() as c, Admitted():
            return sanction(c, ctx)
        case ask.ExitTalent() as c, Admitted():
            return [say.TalentExited(**dict(c))]
        case ask.ExitTalent(), Exited():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, talent=type(talent).__name__)


def admit(command: ask.AdmitTalent, ctx: Ctx) -> list[TalentEvent]:
    """邻水: "专业人才200余名" and 五老人员. Nobody is put on a list without having agreed."""
    rules = ctx.rules.talent
    if not command.willing:
        raise Refused("not-willing")
    if command.group not in rules.groups:
        raise Refused("no-such-group", groups=sorted(rules.groups))
    if strange := set(command.specialties) - rules.specialties:
        raise Refused(
            "no-such-specialty", strange=sorted(strange), specialties=sorted(rules.specialties)
        )

    return [
        say.TalentAdmitted(
            talent_id=command.talent_id,
            name=command.name,
            contact=command.contact,
            group=command.group,
            specialties=tuple(sorted(set(command.specialties))),
            until=_years_from(day(ctx.now), rules.term_years),
        )
    ]


def _years_from(first: date, years: int) -> date:
    """The same day of a later year, and 1 March for 29 February."""
    return date(first.year + years, first.month, 1) + timedelta(days=first.day - 1)


def assess(command: ask.AssessTalent, talent: Admitted, ctx: Ctx) -> list[TalentEvent]:
    """邻水: 考核 … 退出. After as many failed years in a row as the charter says, one leaves."""
    rules = ctx.rules.talent
    if command.grade not in rules.grades:
        raise Refused("no-such-grade", grades=sorted(rules.grades))
    assessed = say.TalentAssessed(**dict(command), passed=command.grade not in rules.fails)
    if before := talent.assessed.get(command.year):
        return _unless_other(assessed, before)
    if command.year >= day(ctx.now).year:
        raise Refused("year-not-over", year=command.year)

    if _failed_in_a_row({**talent.assessed, command.year: assessed}) < rules.fails_max:
        return [assessed]
    return [assessed, say.TalentExited(talent_id=command.talent_id, reason="unqualified")]


def _unless_other(assessed: say.TalentAssessed, before: say.TalentAssessed) -> list[TalentEvent]:
    """A year is assessed once."""
    if assessed != before:
        raise Refused("already-assessed", year=before.year, grade=before.grade)
    return []


def _failed_in_a_row(assessed: Mapping[int, say.TalentAssessed]) -> int:
    """How many years up to the last one assessed were failed without a break."""
    last, failed = max(assessed), 0
    while (year := assessed.get(last - failed)) and not year.passed:
        failed += 1
    return failed


def sanction(command: ask.SanctionTalent, ctx: Ctx) -> list[TalentEvent]:
    """邻水: 奖惩. A suspension lasts as long as the charter says."""
    until = None
    if command.measure == "suspension":
        until = day(ctx.now) + timedelta(days=ctx.rules.talent.suspension_days)

    return [say.TalentSanctioned(**dict(command), until=until)]


TALENT: Decider[Talent, TalentCommand, TalentEvent, MeetingRules] = Decider(
    category="talent",
    commands=TalentCommand,
    events=say.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
