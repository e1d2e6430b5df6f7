"""What the portal looks into of what meetings says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class ResearchPlanned(Heard):
    """The first a piece of research says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class ResearchNoted(Heard):
    """Perhaps the first a consultation says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class ConsultationPlanned(Heard):
    """Perhaps the first a consultation says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class DrawOpened(Heard):
    """The first a draw of talents says."""

    source: ClassVar = "meetings"

    topic_id: UUID


class CommitmentMade(Heard):
    """A unit promised something on the spot."""

    source: ClassVar = "meetings"

    topic_id: UUID
    unit: str
    promise: str
    due: date
