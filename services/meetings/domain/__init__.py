"""What the meetings service decides about."""

from services.meetings.domain.consultation.decide import CONSULTATION
from services.meetings.domain.draw.decide import DRAW
from services.meetings.domain.member.decide import MEMBERSHIP
from services.meetings.domain.pool.decide import POOL
from services.meetings.domain.research.decide import RESEARCH
from services.meetings.domain.talent.decide import TALENT

DECIDERS = (RESEARCH, CONSULTATION, MEMBERSHIP, TALENT, POOL, DRAW)
