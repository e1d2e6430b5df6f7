"""What exchange hears: the steps of every matter, in the words that are for everybody."""

from services.exchange.heard.steps import Step
from services.exchange.heard.topics import (
    TopicApproved,
    TopicClosed,
    TopicEnded,
    TopicProposed,
    TopicPublicised,
    TopicReopened,
)

__all__ = [
    "Step",
    "TopicApproved",
    "TopicClosed",
    "TopicEnded",
    "TopicProposed",
    "TopicPublicised",
    "TopicReopened",
]
