"""The aggregates of the portal."""

from services.portal.domain.account.decide import ACCOUNT
from services.portal.domain.erasure.decide import ERASURE
from shared.kernel.decider import AnyDecider

DECIDERS: list[AnyDecider] = [ACCOUNT, ERASURE]
