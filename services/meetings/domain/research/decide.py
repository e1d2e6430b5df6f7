"""The life of a piece of research (议前调研).

nothing ──plan──▶ planned ──file report──▶ reported
                    ▲  │
                    conduct

It may be planned before its topic is approved: 邻水 sends people out "对所有需要协商的议题".
"""

from dataclasses import dataclass, replace
from uuid import UUID

from services.meetings.domain.research.commands import (
    ConductResearch,
    FileResearchReport,
    PlanResearch,
    ResearchCommand,
)
from services.meetings.domain.research.events import (
    EVENTS,
    ResearchConducted,
    ResearchEvent,
    ResearchPlanned,
    ResearchReportFiled,
)
from services.meetings.rules import MeetingRules
from services.meetings.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody has planned it."""


@dataclass(frozen=True)
class Planned:
    """Under way. `visits` counts how often somebody went and looked, or asked."""

    topic_id: UUID
    round: int
    visits: int = 0


@dataclass(frozen=True)
class Reported:
    """The report is there."""


type Research = Nothing | Planned | Reported


def evolve(research: Research, event: ResearchEvent) -> Research:
    """The research after one more fact."""
    match research, event:
        case Nothing(), ResearchPlanned() as e:
            return Planned(e.topic_id, e.round)
        case Planned() as p, ResearchConducted():
            return replace(p, visits=p.visits + 1)
        case Planned(), ResearchReportFiled():
            return Reported()
        case _:
            return research


def decide(
    command: ResearchCommand, research: Research, ctx: Context[MeetingRules]
) -> list[ResearchEvent]:
    """What may happen when."""
    match command, research:
        case PlanResearch() as c, Nothing():
            return plan(c)
        case ConductResearch() as c, Planned() as p:
            return conduct(c, p, ctx)
        case FileResearchReport() as c, Planned() as p:
            return file_report(c, p)
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, research=type(research).__name__
            )


def plan(command: PlanResearch) -> list[ResearchEvent]:
    """Questions and a team are all that planning needs."""
    return [
        ResearchPlanned(
            research_id=command.research_id,
            topic_id=command.topic_id,
            questions=command.questions,
            team=command.team,
            members=tuple(sorted(command.members)),
            round=command.round,
        )
    ]


def conduct(
    command: ConductResearch, research: Planned, ctx: Context[MeetingRules]
) -> list[ResearchEvent]:
    """What is recorded has happened."""
    if command.on > day(ctx.now):
        raise Refused("in-the-future", on=command.on)

    return [ResearchConducted(**dict(command), topic_id=research.topic_id)]


def file_report(command: FileResearchReport, research: Planned) -> list[ResearchEvent]:
    """A report rests on at least one visit or inquiry, however urgent the matter."""
    if not research.visits:
        raise Refused("not-conducted")

    about = {"topic_id": research.topic_id, "round": research.round}
    return [ResearchReportFiled(**dict(command) | about)]


RESEARCH: Decider[Research, ResearchCommand, ResearchEvent, MeetingRules] = Decider(
    category="research",
    commands=ResearchCommand,
    events=EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
