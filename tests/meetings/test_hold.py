"""What happens at the table, and what stands in the record."""

from datetime import date, timedelta

import pytest

from services.meetings.domain.consultation.events import MeetingHeld
from shared.kernel.message import Command, Event
from tests.meetings.examples import (
    CANCEL,
    COMMIT,
    COMMITTED,
    CONVENOR,
    DURING,
    NOTICED,
    OPEN,
    OPENED,
    POSTPONE,
    READY,
    ROADS,
    ROADS_OFFICE,
    SIGN,
    STATE,
    STATED,
    TALKING,
    THERE,
    agree,
    agreed,
    arrived,
    check_in,
    consultation,
    disagree,
    disagreed,
    held,
    schedule,
    scheduled,
)
from tests.spec import by

meeting = consultation.at(DURING)


def test_who_comes_is_counted() -> None:
    (
        meeting.given(*READY, scheduled(), NOTICED)
        .when(check_in("masses", "擂鼓坪受益群众代表", 12), CONVENOR)
        .then(arrived("masses", "擂鼓坪受益群众代表", 12))
    )


def test_latecomers_are_counted_too() -> None:
    meeting.given(*TALKING).when(check_in("expert", "公路工程人才"), CONVENOR).then(
        arrived("expert", "公路工程人才")
    )


def test_the_same_count_twice_is_once() -> None:
    meeting.given(*TALKING).when(check_in("unit", ROADS, 2), CONVENOR).then_nothing()


def test_the_last_count_stands() -> None:
    meeting.given(*TALKING, arrived("masses", "擂鼓坪受益群众代表", 15), agreed()).when(
        SIGN, CONVENOR
    ).then(held(items=held().items[:1], commitments=(), attendees={"masses": 15, "unit": 2}))


def test_nobody_checks_in_before_there_is_a_date() -> None:
    meeting.given(*READY).when(check_in("unit", ROADS), CONVENOR).then_refused(
        "not-now", command="CheckIn", consultation="Planned"
    )


def test_with_all_sides_there_it_opens() -> None:
    meeting.given(*READY, scheduled(), NOTICED, *THERE).when(OPEN, CONVENOR).then(OPENED)


def test_opening_twice_is_once() -> None:
    meeting.given(*TALKING).when(OPEN, CONVENOR).then_nothing()


def test_nothing_opens_unannounced() -> None:
    meeting.given(*READY, scheduled(), *THERE).when(OPEN, CONVENOR).then_refused("no-notice")


@pytest.mark.parametrize(
    ("there", "absent"),
    [(THERE[:1], ["unit"]), (THERE[1:], ["masses"]), ((), ["masses", "unit"])],
    ids=["people only", "unit only", "nobody"],
)
def test_neither_people_nor_unit_may_be_away(there: tuple[Event, ...], absent: list[str]) -> None:
    meeting.given(*READY, scheduled(), NOTICED, *there).when(OPEN, CONVENOR).then_refused(
        "absent", kinds=absent
    )


def test_what_is_said_is_recorded() -> None:
    meeting.given(*TALKING).when(STATE, CONVENOR).then(STATED)


def test_a_unit_that_is_there_commits_itself() -> None:
    meeting.given(*TALKING).when(COMMIT, ROADS_OFFICE).then(COMMITTED)


def test_the_same_promise_twice_is_one() -> None:
    meeting.given(*TALKING, COMMITTED).when(COMMIT, CONVENOR).then_nothing()


def test_a_unit_that_is_away_commits_itself_to_nothing() -> None:
    away = COMMIT.model_copy(update={"unit": "县财政局"})
    meeting.given(*TALKING).when(away, CONVENOR).then_refused("not-here", here=[ROADS])


def test_a_unit_does_not_promise_for_another() -> None:
    meeting.given(*TALKING).when(COMMIT, by("tan", "unit")).then_refused(
        "not-your-unit", unit=ROADS, yours=""
    )


def test_nobody_promises_for_yesterday() -> None:
    yesterday = COMMIT.model_copy(update={"due": date(2026, 3, 5)})
    meeting.given(*TALKING).when(yesterday, CONVENOR).then_refused(
        "in-the-past", due=date(2026, 3, 5)
    )


def test_agreement_is_recorded() -> None:
    meeting.given(*TALKING).when(agree(), CONVENOR).then(agreed())


def test_disagreement_is_recorded() -> None:
    meeting.given(*TALKING).when(disagree(), CONVENOR).then(disagreed())


@pytest.mark.parametrize(("said", "again"), [(agreed(), agree()), (disagreed(), disagree())])
def test_the_same_item_twice_is_one(said: Event, again: Command) -> None:
    meeting.given(*TALKING, said).when(again, CONVENOR).then_nothing()


def test_those_who_disagreed_may_agree_in_the_end() -> None:
    meeting.given(*TALKING, disagreed("返工三处沉陷路段", 1)).when(agree(), CONVENOR).then(agreed())


def test_the_last_word_on_an_item_stands_in_the_record() -> None:
    (
        meeting.given(*TALKING, disagreed("返工三处沉陷路段", 1), agreed(), disagreed(), COMMITTED)
        .when(SIGN, CONVENOR)
        .then(held())
    )


def test_items_stand_in_the_record_by_number() -> None:
    (meeting.given(*TALKING, disagreed(), agreed(), COMMITTED).when(SIGN, CONVENOR).then(held()))


def test_signing_twice_is_once() -> None:
    meeting.given(*TALKING, agreed(), held()).when(SIGN, CONVENOR).then_nothing()


def test_there_is_nothing_to_sign_without_an_item() -> None:
    meeting.given(*TALKING, STATED).when(SIGN, CONVENOR).then_refused("nothing-recorded")


def test_who_was_not_there_does_not_sign() -> None:
    with_leader = SIGN.model_copy(update={"signed_by": ("masses", "leader")})
    meeting.given(*TALKING, agreed()).when(with_leader, CONVENOR).then_refused(
        "absent", kinds=["leader"]
    )


def test_without_a_leader_the_chairpersons_met_but_it_does_not_count() -> None:
    said = _signed(form="chairpersons")
    assert not said.counted


def test_with_a_leader_it_counts() -> None:
    said = _signed(arrived("leader", "县政府联系领导"), form="chairpersons")
    assert said.counted


def test_a_form_that_needs_no_leader_counts() -> None:
    assert _signed(form="special-committee").counted


def _signed(*more: Event, form: str) -> MeetingHeld:
    past = (*READY, scheduled(form=form), NOTICED, *THERE, *more, OPENED, agreed())
    said = meeting.given(*past).when(SIGN, CONVENOR).said
    assert said
    assert isinstance(said[0], MeetingHeld)
    return said[0]


@pytest.mark.parametrize("command", [POSTPONE, CANCEL, schedule()], ids=lambda c: c.label)
def test_an_open_meeting_is_neither_moved_nor_given_up(command: Command) -> None:
    no = meeting.given(*TALKING).when(command, CONVENOR).no
    assert no
    assert "not-now" == no.code


@pytest.mark.parametrize("command", [STATE, COMMIT, agree(), disagree()], ids=lambda c: c.label)
def test_a_signed_record_is_not_added_to(command: Command) -> None:
    no = meeting.given(*TALKING, agreed(), held()).when(command, CONVENOR).no
    assert no
    assert "not-now" == no.code


def test_with_all_sides_there_an_announced_meeting_may_begin_early() -> None:
    early = consultation.at(DURING - timedelta(days=3))
    early.given(*READY, scheduled(), NOTICED, *THERE).when(OPEN, CONVENOR).then(OPENED)
