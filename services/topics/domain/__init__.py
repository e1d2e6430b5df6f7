"""What the topics service decides about."""

from services.topics.domain.lead.decide import LEAD
from services.topics.domain.topic.decide import TOPIC

DECIDERS = (LEAD, TOPIC)
