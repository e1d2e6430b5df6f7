"""Where an assignment (交办事项) stands, and how facts move it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.outcomes.domain.assignment import events as said


@dataclass(frozen=True)
class Task:
    """What is to be done, and by whom."""

    outcome_id: UUID
    topic_id: UUID
    item_no: int
    lead_unit: str
    assist_units: tuple[str, ...]
    due: date
    paused: bool = False


@dataclass(frozen=True)
class Nothing:
    """Nobody has to do anything."""


@dataclass(frozen=True)
class Offered:
    """On the desk of a unit that has not taken it on. `returns` counts the units before."""

    task: Task
    returns: int


@dataclass(frozen=True)
class Returned:
    """Given back, and waiting for another unit."""

    returns: int


@dataclass(frozen=True)
class Handling:
    """Being worked on, towards the reply of this round.

    `signed` are the assisting units that signed for this round, `wanted` is the day asked for.
    """

    task: Task
    round: int = 1
    signed: frozenset[str] = frozenset()
    extensions: int = 0
    wanted: date | None = None


@dataclass(frozen=True)
class Replied:
    """Answered; follow-ups, and those whom it concerns, may send it back."""

    task: Task
    round: int
    extensions: int
    confirmed: bool = False


type Assignment = Nothing | Offered | Returned | Handling | Replied


def evolve(assignment: Assignment, event: said.AssignmentEvent) -> Assignment:
    """The assignment after one more fact."""
    match assignment, event:
        case Nothing(), said.AssignmentOpened() as e:
            return Offered(_task(e), returns=0)
        case Returned() as a, said.AssignmentOpened() as e:
            return Offered(_task(e), a.returns)
        case Offered() as a, said.AssignmentReturned():
            return Returned(a.returns + 1)
        case Offered() as a, said.AssignmentAccepted():
            return Handling(a.task)
        case Offered() as a, said.AssignmentArbitrated() as e:
            return Handling(
                replace(
                    a.task,
                    lead_unit=e.lead_unit,
                    assist_units=e.assist_units,
                    due=e.due,
                    paused=False,
                )
            )
        case (Offered() | Handling()) as a, said.PauseNoted():
            return replace(a, task=replace(a.task, paused=True))
        case (Offered() | Handling()) as a, said.DueNoted() as e:
            return replace(a, task=replace(a.task, due=e.due, paused=False))
        case Handling() as a, said.CosignGiven() as e:
            return replace(a, signed=a.signed | {e.unit})
        case Handling() as a, said.ExtensionRequested() as e:
            return replace(a, wanted=e.until)
        case Handling() as a, said.ExtensionGranted() as e:
            task = replace(a.task, due=e.due, paused=False)
            return replace(a, task=task, extensions=a.extensions + 1, wanted=None)
        case Handling() as a, said.ExtensionDeclined():
            return replace(a, wanted=None)
        case Handling() as a, said.HandlingReplied() as e:
            return Replied(a.task, e.round, a.extensions)
        case Replied() as a, said.SolutionConfirmed():
            return replace(a, confirmed=True)
        case Replied() as a, said.HandlingRejected() as e:
            return Handling(
                replace(a.task, due=e.due, paused=False), e.round + 1, extensions=a.extensions
            )
        case _:
            return assignment


def _task(event: said.AssignmentOpened) -> Task:
    return Task(
        outcome_id=event.outcome_id,
        topic_id=event.topic_id,
        item_no=event.item_no,
        lead_unit=event.lead_unit,
        assist_units=event.assist_units,
        due=event.due,
    )
