"""The aggregates of notify."""

from services.notify.domain.deadline.decide import DEADLINE
from services.notify.domain.notice.decide import NOTICE

DECIDERS = (NOTICE, DEADLINE)
