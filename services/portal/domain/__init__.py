"""The aggregates of the portal."""

from services.portal.domain.account.decide import ACCOUNT
from services.portal.domain.erasure.decide import ERASURE
from services.portal.domain.file.decide import FILE
from services.portal.domain.operation.decide import OPERATION
from shared.kernel.decider import AnyDecider

DECIDERS: list[AnyDecider] = [ACCOUNT, ERASURE, FILE, OPERATION]
