"""The life of a follow-up (回头看, 回头督, 问效).

nothing ──schedule──▶ scheduled ──conduct──▶ conducted
"""

from dataclasses import dataclass

from services.outcomes.domain.followup import commands as asked
from services.outcomes.domain.followup import events as said
from services.outcomes.rules import OutcomeRules
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody has to look."""


@dataclass(frozen=True)
class Scheduled:
    """Somebody will go and look at what this plan is about."""

    plan: said.FollowUpScheduled


@dataclass(frozen=True)
class Conducted:
    """Somebody looked."""


type FollowUp = Nothing | Scheduled | Conducted


def evolve(followup: FollowUp, event: said.FollowUpEvent) -> FollowUp:
    """The follow-up after one more fact."""
    match followup, event:
        case Nothing(), said.FollowUpScheduled() as e:
            return Scheduled(e)
        case Scheduled(), said.FollowUpConducted():
            return Conducted()
        case _:
            return followup


def decide(
    command: asked.FollowUpCommand, followup: FollowUp, ctx: Context[OutcomeRules]
) -> list[said.FollowUpEvent]:
    """What may happen when."""
    match command, followup:
        case asked.ScheduleFollowUp() as c, Nothing():
            return [said.FollowUpScheduled(**c.model_dump(exclude={"area"}))]
        case asked.ScheduleFollowUp(), _:
            return []
        case asked.ConductFollowUp() as c, Scheduled() as f:
            return conduct(c, f)
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, followup=type(followup).__name__
            )


def conduct(command: asked.ConductFollowUp, followup: Scheduled) -> list[said.FollowUpEvent]:
    """Looking earlier than planned is welcome: the day is the latest one."""
    plan = followup.plan.model_dump(exclude={"due", "led_by"})

    return [said.FollowUpConducted(**plan, passed=command.passed, findings=command.findings)]


FOLLOWUP: Decider[FollowUp, asked.FollowUpCommand, said.FollowUpEvent, OutcomeRules] = Decider(
    category="followup",
    commands=asked.FollowUpCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
