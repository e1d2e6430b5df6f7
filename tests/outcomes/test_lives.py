"""Whatever is asked in whatever order: facts or a refusal, and no life breaks its own rules."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.outcomes.domain.assignment import commands as assignment
from services.outcomes.domain.assignment.decide import ASSIGNMENT
from services.outcomes.domain.assignment.events import HandlingRejected, HandlingReplied
from services.outcomes.domain.followup import commands as followup
from services.outcomes.domain.followup.decide import FOLLOWUP
from services.outcomes.domain.outcome import commands as outcome
from services.outcomes.domain.outcome import notes
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.outcome.events import (
    FeedbackGiven,
    ItemAssigned,
    OutcomeAdopted,
    OutcomeClosed,
    OutcomeUpreported,
    ReasonRecorded,
)
from services.outcomes.domain.outcome.notes import FollowUpNoted, ReplyNoted
from shared.kernel.decider import AnyDecider, Context
from shared.kernel.errors import Refused
from shared.kernel.message import Command, Event
from tests.outcomes.examples import (
    AREA,
    ASSIGNMENT_ID,
    CONSULTATION_ID,
    DEFAULT,
    DRAFTED,
    FOLLOWUP_ID,
    GOVERNMENT,
    HEALTH,
    LINSHUI,
    OPENED,
    OUTCOME_ID,
    PLANNING,
    SCHEDULED,
    SUBMITTED,
    TOPIC_ID,
    office,
)
from tests.spec import NOW

of = {"outcome_id": st.just(OUTCOME_ID)}
item = of | {"item_no": st.integers(1, 5)}
words = st.sampled_from(["甲", "乙"])
units = st.sampled_from([HEALTH, PLANNING])
rounds = st.integers(1, 3)
kinds = st.sampled_from(["look-back", "press-back"])
passed = st.booleans()

OF_OUTCOMES = st.one_of(
    st.just(
        outcome.DraftMinutes(
            outcome_id=OUTCOME_ID,
            area=AREA,
            topic_id=TOPIC_ID,
            consultation_id=CONSULTATION_ID,
            items=DRAFTED.items,
        )
    ),
    st.builds(outcome.IssueMinutes, **of, number=words),
    st.builds(outcome.SubmitOutcome, **of, to=st.just(SUBMITTED.to)),
    st.builds(outcome.AdoptOutcome, **of, body=st.just(GOVERNMENT), instruction=words),
    st.builds(outcome.AssignItem, **item, lead_unit=units, via=st.just("assign"), due=st.none()),
    st.builds(outcome.UpreportItem, **item, form=st.just("proposal"), headline=words),
    st.builds(outcome.RecordReason, **item, reason=words),
    st.builds(notes.NoteReturn, **item, unit=units),
    st.builds(
        notes.NoteReply,
        **item,
        round=rounds,
        result_class=st.sampled_from("ABCD"),
        awaits=st.just(("look-back", "press-back")),
    ),
    st.builds(notes.NoteFollowUp, **item, round=rounds, kind=kinds, passed=passed),
    st.builds(outcome.GiveFeedback, **of, to=st.sampled_from(["members", "people"]), content=words),
    st.builds(outcome.ReportMedia, **of, outlet=words, headline=words),
    st.builds(outcome.CloseOutcome, **of),
)

on_desk = {"assignment_id": st.just(ASSIGNMENT_ID)}
OF_ASSIGNMENTS = st.one_of(
    st.just(assignment.OpenAssignment(**dict(OPENED), area=AREA)),
    st.builds(assignment.AcceptAssignment, **on_desk),
    st.builds(assignment.ReturnAssignment, **on_desk, reason=words, counter_proposal=units),
    st.builds(assignment.ReportProgress, **on_desk, progress=words),
    st.builds(
        assignment.ReplyHandling, **on_desk, result_class=st.sampled_from("ABCD"), content=words
    ),
    st.builds(assignment.RejectHandling, **on_desk, round=rounds, reason=words),
)

OF_FOLLOWUPS = st.one_of(
    st.just(followup.ScheduleFollowUp(**dict(SCHEDULED), area=AREA)),
    st.builds(
        followup.ConductFollowUp, followup_id=st.just(FOLLOWUP_ID), passed=passed, findings=words
    ),
)


START = [
    outcome.DraftMinutes(
        outcome_id=OUTCOME_ID,
        area=AREA,
        topic_id=TOPIC_ID,
        consultation_id=CONSULTATION_ID,
        items=DRAFTED.items,
    ),
    outcome.IssueMinutes(outcome_id=OUTCOME_ID, number="1"),
    outcome.SubmitOutcome(outcome_id=OUTCOME_ID, to=SUBMITTED.to),
    outcome.AdoptOutcome(outcome_id=OUTCOME_ID, body=GOVERNMENT, instruction="办"),
]
REPLY = notes.NoteReply(
    outcome_id=OUTCOME_ID, item_no=1, round=9, result_class="B", awaits=("look-back",)
)
LOOK = notes.NoteFollowUp(outcome_id=OUTCOME_ID, item_no=1, round=9, kind="look-back", passed=True)
REST = [
    outcome.AssignItem(outcome_id=OUTCOME_ID, item_no=1, lead_unit=HEALTH),
    *(one.model_copy(update={"item_no": no}) for no in (1, 2) for one in (REPLY, LOOK)),
    outcome.RecordReason(outcome_id=OUTCOME_ID, item_no=3, reason="已列入计划"),
    outcome.GiveFeedback(outcome_id=OUTCOME_ID, to="members", content="已办"),
    outcome.GiveFeedback(outcome_id=OUTCOME_ID, to="people", content="已办"),
    outcome.CloseOutcome(outcome_id=OUTCOME_ID),
]
"""Whatever went before, this is enough to close."""


def live(
    decider: AnyDecider, rules: object, asked: Sequence[Command], unit: str = HEALTH
) -> list[Event]:
    """What is said when all this is asked, hour by hour."""
    past: list[Event] = []
    actor = office(unit)
    for hour, command in enumerate(asked):
        ctx = Context(NOW + timedelta(hours=hour), actor, rules)
        with suppress(Refused):
            past += decider.decide(command, decider.fold(past), ctx)
    return past


def said(past: list[Event], *classes: type[Event]) -> list[Event]:
    return [fact for fact in past if isinstance(fact, classes)]


@settings(max_examples=150, deadline=None)
@given(asked=st.lists(OF_OUTCOMES, max_size=60))
def test_every_outcome_can_be_closed_and_none_before_its_time(asked: list[Command]) -> None:
    past = live(OUTCOME, LINSHUI, [*START, *asked, *REST], GOVERNMENT)
    assert [past[-1]] == said(past, OutcomeClosed)
    assert {"members", "people"} == {fact.to for fact in past if isinstance(fact, FeedbackGiven)}
    assert 1 in {fact.item_no for fact in past if isinstance(fact, ItemAssigned)}
    assert said(past, OutcomeUpreported, ReasonRecorded)
    assert 1 in {fact.item_no for fact in past if isinstance(fact, ReplyNoted)}


@settings(max_examples=100, deadline=None)
@given(asked=st.lists(OF_OUTCOMES, max_size=40))
def test_nothing_is_assigned_before_it_is_adopted_and_no_look_precedes_its_reply(
    asked: list[Command],
) -> None:
    past = live(OUTCOME, LINSHUI, [*START[:3], *asked], GOVERNMENT)
    for n, fact in enumerate(past):
        if isinstance(fact, ItemAssigned):
            assert said(past[:n], OutcomeAdopted)
        if isinstance(fact, FollowUpNoted):
            replies = [e.round for e in past[:n] if isinstance(e, ReplyNoted)]
            assert fact.round in replies


@settings(max_examples=150, deadline=None)
@given(asked=st.lists(OF_ASSIGNMENTS, max_size=40))
def test_replies_and_rejections_take_turns_round_by_round(asked: list[Command]) -> None:
    start = [
        assignment.OpenAssignment(**dict(OPENED), area=AREA),
        assignment.AcceptAssignment(assignment_id=ASSIGNMENT_ID),
    ]
    past = live(ASSIGNMENT, DEFAULT, [*start, *asked])
    turns = [
        (type(fact), fact.round)
        for fact in past
        if isinstance(fact, HandlingReplied | HandlingRejected)
    ]
    assert [
        ((HandlingReplied, HandlingRejected)[n % 2], n // 2 + 1) for n in range(len(turns))
    ] == turns


@settings(max_examples=50, deadline=None)
@given(asked=st.lists(OF_FOLLOWUPS, max_size=10))
def test_a_follow_up_is_scheduled_once_and_conducted_once(asked: list[Command]) -> None:
    names = [type(fact).__name__ for fact in live(FOLLOWUP, LINSHUI, asked)]
    assert names == ["FollowUpScheduled", "FollowUpConducted"][: len(names)]
