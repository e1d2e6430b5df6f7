"""What the topics service decides about."""

from services.topics.domain.charter.decide import CHARTER
from services.topics.domain.lead.decide import LEAD
from services.topics.domain.plan.decide import PLAN
from services.topics.domain.topic.decide import TOPIC
from services.topics.domain.venue.decide import VENUE

DECIDERS = (LEAD, TOPIC, PLAN, VENUE, CHARTER)
