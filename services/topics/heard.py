"""What the topics service hears."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from services.topics.words import Origin
from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class LeadAdopted(Heard):
    """Said by ourselves: a lead is to become a topic."""

    source: ClassVar = "topics"

    lead_id: UUID
    area: AreaCode
    title: str
    summary: str
    origin: Origin
    adopter: str
    submitter: str


class MeetingHeld(Heard):
    """Said by meetings: people met, in a venue or elsewhere."""

    source: ClassVar = "meetings"

    consultation_id: UUID
    venue_id: UUID | None = None
    at: datetime


class OutcomeClosed(Heard):
    """Said by outcomes: all that was promised on the matter is done."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    outcome_id: UUID
