"""The life of a deadline (期限).

nothing ──set──▶ running ──meet──▶ stopped      (in time)
                  │   ▲ └──lift──▶ stopped
                  │   └──set again────┘
                  └──breach──▶ breached ──meet──▶ stopped      (late, or in time after all)
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.notify.domain.deadline import commands as asked
from services.notify.domain.deadline import events as said
from services.notify.rules import NotifyRules
from services.notify.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """No clock was ever started."""


@dataclass(frozen=True)
class Running:
    """A unit has to reply by a day."""

    topic_id: UUID
    unit: str
    due: date


@dataclass(frozen=True)
class Breached:
    """The day has passed, and there is still no reply."""

    topic_id: UUID
    unit: str
    due: date


@dataclass(frozen=True)
class Stopped:
    """Nobody is waited for."""


type Deadline = Nothing | Running | Breached | Stopped


def evolve(deadline: Deadline, event: said.DeadlineEvent) -> Deadline:
    """The deadline after one more fact."""
    match deadline, event:
        case _, said.DeadlineSet() as e:
            return Running(e.topic_id, e.unit, e.due)
        case Running() as d, said.DeadlineBreached():
            return Breached(d.topic_id, d.unit, d.due)
        case Running() | Breached(), said.DeadlineMet() | said.DeadlineLifted():
            return Stopped()
        case _:
            return deadline


def decide(
    command: asked.DeadlineCommand, deadline: Deadline, ctx: Context[NotifyRules]
) -> list[said.DeadlineEvent]:
    """What may happen when."""
    match command, deadline:
        case asked.SetDeadline() as c, Running() as d if (c.unit, c.due) == (d.unit, d.due):
            return []
        case asked.SetDeadline() as c, _:
            return [said.DeadlineSet(**c.model_dump(exclude={"area"}))]
        case asked.MeetDeadline() as c, Running() | Breached() as d:
            return meet(c, d)
        case asked.LiftDeadline() as c, Running() | Breached():
            return [said.DeadlineLifted(deadline_id=c.deadline_id)]
        case asked.BreachDeadline() as c, Running() as d if c.due == d.due:
            return breach(c, d, ctx)
        case asked.MeetDeadline() | asked.LiftDeadline() | asked.BreachDeadline(), _:
            return []


def meet(command: asked.MeetDeadline, deadline: Running | Breached) -> list[said.DeadlineEvent]:
    """What counts is when the reply came, not when we heard of it."""
    late = (day(command.met_at) - deadline.due).days

    return [said.DeadlineMet(deadline_id=command.deadline_id, late_days=max(0, late))]


def breach(
    command: asked.BreachDeadline, deadline: Running, ctx: Context[NotifyRules]
) -> list[said.DeadlineEvent]:
    """A day belongs to the unit until midnight in China."""
    if day(ctx.now) <= deadline.due:
        raise Refused("not-due", due=deadline.due)

    return [
        said.DeadlineBreached(
            deadline_id=command.deadline_id,
            topic_id=deadline.topic_id,
            unit=deadline.unit,
            due=deadline.due,
        )
    ]


DEADLINE: Decider[Deadline, asked.DeadlineCommand, said.DeadlineEvent, NotifyRules] = Decider(
    category="deadline",
    commands=asked.DeadlineCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
