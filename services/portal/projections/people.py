"""Who may enter, and as what."""

from pathlib import Path

from services.portal.domain.account.events import (
    AccountClosed,
    AccountOpened,
    AppointmentGranted,
    AppointmentRevoked,
    TokenMade,
    TokenRevoked,
)
from services.portal.domain.erasure.events import SubjectErased
from shared.runtime.projection import Projection

PEOPLE = Projection(
    "people",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        AccountOpened,
        AppointmentGranted,
        AppointmentRevoked,
        TokenMade,
        TokenRevoked,
        AccountClosed,
        SubjectErased,
    ],
    sources=("portal",),
)
