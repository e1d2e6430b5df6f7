"""The life of an assignment (交办事项).

nothing ──open──▶ offered ──accept, arbitrate──▶ handling ──reply──▶ replied ──confirm
                   ▲  │                             ▲                   │
                   │  └─return─▶ returned           └── a follow-up does not pass,
                   └──────open──────┘                   or those concerned dispute it

Only the lead unit accepts, returns and replies; assisting units may report progress, and sign the
reply where the charter asks for it.
"""

from datetime import timedelta

from services.outcomes.domain.assignment import commands as asked
from services.outcomes.domain.assignment import events as said
from services.outcomes.domain.assignment.state import (
    Assignment,
    Handling,
    Nothing,
    Offered,
    Replied,
    Returned,
    Task,
    evolve,
)
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[OutcomeRules]
type Facts = list[said.AssignmentEvent]


def decide(command: asked.AssignmentCommand, assignment: Assignment, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, assignment:
        case asked.OpenAssignment() as c, Nothing() | Returned():
            return [said.AssignmentOpened(**c.model_dump(exclude={"area"}))]
        case asked.AcceptAssignment() as c, Offered() as a:
            return accept(c, a, ctx)
        case asked.ReturnAssignment() as c, Offered() as a:
            return give_back(c, a, ctx)
        case asked.ArbitrateAssignment() as c, Offered() as a:
            return arbitrate(c, a, ctx)
        case asked.CoSign() as c, Handling() as a:
            return cosign(c, a, ctx)
        case asked.RequestExtension() as c, Handling() as a:
            return request_extension(c, a, ctx)
        case asked.ApproveExtension() as c, Handling() as a:
            return approve_extension(c, a)
        case asked.ConfirmSolved() as c, Replied() as a:
            return confirm(c, a, ctx)
        case asked.ReportProgress() as c, Handling() as a:
            return report_progress(c, a, ctx)
        case asked.ReplyHandling() as c, Handling() as a:
            return reply(c, a, ctx)
        case asked.RejectHandling() as c, Replied() as a if c.round == a.round:
            return reject(c, a, ctx)
        case asked.RejectHandling() as c, (Replied() | Handling()) as a if c.round < a.round:
            return []
        case asked.NotePause() as c, Offered() | Handling() as a:
            return note_pause(c, a)
        case asked.NoteDue() as c, Offered() | Handling() as a:
            return note_due(c, a)
        case asked.NotePause() | asked.NoteDue(), _:  # A clock may speak of what is over.
            return []
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, assignment=type(assignment).__name__
            )


def accept(command: asked.AcceptAssignment, assignment: Offered, ctx: Ctx) -> Facts:
    """The lead unit takes it on; from here it can no longer be given back."""
    _must_lead(assignment.task, ctx)

    return [
        said.AssignmentAccepted(assignment_id=command.assignment_id, unit=assignment.task.lead_unit)
    ]


def give_back(command: asked.ReturnAssignment, assignment: Offered, ctx: Ctx) -> Facts:
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


def arbitrate(command: asked.ArbitrateAssignment, assignment: Offered, ctx: Ctx) -> Facts:
    """Where the returns are used up an authority decides; nobody gives that back."""
    if assignment.returns < ctx.rules.returns_max:
        raise Refused("not-disputed", returns=assignment.returns, needed=ctx.rules.returns_max)

    task = assignment.task
    latest = ctx.rules.workdays.after(day(ctx.now), ctx.rules.reply_days)
    return [
        said.AssignmentArbitrated(
            **dict(command),
            outcome_id=task.outcome_id,
            topic_id=task.topic_id,
            item_no=task.item_no,
            former_unit=task.lead_unit,
            due=latest,
        )
    ]


def cosign(command: asked.CoSign, assignment: Handling, ctx: Ctx) -> Facts:
    """Each assisting unit signs once in each round."""
    unit = ctx.actor.unit
    if unit not in assignment.task.assist_units:
        raise Refused("not-assisting", units=sorted(assignment.task.assist_units))
    if unit in assignment.signed:
        return []

    return [said.CosignGiven(**dict(command), unit=unit, round=assignment.round)]


def request_extension(command: asked.RequestExtension, assignment: Handling, ctx: Ctx) -> Facts:
    """Asked before the day is over, and no oftener or longer than the charter allows."""
    _must_lead(assignment.task, ctx)
    due, rules = assignment.task.due, ctx.rules
    if assignment.wanted == command.until:
        return []
    if day(ctx.now) > due and not assignment.task.paused:
        raise Refused("overdue", due=due)
    if assignment.extensions >= rules.extensions_max:
        raise Refused("no-more-extensions", extensions_max=rules.extensions_max)
    latest = rules.workdays.after(due, rules.extension_days)
    if not due < command.until <= latest:
        raise Refused("due-out-of-range", earliest=due + timedelta(days=1), latest=latest)

    task = assignment.task
    return [said.ExtensionRequested(**dict(command), topic_id=task.topic_id, unit=task.lead_unit)]


def approve_extension(command: asked.ApproveExtension, assignment: Handling) -> Facts:
    """Who assigns decides; notify hears the new day."""
    if assignment.wanted is None:
        raise Refused("nothing-requested")

    told = command.model_dump(exclude={"agrees"})
    task = assignment.task
    if not command.agrees:
        return [said.ExtensionDeclined(**told, topic_id=task.topic_id, unit=task.lead_unit)]
    return [
        said.ExtensionGranted(
            **told, topic_id=task.topic_id, unit=task.lead_unit, due=assignment.wanted
        )
    ]


def confirm(command: asked.ConfirmSolved, assignment: Replied, ctx: Ctx) -> Facts:
    """The second key: those whom it concerns say whether it is solved. No unit says so itself."""
    task = assignment.task
    if not ctx.rules.two_keys:
        raise Refused("no-second-key")
    if ctx.actor.unit in (task.lead_unit, *task.assist_units):
        raise Refused("own-work")
    if assignment.confirmed:
        if command.solved:
            return []
        raise Refused("already-confirmed", round=assignment.round)

    told = {"outcome_id": task.outcome_id, "topic_id": task.topic_id, "item_no": task.item_no}
    about = told | command.model_dump(exclude={"solved"}) | {"round": assignment.round}
    if command.solved:
        return [said.SolutionConfirmed(**about)]
    rejected = asked.RejectHandling(
        assignment_id=command.assignment_id, round=assignment.round, reason=command.remark
    )
    return [said.SolutionDisputed(**about), *reject(rejected, assignment, ctx)]


def report_progress(command: asked.ReportProgress, assignment: Handling, ctx: Ctx) -> Facts:
    """Lead and assisting units say how far they are."""
    if ctx.actor.unit not in (assignment.task.lead_unit, *assignment.task.assist_units):
        raise Refused("not-your-assignment", unit=assignment.task.lead_unit)

    return [said.HandlingProgressReported(**dict(command), unit=ctx.actor.unit)]


def reply(command: asked.ReplyHandling, assignment: Handling, ctx: Ctx) -> Facts:
    """The reply says itself when somebody will come and look: 邻水 “回头看”“回头督”."""
    _must_lead(assignment.task, ctx)
    if ctx.rules.cosign and (missing := set(assignment.task.assist_units) - assignment.signed):
        raise Refused("cosign-missing", units=sorted(missing))

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


def reject(command: asked.RejectHandling, assignment: Replied, ctx: Ctx) -> Facts:
    """The unit works on it again, and has the charter's days once more."""
    task = assignment.task
    due = ctx.rules.workdays.after(day(ctx.now), ctx.rules.reply_days)
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


def note_pause(command: asked.NotePause, assignment: Offered | Handling) -> Facts:
    """The clock stands still, as notify says: meanwhile nothing is late."""
    if assignment.task.paused:
        return []

    return [said.PauseNoted(assignment_id=command.assignment_id)]


def note_due(command: asked.NoteDue, assignment: Offered | Handling) -> Facts:
    """The clock runs to this day, as notify says, who gives back the days of a pause."""
    if not assignment.task.paused and command.due == assignment.task.due:
        return []

    return [said.DueNoted(**dict(command))]


def _must_lead(task: Task, ctx: Ctx) -> None:
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
