"""The life of an assignment (交办事项).

nothing ──open──▶ offered ──accept──▶ handling ──reply──▶ replied
                   ▲  │                  ▲                   │
                   │  └─return─▶ returned└── a follow-up ────┘
                   └──────open──────┘        does not pass

Only the lead unit accepts, returns and replies; assisting units may report progress.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.outcomes.domain.assignment import commands as asked
from services.outcomes.domain.assignment import events as said
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Task:
    """What is to be done, and by whom."""

    outcome_id: UUID
    topic_id: UUID
    item_no: int
    lead_unit: str
    assist_units: tuple[str, ...]


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
    """Being worked on, towards the reply of this round."""

    task: Task
    round: int = 1


@dataclass(frozen=True)
class Replied:
    """Answered; follow-ups may send it back."""

    task: Task
    round: int


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
        case Handling() as a, said.HandlingReplied() as e:
            return Replied(a.task, e.round)
        case Replied() as a, said.HandlingRejected() as e:
            return Handling(a.task, e.round + 1)
        case _:
            return assignment


def _task(event: said.AssignmentOpened) -> Task:
    return Task(
        event.outcome_id, event.topic_id, event.item_no, event.lead_unit, event.assist_units
    )


def decide(
    command: asked.AssignmentCommand, assignment: Assignment, ctx: Context[OutcomeRules]
) -> list[said.AssignmentEvent]:
    """What may happen when."""
    match command, assignment:
        case asked.OpenAssignment() as c, Nothing() | Returned():
            return [said.AssignmentOpened(**c.model_dump(exclude={"area"}))]
        case asked.AcceptAssignment() as c, Offered() as a:
            return accept(c, a, ctx)
        case asked.ReturnAssignment() as c, Offered() as a:
            return give_back(c, a, ctx)
        case asked.ReportProgress() as c, Handling() as a:
            return report_progress(c, a, ctx)
        case asked.ReplyHandling() as c, Handling() as a:
            return reply(c, a, ctx)
        case asked.RejectHandling() as c, Replied() as a if c.round == a.round:
            return reject(c, a, ctx)
        case asked.RejectHandling() as c, (Replied() | Handling()) as a if c.round < a.round:
            return []
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, assignment=type(assignment).__name__
            )


def accept(
    command: asked.AcceptAssignment, assignment: Offered, ctx: Context[OutcomeRules]
) -> list[said.AssignmentEvent]:
    """The lead unit takes it on; from here it can no longer be given back."""
    _must_lead(assignment.task, ctx)

    return [
        said.AssignmentAccepted(assignment_id=command.assignment_id, unit=assignment.task.lead_unit)
    ]


def give_back(
    command: asked.ReturnAssignment, assignment: Offered, ctx: Context[OutcomeRules]
) -> list[said.AssignmentEvent]:
    """No ping-pong: after the charter's number of returns the last assignment stands."""
    _must_lead(assignment.task, ctx)
    if assignment.returns >= ctx.rules.returns_max:
        raise Refused("too-many-returns", returns_max=ctx.rules.returns_max)

    task = assignment.task
    return [
        said.AssignmentReturned(
            **dict(command),
            outcome_id=task.outcome_id,
            topic_id=task.topic_id,
            item_no=task.item_no,
            unit=task.lead_unit,
        )
    ]


def report_progress(
    command: asked.ReportProgress, assignment: Handling, ctx: Context[OutcomeRules]
) -> list[said.AssignmentEvent]:
    """Lead and assisting units say how far they are."""
    if ctx.actor.unit not in (assignment.task.lead_unit, *assignment.task.assist_units):
        raise Refused("not-your-assignment", unit=assignment.task.lead_unit)

    return [said.HandlingProgressReported(**dict(command), unit=ctx.actor.unit)]


def reply(
    command: asked.ReplyHandling, assignment: Handling, ctx: Context[OutcomeRules]
) -> list[said.AssignmentEvent]:
    """The reply says itself when somebody will come and look: 邻水 “回头看”“回头督”."""
    _must_lead(assignment.task, ctx)

    task, today = assignment.task, day(ctx.now)
    return [
        said.HandlingReplied(
            **dict(command),
            outcome_id=task.outcome_id,
            topic_id=task.topic_id,
            item_no=task.item_no,
            unit=task.lead_unit,
            round=assignment.round,
            followups=tuple(
                said.PlannedFollowUp(
                    kind=rule.kind,
                    due=today + timedelta(days=rule.after_days),
                    led_by=rule.led_by,
                )
                for rule in ctx.rules.followups
            ),
        )
    ]


def reject(
    command: asked.RejectHandling, assignment: Replied, ctx: Context[OutcomeRules]
) -> list[said.AssignmentEvent]:
    """The unit works on it again, and has the charter's days once more."""
    task = assignment.task
    due: date = day(ctx.now) + timedelta(days=ctx.rules.reply_days)
    return [
        said.HandlingRejected(
            **dict(command),
            outcome_id=task.outcome_id,
            topic_id=task.topic_id,
            item_no=task.item_no,
            unit=task.lead_unit,
            due=due,
        )
    ]


def _must_lead(task: Task, ctx: Context[OutcomeRules]) -> None:
    if ctx.actor.unit != task.lead_unit:
        raise Refused("not-your-assignment", unit=task.lead_unit)


ASSIGNMENT: Decider[Assignment, asked.AssignmentCommand, said.AssignmentEvent, OutcomeRules] = (
    Decider(
        category="assignment",
        commands=asked.AssignmentCommand,
        events=said.EVENTS,
        initial=Nothing(),
        evolve=evolve,
        decide=decide,
    )
)
