"""The aggregates of exchange."""

from services.exchange.domain.agency.decide import AGENCY
from services.exchange.domain.dispatch.decide import DISPATCH
from services.exchange.domain.handover.decide import HANDOVER
from services.exchange.domain.publication.decide import PUBLICATION
from services.exchange.domain.subscription.decide import SUBSCRIPTION

DECIDERS = (PUBLICATION, AGENCY, SUBSCRIPTION, HANDOVER, DISPATCH)
