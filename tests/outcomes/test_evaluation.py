"""Who may say how it was handled says so in secret, once; who handled it has no say."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from services.outcomes.domain.evaluation import commands as ask
from services.outcomes.domain.evaluation import events as said
from services.outcomes.domain.evaluation.decide import EVALUATION
from services.outcomes.words import UNIT_OFFICE
from shared.kernel.message import Actor
from tests.lives import Asking, Life, lives
from tests.outcomes.evaluations import (
    BOX,
    CODES,
    EVALUATION_ID,
    HANDLER,
    HEALTH,
    OPENED,
    POLL_OPENED,
    RECOUNTED,
    REPORTED,
    TAKEN,
    TALLIED,
    VOTERS,
    ballot,
    cast,
    counts,
)
from tests.outcomes.examples import AREA, LINSHUI
from tests.spec import NOW, Spec, by

evaluation = Spec(EVALUATION, LINSHUI)
AFTERWARDS = OPENED.poll_ends + timedelta(minutes=1)

OPEN = ask.OpenEvaluation(**dict(OPENED), area=AREA)
TAKE = ask.TakeBallot(evaluation_id=EVALUATION_ID)
OPEN_POLL = ask.OpenPoll(evaluation_id=EVALUATION_ID)
TALLY = ask.TallyEvaluation(evaluation_id=EVALUATION_ID)
RECOUNT = ask.RecountEvaluation(evaluation_id=EVALUATION_ID)
REPORT = ask.ReportEvaluation(evaluation_id=EVALUATION_ID, to=REPORTED.to)

POLLING = (OPENED, *TAKEN, POLL_OPENED)


def put(n: int, choice: str = "satisfied") -> ask.CastBallot:
    """Put the ballot with the n-th code into the box."""
    return ask.CastBallot(evaluation_id=EVALUATION_ID, code=CODES[n - 1], choice=choice)


def opened_with(**changed: Any) -> ask.OpenEvaluation:
    return ask.OpenEvaluation(**{**dict(OPEN), **changed})


def test_an_evaluation_is_opened_and_says_nothing_about_who_will_hold_which_ballot() -> None:
    as_printed = tuple(ballot(code) for code in CODES)
    evaluation.given().when(opened_with(ballots=as_printed)).then(OPENED)
    assert as_printed != OPENED.ballots


def test_who_handled_it_is_not_among_the_voters() -> None:
    voters = (*VOTERS[:-1], HANDLER)
    evaluation.given().when(opened_with(voters=voters)).then_refused(
        "handler-votes", handlers=[HANDLER]
    )


@pytest.mark.parametrize(
    ("changed", "code", "facts"),
    [
        ({"forum": "tea-house"}, "no-such-forum",
         {"forums": ["democratic-review", "standing-committee"]}),
        ({"voters": VOTERS[:6]}, "too-few-voters", {"voters": 6, "needed": 7}),
        ({"voters": (*VOTERS[:6], VOTERS[0])}, "too-few-voters", {"voters": 6, "needed": 7}),
        ({"ballots": OPENED.ballots[:6]}, "ballots-differ", {"voters": 7, "ballots": 6}),
        ({"ballots": (*OPENED.ballots, ballot("x"))}, "ballots-differ",
         {"voters": 7, "ballots": 8}),
        ({"poll_ends": NOW}, "poll-over", {"ended": NOW}),
    ],
)  # fmt: skip
def test_an_unsound_evaluation_is_not_opened(
    changed: dict[str, Any], code: str, facts: dict[str, Any]
) -> None:
    evaluation.given().when(opened_with(**changed)).then_refused(code, **facts)


def test_a_voter_takes_one_ballot() -> None:
    evaluation.given(OPENED).when(TAKE, by(VOTERS[0])).then(TAKEN[0])
    evaluation.given(OPENED, TAKEN[0]).when(TAKE, by(VOTERS[0])).then_nothing()


def test_nobody_takes_a_ballot_for_another() -> None:
    assert {"evaluation_id"} == set(ask.TakeBallot.model_fields)
    evaluation.given(OPENED).when(TAKE, by("somebody")).then_refused("not-a-voter")


@pytest.mark.parametrize(
    "handler", [by(HANDLER), Actor(VOTERS[0], "convenor", AREA, unit=HEALTH)], ids=["named", "unit"]
)
def test_who_handled_it_takes_no_ballot(handler: Actor) -> None:
    evaluation.given(OPENED).when(TAKE, handler).then_refused("handler")


def test_no_unit_casts_a_ballot_on_behalf_of_anybody() -> None:
    assert {"ballot"} == ask.CastBallot.may
    assert UNIT_OFFICE not in ask.TakeBallot.may


def test_a_poll_needs_enough_ballots_to_hide_each_among_the_others() -> None:
    evaluation.given(OPENED, *TAKEN[:6]).when(OPEN_POLL).then_refused(
        "too-few-voters", voters=6, needed=7
    )
    evaluation.given(OPENED, *TAKEN).when(OPEN_POLL).then(POLL_OPENED)


def test_taking_is_over_before_casting_begins() -> None:
    evaluation.given(OPENED, *TAKEN).when(put(1)).then_refused(
        "not-now", command="CastBallot", evaluation="Open"
    )
    evaluation.given(*POLLING).when(TAKE, by(VOTERS[0])).then_refused(
        "not-now", command="TakeBallot", evaluation="Polling"
    )


def test_a_ballot_is_in_the_box_and_bears_no_name() -> None:
    evaluation.given(*POLLING).when(put(1)).then(cast(1))
    assert {"evaluation_id", "ballot", "choice"} == set(said.BallotCast.model_fields)


def test_a_ballot_counts_once() -> None:
    evaluation.given(*POLLING, cast(1)).when(put(1)).then_nothing()
    evaluation.given(*POLLING, cast(1)).when(put(1, "dissatisfied")).then_refused("already-cast")


def test_only_printed_ballots_count_and_only_choices_of_the_scale() -> None:
    forged = ask.CastBallot(
        evaluation_id=EVALUATION_ID, code="a-code-nobody-printed", choice="satisfied"
    )
    evaluation.given(*POLLING).when(forged).then_refused("no-such-ballot")
    evaluation.given(*POLLING).when(put(1, "splendid")).then_refused(
        "no-such-choice", scale=["satisfied", "basically-satisfied", "dissatisfied"]
    )


def test_nobody_casts_after_the_end() -> None:
    evaluation.given(*POLLING).at(OPENED.poll_ends).when(put(1)).then_refused(
        "poll-over", ended=OPENED.poll_ends
    )


def test_there_are_no_more_ballots_in_the_box_than_were_taken() -> None:
    small = LINSHUI.model_copy(
        update={"evaluation": LINSHUI.evaluation.model_copy(update={"voters_min": 3})}
    )
    three = (OPENED, *TAKEN[:3], POLL_OPENED, cast(1), cast(2), cast(3))
    evaluation.given(*three).under(small).when(put(4)).then_refused("no-ballot-left", taken=3)


def test_nobody_ends_a_poll_because_they_like_how_it_stands() -> None:
    evaluation.given(*POLLING, *BOX[:6]).when(TALLY).then_refused(
        "poll-open", ends=OPENED.poll_ends
    )


def test_when_all_are_cast_they_are_counted() -> None:
    evaluation.given(*POLLING, *BOX).when(TALLY).then(TALLIED)
    evaluation.given(*POLLING, *BOX, TALLIED).when(TALLY).then_nothing()


@pytest.mark.parametrize(
    ("box", "counted", "verdict"),
    [
        ((), (0, 0, 0), "no-quorum"),
        (BOX[:3], (2, 1, 0), "no-quorum"),
        (BOX[:4], (2, 1, 1), "passed"),
        ((cast(1), cast(2), cast(3, "dissatisfied"), cast(4, "dissatisfied")), (2, 0, 2),
         "failed"),
        ((*(cast(n) for n in range(1, 5)), cast(5, "dissatisfied"), cast(6, "dissatisfied")),
         (4, 0, 2), "passed"),
    ],
)  # fmt: skip
def test_after_the_end_what_is_there_is_counted(
    box: tuple[said.BallotCast, ...], counted: tuple[int, ...], verdict: str
) -> None:
    evaluation.given(*POLLING, *box).at(AFTERWARDS).when(TALLY).then(
        TALLIED.model_copy(
            update={"counts": counts(*counted), "cast": len(box), "verdict": verdict}
        )
    )


def test_whoever_counts_again_finds_the_same() -> None:
    evaluation.given(*POLLING, *BOX, TALLIED).when(RECOUNT).then(RECOUNTED)


def test_a_wrong_count_is_found_out() -> None:
    wrong = TALLIED.model_copy(update={"counts": counts(7, 0, 0)})
    evaluation.given(*POLLING, *BOX, wrong).when(RECOUNT).then(
        RECOUNTED.model_copy(update={"same": False})
    )


def test_the_result_goes_to_the_bodies_and_to_the_units() -> None:
    past = (*POLLING, *BOX, TALLIED)
    evaluation.given(*past).when(REPORT).then(REPORTED)
    evaluation.given(*past, REPORTED).when(REPORT).then_nothing()
    to_one = ask.ReportEvaluation(evaluation_id=EVALUATION_ID, to=("county-government",))
    evaluation.given(*past).when(to_one).then_refused("body-missing", to=["county-party-committee"])


WAY: list[Asking] = [
    (OPEN, by("staff")),
    *((TAKE, by(voter)) for voter in VOTERS),
    (OPEN_POLL, by("staff")),
    *((put(n), by(f"nobody-{n}", role="ballot")) for n in range(1, 8)),
    (TALLY, by("staff")),
    (RECOUNT, by("staff")),
    (REPORT, by("staff")),
]
OTHERS: list[Asking] = [
    (TAKE, by(HANDLER)),
    *((put(n, "dissatisfied"), by("again", role="ballot")) for n in range(1, 4)),
]


@settings(max_examples=150, deadline=None)
@given(asked=lives(WAY, OTHERS))
def test_no_life_counts_a_ballot_twice_or_more_than_were_taken(asked: list[Asking]) -> None:
    life = Life(EVALUATION, LINSHUI, repeatable={ask.RecountEvaluation}).live(asked)
    box = [fact.ballot for fact in life.facts(said.BallotCast)]
    takers = [fact.voter for fact in life.facts(said.BallotTaken)]
    assert len(set(box)) == len(box) <= len(takers) == len(set(takers))
    assert HANDLER not in takers
    for fact in life.facts(said.EvaluationTallied):
        assert len(box) == fact.cast == sum(count.ballots for count in fact.counts)
    assert all(fact.same for fact in life.facts(said.EvaluationRecounted))


def test_what_the_log_says_of_a_ballot_does_not_depend_on_who_casts_it() -> None:
    for voter in VOTERS:
        evaluation.given(*POLLING).when(put(3), by(voter, role="ballot")).then(cast(3))
