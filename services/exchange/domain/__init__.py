"""The aggregates of exchange."""

from services.exchange.domain.publication.decide import PUBLICATION

DECIDERS = (PUBLICATION,)
