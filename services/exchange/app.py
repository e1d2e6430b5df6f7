"""The exchange service: what other agencies are told of the county's matters."""

from services.exchange.api import ROUTES
from services.exchange.domain import DECIDERS
from services.exchange.effects import publish
from services.exchange.policies import POLICIES
from services.exchange.projections.agencies import AGENCIES
from services.exchange.projections.feed import FEED
from services.exchange.rules import ExchangeRules
from shared.runtime.service import service

app = service(
    "exchange",
    deciders=DECIDERS,
    rules=ExchangeRules,
    routes=ROUTES,
    projections=[FEED, AGENCIES],
    policies=POLICIES,
    parts=[publish],
)
