"""The life of a consultation (协商活动).

nothing ──note research──▶ waiting ──plan──▶ planned ──schedule──▶ scheduled ──open──▶ open
   └──────────────plan─────────────────────▶  │  ▲ ◀──postpone──────┤                   │ sign
                                              │  parties, work plan │                   ▼
                                              └───────cancel────────┴▶ cancelled       held

A report that is there before its topic is approved opens the stream and waits in it: so none is
lost, none is looked up elsewhere, and until enough are noted here the gate 不调研不协商 is shut.

A meeting may open before the announced hour; what keeps the notice honest is that the people
affected and a responsible unit must be there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.meetings.domain.consultation import commands as ask
from services.meetings.domain.consultation import events as say
from services.meetings.domain.consultation.commands import ConsultationCommand
from services.meetings.domain.consultation.events import ConsultationEvent
from services.meetings.rules import MeetingRules
from services.meetings.words import UNIT, Commitment, Item, Kind, Mode, Party, WorkPlanField, day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Neither an approved topic nor a report on it."""


@dataclass(frozen=True)
class Waiting:
    """There is research, but the topic is not approved."""

    research: tuple[UUID, ...]


@dataclass(frozen=True)
class Planned:
    """Being prepared."""

    topic_id: UUID
    title: str
    proposer: str
    research: tuple[UUID, ...] = ()
    parties: tuple[Party, ...] = ()
    work_plan: Mapping[WorkPlanField, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scheduled:
    """Prepared, and fixed as announced. `here` counts people checked in, by kind and name."""

    plan: Planned
    announced: say.ConsultationScheduled
    noticed: bool = False
    here: Mapping[tuple[Kind, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Open:
    """People are talking."""

    schedule: Scheduled
    items: Mapping[int, Item] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True)
class Held:
    """Over, and its record signed."""


@dataclass(frozen=True)
class Cancelled:
    """Given up."""


type Consultation = Nothing | Waiting | Planned | Scheduled | Open | Held | Cancelled


def evolve(consultation: Consultation, event: ConsultationEvent) -> Consultation:
    """The consultation after one more fact."""
    match consultation, event:
        case Nothing(), say.ResearchNoted() as e:
            return Waiting((e.research_id,))
        case Nothing(), say.ConsultationPlanned() as e:
            return Planned(e.topic_id, e.title, e.proposer)
        case Waiting() as w, say.ConsultationPlanned() as e:
            return Planned(e.topic_id, e.title, e.proposer, w.research)
        case (Waiting() | Planned()) as p, say.ResearchNoted() as e:
            return replace(p, research=(*p.research, e.research_id))
        case Planned() as p, say.PartiesDetermined() as e:
            return replace(p, parties=e.parties)
        case Planned() as p, say.WorkPlanIssued() as e:
            return replace(p, work_plan=e.fields)
        case Planned() as p, say.ConsultationScheduled() as e:
            return Scheduled(p, e)
        case Scheduled() as s, say.PriorNoticeGiven():
            return replace(s, noticed=True)
        case Scheduled() as s, say.AttendeeCheckedIn() as e:
            return _arrived(s, e)
        case Scheduled() as s, say.ConsultationOpened():
            return Open(s)
        case Open() as o, say.AttendeeCheckedIn() as e:
            return replace(o, schedule=_arrived(o.schedule, e))
        case Open() as o, say.CommitmentMade() as e:
            return replace(o, commitments=(*o.commitments, _commitment(e)))
        case Open() as o, (say.ConsensusRecorded() | say.DissentRecorded()) as e:
            return replace(o, items={**o.items, e.item_no: _item(e)})
        case Open(), say.MeetingHeld():
            return Held()
        case Scheduled() as s, say.ConsultationPostponed():
            return s.plan
        case ((Planned() | Scheduled()), say.ConsultationCancelled()):
            return Cancelled()
        case _:
            return consultation


def _arrived(schedule: Scheduled, event: say.AttendeeCheckedIn) -> Scheduled:
    return replace(schedule, here={**schedule.here, (event.kind, event.name): event.people})


def _commitment(made: ask.MakeCommitment | say.CommitmentMade) -> Commitment:
    return Commitment(unit=made.unit, promise=made.promise, due=made.due)


def _item(said: say.ConsensusRecorded | say.DissentRecorded) -> Item:
    agreed = isinstance(said, say.ConsensusRecorded)
    unit = said.unit if isinstance(said, say.ConsensusRecorded) else ""
    return Item(no=said.item_no, text=said.text, agreed=agreed, general=said.general, unit=unit)


def decide(
    command: ConsultationCommand, consultation: Consultation, ctx: Context[MeetingRules]
) -> list[ConsultationEvent]:
    """What may happen when."""
    match command, consultation:
        case ask.PlanConsultation() as c, Nothing() | Waiting():
            return [say.ConsultationPlanned(**c.model_dump(exclude={"area"}))]
        case ask.NoteResearch() as c, (Waiting() | Planned()) as p if c.research_id in p.research:
            return []
        case ask.NoteResearch() as c, Nothing() | Waiting() | Planned():
            return [say.ResearchNoted(**c.model_dump(exclude={"area"}))]
        case ask.DetermineParties() as c, Planned() as p:
            return determine_parties(c, p, ctx)
        case ask.IssueWorkPlan() as c, Planned() as p:
            return issue_work_plan(c, p, ctx)
        case ask.ScheduleConsultation() as c, Planned() as p:
            return schedule(c, p, ctx)
        case ask.GivePriorNotice() as c, Scheduled() as s:
            return give_prior_notice(c, s, ctx)
        case ask.CheckIn() as c, Scheduled() as s:
            return check_in(c, s)
        case ask.CheckIn() as c, Open() as o:
            return check_in(c, o.schedule)
        case ask.OpenConsultation() as c, Scheduled() as s:
            return open_up(c, s)
        case ask.RecordStatement() as c, Open():
            return [say.StatementRecorded(**dict(c))]
        case ask.MakeCommitment() as c, Open() as o:
            return make_commitment(c, o, ctx)
        case ask.RecordConsensus() as c, Open() as o:
            return _unless_said(say.ConsensusRecorded(**dict(c)), o)
        case ask.RecordDissent() as c, Open() as o:
            return _unless_said(say.DissentRecorded(**dict(c)), o)
        case ask.SignRecord() as c, Open() as o:
            return sign(c, o, ctx)
        case ask.PostponeConsultation() as c, Scheduled() as s:
            return [say.ConsultationPostponed(**dict(c), topic_id=s.plan.topic_id)]
        case ask.CancelConsultation() as c, (Planned() | Scheduled()) as p:
            plan = p.plan if isinstance(p, Scheduled) else p
            return [say.ConsultationCancelled(**dict(c), topic_id=plan.topic_id)]
        case (
            (ask.PlanConsultation(), _)
            | (ask.OpenConsultation(), Open())
            | (ask.SignRecord(), Held())
            | (ask.CancelConsultation(), Cancelled())
        ):
            return []
        case _:
            asked, phase = type(command).__name__, type(consultation).__name__
            raise Refused("not-now", command=asked, consultation=phase)


def determine_parties(
    command: ask.DetermineParties, plan: Planned, ctx: Context[MeetingRules]
) -> list[ConsultationEvent]:
    """邻水: "明确协商主体". The people affected and a responsible unit are never left out."""
    if command.parties == plan.parties:
        return []
    named: list[str] = [party.kind for party in command.parties]
    least = dict(ctx.rules.parties_min)
    if needed := {kind: n for kind, n in least.items() if named.count(kind) < n}:
        raise Refused("parties-missing", needed=needed)

    return [say.PartiesDetermined(**dict(command))]


def issue_work_plan(
    command: ask.IssueWorkPlan, plan: Planned, ctx: Context[MeetingRules]
) -> list[ConsultationEvent]:
    """英山 asks for eight fields; the charter says which ones a county needs."""
    if command.fields == plan.work_plan:
        return []
    if missing := ctx.rules.workplan_fields - command.fields.keys():
        raise Refused("work-plan-incomplete", missing=sorted(missing))

    return [say.WorkPlanIssued(**dict(command))]


def schedule(
    command: ask.ScheduleConsultation, plan: Planned, ctx: Context[MeetingRules]
) -> list[ConsultationEvent]:
    """英山: "不调研不协商". 邻水: "将调查研究作为协商的必经程式"."""
    needed = ctx.rules.reports_per_topic
    if len(plan.research) < needed:
        raise Refused("no-research", filed=len(plan.research), needed=needed)
    if not plan.parties:
        raise Refused("no-parties")
    if not plan.work_plan:
        raise Refused("no-work-plan")
    _is_offered_here(command, ctx.rules)
    if command.starts < ctx.now:
        raise Refused("in-the-past", starts=command.starts)
    _in_good_time(command.starts, command.mode, ctx)

    return [
        say.ConsultationScheduled(
            **dict(command),
            topic_id=plan.topic_id,
            title=plan.title,
            research=plan.research,
            proposer=plan.proposer,
        )
    ]


def _is_offered_here(command: ask.ScheduleConsultation, rules: MeetingRules) -> None:
    """Form and mode are the county's; who needs no notice says what the urgency is."""
    if rules.form(command.form) is None:
        raise Refused("no-such-form", forms=[rule.form for rule in rules.forms])
    if command.mode not in rules.modes:
        raise Refused("no-such-mode", modes=sorted(rules.modes))
    if command.mode == "urgent-site" and not command.urgency.strip():
        raise Refused("urgency-unexplained")


def _in_good_time(starts: datetime, mode: Mode, ctx: Context[MeetingRules]) -> None:
    """英山: "向参加协商的各个主体,提前通报协商内容". Counted in days of the calendar."""
    days = ctx.rules.notice(mode)
    earliest = day(ctx.now) + timedelta(days=days)
    if day(starts) < earliest:
        raise Refused("notice-too-short", days=days, earliest=earliest)


def give_prior_notice(
    command: ask.GivePriorNotice, schedule: Scheduled, ctx: Context[MeetingRules]
) -> list[ConsultationEvent]:
    """Being told is what counts: a meeting fixed in time may still be announced too late."""
    _in_good_time(schedule.announced.starts, schedule.announced.mode, ctx)

    return [say.PriorNoticeGiven(**dict(command), topic_id=schedule.plan.topic_id)]


def check_in(command: ask.CheckIn, schedule: Scheduled) -> list[ConsultationEvent]:
    """The last count for an office or group stands."""
    if schedule.here.get((command.kind, command.name)) == command.people:
        return []

    return [say.AttendeeCheckedIn(**dict(command))]


def open_up(command: ask.OpenConsultation, schedule: Scheduled) -> list[ConsultationEvent]:
    """Nobody consults without the people affected and a responsible unit at the table."""
    if not schedule.noticed:
        raise Refused("no-notice")
    if absent := {"masses", "unit"} - {kind for kind, _ in schedule.here}:
        raise Refused("absent", kinds=sorted(absent))

    return [say.ConsultationOpened(**dict(command))]


def make_commitment(
    command: ask.MakeCommitment, consultation: Open, ctx: Context[MeetingRules]
) -> list[ConsultationEvent]:
    """当场表态: by a unit that is there, for itself, and for a day to come."""
    here = sorted(name for kind, name in consultation.schedule.here if kind == "unit")
    if _commitment(command) in consultation.commitments:
        return []
    if command.unit not in here:
        raise Refused("not-here", here=here)
    if ctx.actor.role == UNIT and ctx.actor.unit != command.unit:
        raise Refused("not-your-unit", unit=command.unit, yours=ctx.actor.unit)
    if command.due < day(ctx.now):
        raise Refused("in-the-past", due=command.due)

    topic_id = consultation.schedule.plan.topic_id
    return [say.CommitmentMade(**dict(command), topic_id=topic_id)]


def _unless_said(
    said: say.ConsensusRecorded | say.DissentRecorded, consultation: Open
) -> list[ConsultationEvent]:
    return [] if consultation.items.get(said.item_no) == _item(said) else [said]


def sign(
    command: ask.SignRecord, consultation: Open, ctx: Context[MeetingRules]
) -> list[ConsultationEvent]:
    """Without an item there is no record to sign; and who was not there cannot sign it."""
    if not consultation.items:
        raise Refused("nothing-recorded")
    schedule = consultation.schedule
    attendees: dict[Kind, int] = {}
    for (kind, _), people in sorted(schedule.here.items()):
        attendees[kind] = attendees.get(kind, 0) + people
    if absent := set(command.signed_by) - attendees.keys():
        raise Refused("absent", kinds=sorted(absent))

    return [
        say.MeetingHeld(
            **schedule.announced.model_dump(exclude={"starts", "urgency"}),
            items=tuple(item for _, item in sorted(consultation.items.items())),
            commitments=consultation.commitments,
            attendees=attendees,
            signed_by=tuple(sorted(set(command.signed_by))),
            counted=ctx.rules.counts(schedule.announced.form, attendees.get("leader", 0)),
        )
    ]


CONSULTATION: Decider[Consultation, ConsultationCommand, ConsultationEvent, MeetingRules] = Decider(
    category="consultation",
    commands=ConsultationCommand,
    events=say.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
