"""Assessment sheets: every score rests on facts of the told year, and the ranking is frozen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID, uuid5

from deploy.tongxin.world.told import Told
from deploy.year.county import County
from deploy.year.script import Script
from services.meetings.domain.research.commands import PlanResearch
from services.outcomes.domain.assignment.commands import ReplyHandling
from services.outcomes.domain.sheet import commands as asked
from services.outcomes.rules import AssessmentRule
from services.topics.domain.venue.commands import EstablishVenue
from shared.kernel.message import Actor, Command

PROOFS_MAX = 5

Proofs = Mapping[str, list[tuple[datetime, UUID]]]
"""When and by which fact each subject showed something."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of one assessor for one period, on its way."""

    county: County
    script: Script
    rule: AssessmentRule
    actor: Actor
    period: str
    proofs: Proofs

    def ask(self, command: type[Command], **fields: Any) -> None:
        """Ask as the assessor."""
        self.script.ask(self.actor, command, sheet_id=self.script.cause, **fields)


def tell_sheets(county: County, told: Iterable[Told]) -> Iterator[Script]:
    """For the half of a year and for the whole one, as far as they end within the diary."""
    proofs = _proofs(county, told)
    first, last = county.diary.first, county.diary.last
    for year in range(first.year, last.year + 1):
        ends = ((f"{year - 1}", date(year, 1, 9)), (f"{year}-H1", date(year, 7, 6)))
        for period, day in ends:
            if first < day <= last:
                for rule in county.outcomes.assessments:
                    yield _tell(county, rule, period, day, proofs)


def _proofs(county: County, told: Iterable[Told]) -> Proofs:
    """Towns show research and rooms, units their replies."""
    towns = {town.code[:9]: town.name for town in county.places.towns}
    found: dict[str, list[tuple[datetime, UUID]]] = defaultdict(list)
    for step in sorted(told, key=lambda one: (one.at, one.id)):
        fact = (step.at, uuid5(step.id, "0"))
        match step.command:
            case PlanResearch(area=area) | EstablishVenue(area=area) if area[:9] in towns:
                found[towns[area[:9]]].append(fact)
            case ReplyHandling():
                found[step.actor.unit].append(fact)
            case PlanResearch(team=team):
                found[team[0]].append(fact)
    return found


def _tell(county: County, rule: AssessmentRule, period: str, day: date, proofs: Proofs) -> Script:
    luck = county.luck(f"sheet-{rule.assessor}-{period}")
    cause = uuid5(county.root, f"sheet-{rule.assessor}-{period}")
    script = Script(county.diary, luck, cause, county.diary.office(day, luck))
    role = "cppcc" if rule.assessor == "county-cppcc" else "leader"
    actor = county.cast.actor(role, f"{role}-{rule.assessor}", unit=rule.assessor)
    sheet = Sheet(county, script, rule, actor, period, proofs)
    names = list(_subjects(sheet))
    if not names:
        return script
    told = {"area": county.area, "period": period, "assessor": rule.assessor}
    subjects = tuple({"kind": kind, "name": name} for kind, name in names)
    sheet.ask(asked.OpenSheet, **told, subjects=subjects)
    for _, name in names:
        _score(sheet, name)
    sheet.ask(asked.PublishAssessment)
    _appeal(sheet, luck.choice(names)[1])
    script.wait(county.outcomes.appeal_days + 2, county.outcomes.appeal_days + 5)
    sheet.ask(asked.FreezeRanking)
    return script


def _subjects(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Those of each kind who have shown something by then."""
    county, kinds = sheet.county, sheet.rule.subjects
    named = {
        "town": [town.name for town in county.places.towns],
        "department": sorted(set(county.file.units.values())),
        "committee": [name for name in county.file.groups if name.endswith("委员会")],
        "area-group": [name for name in county.file.groups if name.endswith("小组")],
    }
    for kind in sorted(kinds):
        for name in named[kind]:
            if _shown(sheet, name):
                yield kind, name


def _shown(sheet: Sheet, name: str) -> list[UUID]:
    return [fact for at, fact in sheet.proofs.get(name, ()) if at < sheet.script.at]


def _score(sheet: Sheet, name: str) -> None:
    """Who did more has more, give or take."""
    shown = _shown(sheet, name)
    for one in sheet.rule.dimensions:
        score = _points(len(shown), sheet.script.luck)
        told = {"subject": name, "dimension": one.dimension, "score": score}
        sheet.ask(asked.RecordScore, **told, evidence=tuple(shown[-PROOFS_MAX:]))


def _points(shown: int, luck: Random) -> str:
    base = min(92.0, 74 + 2.2 * shown)
    return f"{min(100.0, base + luck.uniform(-4, 7)):.1f}"


def _appeal(sheet: Sheet, name: str) -> None:
    """One subject finds a score too low; it is heard, and mostly in vain."""
    script, dimension = sheet.script, sheet.rule.dimensions[-1].dimension
    script.wait(1, 2)
    office = sheet.county.cast.unit(name)
    known = {"sheet_id": script.cause, "dimension": dimension}
    script.ask(office, asked.AppealScore, **known, reason="有一项工作未计入，请复核。")
    script.wait(1, 2)
    reason = "经复核，佐证材料已计入，维持原分。"
    sheet.ask(asked.TurnDownAppeal, subject=name, dimension=dimension, reason=reason)
