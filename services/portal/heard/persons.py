"""What the portal looks into of what meetings says about members, talents and draws."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class MemberAdmitted(Heard):
    """Somebody is a member for one term. The name is sealed."""

    source: ClassVar = "meetings"

    name: str
    account: str
    party_member: bool
    standing: bool
    sector: str
    district: str
    term: int


class MembershipEnded(Heard):
    """Somebody is a member no more."""

    source: ClassVar = "meetings"

    reason: str


class MembersPaired(Heard):
    """A Party member and a member outside the Party keep in touch."""

    source: ClassVar = "meetings"

    partner_id: UUID


class PairEnded(Heard):
    """They do so no longer. Said on both sides."""

    source: ClassVar = "meetings"

    partner_id: UUID


class DutyRecorded(Heard):
    """The member did something."""

    source: ClassVar = "meetings"

    kind: str
    on: date
    reference: str
    points: int


class DutyReportFiled(Heard):
    """A member of the standing committee reported on a year."""

    source: ClassVar = "meetings"

    year: int
    content: str


class MemberEvaluated(Heard):
    """A year of a member was evaluated."""

    source: ClassVar = "meetings"

    year: int
    total: int
    grade: str


class ObserverAssigned(Heard):
    """The member observes a session of the standing committee."""

    source: ClassVar = "meetings"

    session: str
    on: date
    batch: int


class TalentAdmitted(Heard):
    """Somebody may be drawn until a day. The name is sealed."""

    source: ClassVar = "meetings"

    name: str
    group: str
    specialties: tuple[str, ...]
    until: date


class TalentAssessed(Heard):
    """How a talent did in a year."""

    source: ClassVar = "meetings"

    year: int
    grade: str


class TalentRewarded(Heard):
    """A talent was honoured."""

    source: ClassVar = "meetings"


class TalentSanctioned(Heard):
    """A talent was warned, or is left out of draws until a day."""

    source: ClassVar = "meetings"

    until: date | None


class TalentExited(Heard):
    """Somebody is in the pool no more."""

    source: ClassVar = "meetings"

    reason: str


class PoolCommitted(Heard):
    """The pool is fixed."""

    source: ClassVar = "meetings"

    pool: tuple[UUID, ...]
    pool_hash: str


class TalentExcluded(Heard):
    """Somebody will not be drawn."""

    source: ClassVar = "meetings"

    talent_id: UUID
    reason: str


class TalentDrawn(Heard):
    """The seed is known, and so is who goes, and in which order the others would."""

    source: ClassVar = "meetings"

    seed: str
    published_in: str
    drawn: tuple[UUID, ...]
    reserve: tuple[UUID, ...]


class DrawnReplaced(Heard):
    """The first of the reserve goes in place of somebody drawn."""

    source: ClassVar = "meetings"

    talent_id: UUID
    by: UUID
    reason: str


class DrawCancelled(Heard):
    """There is no draw."""

    source: ClassVar = "meetings"

    reason: str
