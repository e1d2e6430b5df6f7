"""What outcomes does about what it hears."""

from typing import Any
from uuid import UUID, uuid5

from services.outcomes.domain.assignment.commands import (
    NoteDue,
    NotePause,
    OpenAssignment,
    RejectHandling,
)
from services.outcomes.domain.followup.commands import ScheduleFollowUp
from services.outcomes.domain.outcome.commands import DraftMinutes
from services.outcomes.domain.outcome.notes import (
    NoteCase,
    NoteFollowUp,
    NoteReply,
    NoteResearchReport,
    NoteReturn,
    NoteSolution,
)
from services.outcomes.domain.referral.commands import (
    NoteBreach,
    NoteCommitment,
    NotePoorEvaluation,
)
from services.outcomes.heard import (
    AssignmentReturned,
    CasePublished,
    CommitmentMade,
    DeadlineBreached,
    DeadlineExtended,
    DeadlinePaused,
    DeadlineResumed,
    DeadlineSet,
    EvaluationReported,
    FollowUpConducted,
    HandlingRated,
    HandlingReplied,
    ItemAssigned,
    MeetingHeld,
    ResearchReportFiled,
    SolutionConfirmed,
    SolutionDisputed,
)
from services.outcomes.words import Item
from shared.kernel.areas import county
from shared.kernel.policy import Policy, policy


def draft_the_minutes(fact: MeetingHeld) -> DraftMinutes:
    """One consultation, one outcome: the outcome's id follows from the consultation's."""
    return DraftMinutes(
        outcome_id=uuid5(fact.consultation_id, "outcome"),
        area=fact.area,
        topic_id=fact.topic_id,
        consultation_id=fact.consultation_id,
        items=tuple(Item(**dict(point)) for point in fact.items),
    )


def note_the_research_report(fact: ResearchReportFiled) -> NoteResearchReport:
    """One piece of research, at most one outcome without a meeting."""
    return NoteResearchReport(
        outcome_id=uuid5(fact.research_id, "outcome"),
        area=fact.area,
        topic_id=fact.topic_id,
        research_id=fact.research_id,
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


def look_at_what_is_not_solved(fact: HandlingRated) -> ScheduleFollowUp | None:
    """One look a round, however many say so; whoever looks may send it back."""
    if fact.look_by is None:
        return None
    return ScheduleFollowUp(
        followup_id=uuid5(fact.assignment_id, f"followup-rated-{fact.round}"),
        area=fact.area,
        topic_id=fact.topic_id,
        outcome_id=fact.outcome_id,
        assignment_id=fact.assignment_id,
        item_no=fact.item_no,
        round=fact.round,
        kind="look-back",
        due=fact.look_by,
        led_by="召集人",
    )


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


def note_the_confirmation(fact: SolutionConfirmed) -> NoteSolution:
    """The second key is turned."""
    return NoteSolution(**dict(fact), confirmed=True)


def note_the_dispute(fact: SolutionDisputed) -> NoteSolution:
    """The reply does not hold any more; another will come."""
    return NoteSolution(**dict(fact), confirmed=False)


def note_the_case(fact: CasePublished) -> NoteCase:
    """The outcome may wait for its case: 五个一."""
    return NoteCase(outcome_id=fact.outcome_id, case_id=fact.case_id)


def note_the_commitment(fact: CommitmentMade) -> NoteCommitment:
    """A promise made on the spot is remembered."""
    return NoteCommitment(
        **_of_unit(fact.area, fact.topic_id, fact.unit), promise=fact.promise, due=fact.due
    )


def note_the_breach(fact: DeadlineBreached) -> NoteBreach:
    """So is a deadline that passed."""
    return NoteBreach(**_of_unit(fact.area, fact.topic_id, fact.unit), due=fact.due)


def note_the_day(clock: DeadlineSet | DeadlineResumed | DeadlineExtended) -> NoteDue:
    """Wherever a clock stands, its assignment names the same day, with what a pause gave back."""
    return NoteDue(assignment_id=clock.deadline_id, due=clock.due)


def note_the_pause(fact: DeadlinePaused) -> NotePause:
    """While the clock stands still, nothing is late."""
    return NotePause(assignment_id=fact.deadline_id)


def note_the_poor_evaluation(fact: EvaluationReported) -> list[NotePoorEvaluation]:
    """And a ballot that did not pass, for each unit that handled it."""
    if fact.verdict != "failed":
        return []
    return [
        NotePoorEvaluation(
            **_of_unit(fact.area, fact.topic_id, unit), evaluation_id=fact.evaluation_id
        )
        for unit in fact.units
    ]


def _of_unit(area: str, topic_id: UUID, unit: str) -> dict[str, Any]:
    """One unit in one matter; it lies at the county, out of sight of the towns."""
    return {
        "referral_id": uuid5(topic_id, f"referral-{unit}"),
        "area": county(area).ljust(12, "0"),
        "topic_id": topic_id,
        "unit": unit,
    }


POLICIES = (
    policy(draft_the_minutes),
    policy(note_the_research_report),
    policy(open_the_assignment),
    policy(note_the_return),
    policy(note_the_reply),
    policy(schedule_the_follow_ups),
    policy(look_at_what_is_not_solved),
    policy(note_the_follow_up),
    policy(reject_the_handling),
    policy(note_the_confirmation),
    policy(note_the_dispute),
    policy(note_the_case),
    policy(note_the_commitment),
    policy(note_the_breach),
    Policy("note_the_day", DeadlineSet, note_the_day),
    policy(note_the_pause),
    Policy("note_the_day_after_the_pause", DeadlineResumed, note_the_day),
    Policy("note_the_extended_day", DeadlineExtended, note_the_day),
    policy(note_the_poor_evaluation),
)
