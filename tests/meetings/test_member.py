"""What becomes of a member: duties, evaluation, reports, observing, and the end."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from services.meetings.domain.member.commands import AdmitMember
from shared.kernel.message import Command
from tests.meetings.examples import LINSHUI, member
from tests.meetings.members import (
    ADMITTED,
    DUTY,
    END,
    ENDED,
    EVALUATE,
    EVALUATED,
    GU,
    OBSERVE,
    OBSERVED,
    PAIRED,
    PROPOSED,
    REPORT,
    REPORTED,
    STAFF,
    UNPAIRED,
    WU_ID,
    XIE_ID,
    admit,
    do,
    done,
    outside,
)
from tests.spec import by

THREE_MEETINGS = tuple(done(n=n) for n in (1, 2, 3))


def under(**changes: Any) -> Any:
    """The same county with other rules for its members."""
    rules = LINSHUI.members.model_copy(update=changes)
    return LINSHUI.model_copy(update={"members": rules})


def test_a_member_is_entered_for_a_term() -> None:
    member.given().when(admit(), STAFF).then(ADMITTED)


def test_a_name_comes_sealed_or_not_at_all() -> None:
    with pytest.raises(ValidationError, match="name"):
        AdmitMember.model_validate({**admit().model_dump(), "name": "顾某"})


def test_nobody_is_entered_twice() -> None:
    member.given(ADMITTED).when(admit(), STAFF).then_refused(
        "not-now", command="AdmitMember", member="Serving"
    )


def test_a_duty_counts_what_the_charter_says() -> None:
    member.given(ADMITTED).when(do(), STAFF).then(DUTY)


def test_the_same_duty_twice_is_one() -> None:
    member.given(ADMITTED, DUTY).when(do(), STAFF).then_nothing()


def test_two_meetings_on_one_day_are_two_duties() -> None:
    other = do().model_copy(update={"reference": "下午的座谈会"})
    said = DUTY.model_copy(update={"reference": "下午的座谈会"})
    member.given(ADMITTED, DUTY).when(other, STAFF).then(said)


def test_what_the_charter_does_not_count_is_no_duty() -> None:
    member.given(ADMITTED).when(do("singing"), STAFF).then_refused(
        "no-such-duty", kinds=["meeting", "proposal"]
    )


def test_a_duty_of_tomorrow_is_not_done() -> None:
    tomorrow = do().model_copy(update={"on": date(2026, 3, 3)})
    member.given(ADMITTED).when(tomorrow, STAFF).then_refused("duty-to-come", on=tomorrow.on)


def test_a_standing_member_reports_on_the_year() -> None:
    member.given(ADMITTED).when(REPORT, GU).then(REPORTED)


def test_staff_enter_a_report_on_paper() -> None:
    member.given(ADMITTED).when(REPORT, STAFF).then(REPORTED)


def test_the_same_report_twice_is_one() -> None:
    member.given(ADMITTED, REPORTED).when(REPORT, GU).then_nothing()


def test_a_report_is_not_written_anew() -> None:
    other = REPORT.model_copy(update={"content": "另有补充。"})
    member.given(ADMITTED, REPORTED).when(other, GU).then_refused("already-reported", year=2025)


def test_who_is_not_standing_has_no_duty_to_report() -> None:
    member.given(outside()).when(REPORT, by("meng", "member")).then_refused("not-standing")


def test_nobody_reports_for_another() -> None:
    member.given(ADMITTED).when(REPORT, by("meng", "member")).then_refused("not-your-membership")


def test_nobody_reports_on_next_year() -> None:
    early = REPORT.model_copy(update={"year": 2027})
    member.given(ADMITTED).when(early, GU).then_refused("year-to-come", year=2027)


def test_a_year_is_evaluated_from_its_duties_up_to_the_most_of_each_kind() -> None:
    past = (ADMITTED, REPORTED, *THREE_MEETINGS, done(n=4), done("proposal", points=15))
    member.given(*past).when(EVALUATE, STAFF).then(EVALUATED)


def test_duties_of_another_year_do_not_count() -> None:
    past = (ADMITTED, REPORTED, *THREE_MEETINGS, done("proposal", year=2026, points=15))
    said = EVALUATED.model_copy(
        update={"points": {"meeting": 30, "proposal": 0}, "total": 30, "grade": "competent"}
    )
    member.given(*past).when(EVALUATE, STAFF).then(said)


@pytest.mark.parametrize(
    ("duties", "grade"), [(0, "not-competent"), (1, "not-competent"), (2, "competent")]
)
def test_a_grade_begins_at_its_least(duties: int, grade: str) -> None:
    answer = member.given(ADMITTED, REPORTED, *THREE_MEETINGS[:duties]).when(EVALUATE, STAFF)
    assert answer.said
    assert grade == answer.said[0].grade  # type: ignore[attr-defined]


def test_a_year_is_evaluated_once() -> None:
    member.given(ADMITTED, REPORTED, EVALUATED).when(EVALUATE, STAFF).then_nothing()


def test_an_evaluated_year_is_closed() -> None:
    member.given(ADMITTED, REPORTED, EVALUATED).when(do(n=9), STAFF).then_refused(
        "year-evaluated", year=2025
    )


def test_the_year_after_is_open() -> None:
    late = do(year=2026)
    member.given(ADMITTED, REPORTED, EVALUATED).when(late, STAFF).then(done(year=2026))


def test_a_year_that_is_not_over_is_not_evaluated() -> None:
    this_year = EVALUATE.model_copy(update={"year": 2026})
    member.given(ADMITTED).when(this_year, STAFF).then_refused("year-not-over", year=2026)


def test_a_year_ends_at_midnight_in_china() -> None:
    midnight = member.at(datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    midnight.given(outside()).when(EVALUATE, STAFF).then(_nothing_done())
    before = member.at(datetime(2025, 12, 31, 15, 59, tzinfo=UTC))
    before.given(outside()).when(EVALUATE, STAFF).then_refused("year-not-over", year=2025)


def _nothing_done() -> Any:
    return EVALUATED.model_copy(
        update={"points": {"meeting": 0, "proposal": 0}, "total": 0, "grade": "not-competent"}
    )


def test_a_standing_member_reports_before_being_evaluated() -> None:
    member.given(ADMITTED).when(EVALUATE, STAFF).then_refused("no-duty-report", year=2025)


def test_a_county_may_evaluate_without_a_report() -> None:
    lenient = member.under(under(report_before_evaluation=False))
    lenient.given(ADMITTED).when(EVALUATE, STAFF).then(_nothing_done())


def test_a_member_observes_a_session() -> None:
    member.given(outside()).when(OBSERVE, STAFF).then(OBSERVED)


def test_the_same_session_is_observed_once() -> None:
    member.given(outside(), OBSERVED).when(OBSERVE, STAFF).then_nothing()


def test_who_sits_on_the_committee_does_not_observe_it() -> None:
    member.given(ADMITTED).when(OBSERVE, STAFF).then_refused("sits-already")


def test_there_are_as_many_batches_as_the_charter_says() -> None:
    third = OBSERVE.model_copy(update={"batch": 3})
    member.given(outside()).when(third, STAFF).then_refused("no-such-batch", batches=2)


NEXT = {"session": "第4次常委会会议", "on": date(2026, 6, 18), "batch": 2}
A_YEAR_LATER = {"session": "第7次常委会会议", "on": date(2027, 3, 18)}


def test_nobody_observes_twice_in_a_year() -> None:
    again = OBSERVE.model_copy(update=NEXT)
    member.given(outside(), OBSERVED).when(again, STAFF).then_refused(
        "already-observed", session="第3次常委会会议", once_a="year"
    )


def test_a_year_later_it_is_ones_turn_again() -> None:
    again, said = (one.model_copy(update=A_YEAR_LATER) for one in (OBSERVE, OBSERVED))
    member.given(outside(), OBSERVED).when(again, STAFF).then(said)


def test_a_session_of_the_same_name_in_another_year_is_another_one() -> None:
    later = {"on": date(2027, 3, 18)}
    again, said = (one.model_copy(update=later) for one in (OBSERVE, OBSERVED))
    assert again.session == OBSERVED.session
    member.given(outside(), OBSERVED).when(again, STAFF).then(said)
    member.given(outside(), OBSERVED, said).when(again, STAFF).then_nothing()
    strict = member.under(under(observes_once_a="term"))
    strict.given(outside(), OBSERVED).when(again, STAFF).then_refused(
        "already-observed", session="第3次常委会会议", once_a="term"
    )


def test_a_county_may_let_everybody_observe_once_a_term() -> None:
    again = OBSERVE.model_copy(update=A_YEAR_LATER)
    strict = member.under(under(observes_once_a="term"))
    strict.given(outside(), OBSERVED).when(again, STAFF).then_refused(
        "already-observed", session="第3次常委会会议", once_a="term"
    )


def test_a_membership_ends() -> None:
    member.given(ADMITTED).when(END, STAFF).then(ENDED)


def test_every_pair_ends_with_it() -> None:
    other = PROPOSED.model_copy(update={"partner_id": WU_ID})
    third = PAIRED.model_copy(update={"partner_id": XIE_ID})
    ends = [
        unpaired(one.partner_id)
        for one in sorted((PAIRED, other, third), key=lambda one: one.partner_id)
    ]
    member.given(ADMITTED, PAIRED, other, third).when(END, STAFF).then(*ends, ENDED)


def unpaired(partner_id: object) -> Any:
    """A pair is no more because the membership ended."""
    return UNPAIRED.model_copy(update={"partner_id": partner_id, "reason": "term-over"})


def test_a_membership_ends_once() -> None:
    member.given(ADMITTED, ENDED).when(END, STAFF).then_nothing()


@pytest.mark.parametrize(
    "command", [admit(), do(), REPORT, EVALUATE, OBSERVE], ids=lambda c: c.label
)
def test_after_the_end_nothing_is_recorded(command: Command) -> None:
    member.given(ADMITTED, ENDED).when(command, STAFF).then_refused(
        "not-now", command=type(command).__name__, member="Ended"
    )
