"""What notify hears of what meetings says."""

from datetime import datetime
from typing import ClassVar

from services.notify.heard.steps import OfTopic


class _ByMeetings(OfTopic):
    source: ClassVar[str] = "meetings"


class ConsultationScheduled(_ByMeetings):
    """Time and place are fixed."""

    title: str
    starts: datetime
    place: str


class ConsultationPostponed(_ByMeetings):
    """Another day will be fixed."""

    reason: str


class ConsultationCancelled(_ByMeetings):
    """Nobody will meet."""

    reason: str


class MeetingHeld(_ByMeetings):
    """The consultation took place."""

    title: str
