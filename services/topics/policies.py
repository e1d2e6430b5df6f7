"""What the topics service does about what it hears."""

from uuid import uuid5

from services.topics.domain.topic.commands import CloseTopic, RaiseTopic
from services.topics.domain.venue.commands import NoteActivity
from services.topics.heard import LeadAdopted, MeetingHeld, OutcomeClosed
from services.topics.words import day
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


def note_the_activity(fact: MeetingHeld) -> NoteActivity | None:
    """A venue counts what is held in it."""
    if fact.venue_id is None:
        return None
    return NoteActivity(
        venue_id=fact.venue_id, consultation_id=fact.consultation_id, on=day(fact.at)
    )


POLICIES = (policy(raise_the_topic), policy(close_the_topic), policy(note_the_activity))
