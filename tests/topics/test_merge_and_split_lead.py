"""Completing, merging and splitting leads: nothing of what people brought is lost."""

from uuid import UUID, uuid5

import pytest
from pydantic_core import to_json

from services.topics.heard import LeadMerged, LeadSplit, LeadUnmerged, MergeTurnedDown
from services.topics.policies import (
    join_the_lead,
    open_the_parts,
    part_the_lead,
    undo_the_merging,
)
from services.topics.words import Part
from shared.kernel.message import Event
from tests.spec import by
from tests.topics.examples import (
    ACKNOWLEDGED,
    ADOPT,
    ADOPTED,
    APPEALED,
    BEICHEN,
    CLERK,
    CONVENOR,
    JOINED,
    LEAD_ID,
    MERGE,
    MERGED,
    NOTE_MERGED,
    NOTE_UNMERGED,
    OTHER_LEAD,
    PARTED,
    RESIDENT,
    RESUBMIT,
    RESUBMITTED,
    RETURN,
    RETURNED_FOR_FIX,
    SCREEN_OUT,
    SCREENED_OUT,
    SPLIT,
    SPLIT_UP,
    SUBMIT,
    SUBMITTED,
    SYSTEM_ITSELF,
    TRANSFER,
    TRANSFERRED,
    TURNED_DOWN,
    UNMERGE,
    UNMERGED,
    lead,
    submitted,
)

PHOTO = UUID(int=7)


def test_a_lead_comes_with_its_place_and_photos() -> None:
    asked = SUBMIT.model_copy(update={"place": "北辰小区东门", "photos": (PHOTO,)})
    lead.given().when(asked, RESIDENT).then(submitted(place="北辰小区东门", photos=(PHOTO,)))


def test_a_lead_of_before_has_neither() -> None:
    old = SUBMITTED.model_dump(mode="json", exclude={"place", "photos", "split_from"})
    assert SUBMITTED == lead.decider.events.parse("LeadSubmitted", 1, to_json(old))


def test_a_lead_is_returned_for_something_to_be_completed() -> None:
    lead.given(SUBMITTED).when(RETURN, CLERK).then(RETURNED_FOR_FIX)
    lead.given(SUBMITTED, RETURNED_FOR_FIX).when(RETURN, CLERK).then_nothing()


def test_whoever_brought_it_completes_it() -> None:
    lead.given(SUBMITTED, RETURNED_FOR_FIX).when(RESUBMIT, RESIDENT).then(RESUBMITTED)


def test_nobody_else_completes_it_but_a_clerk() -> None:
    returned = lead.given(SUBMITTED, RETURNED_FOR_FIX)
    returned.when(RESUBMIT, by("sun", "resident")).then_refused("not-the-submitter")
    returned.when(RESUBMIT, CLERK).then(RESUBMITTED)


def test_what_was_not_returned_is_not_brought_again() -> None:
    lead.given(SUBMITTED).when(RESUBMIT, RESIDENT).then_refused(
        "not-now", command="ResubmitLead", lead="Submitted"
    )


def test_a_completed_lead_goes_on_as_before() -> None:
    lead.given(SUBMITTED, RETURNED_FOR_FIX, RESUBMITTED).when(ADOPT, CONVENOR).then(ADOPTED)


def test_what_waits_to_be_completed_is_not_adopted() -> None:
    lead.given(SUBMITTED, RETURNED_FOR_FIX).when(ADOPT, CONVENOR).then_refused(
        "not-now", command="AdoptLead", lead="Returned"
    )


def test_what_is_never_completed_comes_to_an_end_all_the_same() -> None:
    lead.given(SUBMITTED, RETURNED_FOR_FIX).when(SCREEN_OUT, CLERK).then(SCREENED_OUT)
    lead.given(APPEALED, RETURNED_FOR_FIX).when(TRANSFER, CLERK).then(TRANSFERRED)


def test_a_lead_goes_on_as_part_of_another() -> None:
    lead.given(SUBMITTED).when(MERGE, CLERK).then(MERGED)
    lead.given(SUBMITTED, MERGED).when(MERGE, CLERK).then_nothing()


def test_a_personal_appeal_is_not_hidden_in_a_matter_of_many() -> None:
    lead.given(APPEALED).when(MERGE, CLERK).then_refused("must-be-transferred")


def test_a_lead_is_not_part_of_itself() -> None:
    itself = MERGE.model_copy(update={"into": LEAD_ID})
    lead.given(SUBMITTED).when(itself, CLERK).then_refused("same-lead")


def test_two_leads_are_not_part_of_each_other() -> None:
    lead.given(SUBMITTED, JOINED).when(MERGE, CLERK).then_refused("merged-here", lead_id=OTHER_LEAD)
    lead.given(SUBMITTED, JOINED, PARTED).when(MERGE, CLERK).then(MERGED)


def test_merging_is_undone_and_the_lead_goes_on_by_itself() -> None:
    lead.given(SUBMITTED, MERGED).when(UNMERGE, CLERK).then(UNMERGED)
    lead.given(SUBMITTED, MERGED, UNMERGED).when(ADOPT, CONVENOR).then(ADOPTED)


def test_merging_into_another_lead_is_not_undone_by_mistake() -> None:
    elsewhere = UNMERGE.model_copy(update={"into": uuid5(LEAD_ID, "third")})
    lead.given(SUBMITTED, MERGED).when(elsewhere, CLERK).then_refused(
        "not-now", command="UnmergeLead", lead="Merged"
    )


def test_what_is_part_of_another_is_not_adopted_by_itself() -> None:
    lead.given(SUBMITTED, MERGED).when(ADOPT, CONVENOR).then_refused(
        "not-now", command="AdoptLead", lead="Merged"
    )


@pytest.mark.parametrize(
    "past",
    [(SUBMITTED,), (SUBMITTED, ADOPTED), (SUBMITTED, RETURNED_FOR_FIX)],
    ids=["on the desk", "adopted", "returned"],
)
def test_a_lead_knows_what_goes_on_as_part_of_it(past: tuple[Event, ...]) -> None:
    lead.given(*past).when(NOTE_MERGED, SYSTEM_ITSELF).then(JOINED)
    lead.given(*past, JOINED).when(NOTE_MERGED, SYSTEM_ITSELF).then_nothing()
    lead.given(*past, JOINED).when(NOTE_UNMERGED, SYSTEM_ITSELF).then(PARTED)
    lead.given(*past, JOINED, PARTED).when(NOTE_UNMERGED, SYSTEM_ITSELF).then_nothing()


@pytest.mark.parametrize(
    "past",
    [
        (SUBMITTED, SCREENED_OUT),
        (APPEALED, TRANSFERRED, ACKNOWLEDGED),
        (SUBMITTED, SPLIT_UP),
        (SUBMITTED, MERGED),
    ],
    ids=["screened out", "transferred", "split", "merged"],
)
def test_nothing_goes_on_as_part_of_what_has_ended(past: tuple[Event, ...]) -> None:
    merged = NOTE_MERGED.model_copy(update={"merged": uuid5(LEAD_ID, "third")})
    turned_down = TURNED_DOWN.model_copy(update={"merged": uuid5(LEAD_ID, "third")})
    lead.given(*past).when(merged, SYSTEM_ITSELF).then(turned_down)


def test_a_lead_is_split_into_leads_of_their_own() -> None:
    lead.given(SUBMITTED).when(SPLIT, CLERK).then(SPLIT_UP)


def test_a_lead_that_was_split_goes_no_other_way() -> None:
    lead.given(SUBMITTED, SPLIT_UP).when(ADOPT, CONVENOR).then_refused(
        "not-now", command="AdoptLead", lead="Split"
    )


def test_splitting_does_not_make_a_personal_appeal_a_matter_of_many() -> None:
    lead.given(APPEALED).when(SPLIT, CLERK).then_refused("must-be-transferred")
    personal = tuple(Part(title=part.title, personal=True) for part in SPLIT.parts)
    said = lead.given(APPEALED).when(SPLIT.model_copy(update={"parts": personal}), CLERK).said
    assert said
    assert all(part.personal for part in said[0].parts)


def test_a_lead_that_others_are_part_of_is_not_split() -> None:
    lead.given(SUBMITTED, JOINED).when(SPLIT, CLERK).then_refused(
        "others-merged-here", leads=[OTHER_LEAD]
    )


def test_each_part_is_brought_by_whoever_brought_the_whole() -> None:
    heard = LeadSplit.model_validate({**SPLIT_UP.model_dump(), "area": BEICHEN})
    first, second = open_the_parts(heard)
    part = submitted(
        lead_id=first.lead_id,
        title="增设社区卫生服务中心",
        split_from=LEAD_ID,
        receipt=f"{first.lead_id.int % 10**12:012}",
    )
    lead.given().when(first, SYSTEM_ITSELF).then(part)
    lead.given(part).when(first, SYSTEM_ITSELF).then_nothing()
    assert "增开过江公交" == second.title


def test_merging_and_undoing_it_are_heard_on_the_other_side() -> None:
    here = {"lead_id": OTHER_LEAD, "into": LEAD_ID, "submitter": "sun"}
    assert NOTE_MERGED == join_the_lead(LeadMerged.model_validate(here))
    assert NOTE_UNMERGED == part_the_lead(LeadUnmerged.model_validate(here))


def test_a_lead_is_not_lost_with_one_that_goes_nowhere() -> None:
    undo = undo_the_merging(MergeTurnedDown(lead_id=OTHER_LEAD, merged=LEAD_ID))
    (unmerged,) = lead.given(SUBMITTED, MERGED).when(undo, SYSTEM_ITSELF).said or ()
    assert UNMERGED.model_copy(update={"reason": "所并入的线索已办结"}) == unmerged
