"""Which subscriptions of agencies are over, so that their keys are destroyed."""

from pathlib import Path

from services.portal.heard.agencies import SubscriptionDeclined, SubscriptionRevoked
from shared.runtime.projection import Projection

ENDINGS = Projection(
    "endings",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[SubscriptionDeclined, SubscriptionRevoked],
    sources=("exchange",),
)
