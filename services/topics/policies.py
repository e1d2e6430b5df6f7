"""What the topics service does about what it hears."""

from uuid import uuid5

from services.topics.domain.topic.commands import CloseTopic, RaiseTopic
from services.topics.heard import LeadAdopted, OutcomeClosed
from shared.kernel.policy import policy


def raise_the_topic(fact: LeadAdopted) -> RaiseTopic:
    """One lead, one topic: the topic's id follows from the lead's."""
    return RaiseTopic(
        topic_id=uuid5(fact.lead_id, "topic"),
        area=fact.area,
        lead_id=fact.lead_id,
        title=fact.title,
        summary=fact.summary,
        origin=fact.origin,
        proposer=fact.adopter,
        submitter=fact.submitter,
    )


def close_the_topic(fact: OutcomeClosed) -> CloseTopic:
    """The matter ends with its outcome."""
    return CloseTopic(topic_id=fact.topic_id, outcome_id=fact.outcome_id)


POLICIES = (policy(raise_the_topic), policy(close_the_topic))
