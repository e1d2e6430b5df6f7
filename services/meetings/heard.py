"""What the meetings service hears."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class TopicApproved(Heard):
    """Said by topics. We need to know what to consult on, and where."""

    source: ClassVar = "topics"

    topic_id: UUID
    area: AreaCode
    title: str
    proposer: str


class VenueOffered(Heard):
    """Said by topics: a consultation may be held in a venue, for its convenors are fit."""

    source: ClassVar = "topics"

    venue_id: UUID
    consultation_id: UUID
    name: str


class VenueOffersWithdrawn(Heard):
    """Said by topics: these consultations may not be held there any more."""

    source: ClassVar = "topics"

    venue_id: UUID
    consultations: tuple[UUID, ...]


class TopicReopened(Heard):
    """Said by topics: a closed matter is taken up again, in another round."""

    source: ClassVar = "topics"

    topic_id: UUID
    area: AreaCode
    round: int
    title: str
    proposer: str


class ResearchReportFiled(Heard):
    """Said by ourselves: a report on a topic is there."""

    source: ClassVar = "meetings"

    research_id: UUID
    topic_id: UUID
    round: int = 1
    area: AreaCode


class PairProposed(Heard):
    """Said by ourselves: a Party member is to be paired with another member."""

    source: ClassVar = "meetings"

    member_id: UUID
    partner_id: UUID


class PairAnswered(Heard):
    """Said by ourselves: the other member's record answered."""

    source: ClassVar = "meetings"

    member_id: UUID
    partner_id: UUID
    obstacle: str


class PairEnded(Heard):
    """Said by ourselves: one side of a pair says it is no more."""

    source: ClassVar = "meetings"

    member_id: UUID
    partner_id: UUID
    reason: str


class TalentAdmitted(Heard):
    """Said by ourselves: there is one more to draw from."""

    source: ClassVar = "meetings"

    talent_id: UUID
    area: AreaCode
    specialties: tuple[str, ...]
    until: date


class TalentSanctioned(Heard):
    """Said by ourselves: a talent was warned, or is suspended until a day."""

    source: ClassVar = "meetings"

    talent_id: UUID
    area: AreaCode
    until: date | None


class TalentExited(Heard):
    """Said by ourselves: there is one fewer to draw from."""

    source: ClassVar = "meetings"

    talent_id: UUID
    area: AreaCode


class DrawOpened(Heard):
    """Said by ourselves: a draw wants to know its pool."""

    source: ClassVar = "meetings"

    draw_id: UUID
    area: AreaCode
    specialty: str


class PoolListed(Heard):
    """Said by ourselves: the pool answered a draw."""

    source: ClassVar = "meetings"

    draw_id: UUID
    talents: tuple[UUID, ...]
