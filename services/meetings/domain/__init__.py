"""What the meetings service decides about."""

from services.meetings.domain.consultation.decide import CONSULTATION
from services.meetings.domain.research.decide import RESEARCH

DECIDERS = (RESEARCH, CONSULTATION)
