"""What exchange hears of what meetings says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from services.exchange.heard.steps import Step


class _ByMeetings(Step):
    source: ClassVar[str] = "meetings"

    consultation_id: UUID


class ConsultationScheduled(_ByMeetings):
    """Time and place are fixed."""

    starts: AwareDatetime
    place: str
    form: str
    mode: str


class ConsultationPostponed(_ByMeetings):
    """Another day will be fixed."""


class ConsultationCancelled(_ByMeetings):
    """Nobody will meet."""


class CommitmentMade(_ByMeetings):
    """A unit promised something on the spot."""

    unit: str
    promise: str
    due: date


class MeetingHeld(_ByMeetings):
    """The consultation took place."""

    place: str
    form: str
    mode: str
