"""The life of a membership (委员): one person, one term, so that new rules begin with a new term.

nothing ──admit──▶ serving ──end──▶ ended
                      duties, evaluations, reports, observing

双联: a pair is proposed in the record of the Party member, answered in the other's, and noted in
the first. So neither record has to know the other, and no pair comes about against either.

 Party member    ──pair──▶ proposed ───────────────────▶ paired, or declined
 the other member                └──▶ answered ──┘
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.meetings.domain.member import commands as ask
from services.meetings.domain.member import events as say
from services.meetings.domain.member.commands import MemberCommand
from services.meetings.domain.member.events import MemberEvent
from services.meetings.rules import MeetingRules
from services.meetings.words import MEMBER, day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

Duty = tuple[str, date, str]
"""Kind, day and reference: the same duty is counted once."""

Session = tuple[str, date]
"""Name and day: each year has its own first session."""


@dataclass(frozen=True)
class Nothing:
    """Nobody."""


@dataclass(frozen=True)
class Serving:
    """A member. `duties` hold their points, and `reports` stand by their year."""

    account: str
    party_member: bool
    standing: bool
    proposed: frozenset[UUID] = frozenset()
    pairs: frozenset[UUID] = frozenset()
    duties: Mapping[Duty, int] = field(default_factory=dict)
    reports: Mapping[int, str] = field(default_factory=dict)
    evaluated: frozenset[int] = frozenset()
    observed: frozenset[Session] = frozenset()


@dataclass(frozen=True)
class Ended:
    """A member no more."""


type Ctx = Context[MeetingRules]
type Member = Nothing | Serving | Ended


def evolve(member: Member, event: MemberEvent) -> Member:
    """The membership after one more fact."""
    match member, event:
        case Nothing(), say.MemberAdmitted() as e:
            return Serving(e.account, e.party_member, e.standing)
        case Serving() as m, say.PairProposed() as e:
            return replace(m, proposed=m.proposed | {e.partner_id})
        case Serving() as m, say.PairAnswered(obstacle="") as e:
            return replace(m, pairs=m.pairs | {e.partner_id})
        case Serving() as m, say.MembersPaired() as e:
            waiting = m.proposed - {e.partner_id}
            return replace(m, proposed=waiting, pairs=m.pairs | {e.partner_id})
        case Serving() as m, say.PairDeclined() | say.PairEnded() as e:
            rest = {e.partner_id}
            return replace(m, proposed=m.proposed - rest, pairs=m.pairs - rest)
        case Serving() as m, say.DutyRecorded() as e:
            return replace(m, duties={**m.duties, (e.kind, e.on, e.reference): e.points})
        case Serving() as m, say.DutyReportFiled() as e:
            return replace(m, reports={**m.reports, e.year: e.content})
        case Serving() as m, say.MemberEvaluated() as e:
            return replace(m, evaluated=m.evaluated | {e.year})
        case Serving() as m, say.ObserverAssigned() as e:
            return replace(m, observed=m.observed | {(e.session, e.on)})
        case Serving(), say.MembershipEnded():
            return Ended()
        case _:
            return member


def decide(command: MemberCommand, member: Member, ctx: Ctx) -> list[MemberEvent]:
    """What may happen when."""
    match command, member:
        case ask.AdmitMember() as c, Nothing():
            return [say.MemberAdmitted(**c.model_dump(exclude={"area"}))]
        case ask.PairMembers() as c, Serving() as m:
            return pair(c, m, ctx)
        case ask.AnswerPair() as c, (Serving() | Ended()) as m:
            return answer_pair(c, m)
        case ask.NotePair() as c, Serving() as m:
            return note_pair(c, m)
        case ask.EndPair() as c, Serving() as m if c.partner_id in m.pairs | m.proposed:
            return [say.PairEnded(**dict(c))]
        case ask.RecordDuty() as c, Serving() as m:
            return record_duty(c, m, ctx)
        case ask.FileDutyReport() as c, Serving() as m:
            return file_report(c, m, ctx)
        case ask.EvaluateMember() as c, Serving() as m:
            return evaluate(c, m, ctx)
        case ask.AssignObserver() as c, Serving() as m:
            return assign_observer(c, m, ctx)
        case ask.EndMembership() as c, Serving() as m:
            return [*_without_pairs(c, m), say.MembershipEnded(**dict(c))]
        case (ask.NotePair() | ask.EndPair(), Serving() | Ended()) | (ask.EndMembership(), Ended()):
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, member=type(member).__name__)


def pair(command: ask.PairMembers, member: Serving, ctx: Ctx) -> list[MemberEvent]:
    """襄城: "101位党员委员与155名党外委员建立了结对联系": some Party members have several pairs."""
    paired = member.pairs | member.proposed
    if command.partner_id in paired:
        return []
    if not member.party_member:
        raise Refused("not-a-party-member")
    if command.partner_id == command.member_id:
        raise Refused("paired-with-oneself")
    if len(paired) >= ctx.rules.members.pairs_max:
        raise Refused("pairs-full", pairs_max=ctx.rules.members.pairs_max)

    return [say.PairProposed(**dict(command))]


def answer_pair(command: ask.AnswerPair, member: Serving | Ended) -> list[MemberEvent]:
    """Who is outside the Party has one Party member to turn to. A no is an answer, not an error."""
    if isinstance(member, Serving) and command.partner_id in member.pairs:
        return []

    return [say.PairAnswered(**dict(command), obstacle=_obstacle(member))]


def _obstacle(member: Serving | Ended) -> say.Obstacle:
    if isinstance(member, Ended):
        return "ended"
    if member.party_member:
        return "party-member"
    return "already-paired" if member.pairs else ""


def note_pair(command: ask.NotePair, member: Serving) -> list[MemberEvent]:
    """An answer to what is proposed no more says nothing: the other side heard the end of it."""
    if command.partner_id not in member.proposed:
        return []
    if command.obstacle:
        return [say.PairDeclined(**dict(command))]

    return [say.MembersPaired(member_id=command.member_id, partner_id=command.partner_id)]


def record_duty(command: ask.RecordDuty, member: Serving, ctx: Ctx) -> list[MemberEvent]:
    """襄城: 《委员履职综合评价办法》. A year that was evaluated is closed."""
    if (command.kind, command.on, command.reference) in member.duties:
        return []
    rule = ctx.rules.members.duty(command.kind)
    if rule is None:
        raise Refused("no-such-duty", kinds=[one.kind for one in ctx.rules.members.duties])
    if command.on > day(ctx.now):
        raise Refused("duty-to-come", on=command.on)
    if command.on.year in member.evaluated:
        raise Refused("year-evaluated", year=command.on.year)

    return [say.DutyRecorded(**dict(command), points=rule.points)]


def file_report(command: ask.FileDutyReport, member: Serving, ctx: Ctx) -> list[MemberEvent]:
    """襄城: 《常务委员述职办法》. Staff may enter what a member handed in on paper."""
    if member.reports.get(command.year) == command.content:
        return []
    if not member.standing:
        raise Refused("not-standing")
    if ctx.actor.role == MEMBER and ctx.actor.id != member.account:
        raise Refused("not-your-membership")
    if command.year in member.reports:
        raise Refused("already-reported", year=command.year)
    if command.year > day(ctx.now).year:
        raise Refused("year-to-come", year=command.year)

    return [say.DutyReportFiled(**dict(command))]


def evaluate(command: ask.EvaluateMember, member: Serving, ctx: Ctx) -> list[MemberEvent]:
    """The duty file decides, and nobody's opinion: each kind counts up to its yearly most."""
    year, rules = command.year, ctx.rules.members
    if year in member.evaluated:
        return []
    if year >= day(ctx.now).year:
        raise Refused("year-not-over", year=year)
    if rules.report_before_evaluation and member.standing and year not in member.reports:
        raise Refused("no-duty-report", year=year)

    points = {
        rule.kind: min(_points(rule.kind, year, member), rule.year_max) for rule in rules.duties
    }
    total = sum(points.values())
    return [
        say.MemberEvaluated(
            member_id=command.member_id,
            year=year,
            points=points,
            total=total,
            grade=rules.grade(total),
        )
    ]


def _points(kind: str, year: int, member: Serving) -> int:
    return sum(
        points for (of, on, _), points in member.duties.items() if of == kind and on.year == year
    )


def assign_observer(command: ask.AssignObserver, member: Serving, ctx: Ctx) -> list[MemberEvent]:
    """襄城: 《委员分批次列席政协常委会会议制度》: all get their turn before anybody's second."""
    if (command.session, command.on) in member.observed:
        return []
    rules = ctx.rules.members
    if member.standing:
        raise Refused("sits-already")
    if command.batch > rules.observer_batches:
        raise Refused("no-such-batch", batches=rules.observer_batches)
    if session := _observed_lately(command.on, member, rules.observes_once_a):
        raise Refused("already-observed", session=session, once_a=rules.observes_once_a)

    return [say.ObserverAssigned(**dict(command))]


def _observed_lately(on: date, member: Serving, once_a: str) -> str | None:
    """The session that was this one's turn. A membership is of one term."""
    for session, was in sorted(member.observed):
        if once_a == "term" or was.year == on.year:
            return session
    return None


def _without_pairs(command: ask.EndMembership, member: Serving) -> Iterator[MemberEvent]:
    for partner_id in sorted(member.pairs | member.proposed):
        yield say.PairEnded(
            member_id=command.member_id, partner_id=partner_id, reason=command.reason
        )


MEMBERSHIP: Decider[Member, MemberCommand, MemberEvent, MeetingRules] = Decider(
    category="member",
    commands=MemberCommand,
    events=say.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
