"""What the meetings service does about what it hears."""

from uuid import UUID, uuid5

from services.meetings.domain.consultation.commands import NoteResearch, PlanConsultation
from services.meetings.heard import ResearchReportFiled, TopicApproved
from shared.kernel.policy import policy


def plan_a_consultation(fact: TopicApproved) -> PlanConsultation:
    """What is approved is consulted on."""
    return PlanConsultation(
        consultation_id=_consultation(fact.topic_id),
        area=fact.area,
        topic_id=fact.topic_id,
        title=fact.title,
        proposer=fact.proposer,
    )


def note_the_research(fact: ResearchReportFiled) -> NoteResearch:
    """The gate stands in the consultation's own stream, so the report is noted there."""
    return NoteResearch(
        consultation_id=_consultation(fact.topic_id),
        area=fact.area,
        topic_id=fact.topic_id,
        research_id=fact.research_id,
    )


def _consultation(topic_id: UUID) -> UUID:
    """One topic, one consultation: the id of the one follows from the other's."""
    return uuid5(topic_id, "consultation")


POLICIES = (policy(plan_a_consultation), policy(note_the_research))
