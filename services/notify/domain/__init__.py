"""The aggregates of notify."""

from services.notify.domain.deadline.decide import DEADLINE
from services.notify.domain.delivery.decide import DELIVERY
from services.notify.domain.notice.decide import NOTICE
from services.notify.domain.subscription.decide import SUBSCRIPTION

DECIDERS = (NOTICE, DEADLINE, SUBSCRIPTION, DELIVERY)
