"""What outcomes does about what it hears."""

from uuid import uuid5

from services.outcomes.domain.assignment.commands import OpenAssignment, RejectHandling
from services.outcomes.domain.followup.commands import ScheduleFollowUp
from services.outcomes.domain.outcome.commands import (
    DraftMinutes,
    NoteFollowUp,
    NoteReply,
    NoteReturn,
)
from services.outcomes.heard import (
    AssignmentReturned,
    FollowUpConducted,
    HandlingReplied,
    ItemAssigned,
    MeetingHeld,
)
from services.outcomes.words import Item
from shared.kernel.policy import policy


def draft_the_minutes(fact: MeetingHeld) -> DraftMinutes:
    """One consultation, one outcome: the outcome's id follows from the consultation's."""
    return DraftMinutes(
        outcome_id=uuid5(fact.consultation_id, "outcome"),
        area=fact.area,
        topic_id=fact.topic_id,
        consultation_id=fact.consultation_id,
        items=tuple(Item(**dict(point)) for point in fact.items),
    )


def open_the_assignment(fact: ItemAssigned) -> OpenAssignment:
    """What an authority assigned lies on the desk of the unit."""
    return OpenAssignment(**dict(fact))


def note_the_return(fact: AssignmentReturned) -> NoteReturn:
    """The outcome has to find another unit."""
    return NoteReturn(**dict(fact))


def note_the_reply(fact: HandlingReplied) -> NoteReply:
    """The outcome waits for replies, and then for those who go and look."""
    return NoteReply(
        outcome_id=fact.outcome_id,
        item_no=fact.item_no,
        round=fact.round,
        result_class=fact.result_class,
        awaits=tuple(planned.kind for planned in fact.followups),
    )


def schedule_the_follow_ups(fact: HandlingReplied) -> list[ScheduleFollowUp]:
    """Each round of an assignment has one follow-up of each kind."""
    return [
        ScheduleFollowUp(
            followup_id=uuid5(fact.assignment_id, f"followup-{planned.kind}-{fact.round}"),
            area=fact.area,
            topic_id=fact.topic_id,
            outcome_id=fact.outcome_id,
            assignment_id=fact.assignment_id,
            item_no=fact.item_no,
            round=fact.round,
            kind=planned.kind,
            due=planned.due,
            led_by=planned.led_by,
        )
        for planned in fact.followups
    ]


def note_the_follow_up(fact: FollowUpConducted) -> NoteFollowUp:
    """The outcome may close when all have looked and found it done."""
    return NoteFollowUp(
        outcome_id=fact.outcome_id,
        item_no=fact.item_no,
        round=fact.round,
        kind=fact.kind,
        passed=fact.passed,
    )


def reject_the_handling(fact: FollowUpConducted) -> RejectHandling | None:
    """What does not hold goes back to the unit that said it was done."""
    if fact.passed:
        return None
    return RejectHandling(assignment_id=fact.assignment_id, round=fact.round, reason=fact.findings)


POLICIES = (
    policy(draft_the_minutes),
    policy(open_the_assignment),
    policy(note_the_return),
    policy(note_the_reply),
    policy(schedule_the_follow_ups),
    policy(note_the_follow_up),
    policy(reject_the_handling),
)
