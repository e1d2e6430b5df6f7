"""Where a consultation (协商活动) stands, and how facts move it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.meetings.domain.consultation import events as said
from services.meetings.words import AgendaItem, Item, Kind, Party, WorkPlanField

type Point = said.ConsensusRecorded | said.DissentRecorded
type Side = tuple[Kind, str, UUID | None]
"""An office or a group; or one member of it, by id."""


@dataclass(frozen=True)
class Waiting:
    """The topic is not approved; perhaps there is research."""

    research: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Planned:
    """Being prepared."""

    topic_id: UUID
    title: str
    proposer: str
    research: tuple[UUID, ...] = ()
    parties: tuple[Party, ...] = ()
    work_plan: Mapping[WorkPlanField, str] = field(default_factory=dict)
    venue_id: UUID | None = None
    agenda: tuple[AgendaItem, ...] = ()
    invited: frozenset[tuple[Kind, str, str]] = frozenset()


@dataclass(frozen=True)
class Scheduled:
    """Prepared, and fixed as announced. `here` counts people checked in, by side."""

    plan: Planned
    announced: said.ConsultationScheduled
    noticed: bool = False
    here: Mapping[Side, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Open:
    """People are talking. The last word on an item number counts."""

    schedule: Scheduled
    items: Mapping[int, Point] = field(default_factory=dict)
    commitments: tuple[said.CommitmentMade, ...] = ()
    at_item: int = 0


@dataclass(frozen=True)
class Held:
    """Over, and its record signed."""


@dataclass(frozen=True)
class Cancelled:
    """Given up."""


type Consultation = Waiting | Planned | Scheduled | Open | Held | Cancelled


def evolve(consultation: Consultation, event: said.ConsultationEvent) -> Consultation:
    """The consultation after one more fact."""
    match consultation, event:
        case Waiting() as w, said.ConsultationPlanned() as e:
            return Planned(e.topic_id, e.title, e.proposer, w.research)
        case (Waiting() | Planned()) as p, said.ResearchNoted() as e:
            return replace(p, research=(*p.research, e.research_id))
        case Planned() as p, said.VenueNoted() as e:
            return replace(p, venue_id=e.venue_id)
        case Planned() as p, said.VenueDropped():
            return replace(p, venue_id=None)
        case Scheduled() as s, said.VenueDropped():
            return replace(s, plan=replace(s.plan, venue_id=None))
        case Planned() as p, said.PartiesDetermined() as e:
            return replace(p, parties=e.parties)
        case Planned() as p, said.WorkPlanIssued() as e:
            return replace(p, work_plan=e.fields)
        case (Planned() | Scheduled()) as p, (said.AgendaSet() | said.InvitationRecorded()) as e:
            return _prepared(p, e)
        case Planned() as p, said.ConsultationScheduled() as e:
            return Scheduled(p, e)
        case Scheduled() as s, said.PriorNoticeGiven():
            return replace(s, noticed=True)
        case Scheduled() as s, said.AttendeeCheckedIn() as e:
            return _arrived(s, e)
        case Scheduled() as s, said.ConsultationOpened():
            return Open(s)
        case Open() as o, said.AttendeeCheckedIn() as e:
            return replace(o, schedule=_arrived(o.schedule, e))
        case Open() as o, said.AgendaItemBegun() as e:
            return replace(o, at_item=e.no)
        case Open() as o, said.CommitmentMade() as e:
            return replace(o, commitments=(*o.commitments, e))
        case Open() as o, (said.ConsensusRecorded() | said.DissentRecorded()) as e:
            return replace(o, items={**o.items, e.item_no: e})
        case Open(), said.MeetingHeld():
            return Held()
        case Scheduled() as s, said.ConsultationPostponed():
            return s.plan
        case ((Planned() | Scheduled()), said.ConsultationCancelled()):
            return Cancelled()
        case _:
            return consultation


def _prepared(
    consultation: Planned | Scheduled, event: said.AgendaSet | said.InvitationRecorded
) -> Planned | Scheduled:
    if isinstance(consultation, Scheduled):
        return replace(consultation, plan=_prepare(consultation.plan, event))
    return _prepare(consultation, event)


def _prepare(plan: Planned, event: said.AgendaSet | said.InvitationRecorded) -> Planned:
    if isinstance(event, said.AgendaSet):
        return replace(plan, agenda=event.items)
    return replace(plan, invited=plan.invited | {(event.kind, event.name, event.how)})


def _arrived(schedule: Scheduled, event: said.AttendeeCheckedIn) -> Scheduled:
    side = (event.kind, event.name, event.member_id)
    return replace(schedule, here={**schedule.here, side: event.people})


def item_of(point: Point) -> Item:
    agreed = isinstance(point, said.ConsensusRecorded)
    unit = point.unit if isinstance(point, said.ConsensusRecorded) else ""
    return Item(no=point.item_no, text=point.text, agreed=agreed, general=point.general, unit=unit)
