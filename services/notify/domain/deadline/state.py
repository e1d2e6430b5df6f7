"""Where a deadline (期限) stands, and how facts move it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.notify.domain.deadline import events as said
from services.notify.words import Mark, Rung


@dataclass(frozen=True)
class Nothing:
    """No clock was ever started."""


@dataclass(frozen=True)
class Running:
    """A unit has to reply by a day; `marks` are ahead, the next one first."""

    topic_id: UUID
    unit: str
    due: date
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Paused:
    """Since that day the clock stands still."""

    clock: Running
    since: date


@dataclass(frozen=True)
class Breached:
    """The day has passed, and there is still no reply; `rungs` are those still to be told."""

    clock: Running
    rungs: tuple[Rung, ...] = ()


@dataclass(frozen=True)
class Stopped:
    """Nobody is waited for."""


type Deadline = Nothing | Running | Paused | Breached | Stopped


def evolve(deadline: Deadline, event: said.DeadlineEvent) -> Deadline:
    """The deadline after one more fact."""
    match deadline, event:
        case _, said.DeadlineSet() as e:
            return Running(e.topic_id, e.unit, e.due, e.marks)
        case Running() as d, said.ReminderSent() | said.WarningLevelRaised() as e:
            return replace(d, marks=e.marks)
        case Running() as d, said.DeadlinePaused() as e:
            return Paused(d, e.since)
        case Paused(), said.DeadlineResumed() as e:
            return Running(e.topic_id, e.unit, e.due, e.marks)
        case Running() | Paused() | Breached(), said.DeadlineExtended() as e:
            return Running(e.topic_id, e.unit, e.due, e.marks)
        case Running() as d, said.DeadlineBreached() as e:
            return Breached(d, e.rungs)
        case Breached() as d, said.DeadlineEscalated() as e:
            return replace(d, rungs=e.rungs)
        case Running() | Paused() | Breached(), said.DeadlineMet() | said.DeadlineLifted():
            return Stopped()
        case _:
            return deadline
