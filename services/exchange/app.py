"""The exchange service: what other agencies are told of the county's matters."""

from pydantic_core import from_json

from services.exchange.api import ROUTES
from services.exchange.domain import DECIDERS
from services.exchange.domain.dispatch.commands import OfferDispatch, RemindDispatch
from services.exchange.domain.handover.commands import TellStep
from services.exchange.effects import publish
from services.exchange.effects.hooks import carry_webhooks
from services.exchange.effects.hooks.telling import tell_of_webhooks
from services.exchange.effects.neighbours import connect_agencies
from services.exchange.policies import POLICIES
from services.exchange.projections.agencies import AGENCIES
from services.exchange.projections.dispatches import DISPATCHES
from services.exchange.projections.feed import FEED
from services.exchange.projections.handovers import HANDOVERS
from services.exchange.projections.objects import OBJECTS
from services.exchange.rules import ExchangeRules
from services.exchange.words.inbound import dispatch_of
from shared.runtime.service import service
from shared.runtime.ticker import tick

TELL_S = 2.0
"""How often it is looked what agencies were not told yet of what is theirs."""

REMIND_S = 60.0

app = service(
    "exchange",
    deciders=DECIDERS,
    rules=ExchangeRules,
    routes=ROUTES,
    projections=[FEED, OBJECTS, AGENCIES, HANDOVERS, DISPATCHES],
    policies=POLICIES,
    ticks=[
        tick(
            "tell_the_step",
            HANDOVERS,
            "to be told",
            lambda due: TellStep(
                handover_id=due["handover_id"],
                cause=due["cause"],
                step=due["step"],
                told=from_json(due["told"]),
                topic_id=due["topic_id"],
                happened_at=due["at"],
            ),
            key="clock",
            every_s=TELL_S,
        ),
        tick(
            "offer_the_dispatch",
            DISPATCHES,
            "to be offered",
            lambda due: OfferDispatch(
                dispatch_id=dispatch_of(due["lead_id"]),
                lead_id=due["lead_id"],
                area=due["area"],
                agency_id=due["agency_id"],
                agency=due["agency"],
                title=due["title"],
                place=due["place"],
                reason=due["reason"],
            ),
            key="lead_id",
            every_s=TELL_S,
        ),
        tick(
            "remind_of_the_dispatch",
            DISPATCHES,
            "to be reminded of",
            lambda due: RemindDispatch(dispatch_id=due["dispatch_id"], nth=due["nth"]),
            key="clock",
            every_s=REMIND_S,
        ),
    ],
    parts=[publish, carry_webhooks, tell_of_webhooks, connect_agencies],
)
