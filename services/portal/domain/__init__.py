"""The aggregates of the portal."""

from services.portal.domain.account.decide import ACCOUNT

DECIDERS = [ACCOUNT]
