"""What the topics service hears."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from services.topics.words import Origin, SplitPart
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


class LeadMerged(Heard):
    """Said by ourselves: a lead goes on as part of another."""

    source: ClassVar = "topics"

    lead_id: UUID
    into: UUID
    submitter: str


class LeadUnmerged(Heard):
    """Said by ourselves: it goes on by itself again."""

    source: ClassVar = "topics"

    lead_id: UUID
    into: UUID


class MergeTurnedDown(Heard):
    """Said by ourselves: a lead was merged into one that has come to its end elsewhere."""

    source: ClassVar = "topics"

    lead_id: UUID
    merged: UUID


class LeadSplit(Heard):
    """Said by ourselves: several leads are to be made of one."""

    source: ClassVar = "topics"

    lead_id: UUID
    area: AreaCode
    parts: tuple[SplitPart, ...]
    origin: Origin
    proxy: bool
    place: str
    submitter: str


class TopicAdoptedIntoPlan(Heard):
    """Said by ourselves: a topic serves an item of a plan."""

    source: ClassVar = "topics"

    plan_id: UUID
    item_no: int
    topic_id: UUID
    year: int
    adopter: str


class MeetingHeld(Heard):
    """Said by meetings: people met, in a venue or elsewhere."""

    source: ClassVar = "meetings"

    consultation_id: UUID
    venue_id: UUID | None = None
    at: datetime


class _HandedOver(Heard):
    source: ClassVar = "exchange"

    handover_id: UUID
    title: str
    place: str
    words: str
    contact: str


class MatterHandedOver(_HandedOver):
    """Said by exchange: an agency handed a matter over; private words are ciphertext."""

    area: AreaCode
    agency_id: UUID
    agency: str
    number: str
    personal: bool
    same_as: UUID | None


class MatterCompleted(_HandedOver):
    """Said by exchange: it completed what had been returned to it."""


class DispatchAcknowledged(Heard):
    """Said by exchange: an agency has a transferred appeal, under its own number."""

    source: ClassVar = "exchange"

    lead_id: UUID
    number: str
    on_paper: bool


class OutcomeClosed(Heard):
    """Said by outcomes: all that was promised on the matter is done."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    outcome_id: UUID
