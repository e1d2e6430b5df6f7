"""The calendar of consultations, and the rooms they meet in."""

from pathlib import Path

from services.portal.heard import meetings
from shared.runtime.projection import Projection

SITTINGS = Projection(
    "sittings",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        meetings.ConsultationPlanned,
        meetings.ConsultationScheduled,
        meetings.ConsultationPostponed,
        meetings.ConsultationOpened,
        meetings.ConsultationCancelled,
        meetings.VenueNoted,
        meetings.VenueDropped,
        meetings.MeetingHeld,
    ],
    sources=("meetings",),
)
