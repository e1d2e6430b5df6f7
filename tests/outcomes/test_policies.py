"""The loop closes by facts alone: what is heard, and what is asked because of it."""

from uuid import uuid5

import pydantic_core

from services.outcomes import heard, policies
from services.outcomes.domain.assignment.commands import RejectHandling
from services.outcomes.domain.outcome.commands import DraftMinutes
from services.outcomes.domain.outcome.notes import NoteFollowUp, NoteReply
from services.outcomes.words import Item
from shared.kernel.message import Event, Heard
from tests.outcomes.examples import (
    AREA,
    ASSIGNED,
    ASSIGNMENT_ID,
    CONDUCTED,
    CONSULTATION_ID,
    DRAFTED,
    OPENED,
    OUTCOME_ID,
    REPLIED,
    TOPIC_ID,
)


def hear[H: Heard](cls: type[H], said: Event, **known: object) -> H:
    """The fact as it comes over the wire, with the envelope's area."""
    data = pydantic_core.from_json(pydantic_core.to_json(said))
    return cls.model_validate({"area": AREA} | data | known)


def test_a_meeting_has_one_outcome_named_after_it() -> None:
    told = {
        "consultation_id": CONSULTATION_ID,
        "topic_id": TOPIC_ID,
        "items": [item.model_dump() | {"colour": "red"} for item in DRAFTED.items],
        "area": AREA,
    }
    assert DraftMinutes(
        outcome_id=OUTCOME_ID,
        area=AREA,
        topic_id=TOPIC_ID,
        consultation_id=CONSULTATION_ID,
        items=DRAFTED.items,
    ) == policies.draft_the_minutes(heard.MeetingHeld.model_validate(told))


def test_an_assigned_item_opens_its_assignment() -> None:
    opened = policies.open_the_assignment(hear(heard.ItemAssigned, ASSIGNED))
    assert opened.model_dump(exclude={"area"}) == OPENED.model_dump()
    assert AREA == opened.area


def test_a_reply_is_noted_with_the_follow_ups_it_calls_for() -> None:
    noted = policies.note_the_reply(hear(heard.HandlingReplied, REPLIED))
    assert (
        NoteReply(
            outcome_id=OUTCOME_ID,
            item_no=1,
            round=1,
            result_class="A",
            awaits=("look-back", "press-back"),
        )
        == noted
    )


def test_each_kind_of_follow_up_is_scheduled_anew_in_each_round() -> None:
    second = REPLIED.model_copy(update={"round": 2})
    rounds = [
        policies.schedule_the_follow_ups(hear(heard.HandlingReplied, reply))
        for reply in (REPLIED, second)
    ]
    ids = [asked.followup_id for asks in rounds for asked in asks]
    assert [
        uuid5(ASSIGNMENT_ID, f"followup-{kind}-{n}")
        for n in (1, 2)
        for kind in ("look-back", "press-back")
    ] == ids


def test_what_a_follow_up_found_is_noted_in_the_outcome() -> None:
    noted = policies.note_the_follow_up(hear(heard.FollowUpConducted, CONDUCTED))
    assert (
        NoteFollowUp(outcome_id=OUTCOME_ID, item_no=1, round=1, kind="look-back", passed=False)
        == noted
    )


def test_only_a_failed_follow_up_sends_the_work_back() -> None:
    failed = hear(heard.FollowUpConducted, CONDUCTED)
    passed = hear(heard.FollowUpConducted, CONDUCTED, passed=True)
    assert RejectHandling(
        assignment_id=ASSIGNMENT_ID, round=1, reason=CONDUCTED.findings
    ) == policies.reject_the_handling(failed)
    assert policies.reject_the_handling(passed) is None


def test_an_item_without_a_unit_is_heard_as_one() -> None:
    point = heard.Point.model_validate({"no": 1, "text": "说明", "agreed": True, "general": False})
    assert Item(no=1, text="说明", agreed=True, general=False) == Item(**dict(point))
