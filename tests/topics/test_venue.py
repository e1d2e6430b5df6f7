"""What becomes of a venue."""

import pytest

from services.topics.words import Quality
from tests.topics.counties import SIX
from tests.topics.venues import (
    ACTIVITY,
    ALLOT,
    ALLOTTED,
    APPOINTED,
    CHECK,
    CHECKED,
    CONVENOR,
    ESTABLISH,
    ESTABLISHED,
    MEETINGS,
    NOTE_ACTIVITY,
    OFFER,
    OFFERED,
    RELIEVE,
    RELIEVED,
    RESUME,
    RESUMED,
    SPEND,
    SPENT,
    STAFF,
    SUSPEND,
    SUSPENDED,
    TAKEN_BACK,
    TOWN,
    appoint,
    appointed,
    established,
    venue,
    yingshan_room,
)

SECRETARY = appointed("hu", "party-secretary")
LINKED = appointed("lin", "member", "linked-member", rank=2)


def test_a_room_is_set_up_in_a_village() -> None:
    venue.given().when(ESTABLISH, STAFF).then(ESTABLISHED)


def test_what_is_expected_of_a_room_stands_in_its_first_fact() -> None:
    yingshan_room.given().when(ESTABLISH, STAFF).then(established(ranks=(1, 2), activities_min=3))


def test_a_type_that_the_county_has_not_is_not_set_up() -> None:
    hall = ESTABLISH.model_copy(update={"type": "hall"})
    venue.given().when(hall, STAFF).then_refused("no-such-venue", types=["station", "village-room"])


def test_a_village_room_is_not_set_up_for_a_town() -> None:
    in_town = ESTABLISH.model_copy(update={"area": TOWN})
    venue.given().when(in_town, STAFF).then_refused(
        "not-at-this-level", level="town", levels=["village"]
    )


def test_a_village_room_is_not_a_factory_s() -> None:
    factory = ESTABLISH.model_copy(update={"host_kind": "enterprise"})
    venue.given().when(factory, STAFF).then_refused("not-a-host", hosts=["community", "village"])


def test_all_six_are_looked_at() -> None:
    venue.given(ESTABLISHED).when(CHECK, CONVENOR).then(CHECKED)
    venue.given(ESTABLISHED, CHECKED).when(CHECK, CONVENOR).then_nothing()


def test_a_check_that_leaves_one_out_is_no_check() -> None:
    five = CHECK.model_copy(update={"met": dict.fromkeys(SIX[:-1], True)})
    venue.given(ESTABLISHED).when(five, CONVENOR).then_refused(
        "standard-missing", missing=["有活动记录"]
    )


def test_no_seventh_is_invented() -> None:
    seven = CHECK.model_copy(update={"met": {**CHECK.met, "有茶水": True}})
    venue.given(ESTABLISHED).when(seven, CONVENOR).then_refused(
        "no-such-standard", strange=["有茶水"]
    )


def test_who_is_what_the_charter_asks_for_convenes() -> None:
    venue.given(ESTABLISHED).when(appoint("lin", "area-group"), STAFF).then(APPOINTED)
    venue.given(ESTABLISHED, APPOINTED).when(appoint("lin", "area-group"), STAFF).then_nothing()


@pytest.mark.parametrize("qualities", [(), ("member",), ("linked-member",)], ids=str)
def test_a_second_convenor_is_all_that_the_charter_asks_for(
    qualities: tuple[Quality, ...],
) -> None:
    missing = sorted({"member", "linked-member"} - set(qualities))
    yingshan_room.given(ESTABLISHED, SECRETARY).when(
        appoint("lin", *qualities, rank=2), STAFF
    ).then_refused("convenor-unfit", rank=2, missing=missing)


def test_where_one_convenes_there_is_no_second() -> None:
    second = appoint("hu", "area-group", rank=2)
    venue.given(ESTABLISHED).when(second, STAFF).then_refused("no-such-rank", ranks=[1])


def test_a_convenor_is_relieved_before_another_comes() -> None:
    other = appoint("hu", "area-group")
    venue.given(ESTABLISHED, APPOINTED).when(other, STAFF).then_refused("rank-taken", person="lin")
    venue.given(ESTABLISHED, APPOINTED, RELIEVED).when(other, STAFF).then(
        appointed("hu", "area-group")
    )


def test_one_person_does_not_convene_twice() -> None:
    both = appoint("hu", "member", "linked-member", rank=2)
    yingshan_room.given(ESTABLISHED, SECRETARY).when(both, STAFF).then_refused(
        "already-convenor", person="hu"
    )


def test_a_room_with_its_convenor_is_offered() -> None:
    venue.given(ESTABLISHED, APPOINTED).when(OFFER, CONVENOR).then(OFFERED)
    venue.given(ESTABLISHED, APPOINTED, OFFERED).when(OFFER, CONVENOR).then_nothing()


def test_a_village_room_without_its_second_convenor_is_not_offered() -> None:
    room = yingshan_room.given(ESTABLISHED, SECRETARY)
    room.when(OFFER, CONVENOR).then_refused("convenor-missing", ranks=[2])


def test_with_its_second_convenor_it_is() -> None:
    yingshan_room.given(ESTABLISHED, SECRETARY, LINKED).when(OFFER, CONVENOR).then(OFFERED)


def test_a_resting_room_is_not_offered() -> None:
    venue.given(ESTABLISHED, APPOINTED, SUSPENDED).when(OFFER, CONVENOR).then_refused(
        "venue-suspended"
    )
    venue.given(ESTABLISHED, APPOINTED, SUSPENDED, RESUMED).when(OFFER, CONVENOR).then(OFFERED)


def test_with_its_convenor_go_the_offers_of_a_room() -> None:
    venue.given(ESTABLISHED, APPOINTED, OFFERED).when(RELIEVE, STAFF).then(RELIEVED, TAKEN_BACK)


def test_a_room_that_rests_takes_back_its_offers() -> None:
    venue.given(ESTABLISHED, APPOINTED, OFFERED).when(SUSPEND, STAFF).then(SUSPENDED, TAKEN_BACK)


def test_what_was_held_is_not_taken_back() -> None:
    held = venue.given(ESTABLISHED, APPOINTED, OFFERED, ACTIVITY)
    held.when(SUSPEND, STAFF).then(SUSPENDED)
    held.when(RELIEVE, STAFF).then(RELIEVED)


def test_resting_and_being_used_again_are_once_each() -> None:
    venue.given(ESTABLISHED, SUSPENDED).when(SUSPEND, STAFF).then_nothing()
    venue.given(ESTABLISHED, SUSPENDED).when(RESUME, STAFF).then(RESUMED)
    venue.given(ESTABLISHED).when(RESUME, STAFF).then_nothing()


def test_an_activity_is_noted_once() -> None:
    venue.given(ESTABLISHED, OFFERED).when(NOTE_ACTIVITY, MEETINGS).then(ACTIVITY)
    venue.given(ESTABLISHED, OFFERED, ACTIVITY).when(NOTE_ACTIVITY, MEETINGS).then_nothing()


def test_money_is_allotted_and_spent_under_its_voucher() -> None:
    venue.given(ESTABLISHED).when(ALLOT, STAFF).then(ALLOTTED)
    venue.given(ESTABLISHED, ALLOTTED).when(SPEND, STAFF).then(SPENT)
    venue.given(ESTABLISHED, ALLOTTED, SPENT).when(SPEND, STAFF).then_nothing()


def test_a_voucher_is_booked_once() -> None:
    more = SPEND.model_copy(update={"amount": 1300})
    venue.given(ESTABLISHED, ALLOTTED, SPENT).when(more, STAFF).then_refused(
        "voucher-used", voucher="0031"
    )


def test_no_more_is_spent_than_is_left() -> None:
    too_much = SPEND.model_copy(update={"amount": 3801, "voucher": "0032"})
    venue.given(ESTABLISHED, ALLOTTED, SPENT).when(too_much, STAFF).then_refused(
        "overspent", left=3800
    )


@pytest.mark.parametrize("change", [{"line": "construction"}, {"year": 2027}], ids=str)
def test_what_is_left_in_one_line_and_year_is_not_spent_in_another(
    change: dict[str, object],
) -> None:
    other = SPEND.model_copy(update=change)
    venue.given(ESTABLISHED, ALLOTTED).when(other, STAFF).then_refused("overspent", left=0)


def test_there_are_no_lines_but_the_charter_s() -> None:
    travel = ALLOT.model_copy(update={"line": "travel"})
    venue.given(ESTABLISHED).when(travel, STAFF).then_refused(
        "no-such-line", lines=["construction", "operating"]
    )
