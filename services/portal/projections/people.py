"""Who may enter, and as what."""

from pathlib import Path

from services.portal.domain.account.events import (
    AccountOpened,
    AppointmentGranted,
    AppointmentRevoked,
)
from shared.runtime.projection import Projection

PEOPLE = Projection(
    "people",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[AccountOpened, AppointmentGranted, AppointmentRevoked],
    sources=("portal",),
)
