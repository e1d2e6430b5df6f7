"""What every fact for everybody tells."""

from services.exchange.words import HappenedAt, TopicId
from shared.kernel.message import Event


class PublicFact(Event):
    """`happened_at` is when it happened; the envelope says when it was told."""

    topic_id: TopicId
    happened_at: HappenedAt
