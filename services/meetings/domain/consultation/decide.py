"""The life of a consultation (协商活动).

waiting ──plan──▶ planned ──schedule──▶ scheduled ──open──▶ open ──sign──▶ held
                   │  ▲ ◀──postpone────────┤
                   │  parties, work plan   │ notice, check in
                   └─────────cancel────────┴──▶ cancelled

Research is noted while waiting or planned. A report that is there before its topic is approved
opens the stream: so none is lost, and until enough are noted here 不调研不协商 keeps the gate shut.
Reports that come later are not noted: the gate has been passed. A venue is noted while planned, and
dropped when it is taken back: a meeting that is postponed then looks for another.

A meeting may open before the announced hour: what keeps the notice honest is that the people
affected and a responsible unit must be there.
"""

from datetime import datetime, timedelta

from services.meetings.domain.consultation import commands as asked
from services.meetings.domain.consultation import events as said
from services.meetings.domain.consultation.state import (
    Cancelled,
    Consultation,
    Held,
    Open,
    Planned,
    Point,
    Scheduled,
    Waiting,
    evolve,
    item_of,
)
from services.meetings.rules import MeetingRules
from services.meetings.words import UNIT, Commitment, Kind, Mode, day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[MeetingRules]
type Facts = list[said.ConsultationEvent]


def decide(command: asked.ConsultationCommand, consultation: Consultation, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, consultation:
        case asked.PlanConsultation() as c, Waiting():
            return [said.ConsultationPlanned(**c.model_dump(exclude={"area"}))]
        case asked.NoteResearch() as c, (Waiting() | Planned()) as p:
            noted = said.ResearchNoted(**c.model_dump(exclude={"area"}))
            return [] if c.research_id in p.research else [noted]
        case asked.NoteVenue() as c, Planned() as p:
            return [] if c.venue_id == p.venue_id else [said.VenueNoted(**dict(c))]
        case asked.DropVenue() as c, (Planned() | Scheduled()) as p:
            here = c.venue_id == _plan(p).venue_id
            return [said.VenueDropped(**dict(c))] if here else []
        case asked.DetermineParties() as c, Planned() as p:
            return determine_parties(c, p, ctx)
        case asked.IssueWorkPlan() as c, Planned() as p:
            return issue_work_plan(c, p, ctx)
        case asked.ScheduleConsultation() as c, Planned() as p:
            return schedule(c, p, ctx)
        case (asked.SetAgenda() | asked.RecordInvitation()) as c, (Planned() | Scheduled()) as p:
            return prepare(c, _plan(p))
        case asked.GivePriorNotice() as c, Scheduled() as s:
            return give_prior_notice(c, s, ctx)
        case asked.CheckIn() as c, (Scheduled() | Open()) as o:
            return check_in(c, o.schedule if isinstance(o, Open) else o)
        case asked.CheckInHere() as c, (Scheduled() | Open()) as o:
            return check_in_here(c, o.schedule if isinstance(o, Open) else o)
        case asked.OpenConsultation() as c, Scheduled() as s:
            return open_up(c, s)
        case asked.PostponeConsultation() as c, Scheduled() as s:
            return [said.ConsultationPostponed(**dict(c), topic_id=s.plan.topic_id)]
        case asked.CancelConsultation() as c, (Planned() | Scheduled()) as p:
            return [said.ConsultationCancelled(**dict(c), topic_id=_plan(p).topic_id)]
        case _:
            return at_the_table(command, consultation, ctx)


def at_the_table(command: asked.ConsultationCommand, consultation: Consultation, ctx: Ctx) -> Facts:
    """What may happen once it is open; and what is already so."""
    match command, consultation:
        case asked.BeginAgendaItem() as c, Open() as o:
            return begin_agenda_item(c, o)
        case asked.RecordStatement() as c, Open() as o:
            return record_statement(c, o)
        case asked.MakeCommitment() as c, Open() as o:
            return make_commitment(c, o, ctx)
        case asked.RecordConsensus() as c, Open() as o:
            return record(said.ConsensusRecorded(**dict(c)), o)
        case asked.RecordDissent() as c, Open() as o:
            return record(said.DissentRecorded(**dict(c)), o)
        case asked.SignRecord() as c, Open() as o:
            return sign(c, o, ctx)
        case (
            (asked.PlanConsultation(), _)
            | (asked.DropVenue(), _)
            | (asked.OpenConsultation(), Open())
            | (asked.SignRecord(), Held())
            | (asked.CancelConsultation(), Cancelled())
        ):
            return []
        case _:
            name, phase = type(command).__name__, type(consultation).__name__
            raise Refused("not-now", command=name, consultation=phase)


def _plan(consultation: Planned | Scheduled) -> Planned:
    return consultation.plan if isinstance(consultation, Scheduled) else consultation


def determine_parties(command: asked.DetermineParties, plan: Planned, ctx: Ctx) -> Facts:
    """邻水: "明确协商主体". The people affected and a responsible unit are never left out."""
    if command.parties == plan.parties:
        return []
    named: list[str] = [party.kind for party in command.parties]
    least = dict(ctx.rules.parties_min)
    if needed := {kind: n for kind, n in least.items() if named.count(kind) < n}:
        raise Refused("parties-missing", needed=needed)

    return [said.PartiesDetermined(**dict(command))]


def issue_work_plan(command: asked.IssueWorkPlan, plan: Planned, ctx: Ctx) -> Facts:
    """英山 asks for eight fields; the charter says which ones a county needs."""
    if command.fields == plan.work_plan:
        return []
    if missing := ctx.rules.workplan_fields - command.fields.keys():
        raise Refused("work-plan-incomplete", missing=sorted(missing))

    return [said.WorkPlanIssued(**dict(command))]


def schedule(command: asked.ScheduleConsultation, plan: Planned, ctx: Ctx) -> Facts:
    """英山: "不调研不协商". 邻水: "将调查研究作为协商的必经程式"."""
    needed = ctx.rules.reports_per_topic
    if len(plan.research) < needed:
        raise Refused("no-research", filed=len(plan.research), needed=needed)
    if not plan.parties:
        raise Refused("no-parties")
    if not plan.work_plan:
        raise Refused("no-work-plan")
    if ctx.rules.venue_needed and plan.venue_id is None:
        raise Refused("no-venue")
    _is_offered_here(command, ctx.rules)
    if command.starts < ctx.now:
        raise Refused("in-the-past", starts=command.starts)
    _in_good_time(command.starts, command.mode, ctx)

    return [
        said.ConsultationScheduled(
            **dict(command),
            topic_id=plan.topic_id,
            title=plan.title,
            venue_id=plan.venue_id,
            research=plan.research,
            proposer=plan.proposer,
        )
    ]


def _is_offered_here(command: asked.ScheduleConsultation, rules: MeetingRules) -> None:
    """Form and mode are the county's; who needs no notice says what the urgency is."""
    if rules.form(command.form) is None:
        raise Refused("no-such-form", forms=[rule.form for rule in rules.forms])
    if command.mode not in rules.modes:
        raise Refused("no-such-mode", modes=sorted(rules.modes))
    if command.mode == "urgent-site" and not command.urgency.strip():
        raise Refused("urgency-unexplained")


def _in_good_time(starts: datetime, mode: Mode, ctx: Ctx) -> None:
    """英山: "向参加协商的各个主体,提前通报协商内容". Counted in days of the calendar."""
    days = ctx.rules.notice(mode)
    earliest = day(ctx.now) + timedelta(days=days)
    if day(starts) < earliest:
        raise Refused("notice-too-short", days=days, earliest=earliest)


def prepare(command: asked.SetAgenda | asked.RecordInvitation, plan: Planned) -> Facts:
    """邻水: "明确协商主体…制定协商方案". The agenda that was set last stands."""
    if isinstance(command, asked.SetAgenda):
        same = command.items == plan.agenda
        return [] if same else [said.AgendaSet(**dict(command))]
    known = (command.kind, command.name, command.how) in plan.invited
    return [] if known else [said.InvitationRecorded(**dict(command))]


def begin_agenda_item(command: asked.BeginAgendaItem, consultation: Open) -> Facts:
    """One may go back to an item; the one that is on is not begun again."""
    if command.no > len(consultation.schedule.plan.agenda):
        raise Refused("no-such-agenda-item", items=len(consultation.schedule.plan.agenda))
    return [] if command.no == consultation.at_item else [said.AgendaItemBegun(**dict(command))]


def give_prior_notice(command: asked.GivePriorNotice, schedule: Scheduled, ctx: Ctx) -> Facts:
    """Being told is what counts: a meeting fixed in time may still be announced too late."""
    _in_good_time(schedule.announced.starts, schedule.announced.mode, ctx)

    return [said.PriorNoticeGiven(**dict(command), topic_id=schedule.plan.topic_id)]


def check_in(command: asked.CheckIn, schedule: Scheduled) -> Facts:
    """The last count for an office or group stands; a member is one, and there as a member."""
    if schedule.here.get((command.kind, command.name, command.member_id)) == command.people:
        return []
    if command.member_id and (command.kind, command.people) != ("member", 1):
        raise Refused("one-member-at-a-time")

    return [said.AttendeeCheckedIn(**dict(command))]


def check_in_here(command: asked.CheckInHere, schedule: Scheduled) -> Facts:
    """A code on the wall adds who is not there yet; it never changes a count somebody made."""
    if (command.kind == "member") != (command.member_id is not None):
        raise Refused("one-member-at-a-time")
    members = {member_id for _, _, member_id in schedule.here if member_id}
    side = (command.kind, command.name, command.member_id)
    if side in schedule.here or command.member_id in members:
        return []

    return [said.AttendeeCheckedIn(**dict(command), people=1)]


def open_up(command: asked.OpenConsultation, schedule: Scheduled) -> Facts:
    """Nobody consults without the people affected and a responsible unit at the table."""
    if not schedule.noticed:
        raise Refused("no-notice")
    if absent := {"masses", "unit"} - {kind for kind, _, _ in schedule.here}:
        raise Refused("absent", kinds=sorted(absent))

    return [said.ConsultationOpened(**dict(command))]


def record_statement(command: asked.RecordStatement, consultation: Open) -> Facts:
    """Who is said to have spoken was there."""
    here = {member_id for _, _, member_id in consultation.schedule.here if member_id}
    if command.member_id and command.member_id not in here:
        raise Refused("member-not-here")

    return [said.StatementRecorded(**dict(command))]


def make_commitment(command: asked.MakeCommitment, consultation: Open, ctx: Ctx) -> Facts:
    """当场表态: by a unit that is there, for itself, and for a day to come."""
    made = said.CommitmentMade(**dict(command), topic_id=consultation.schedule.plan.topic_id)
    if made in consultation.commitments:
        return []
    here = sorted(name for kind, name, _ in consultation.schedule.here if kind == "unit")
    if command.unit not in here:
        raise Refused("not-here", here=here)
    if ctx.actor.role == UNIT and ctx.actor.unit != command.unit:
        raise Refused("not-your-unit", unit=command.unit, yours=ctx.actor.unit)
    if command.due < day(ctx.now):
        raise Refused("in-the-past", due=command.due)

    return [made]


def record(point: Point, consultation: Open) -> Facts:
    """Those who disagreed may agree in the end, and the other way round."""
    return [] if consultation.items.get(point.item_no) == point else [point]


def sign(command: asked.SignRecord, consultation: Open, ctx: Ctx) -> Facts:
    """Without an item there is no record to sign; and who was not there cannot sign it."""
    if not consultation.items:
        raise Refused("nothing-recorded")
    schedule, promises = consultation.schedule, consultation.commitments
    attendees: dict[Kind, int] = {}
    for (kind, _, _), people in schedule.here.items():
        attendees[kind] = attendees.get(kind, 0) + people
    if absent := set(command.signed_by) - attendees.keys():
        raise Refused("absent", kinds=sorted(absent))

    return [
        said.MeetingHeld(
            **schedule.announced.model_dump(exclude={"starts", "urgency"}),
            items=tuple(item_of(consultation.items[no]) for no in sorted(consultation.items)),
            commitments=tuple(
                Commitment(unit=p.unit, promise=p.promise, due=p.due) for p in promises
            ),
            attendees=dict(sorted(attendees.items())),
            signed_by=tuple(sorted(set(command.signed_by))),
            counted=ctx.rules.counts(schedule.announced.form, attendees.get("leader", 0)),
        )
    ]


CONSULTATION: Decider[
    Consultation, asked.ConsultationCommand, said.ConsultationEvent, MeetingRules
] = Decider(
    category="consultation",
    commands=asked.ConsultationCommand,
    events=said.EVENTS,
    initial=Waiting(),
    evolve=evolve,
    decide=decide,
)
