"""What the portal looks into of what meetings says."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class ResearchPlanned(Heard):
    """The first a piece of research says; `members` of the team are members (委员)."""

    source: ClassVar = "meetings"

    topic_id: UUID
    members: tuple[UUID, ...] = ()
    round: int = 1


class ResearchNoted(Heard):
    """Perhaps the first a consultation says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class ConsultationPlanned(Heard):
    """Perhaps the first a consultation says."""

    source: ClassVar = "meetings"

    topic_id: UUID
    title: str


class ConsultationOpened(Heard):
    """The meeting has begun."""

    source: ClassVar = "meetings"


class VenueNoted(Heard):
    """A room was offered for it."""

    source: ClassVar = "meetings"

    venue_id: UUID
    name: str


class VenueDropped(Heard):
    """The room is not to be had any more."""

    source: ClassVar = "meetings"

    venue_id: UUID


class DrawOpened(Heard):
    """The first a draw of talents says: what for, and where its seed will be found."""

    source: ClassVar = "meetings"

    topic_id: UUID
    purpose: str
    specialty: str
    wanted: int
    seed_source: str
    seed_day: date


class CommitmentMade(Heard):
    """A unit promised something on the spot."""

    source: ClassVar = "meetings"

    topic_id: UUID
    unit: str
    promise: str
    due: date


class ResearchReportFiled(Heard):
    """What was found out is on paper."""

    source: ClassVar = "meetings"

    title: str
    topic_id: UUID


class AttendeeCheckedIn(Heard):
    """Somebody is there; perhaps one member, by id."""

    source: ClassVar = "meetings"

    member_id: UUID | None = None


class StatementRecorded(Heard):
    """One side spoke; perhaps it was a member who did."""

    source: ClassVar = "meetings"

    member_id: UUID | None = None


class MeetingHeld(Heard):
    """A consultation was held; `counted` says whether it counts to the quota of its form."""

    source: ClassVar = "meetings"

    topic_id: UUID
    title: str
    place: str
    form: str
    mode: str
    attendees: dict[str, int]
    counted: bool
    venue_id: UUID | None = None
    research: tuple[UUID, ...]
    items: tuple[dict[str, Any], ...]


class ConsultationScheduled(Heard):
    """Time and place of a consultation are fixed."""

    source: ClassVar = "meetings"

    topic_id: UUID
    starts: datetime
    place: str
    form: str
    mode: str
    venue_id: UUID | None = None


class ConsultationPostponed(Heard):
    """Time and place were taken back."""

    source: ClassVar = "meetings"


class ConsultationCancelled(Heard):
    """The consultation was given up."""

    source: ClassVar = "meetings"
