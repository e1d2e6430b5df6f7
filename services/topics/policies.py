"""What the topics service does about what it hears."""

from uuid import uuid5

from services.topics.domain.lead.commands import (
    AcknowledgeTransfer,
    CompleteHandedOver,
    NoteMerged,
    NoteUnmerged,
    OpenPart,
    TakeHandedOver,
    UnmergeLead,
)
from services.topics.domain.topic.commands import CloseTopic, NotePlan, RaiseTopic
from services.topics.domain.venue.commands import NoteActivity
from services.topics.heard import (
    DispatchAcknowledged,
    LeadAdopted,
    LeadMerged,
    LeadSplit,
    LeadUnmerged,
    MatterCompleted,
    MatterHandedOver,
    MeetingHeld,
    MergeTurnedDown,
    OutcomeClosed,
    TopicAdoptedIntoPlan,
)
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


def join_the_lead(fact: LeadMerged) -> NoteMerged:
    """The lead that goes on knows of all that go on as part of it."""
    return NoteMerged(lead_id=fact.into, merged=fact.lead_id, submitter=fact.submitter)


def part_the_lead(fact: LeadUnmerged) -> NoteUnmerged:
    """And of those that do so no longer."""
    return NoteUnmerged(lead_id=fact.into, merged=fact.lead_id)


def undo_the_merging(fact: MergeTurnedDown) -> UnmergeLead:
    """A lead is not lost with one that goes nowhere."""
    return UnmergeLead(lead_id=fact.merged, into=fact.lead_id, reason="所并入的线索已办结")


def open_the_parts(fact: LeadSplit) -> list[OpenPart]:
    """Each part is a lead of its own, brought by the same person."""
    return [
        OpenPart(
            lead_id=part.lead_id,
            area=fact.area,
            split_from=fact.lead_id,
            title=part.title,
            origin=fact.origin,
            personal=part.personal,
            proxy=fact.proxy,
            place=fact.place,
            submitter=fact.submitter,
        )
        for part in fact.parts
    ]


def note_the_plan(fact: TopicAdoptedIntoPlan) -> NotePlan:
    """Where the plan decides, it decides in the topic's own stream."""
    return NotePlan(
        topic_id=fact.topic_id,
        plan_id=fact.plan_id,
        item_no=fact.item_no,
        year=fact.year,
        adopter=fact.adopter,
    )


def take_what_was_handed_over(fact: MatterHandedOver) -> TakeHandedOver | None:
    """It is a lead like any other; what another agency handed over before is one already."""
    if fact.same_as:
        return None
    return TakeHandedOver(
        lead_id=fact.handover_id,
        area=fact.area,
        title=fact.title,
        origin="agency",
        personal=fact.personal,
        place=fact.place,
        words=fact.words,
        contact=fact.contact,
        submitter=f"agency:{fact.agency_id}",
        agency=fact.agency,
        agency_no=fact.number,
    )


def complete_what_was_handed_over(fact: MatterCompleted) -> CompleteHandedOver:
    """The agency brought what it was asked for."""
    return CompleteHandedOver(
        lead_id=fact.handover_id,
        title=fact.title,
        place=fact.place,
        words=fact.words,
        contact=fact.contact,
    )


def acknowledge_the_transfer(fact: DispatchAcknowledged) -> AcknowledgeTransfer | None:
    """Where an agency confirmed it, not where a clerk did: then it was said here first."""
    if fact.on_paper:
        return None
    return AcknowledgeTransfer(lead_id=fact.lead_id, receipt_no=fact.number)


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


POLICIES = (
    policy(raise_the_topic),
    policy(join_the_lead),
    policy(part_the_lead),
    policy(undo_the_merging),
    policy(open_the_parts),
    policy(take_what_was_handed_over),
    policy(complete_what_was_handed_over),
    policy(acknowledge_the_transfer),
    policy(note_the_plan),
    policy(close_the_topic),
    policy(note_the_activity),
)
