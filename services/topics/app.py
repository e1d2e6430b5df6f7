"""The topics service: a matter becomes a topic, and a topic is approved."""

from services.topics.api import ROUTES
from services.topics.domain import DECIDERS
from services.topics.effects import read_charters
from services.topics.policies import POLICIES
from services.topics.projections.topic_board import TOPIC_BOARD
from services.topics.projections.venues import VENUES
from services.topics.rules import TopicRules
from shared.runtime.service import service

app = service(
    "topics",
    deciders=DECIDERS,
    rules=TopicRules,
    routes=ROUTES,
    projections=[TOPIC_BOARD, VENUES],
    policies=POLICIES,
    parts=[read_charters],
)
