"""The life of a deadline (期限).

nothing ──set──▶ running ──meet──▶ stopped      (in time)
                  │ │ ▲ └──lift──▶ stopped
                  │ │ └─set again, pass a mark (催办, 蓝黄红)
                  │ └──pause──▶ paused ──resume──▶ running      (meet, lift ──▶ stopped)
                  └──breach──▶ breached ──meet──▶ stopped      (late, or in time after all)
                                └─escalate, to one level after another (逐级督促)

running, paused or breached ──extend──▶ running to another day

The moments of reminders and warnings are decided together with the day, and stand in its fact.
"""

from datetime import date, timedelta
from typing import Any, Literal

from services.notify.domain.deadline import commands as asked
from services.notify.domain.deadline import events as said
from services.notify.domain.deadline.state import (
    Breached,
    Deadline,
    Nothing,
    Paused,
    Running,
    evolve,
)
from services.notify.rules import NotifyRules
from services.notify.words import Count, Mark, Rung, day, morning
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused
from shared.kernel.workdays import is_published

type Ctx = Context[NotifyRules]


def decide(
    command: asked.DeadlineCommand, deadline: Deadline, ctx: Ctx
) -> list[said.DeadlineEvent]:
    """What may happen when."""
    match command, deadline:
        case asked.SetDeadline() as c, Running() as d if (c.unit, c.due) == (d.unit, d.due):
            return []
        case asked.SetDeadline() as c, Paused(clock=d) if (c.unit, c.due) == (d.unit, d.due):
            return []
        case asked.SetDeadline() as c, _:
            return start(c, ctx)
        case asked.MeetDeadline() as c, Running() as d:
            return [*overlooked(c, d), *meet(c, d.due)]
        case asked.MeetDeadline() as c, Breached(clock=d):
            return meet(c, d.due)
        case asked.MeetDeadline() as c, Paused():
            return [said.DeadlineMet(deadline_id=c.deadline_id, late_days=0)]
        case asked.LiftDeadline() as c, Running() | Paused() | Breached():
            return [said.DeadlineLifted(deadline_id=c.deadline_id)]
        case asked.BreachDeadline() as c, Running() as d if c.due == d.due:
            return breach(c, d, ctx)
        case asked.PassMark() as c, Running() as d if d.marks and c.mark == d.marks[0]:
            return pass_mark(c, d, ctx)
        case asked.EscalateDeadline() as c, Breached() as d if d.rungs and c.rung == d.rungs[0]:
            return escalate(c, d, ctx)
        case asked.PauseDeadline() as c, Running() as d:
            return pause(c, d, ctx)
        case asked.ResumeDeadline() as c, Paused() as d:
            return resume(c, d, ctx)
        case asked.ExtendDeadline() as c, Running() as d:
            return extend(c, d, ctx)
        case asked.ExtendDeadline() as c, Paused(clock=d) | Breached(clock=d):
            return extend(c, d, ctx)
        case asked.PauseDeadline(), Paused():
            return []
        case asked.ResumeDeadline(), Running():
            return []
        case asked.PauseDeadline(), Breached() as d:
            raise Refused("too-late-to-pause", due=d.clock.due)
        case asked.PauseDeadline() | asked.ResumeDeadline(), _:
            raise Refused(
                "not-now", command=type(command).__name__, deadline=type(deadline).__name__
            )
        case _:  # Facts and the clock may speak of what has long stopped.
            return []


def start(command: asked.SetDeadline, ctx: Ctx) -> list[said.DeadlineEvent]:
    """The day was told; what is counted here is why, and when to remind and warn."""
    return [
        said.DeadlineSet(
            **command.model_dump(exclude={"area", "since"}),
            count=_count("working", command.since, command.due, ctx),
            marks=_marks(command.due, ctx),
        )
    ]


def meet(command: asked.MeetDeadline, due: date) -> list[said.DeadlineEvent]:
    """What counts is when the reply came, not when we heard of it."""
    late = (day(command.met_at) - due).days

    return [said.DeadlineMet(deadline_id=command.deadline_id, late_days=max(0, late))]


def overlooked(command: asked.MeetDeadline, deadline: Running) -> list[said.DeadlineEvent]:
    """A reply after the day is a breach, even where it came before the clock looked."""
    if day(command.met_at) <= deadline.due:
        return []

    return [said.DeadlineBreached(**_of(command, deadline), due=deadline.due, rungs=())]


def breach(command: asked.BreachDeadline, deadline: Running, ctx: Ctx) -> list[said.DeadlineEvent]:
    """A day belongs to the unit until midnight in China."""
    if day(ctx.now) <= deadline.due:
        raise Refused("not-due", due=deadline.due)

    return [
        said.DeadlineBreached(
            **_of(command, deadline), due=deadline.due, rungs=_rungs(deadline.due, ctx)
        )
    ]


def escalate(command: asked.EscalateDeadline, late: Breached, ctx: Ctx) -> list[said.DeadlineEvent]:
    """Each level once, in the county's order, for as long as there is no reply."""
    rung, *ahead = late.rungs
    if ctx.now < rung.at:
        raise Refused("not-due", due=rung.at)

    return [
        said.DeadlineEscalated(
            **_of(command, late.clock),
            due=late.clock.due,
            to=rung.to,
            days_late=rung.count.days,
            count=rung.count,
            rungs=tuple(ahead),
        )
    ]


def pass_mark(command: asked.PassMark, deadline: Running, ctx: Ctx) -> list[said.DeadlineEvent]:
    """Each mark once, in the order of their moments."""
    mark, *ahead = deadline.marks
    if ctx.now < mark.at:
        raise Refused("not-due", due=mark.at)

    tomorrow = day(ctx.now) + timedelta(days=1)
    left = ctx.rules.workdays.between(tomorrow, deadline.due + timedelta(days=1))
    facts = _of(command, deadline) | {"due": deadline.due, "days_left": left, "marks": tuple(ahead)}
    if mark.what == "reminder":
        return [said.ReminderSent(**facts)]
    return [said.WarningLevelRaised(**facts, level=mark.what)]


def pause(command: asked.PauseDeadline, deadline: Running, ctx: Ctx) -> list[said.DeadlineEvent]:
    """What is late already stays late."""
    today = day(ctx.now)
    if deadline.due < today:
        raise Refused("too-late-to-pause", due=deadline.due)

    return [said.DeadlinePaused(**_granted(command, deadline), since=today)]


def resume(command: asked.ResumeDeadline, deadline: Paused, ctx: Ctx) -> list[said.DeadlineEvent]:
    """The working days of the pause are given back; the day of resuming is the unit's at least."""
    today = day(ctx.now)
    clock = deadline.clock
    paused = ctx.rules.workdays.between(deadline.since, today)
    due = max(today, ctx.rules.workdays.after(clock.due, paused))

    return [
        said.DeadlineResumed(
            **_granted(command, clock),
            due=due,
            count=_count("working", clock.due, due, ctx),
            marks=_marks(due, ctx),
        )
    ]


def extend(command: asked.ExtendDeadline, clock: Running, ctx: Ctx) -> list[said.DeadlineEvent]:
    """Granted elsewhere; a pause may have given the unit as much already."""
    if command.due <= clock.due:
        return []

    return [
        said.DeadlineExtended(
            **_of(command, clock),
            due=command.due,
            count=_count("working", clock.due, command.due, ctx),
            reason=command.reason,
            marks=_marks(command.due, ctx),
        )
    ]


def _of(command: asked.DeadlineCommand, clock: Running) -> dict[str, Any]:
    """Which deadline, of whom, in which matter."""
    return {
        "deadline_id": command.deadline_id,
        "topic_id": clock.topic_id,
        "unit": clock.unit,
    }


def _granted(command: asked.PauseDeadline | asked.ResumeDeadline, clock: Running) -> dict[str, Any]:
    """The same, with why and by whose word."""
    return _of(command, clock) | {"reason": command.reason, "approval": command.approval}


def _count(of: Literal["calendar", "working"], since: date, due: date, ctx: Ctx) -> Count:
    """The days after `since` up to `due`, and how many of those were off."""
    days_off = ctx.rules.workdays.days_off(since, due)
    days = (due - since).days
    return Count(
        since=since,
        days=days if of == "calendar" else days - days_off,
        of=of,
        days_off=days_off,
        provisional=not (is_published(since) and is_published(due)),
    )


def _marks(due: date, ctx: Ctx) -> tuple[Mark, ...]:
    """Every reminder and warning still ahead; what would have been due by now is left out."""
    workdays = ctx.rules.workdays
    before = [("reminder", days) for days in ctx.rules.reminded_before]
    before += ctx.rules.warned_before.items()
    marks = [
        Mark.model_validate({"what": what, "at": morning(workdays.after(due, -days))})
        for what, days in before
    ]
    ahead = (mark for mark in marks if mark.at > ctx.now)
    return tuple(sorted(ahead, key=lambda mark: (mark.at, mark.what)))


def _rungs(due: date, ctx: Ctx) -> tuple[Rung, ...]:
    """Whom the county tells next, and when; what a late clock has missed follows at once."""
    days = [ctx.rules.workdays.after(due, step.after_days) for step in ctx.rules.escalation]
    return tuple(
        Rung(to=step.to, at=morning(at), count=_count("working", due, at, ctx))
        for step, at in zip(ctx.rules.escalation, days, strict=True)
    )


DEADLINE: Decider[Deadline, asked.DeadlineCommand, said.DeadlineEvent, NotifyRules] = Decider(
    category="deadline",
    commands=asked.DeadlineCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
